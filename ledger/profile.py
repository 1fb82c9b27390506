"""The canonical profile: JSON that has exactly one spelling.

RFC 8785 restricted to ASCII keys, whole numbers of at most 53 bits and normalised text. In this profile
orjson with sorted keys writes what RFC 8785 asks for.
"""

import re
import unicodedata
from typing import Any

import orjson

from domain.record import UnfitEvent

LARGEST_EVENT = 65_535
_LARGEST_NUMBER = 2**53 - 1
_ARRAY = (list, tuple)
_DEEPEST = 32
_KEY = re.compile(r"[A-Za-z0-9_.:/-]+")
_STREAM = re.compile(r"[!-~]{1,255}")


def canonical_json(value: Any, path: str) -> bytes:
    """The one spelling of a JSON value; raises UnfitEvent with a sentence that names the unfit path."""
    require_fit(value, path)
    return spell(value)


def spell(value: Any) -> bytes:
    """The one spelling of a JSON value that is known to be fit."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def require_fit(value: Any, path: str, depth: int = 0) -> None:
    """Raise UnfitEvent unless the value keeps the profile."""
    if isinstance(value, str):
        require_text(value, path)
    elif value is None or value is True or value is False:
        return
    elif isinstance(value, int):
        _require_number(value, path)
    elif isinstance(value, float):
        raise UnfitEvent(f"{path} is a number with a fraction; write it as text.")
    elif depth >= _DEEPEST:
        raise UnfitEvent(f"{path} is nested more than {_DEEPEST} levels deep.")
    elif isinstance(value, dict):
        _require_object(value, path, depth)
    elif isinstance(value, _ARRAY):
        for place, item in enumerate(value):
            require_fit(item, f"{path}[{place}]", depth + 1)
    else:
        raise UnfitEvent(f"{path} is a Python {type(value).__name__}, which JSON does not have.")


def require_text(value: str, path: str) -> None:
    """Raise UnfitEvent unless the text has one spelling and can be stored."""
    if "\x00" in value:
        raise UnfitEvent(f"{path} contains the null character, which cannot be stored.")
    if value.isascii():
        return
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise UnfitEvent(f"{path} contains half of a character (a lone surrogate), which cannot be stored.")
    if not unicodedata.is_normalized("NFC", value):
        raise UnfitEvent(f"{path} is not in the normal form of its letters and accents (Unicode NFC).")


def require_stream(name: str) -> None:
    """Raise UnfitEvent unless the name is 1 to 255 visible ASCII characters without spaces."""
    if not _STREAM.fullmatch(name):
        raise UnfitEvent(
            f"{name[:80]!a} is no name for a stream: 1 to 255 visible ASCII characters, no spaces."
        )


def _require_number(value: int, path: str) -> None:
    if not -_LARGEST_NUMBER <= value <= _LARGEST_NUMBER:
        raise UnfitEvent(f"{path} is a number of more than 53 bits; write it as text.")


def _require_object(value: dict[Any, Any], path: str, depth: int) -> None:
    for key, item in value.items():
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise UnfitEvent(f"{path} has the key {key!a}; keys are made of A-Z a-z 0-9 _ . : / - only.")
        require_fit(item, f"{path}.{key}", depth + 1)
