"""Jinja's part: the words of a template go through the catalogue, without anybody having to wrap them.

Three kinds are found. Text that stands whole between two tags; the words of `aria-label`, `alt`, `placeholder` and
`title`; and strings in expressions that begin with a capital letter, unless they are compared or joined to something.
A sentence with a hole in it cannot be translated in pieces: it needs `{% trans %}`, and until it has it, it stays English
and is listed by `left_in_pieces`. Words that come from the record are not in a template, and are shown as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from desk.language.speaking import NAME, counted, worded

CALL = "worded"
_PIECE = re.compile(r"<!--.*?-->|<[^<>]*>?|[^<]+", re.DOTALL)
_REST_OF_TAG = re.compile(r"[^>]*>?")
_ATTRIBUTE = re.compile(r'(\s(?:aria-label|alt|placeholder|title)=")([^"]+)(?=")')
_WORDS = re.compile(r"[A-Z“][^{}]*[a-z]")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_GOES_ON = re.compile(r"<(?:a|b|code|em|i|span|strong|time)\b")
_WORDLESS = re.compile(r"<(script|style|svg|code)\b")
_COMPARED = {"eq", "ne"}
_JOINED = {"tilde", "add", "mod", "pipe"}


class Worded(Extension):
    """Rewrites the tokens of a template, so that its words are looked up when it is drawn."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals[CALL] = worded

    def filter_stream(self, stream: TokenStream) -> TokenStream | Iterable[Token]:
        return TokenStream(iter(Reading(list(stream)).written), stream.name, stream.filename)


def install(environment: Environment) -> None:
    """Both ways in: words alone, and sentences in `{% trans %}`."""
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension(Worded)
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(worded, counted, newstyle=False)  # type: ignore[attr-defined]


def left_in_pieces(source: str) -> list[str]:
    """The words of a template that no catalogue can know, because something is put in among them."""
    return Reading(list(Environment(autoescape=True).lexer.tokenize(source))).pieces


class Reading:
    """One walk through the tokens: `written` is what they become, `pieces` are the words that stay as they are."""

    def __init__(self, tokens: list[Token]) -> None:
        self.written: list[Token] = []
        self.pieces: list[str] = []
        self._in_tag = self._translated = False
        self._wordless: str | None = None
        ends = Token(tokens[-1].lineno if tokens else 1, "eof", "")
        for before, token, after in zip([ends, *tokens], tokens, [*tokens[1:], ends], strict=False):
            self._read(before, token, after)

    def _read(self, before: Token, token: Token, after: Token) -> None:
        if before.type == "block_begin" and token.value in {"trans", "endtrans"}:
            self._translated = token.value == "trans"
        if token.type == "data" and not self._translated:
            self._data(token, before.type == "variable_end", after.type == "variable_begin")
        elif token.type == "string" and not self._translated and _WORDS.match(token.value):
            self._string(token, before.type, after.type)
        else:
            self.written.append(token)

    def _string(self, token: Token, before: str, after: str) -> None:
        """`"Save"` in an expression. Neither the name of a value nor what something is compared with is shown."""
        if after == "colon" or {before, after} & _COMPARED:
            self.written.append(token)
        elif {before, after} & _JOINED:
            self.pieces.append(token.value)
            self.written.append(token)
        else:
            self._call(token.lineno, token.value)

    def _data(self, token: Token, follows: bool, leads: bool) -> None:
        pieces = _cut(token.value, self._in_tag)
        for number, piece in enumerate(pieces):
            is_tag = piece.startswith("<") or (number == 0 and self._in_tag)
            if is_tag:
                self._tag(token.lineno, piece)
                continue
            beside = (number == 0 and follows) or (number == len(pieces) - 1 and leads)
            goes_on = number + 1 < len(pieces) and _GOES_ON.match(pieces[number + 1]) is not None
            self._text(token.lineno, piece, whole=not beside and not goes_on)

    def _tag(self, lineno: int, piece: str) -> None:
        self._in_tag = not piece.endswith(">")
        opened = _WORDLESS.match(piece)
        if opened and self._wordless is None:
            self._wordless = opened[1]
        elif self._wordless and piece.startswith(f"</{self._wordless}"):
            self._wordless = None
        rest = 0
        for found in _ATTRIBUTE.finditer(piece):
            self._plain(lineno, piece[rest : found.end(1)])
            self._shown(lineno, unescape(found[2]))
            rest = found.end()
        self._plain(lineno, piece[rest:])

    def _text(self, lineno: int, piece: str, *, whole: bool) -> None:
        words = " ".join(unescape(piece).split())
        if self._wordless or words == NAME or not _LETTERS.search(words):
            self._plain(lineno, piece)
        elif whole and _WORDS.match(words):
            self._plain(lineno, piece[: len(piece) - len(piece.lstrip())])
            self._shown(lineno, words)
            self._plain(lineno, piece[len(piece.rstrip()) :])
        else:
            self.pieces.append(words)
            self._plain(lineno, piece)

    def _plain(self, lineno: int, text: str) -> None:
        if text:
            self.written.append(Token(lineno, "data", text))

    def _shown(self, lineno: int, words: str) -> None:
        """The call where there was only text."""
        self.written.append(Token(lineno, "variable_begin", "{{"))
        self._call(lineno, words)
        self.written.append(Token(lineno, "variable_end", "}}"))

    def _call(self, lineno: int, words: str) -> None:
        self.written += [
            Token(lineno, "name", CALL),
            Token(lineno, "lparen", "("),
            Token(lineno, "string", words),
            Token(lineno, "rparen", ")"),
        ]


def _cut(data: str, in_tag: bool) -> list[str]:
    """The tags and texts of a run of markup; the first may be the rest of a tag that began before it."""
    rest = _REST_OF_TAG.match(data) if in_tag else None
    first = [rest[0]] if rest and rest[0] else []
    return [*first, *_PIECE.findall(data[len(first[0]) if first else 0 :])]
