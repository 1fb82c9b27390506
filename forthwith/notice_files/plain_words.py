"""The model's complaints in plain English."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from forthwith.notice_files.faults import Path
from forthwith.notice_files.kinds import shown
from forthwith.notice_files.shapes import Shapes, child, choices_of, keys_of

Problem = dict[str, Any]
Words = Callable[[Problem, Path, Shapes, Any], str]

_PATTERNS = {
    "^[a-z0-9][a-z0-9-]{0,62}$": (
        "is not an identifier; one is made of small letters, digits and hyphens, begins with a letter or a "
        "digit, and has at most 63 of them, for example monthly-report"
    ),
    "^[0-9a-f]{64}$": "is not a SHA-256; one is written with 64 of the characters 0 to 9 and a to f",
}


def in_plain_words(problem: Problem, shapes: Shapes, data: Any) -> tuple[Path, str]:
    """The path in the file, and one sentence, for one entry of `ValidationError.errors()`."""
    path = _path_in_file(problem, data)
    words = _WORDS.get(problem["type"])
    return path, words(problem, path, shapes, data) if words else _otherwise(problem)


def did_you_mean(word: str, known: tuple[str, ...]) -> str:
    """`; did you mean “colour”` or nothing, to stand at the end of a sentence."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean “{close[0]}”?" if close else "."


def _path_in_file(problem: Problem, data: Any) -> Path:
    """The model puts the name of the chosen shape into its paths; the file has no such step."""
    path: Path = ()
    loc: Path = problem["loc"]
    for at, step in enumerate(loc, start=1):
        is_missing_key = at == len(loc) and problem["type"] == "missing"
        if isinstance(step, int) or is_missing_key or (isinstance(data, dict) and step in data):
            path, data = (*path, step), child(data, step)
    discriminator = problem.get("ctx", {}).get("discriminator")
    return (*path, str(discriminator).strip("'")) if discriminator else path


def _missing(_problem: Problem, path: Path, _shapes: Shapes, _data: Any) -> str:
    return f"“{path[-1]}” is missing."


def _unknown_key(_problem: Problem, path: Path, shapes: Shapes, data: Any) -> str:
    key, keys = str(path[-1]), keys_of(shapes.at(path[:-1], data))
    return f"{shown(key)} is not a key here; the keys are {', '.join(keys)}{did_you_mean(key, keys)}"


def _not_a_choice(problem: Problem, path: Path, shapes: Shapes, data: Any) -> str:
    choices = choices_of(shapes.at(path, data))
    return _not_one_of(problem["input"], choices) if choices else _otherwise(problem)


def _unknown_tag(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    expected = tuple(tag.strip(" '") for tag in problem["ctx"]["expected_tags"].split(","))
    return _not_one_of(problem["ctx"]["tag"], expected)


def _no_tag(_problem: Problem, path: Path, _shapes: Shapes, _data: Any) -> str:
    return f"“{path[-1]}” is missing; it says of which kind this is."


def _pattern(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    pattern = problem["ctx"]["pattern"]
    return f"{shown(problem['input'])} {_PATTERNS.get(pattern, f'does not have the form {pattern}')}."


def _own_words(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    return _as_sentence(str(problem["msg"]).removeprefix("Value error, ").removeprefix("Assertion failed, "))


def _limit(before: str, key: str, after: str = "") -> Words:
    def words(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
        return f"{shown(problem['input'])} {before} {problem['ctx'][key]}{after}."

    return words


def _too_few(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    least = problem["ctx"]["min_length"]
    return "This list must not be empty." if least == 1 else f"At least {least} entries are needed here."


def _too_many(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    return f"At most {problem['ctx']['max_length']} entries may stand here."


def _text_too_short(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    least = problem["ctx"]["min_length"]
    return "This text must not be empty." if least == 1 else f"At least {least} characters are needed here."


def _text_too_long(problem: Problem, _path: Path, _shapes: Shapes, _data: Any) -> str:
    return f"This text is too long; it may have at most {problem['ctx']['max_length']} characters."


def _not_one_of(value: Any, choices: tuple[str, ...]) -> str:
    if len(choices) == 1:
        return f"{shown(value)} cannot stand here; it has to be {choices[0]}."
    return f"{shown(value)} is not one of {', '.join(choices)}{did_you_mean(str(value), choices)}"


def _otherwise(problem: Problem) -> str:
    return _as_sentence(f"This cannot be used: {problem['msg'][:1].lower()}{problem['msg'][1:]}")


def _as_sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


_WORDS: dict[str, Words] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_a_choice,
    "enum": _not_a_choice,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _no_tag,
    "string_pattern_mismatch": _pattern,
    "value_error": _own_words,
    "assertion_error": _own_words,
    "greater_than_equal": _limit("is too small; the least is", "ge"),
    "less_than_equal": _limit("is too large; the most is", "le"),
    "greater_than": _limit("is too small; it has to be more than", "gt"),
    "less_than": _limit("is too large; it has to be less than", "lt"),
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_short": _text_too_short,
    "string_too_long": _text_too_long,
}
