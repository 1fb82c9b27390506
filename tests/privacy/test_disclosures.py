"""Commitments have the shape of RFC 9901, and whatever goes in comes out."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events.withheld import ERASED, plan_of, restored
from ledger.privacy.commitments import digests_in, told_by, withhold
from ledger.privacy.disclosure import (
    NotADisclosure,
    content_of,
    digest_of,
    disclosure_of,
    opened,
    read_disclosure,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PLAN = plan_of(("reason", "about", "title?about", "of.name@who.id", "parts[].text", "reviewers[]"))
DATA = st.fixed_dictionaries(
    {
        "reason": WORDS,
        "about": st.none() | WORDS,
        "title": WORDS,
        "of": st.none() | st.fixed_dictionaries({"name": WORDS, "who": st.just({"id": "jo"})}),
        "parts": st.lists(st.fixed_dictionaries({"id": WORDS, "text": WORDS}), max_size=3),
        "reviewers": st.lists(WORDS, max_size=3),
        "number": st.integers(),
    }
)


# RFC 9901, sections 4.2.1 to 4.2.3: the examples of a member and of an element, and another spelling of the same member.
@pytest.mark.parametrize(
    ("disclosure", "digest", "name", "value"),
    [
        (
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
            "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
            "family_name",
            "Möbius",
        ),
        (
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
            None,
            "family_name",
            "Möbius",
        ),
        (
            "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0",
            "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs",
            None,
            "FR",
        ),
    ],
)
def test_the_examples_of_the_standard(
    disclosure: str, digest: str | None, name: str | None, value: str
) -> None:
    told = read_disclosure(disclosure)
    assert (told.name, told.value) == (name, value)
    assert told.digest == digest_of(disclosure)
    assert digest in (None, told.digest)


@given(
    salt=st.binary(min_size=16, max_size=16),
    name=st.none() | WORDS,
    value=WORDS | st.integers(-(2**53), 2**53),
)
def test_a_disclosure_tells_what_it_was_made_of(salt: bytes, name: str | None, value: Any) -> None:
    if name in ("_sd", "..."):
        return
    content = content_of(salt, name, value)
    told = read_disclosure(disclosure_of(content))
    assert told == opened(content)
    assert (told.name, told.value) == (name, value)


@pytest.mark.parametrize(
    "disclosure", ["", "!", "e30", "WyJhIl0", "WyJhIiwiX3NkIiwxXQ", "WyJhIiwgMV0=", "WzEsMl0", "Wy"]
)
def test_what_is_none_is_refused(disclosure: str) -> None:
    with pytest.raises(NotADisclosure):
        read_disclosure(disclosure)


@settings(max_examples=200)
@given(data=DATA, random=st.randoms())
def test_what_is_withheld_comes_back_whatever_the_order(data: dict[str, Any], random: Any) -> None:
    before = json.dumps(data)
    kept, withheld = withhold(data, PLAN)
    assert json.dumps(data) == before
    assert "reason" not in kept
    assert sorted(digests_in(kept)) == sorted(each.digest for each in withheld)
    random.shuffle(withheld)
    stored = json.loads(json.dumps(kept))
    assert restored(stored, told_by(opened(each.content) for each in withheld), PLAN) == data


@given(data=DATA)
def test_only_words_are_lost_by_an_erasure(data: dict[str, Any]) -> None:
    kept, withheld = withhold(data, PLAN)
    found = restored(json.loads(json.dumps(kept)), {}, PLAN)
    assert found.keys() == data.keys()
    assert (found["reason"], found["number"]) == (ERASED, data["number"])
    assert found["about"] == (None if data["about"] is None else ERASED)
    assert found["title"] == (ERASED if data["about"] else data["title"])
    assert [each["id"] for each in found["parts"]] == [each["id"] for each in data["parts"]]
    assert {each["text"] for each in found["parts"]} <= {ERASED}
    assert found["reviewers"] == [ERASED] * len(data["reviewers"])
    assert {each.person for each in withheld} <= {None, "jo"}


def test_two_commitments_to_the_same_word_have_nothing_in_common() -> None:
    said = {"reason": "The same words."}
    (one, first), (other, second) = withhold(said, PLAN), withhold(said, PLAN)
    assert one != other
    assert first[0].digest != second[0].digest


def test_members_stand_in_an_order_that_tells_nothing() -> None:
    kept, _ = withhold({"reason": "a", "about": "b", "title": "c"}, PLAN)
    assert kept["_sd"] == sorted(kept["_sd"])
    assert list(kept) == ["_sd"]
