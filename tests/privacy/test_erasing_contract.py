"""What erasing promises of every ledger; run on PostgreSQL and on its twin in memory."""

import asyncio
from uuid import uuid4

import orjson
import pytest

from domain.clock import LiveClock
from domain.events.of_the_record import ERASURES, PERSONAL_DATA_ERASED
from domain.refusals import NotFound
from ledger.privacy import erasure
from ledger.privacy.disclosing import disclosures_for
from ledger.privacy.erasure import Eraser, ErasureRefused, Why
from ledger.privacy.kept import kept_values
from ledger.privacy.retention import Keeper
from projections.casebook import Casebook
from tests.privacy.conftest import APPOINTED, NOTICE, REPORT, SUBMITTED, say

WHY = Why("dana-price", "Asked for, and no longer needed.", "UK GDPR, article 17(1)(a)")


@pytest.fixture
async def recorded(either):
    """A report and an appointment, the latter recorded twice."""
    await either.append(say(SUBMITTED))
    await either.append(say(APPOINTED, NOTICE))
    await either.append(say(APPOINTED, NOTICE, 1))
    return either


@pytest.fixture
def eraser(recorded):
    return Eraser(recorded, LiveClock())


async def test_what_is_kept_is_told_with_whose_it_is(recorded):
    told = [(each.index, each.person, each.field, each.text) for each in await kept_values(recorded)]
    assert sorted(told, key=str) == [
        (1, None, "text", "Nothing is slow."), (1, None, "text", "Two visits to the Ribble team."),
        (2, "helen-marsh", "name", "Helen Marsh"), (3, "helen-marsh", "name", "Helen Marsh"),
    ]  # fmt: skip
    theirs = await kept_values(recorded, subject="person/helen-marsh")
    assert [each.index for each in theirs] == [2, 3]
    assert len(await kept_values(recorded, subject="person:helen-marsh")) == 4
    assert {each.index for each in await kept_values(recorded, index=1)} == {1}
    assert await kept_values(recorded, notice="another") == []


async def test_the_texts_of_one_event_are_erased_and_nothing_else(recorded, eraser):
    before = await recorded.read()
    (receipt,) = await eraser.of_event(1, WHY)
    report, *appointments, erased = await recorded.read()
    assert [each["text"] for each in report.envelope.data["sections"]] == ["[erased]", "[erased]"]
    assert (report.canonical, report.leaf) == (before[0].canonical, before[0].leaf)
    assert {each.envelope.data["name"] for each in appointments} == {"Helen Marsh"}
    assert (erased.type, erased.stream, erased.index) == (PERSONAL_DATA_ERASED, ERASURES, receipt.first_index)
    digests = sorted(each["_sd"][0] for each in orjson.loads(report.canonical)["data"]["sections"])
    assert (erased.envelope.data["digests"], erased.envelope.data["events"]) == (digests, [1])
    assert [each["index"] async for each in disclosures_for(recorded)] == [2, 3]


async def test_a_person_is_erased_wherever_they_are_named_and_can_be_named_again(recorded, eraser):
    await eraser.of_person("helen-marsh", WHY)
    with pytest.raises(NotFound, match="Nothing is kept"):
        await eraser.of_person("helen-marsh", WHY)
    await recorded.append(say(APPOINTED, NOTICE, 2))
    names = [each.envelope.data["name"] for each in await recorded.read_stream(NOTICE)]
    assert names == ["[erased]", "[erased]", "Helen Marsh"]
    assert [each.index for each in await kept_values(recorded, subject="person/helen-marsh")] == [5]


async def test_many_values_take_several_events(recorded, eraser, monkeypatch):
    monkeypatch.setattr(erasure, "_IN_ONE_EVENT", 1)
    assert len(await eraser.of_person("helen-marsh", WHY)) == 2
    assert await kept_values(recorded, subject="person/helen-marsh") == []


async def test_a_command_repeated_after_its_words_were_erased_is_still_recognised(either):
    command = uuid4()
    first = await either.append(say(SUBMITTED, command=command))
    await Eraser(either, LiveClock()).of_event(1, WHY)
    again = await either.append(say(SUBMITTED, expected=1, command=command))
    assert again.repeated and again.leaves == first.leaves


async def test_whoever_keeps_what_was_read_hears_of_it(recorded, eraser):
    book, seen = Casebook(recorded), recorded.erasures
    held = await recorded.read_stream(REPORT)
    await eraser.of_event(1, WHY)
    assert recorded.erasures != seen
    assert held[0].envelope.data["sections"][0]["text"] == "Two visits to the Ribble team."
    await book.catch_up()
    assert book.event(1).event.sections[0].text == "[erased]"


async def test_what_is_held_is_not_erased(recorded, eraser):
    keeper = Keeper(recorded, LiveClock())
    await keeper.hold("lancashire-2016", "The inquiry asked for it.", "dana-price")
    for erasing in (eraser.of_event(1, WHY), eraser.of_person("helen-marsh", WHY)):
        with pytest.raises(ErasureRefused, match="The inquiry asked for it"):
            await erasing
    await keeper.release("lancashire-2016", "The inquiry is over.", "dana-price")
    await eraser.of_event(1, WHY)
    assert await kept_values(recorded, index=1) == []


async def test_of_two_who_erase_the_same_at_once_one_has_nothing_left_to_erase(recorded, eraser):
    other = Eraser(recorded, LiveClock())
    answers = await asyncio.gather(eraser.of_event(1, WHY), other.of_event(1, WHY), return_exceptions=True)
    assert sorted(type(each).__name__ for each in answers) == ["NotFound", "tuple"]
    assert [each.type for each in await recorded.read(3)] == [PERSONAL_DATA_ERASED]


async def test_whoever_has_looked_before_somebody_else_erased_has_nothing_left_to_erase(
    recorded, eraser, monkeypatch
):
    """However the two fall together: the same is never said to be erased twice."""
    look, has_looked = erasure.kept_values, []

    async def look_and_be_overtaken(*arguments, **options):
        found = await look(*arguments, **options)
        if not has_looked:
            has_looked.append(found)
            await eraser.of_event(1, WHY)
        return found

    monkeypatch.setattr(erasure, "kept_values", look_and_be_overtaken)
    with pytest.raises(NotFound):
        await Eraser(recorded, LiveClock()).of_event(1, WHY)
    assert has_looked[0]
    assert [each.type for each in await recorded.read(3)] == [PERSONAL_DATA_ERASED]
