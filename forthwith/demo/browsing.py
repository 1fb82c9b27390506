"""A visitor without JavaScript: opens pages, keeps its cookie, and sends the forms that pages show."""

from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

SECONDS = 10


class _Page(HTMLParser):
    """The text of a page, line by line, and the hidden fields of its forms by their action."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.forms: dict[str, dict[str, str]] = {}
        self._form: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = self.forms.setdefault(given.get("action", ""), {})
        elif tag == "input" and self._form is not None and given.get("type") == "hidden":
            self._form[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.lines.append(" ".join(data.split()))


class Visitor:
    """One person's visit to a desk at `base_url`."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def sign_in(self, persona: str) -> None:
        """As one of the demonstration's people."""
        self.submit("/sign-in", "/sign-in", persona=persona)

    def submit(self, page: str, action: str, **fields: str) -> str:
        """Open a page and send its form for `action`; returns the text of the page that answers."""
        forms = self._open(page).forms
        wanted = urljoin(self._base_url, action)
        hidden = next(
            (held for shown, held in forms.items() if urljoin(self._base_url, shown) == wanted), None
        )
        if hidden is None:
            raise LookupError(f"The page {page} has no form for {action}.")
        return "\n".join(self._open(action, {**hidden, **fields}).lines)

    def lines(self, page: str) -> list[str]:
        return self._open(page).lines

    def _open(self, where: str, fields: dict[str, str] | None = None) -> _Page:
        data = urlencode(fields).encode() if fields is not None else None
        request = Request(urljoin(self._base_url, where), data, {"Origin": self._base_url})
        page = _Page()
        with self._opener.open(request, timeout=SECONDS) as answer:
            page.feed(answer.read().decode())
        return page
