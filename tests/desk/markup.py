"""HTML as a tree, for comparing two pieces of it: the order of attributes and the white space do not count, all else does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# The void elements of HTML.
WITHOUT_END = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}


@dataclass
class Element:
    """One element; `inside`: elements and texts in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)


class _Builder(HTMLParser):
    """Refuses an end that does not fit, where a browser would guess."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        made = Element(tag, {name: _spaced(value or "") for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in WITHOUT_END:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in WITHOUT_END:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> ends <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        text = _spaced(data)
        if text:
            self.open[-1].inside.append(text)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def tree_of(markup: str) -> Element:
    """The tree of a piece of HTML in which every element is closed."""
    builder = _Builder()
    builder.feed(markup)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].name}> is not closed"
    return builder.root
