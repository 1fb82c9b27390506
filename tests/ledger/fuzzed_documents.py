"""Documents made up at random, fast: those that the canonical profile allows, and those that it refuses, each with why."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from random import Random
from typing import Any

LARGEST = 2**53 - 1
DEEPEST = 32
KEY_LETTERS = "ABCXYZabcxyz0189_.:/-"

CONTROLS = "".join(map(chr, (*range(1, 0x20), 0x7F, *range(0x80, 0xA0))))
AWKWARD = '"\\/<>&\u2028\u2029\ufeff\ufffd\uffff\ud7ff\ue000\U0001f468\u200d\U0001f469\U00010000\U0010ffff'
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F))),
    CONTROLS,
    AWKWARD,
    "àéîõüßøłœþÅẞ’“”–…§",
    "e\u0301a\u0323\u0307o\u0308\u1100\u1161\u11a8אבגदेवनागरी漢字かなカナ가각",
    "".join(map(chr, range(0x1F300, 0x1F400))) + "𝒜𝒵𐍈𠜎",
)
OTHER_SPELLINGS = tuple(
    chr(point)
    for point in range(0x80, 0x110000)
    if not 0xD800 <= point <= 0xDFFF and not unicodedata.is_normalized("NFC", chr(point))
)


class Documents:
    """The same seed makes the same documents."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def fit(self) -> Iterator[dict[str, Any]]:
        """Documents in the profile, without end; one in two hundred is as deep as they may be."""
        while True:
            yield (
                self._deepest() if self._random.random() < 0.005 else self._object(self._random.randrange(6))
            )

    def unfit(self) -> Iterator[tuple[str, Any]]:
        """Documents with one fault, somewhere, and words that the refusal has; without end."""
        faults: tuple[tuple[str, Callable[[], Any]], ...] = (
            ("a number with a fraction", self._fraction),
            ("more than 53 bits", self._large_number),
            ("normal form", self._another_spelling),
            ("lone surrogate", self._half_a_character),
            ("null character", lambda: f"{self._text()}\0{self._text()}"),
            ("has the key", self._unfit_key),
            ("levels deep", self._too_deep),
            ("which JSON does not have", self._no_json),
        )
        while True:
            for words, make in faults:
                yield words, self._somewhere(make())

    def _value(self, deep: int) -> Any:
        if deep > 0 and self._random.random() < 0.4:
            return self._object(deep) if self._random.random() < 0.6 else self._array(deep)
        kind = self._random.random()
        if kind < 0.5:
            return self._text()
        if kind < 0.8:
            return self._number()
        return self._random.choice((None, True, False, "", 0, [], {}))

    def _object(self, deep: int) -> dict[str, Any]:
        size = self._random.choice((0, 1, 2, 4, 6))
        return {self._key(): self._value(deep - 1) for _ in range(size)}

    def _deepest(self) -> dict[str, Any]:
        """Objects and arrays within each other, with something beside on each level."""
        value: Any = self._random.choice(({}, []))
        for _ in range(DEEPEST - 2):
            value = self._around(value)
        return {**self._object(0), self._key(): value}

    def _around(self, value: Any) -> Any:
        if self._random.random() < 0.5:
            return {**self._object(0), self._key(): value}
        beside = self._array(0)
        beside.insert(self._random.randrange(len(beside) + 1), value)
        return beside

    def _array(self, deep: int) -> list[Any]:
        return [self._value(deep - 1) for _ in range(self._random.choice((0, 1, 2, 4)))]

    def _key(self) -> str:
        return "".join(self._random.choices(KEY_LETTERS, k=self._random.choice((1, 1, 2, 3, 12))))

    def _text(self) -> str:
        if self._random.random() < 0.2:
            letters = map(chr, (self._random.randrange(1, 0x110000) for _ in range(4)))
            text = "".join(each for each in letters if not "\ud800" <= each <= "\udfff")
        else:
            size = self._random.choice((0, 1, 3, 8, 40))
            text = "".join(self._random.choices(self._random.choice(LETTERS), k=size))
        return unicodedata.normalize("NFC", text)

    def _number(self) -> int:
        if self._random.random() < 0.2:
            return self._random.choice((0, 1, -1, LARGEST, -LARGEST, 2**31, -(2**31), 2**32, 10**15))
        return self._random.choice((1, -1)) * self._random.getrandbits(self._random.randrange(1, 54))

    def _fraction(self) -> float:
        some = self._random.uniform(-1e6, 1e6)
        return self._random.choice(
            (0.0, -0.0, 1.0, 1e21, 5e-324, float("nan"), float("inf"), float("-inf"), some)
        )

    def _large_number(self) -> int:
        beyond = self._random.choice((1, 2, self._random.getrandbits(20) + 1, 2**64, 10**40))
        return self._random.choice((1, -1)) * (LARGEST + beyond)

    def _another_spelling(self) -> str:
        inner = self._random.choice((*OTHER_SPELLINGS[:20], self._random.choice(OTHER_SPELLINGS), "e\u0301"))
        return self._text() + inner + self._text()

    def _half_a_character(self) -> str:
        return self._text() + chr(self._random.randrange(0xD800, 0xE000)) + self._text()

    def _unfit_key(self) -> dict[Any, Any]:
        foreign = chr(self._random.randrange(0x80, 0xD800))
        key = self._random.choice(("", " ", '"', "a b", "a\n", "a\\", "{", 1, None, foreign, f"a{foreign}"))
        return {self._key(): 1, key: 2}

    def _too_deep(self) -> Any:
        value: Any = self._random.choice(({}, []))
        for _ in range(DEEPEST + self._random.choice((0, 1, 2, 40))):
            value = self._around(value)
        return value

    def _no_json(self) -> Any:
        noon = datetime(2016, 6, 14, 12, tzinfo=UTC)
        return self._random.choice(
            (b"bytes", {1, 2}, noon, noon.date(), Decimal("1.5"), 1j, object(), range(3))
        )

    def _somewhere(self, value: Any) -> Any:
        """The value among fit ones, some levels deep."""
        for _ in range(self._random.randrange(5)):
            value = self._around(value)
        return value
