"""One event's stored bytes, read for proof: are they canonical, and are they an event?"""

import re
import unicodedata
from typing import Any

import orjson

from domain.record import UnfitEvent
from ledger.canonical import SOURCE
from ledger.profile import LARGEST_EVENT, require_fit, spell

_REQUIRED = frozenset(
    (
        "actor", "commandid", "data", "datacontenttype", "effective", "id", "source", "specversion",
        "streamversion", "subject", "time", "type",
    )
)  # fmt: skip
_OPTIONAL = frozenset(
    ("notice", "obligation", "occurrence", "rung", "authority", "reason", "causation", "correlation")
)
_ALLOWED = _REQUIRED | _OPTIONAL
_LARGEST_NUMBER = 2**53 - 1
_SHALLOW = 16
_instant = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII).fullmatch


class NotCanonical(Exception):
    """The bytes are not the one spelling of an event."""


class Reader:
    """Reads stored bytes; remembers which keys it has examined, because the same few come again and again."""

    def __init__(self) -> None:
        self._good_keys: set[str] = set()
        self._good_shapes: set[tuple[str, ...]] = set()

    def read(self, canonical: bytes) -> dict[str, Any]:
        """The event that the bytes hold; raises NotCanonical with a sentence."""
        try:
            document = orjson.loads(canonical)
        except orjson.JSONDecodeError:
            raise NotCanonical("is not JSON") from None
        if type(document) is not dict:
            raise NotCanonical("is not an object")
        try:
            if len(canonical) > LARGEST_EVENT or spell(document) != canonical:
                raise NotCanonical("is not spelled in the one canonical way")
        except orjson.JSONEncodeError:
            raise NotCanonical("is nested too deeply") from None
        shape = tuple(document)
        if shape not in self._good_shapes:
            _require_fields(document)
            self._good_shapes.add(shape)
        _require_kinds(document)
        if not _plain(canonical) or not self._fits(document["data"], 0):
            self._require_fit(document)
        return document

    def _require_fit(self, document: dict[str, Any]) -> None:
        try:
            for name, value in document.items():
                require_fit(value, f"event.{name}")
        except UnfitEvent as fault:
            raise NotCanonical(f"does not keep the canonical profile: {fault}") from None
        self._good_keys.update(_keys_of(document["data"]))

    def _fits(self, value: Any, depth: int) -> bool:
        """Whether keys, numbers and depth certainly keep the profile; the full examination is much slower."""
        if depth > _SHALLOW:
            return False
        if type(value) is dict:
            if not self._good_keys.issuperset(value):
                return False
            value = value.values()
        for item in value:
            kind = type(item)
            if kind is str:
                continue
            if kind is dict or kind is list:
                if item and not self._fits(item, depth + 1):
                    return False
            elif kind is float or (kind is int and not -_LARGEST_NUMBER <= item <= _LARGEST_NUMBER):
                return False
        return True


def _plain(canonical: bytes) -> bool:
    """Whether every text in it certainly keeps the profile.

    Normal form can be judged for all texts at once: a quotation mark, which is what stands before each of them,
    combines with nothing.
    """
    if b"\\u0000" in canonical:
        return False
    return canonical.isascii() or unicodedata.is_normalized("NFC", canonical.decode())


def _require_fields(document: dict[str, Any]) -> None:
    names = document.keys()
    if not names >= _REQUIRED or not names <= _ALLOWED:
        odd = ", ".join(sorted((_REQUIRED - names) | (names - _ALLOWED)))
        raise NotCanonical(f"does not have the fields of an event ({odd})")


def _require_kinds(document: dict[str, Any]) -> None:
    if (
        document["specversion"] != "1.0"
        or document["source"] != SOURCE
        or document["datacontenttype"] != "application/json"
        or type(document["streamversion"]) is not int
        or type(document["data"]) is not dict
        or [*map(type, document.values())].count(str) != len(document) - 2
    ):
        raise NotCanonical("has fields that no event has")
    if not _instant(document["time"]) or not _instant(document["effective"]):
        raise NotCanonical("has a time that is no time")


def _keys_of(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys_of(item) for item in value.values()))
    if isinstance(value, list):
        return set().union(*(_keys_of(item) for item in value))
    return set()
