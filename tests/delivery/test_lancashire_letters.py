"""The notice of 19 May 2016 as its file has it: nobody does anything, and every message can be written."""

import pytest

from domain.identity import OccurrenceId
from tests.delivery.conftest import World
from tests.lives import the_notice

FAR_AFTER = "2017-08-31 09:00"


@pytest.mark.parametrize(
    ("obligation", "period"),
    [
        ("monthly-report", "2016-05"),
        ("board-maintained", "2016-Q2"),
        ("plan-kept-up-to-date", "plan"),
        ("chair-report", "2016-Q2"),
        ("adviser-report", "2016-Q2"),
        ("department-review", "1"),
        ("plan-delivered", "2017-05-31"),
    ],
)
async def test_every_message_of_a_ladder_is_written_and_arrives(
    nothing_issued: World, obligation: str, period: str
) -> None:
    world, terms = nothing_issued, the_notice()
    occurrence = OccurrenceId(terms.notice.id, obligation, period)
    for person in terms.people:
        await world.directory.set_address(person.id, f"{person.id}@example.org", world.clock.now())
    await world.issue(terms)
    await world.open_when_due(occurrence)
    await world.chase_until(FAR_AFTER, occurrence)

    [ladder] = [each for each in terms.ladders if each.id == _ladder_of(terms.obligations, obligation)]
    told = [each["rung"] for each in await world.happened("message-sent.v1", occurrence)]
    assert set(told) == {rung.id for rung in ladder.rungs}
    assert await world.happened("message-undeliverable.v1", occurrence) == []
    assert len(world.catcher.messages()) == len(told)
    assert all("\n\n\n" not in mail.text and "None" not in mail.text for mail in world.catcher.messages())


def _ladder_of(obligations: tuple[object, ...], wanted: str) -> str:
    return next(str(getattr(each, "ladder", "")) for each in obligations if getattr(each, "id", "") == wanted)
