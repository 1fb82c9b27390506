"""Sixty thousand documents made up at random have the one spelling that RFC 8785 gives them; the others are refused.

Keys are ASCII in the profile, where UTF-8 and UTF-16 sort alike. Each run makes others. A failure names its seed;
FORTHWITH_FUZZ_SEED=… makes the same documents again.
"""

import os
from itertools import islice
from secrets import randbits

import pytest
import rfc8785

from domain.record import UnfitEvent
from ledger.profile import canonical_json
from tests.ledger.fuzzed_documents import DEEPEST, Documents

pytestmark = pytest.mark.slow
FIT, UNFIT = 60_000, 16_000


@pytest.fixture(scope="module")
def seed() -> int:
    return int(os.environ.get("FORTHWITH_FUZZ_SEED") or randbits(32))


def why_refused(document: object) -> str:
    """The sentence of the refusal, or what was stored."""
    try:
        return f"stored as {canonical_json(document, 'data')!a}"
    except UnfitEvent as refused:
        return str(refused)


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, value.values()), default=0)
    return 1 + max(map(depth, value), default=0) if isinstance(value, list) else 0


def test_documents_in_the_profile_are_spelled_as_rfc_8785_spells_them(seed: int) -> None:
    for number, document in enumerate(islice(Documents(seed).fit(), FIT)):
        assert canonical_json(document, "data") == rfc8785.dumps(document), (
            f"FORTHWITH_FUZZ_SEED={seed}, document {number}: {document!a}"
        )


def test_documents_outside_the_profile_are_refused_for_what_is_wrong_with_them(seed: int) -> None:
    for number, (words, document) in enumerate(islice(Documents(seed).unfit(), UNFIT)):
        said = why_refused(document)
        assert words in said, f"FORTHWITH_FUZZ_SEED={seed}, document {number}, for “{words}”: {said}"


def test_what_is_made_up_reaches_into_every_corner(seed: int) -> None:
    """A generator that had become tame would let everything pass."""
    documents = list(islice(Documents(seed).fit(), 5_000))
    assert max(map(depth, documents)) == DEEPEST
    written = b"".join(map(rfc8785.dumps, documents)).decode()
    assert set("abcxyzABCXYZ0189_.:/-") <= set(written)
    for corner in (
        "\\u0001",
        "\\u001f",
        "\\n",
        '\\"',
        "\\\\",
        "\x7f",
        "\u2028",
        "\ud7ff",
        "\ue000",
        "\U0010ffff",
        "é",
        "각",
    ):
        assert corner in written, corner
    for corner in ("{}", "[]", '""', "null", "true", "false", str(2**53 - 1), str(1 - 2**53)):
        assert corner in written, corner
