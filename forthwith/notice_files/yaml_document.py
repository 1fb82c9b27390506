"""A small, safe part of YAML: mappings, lists, text, whole numbers, true, false and null, each with its line.

Dates and times stay text until the model says that one is expected: “30 February” is then refused in words.
The events of the parser are read one by one, since its own tree would recurse as deep as the file asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from forthwith.notice_files.faults import Path, shortened
from forthwith.notice_files.file_text import forbidden_in

DEEPEST = 24
_WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_CONSTANTS = {"null": None, "~": None, "": None, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Mark:
    """A fault of the document itself."""

    line: int
    path: Path
    sentence: str


class BrokenOff(Exception):
    """Reading cannot go on after this fault."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(mark.sentence)
        self.mark = mark


@dataclass(slots=True)
class Document:
    """What was read, and the line of every path: that of the key for an entry, of the item for a list."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=lambda: {(): 1})
    marks: list[Mark] = field(default_factory=list)

    def line_of(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it that is there."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def fault(self, line: int, path: Path, sentence: str) -> None:
        self.marks.append(Mark(line, path, sentence))


def read_document(text: str) -> Document:
    """Everything wrong with the text as YAML is in `marks`; `data` holds what could be read besides."""
    document = Document()
    events = yaml.parse(text, Loader=yaml.SafeLoader)
    try:
        _Builder(document, events).build()
    except BrokenOff as broken:
        document.data = None
        document.marks.append(broken.mark)
    except yaml.MarkedYAMLError as error:
        document.fault(*_not_yaml(error))
    except (yaml.YAMLError, ValueError, OverflowError):
        document.fault(1, (), "This is not YAML that can be read.")
    return document


@dataclass(slots=True)
class _Builder:
    document: Document
    events: Iterator[Any]

    def build(self) -> None:
        for event in self.events:
            match event:
                case yaml.StreamStartEvent() | yaml.StreamEndEvent() | yaml.DocumentEndEvent():
                    continue
                case yaml.DocumentStartEvent():
                    self._one_document_only(event)
                case _:
                    self.document.data = self._value(event, (), 0)

    def _one_document_only(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if self.document.data is not None:
            raise BrokenOff(Mark(line, (), "A second document begins here; a file holds one only."))
        if event.tags or (event.version and event.version != (1, 2)):
            self.document.fault(line, (), "Lines that begin with % are not used here.")

    def _value(self, event: Any, path: Path, depth: int) -> Any:
        line = event.start_mark.line + 1
        self.document.lines.setdefault(path, line)
        self._refuse_cleverness(event, path, line)
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event, path, line)
            case yaml.AliasEvent():
                return None
        if depth >= DEEPEST:
            raise BrokenOff(Mark(line, (), f"This is nested more than {DEEPEST} deep, which no file needs."))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth + 1)
        return self._mapping(path, depth + 1)

    def _list(self, path: Path, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items)), depth))
        return items

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = event.start_mark.line + 1
            key = self._key(event, path, line)
            inside = (*path, key)
            twice = key in entries
            if twice:
                first = self.document.lines[inside]
                self.document.fault(
                    line, inside, f"“{shortened(key)}” stands here twice; the first is on line {first}."
                )
            else:
                self.document.lines[inside] = line
            value = self._value(next(self.events), inside, depth)
            if not twice:
                entries[key] = value
        return entries

    def _key(self, event: Any, path: Path, line: int) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise BrokenOff(Mark(line, path, "A key has to be a word, and here it is something else."))
        self._refuse_cleverness(event, path, line)
        if event.value == "<<" and event.style is None:
            self.document.fault(line, path, "The merge key << is not used here; write the entries out.")
        return str(self._text(event.value, path, line))

    def _refuse_cleverness(self, event: Any, path: Path, line: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            sentence = f"*{shortened(event.anchor or '')} refers to another place; aliases are not used here."
            self.document.fault(line, path, sentence)
        elif event.anchor is not None:
            self.document.fault(
                line, path, f"The anchor &{shortened(event.anchor)} is not used here; write each value out."
            )
        if getattr(event, "tag", None) is not None:
            self.document.fault(line, path, f"The tag {shortened(event.tag)} is not used here; leave it out.")

    def _scalar(self, event: Any, path: Path, line: int) -> Any:
        text = self._text(event.value, path, line)
        if event.style is not None:
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _text(self, text: str, path: Path, line: int) -> str:
        forbidden = forbidden_in(text)
        if forbidden is None:
            return text
        self.document.fault(
            line, path, f"{forbidden} must not stand in this file, not even written as an escape."
        )
        return text.encode("ascii", "replace").decode("ascii")


def _not_yaml(error: yaml.MarkedYAMLError) -> tuple[int, Path, str]:
    """Where it opens is of more help than where the file ends, if something is left open."""
    problem = error.problem or "it ends too early"
    for context, sentence in _LEFT_OPEN.items():
        if context in (error.context or "") and error.context_mark:
            return error.context_mark.line + 1, (), sentence
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    found = (sentence for piece, sentence in _PROBLEMS.items() if piece in problem)
    return line, (), next(found, f"This is not YAML that can be read: {problem}.")


_LEFT_OPEN = {
    "quoted scalar": "The quotation marks are not closed, or something in them cannot be read.",
    "flow sequence": "The brackets are not closed, or a comma is missing.",
    "flow mapping": "The braces are not closed, or a comma is missing.",
}
_PROBLEMS = {
    "\\t": "A tab stands where spaces are needed; indent with spaces.",
    "mapping values are not allowed here": (
        "A colon followed by a space stands inside text; put the text in quotes, or check the indentation."
    ),
    "could not find expected ':'": "A key is not followed by a colon.",
    "<block end>": "The indentation does not fit the lines above.",
    "expected the node content": "A value is missing here, or the brackets do not match.",
    "sequence entries are not allowed": "A list entry cannot begin here; give it a line of its own.",
    "mapping keys are not allowed": "Text that begins with a question mark has to stand in quotes.",
    "<document start>": "The indentation does not fit the lines above.",
    "expected alphabetic or numeric": "Text that begins with & or * has to stand in quotes.",
    "chomping or indentation": "Text that begins with | or > has to stand in quotes.",
    "expected a comment or a line break": "Text that begins with | or > has to stand in quotes.",
    "cannot start any token": "Text that begins with this character has to stand in quotes.",
}
