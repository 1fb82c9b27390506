"""What happened is told to people: by name and title, in whole sentences, whatever it was."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.events.chasing import RungsNotChased
from domain.events.delivery import MessageUndeliverable
from domain.events.kinds import BY_TOPIC, KINDS, kind_of
from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.telling import TELLINGS, tell
from tests.projections.told_by_hand import BY_HAND

NOTICE = "lancashire-2016"
JULY = OccurrenceId(NOTICE, "monthly-report", "2016-07")
NOON = datetime(2016, 8, 15, 12, tzinfo=UTC)
NOT_OUR_WORDS = ("calendar-adopted.v1", "clause-stated.v1", "interpretation-ruled.v1")
IDENTIFIERS = re.compile(r"[{}]|\b[a-z]+-[a-z0-9-]*[a-z]\b|/|\d{4}-\d{2}|None")


def told(book: Casebook, index: int) -> str:
    entry = book.event(index)
    about = book.case(entry.occurrence).occurrence if entry.occurrence else None
    return tell(entry.event, book.notice(entry.record.envelope.notice or NOTICE), about)


async def sentences(rehearsed, scenario: str, topic: str) -> list[str]:
    book = Casebook(await rehearsed(scenario))
    await book.catch_up()
    return [told(book, each.index) for each in book.history(NOTICE) if each.record.type == topic]


def test_every_kind_of_event_has_its_telling():
    assert set(TELLINGS) == {kind.shape for kind in KINDS}


@pytest.mark.slow
async def test_every_kind_that_happens_is_told_without_identifiers(rehearsed, scenarios):
    happened = set()
    for scenario in scenarios:
        book = Casebook(await rehearsed(scenario))
        await book.catch_up()
        for entry in (each for notice in book.notices() for each in book.history(notice.terms.id)):
            sentence = told(book, entry.index)
            assert sentence[0].isupper() or sentence[0] == "“"
            own_words = re.sub(r"“[^”]*”", "", sentence)
            if entry.record.type not in NOT_OUR_WORDS:
                assert sentence.endswith("."), sentence
                assert not IDENTIFIERS.search(own_words), sentence
            happened.add(entry.record.type)
    told_below = {"message-undeliverable.v1", "rungs-not-chased.v1"}
    assert set(BY_TOPIC) - happened <= told_below | {kind_of(event).topic for event, _ in BY_HAND}


@pytest.mark.slow
async def test_a_title_begins_small_within_a_sentence_unless_it_begins_with_a_name(rehearsed):
    book = Casebook(await rehearsed("superseded-by-direction"))
    await book.catch_up()
    everything = [told(book, each.index) for each in book.history("lancashire-direction-2017")]
    reminded = {each for each in everything if each.startswith("A reminder of the ")}
    assert any("of the monthly report to the commissioner for January 2017" in each for each in reminded)
    assert not [each for each in reminded if re.match(r"A reminder of the [A-Z]", each)]


@pytest.mark.parametrize(("event", "sentence"), BY_HAND, ids=lambda each: type(each).__name__)
async def test_what_no_scenario_shows_is_told_in_these_words(rehearsed, event, sentence):
    book = Casebook(await rehearsed("two-reports-missed"))
    await book.catch_up()
    case = book.case(JULY)
    assert tell(event, case.notice, case.occurrence) == sentence


async def test_what_no_scenario_shows_is_told_as_well(rehearsed):
    book = Casebook(await rehearsed("two-reports-missed"))
    await book.catch_up()
    case = book.case(JULY)
    lost = MessageUndeliverable(
        case.occurrence.standing_of("director").messages[0].id,
        "director",
        "helen-marsh",
        "smtp",
        "550 no such mailbox.",
        NOON,
    )
    assert tell(lost, case.notice, case.occurrence) == (
        "The message to Helen Marsh with the escalation of the monthly report to the improvement board for "
        "July 2016 could not be delivered: 550 no such mailbox."
    )
    skipped = RungsNotChased(("remind-1", "overdue"), NOON, NOON)
    assert tell(skipped, case.notice, case.occurrence) == (
        "Steps that fell before chasing began on Monday 15 August 2016 were not taken: "
        "a reminder and the overdue notice."
    )


@pytest.mark.parametrize(
    ("scenario", "topic", "sentence"),
    [
        (
            "two-reports-missed",
            "task-acknowledged.v1",
            "Priya Nandra acknowledged the monthly report to the improvement board for June 2016 "
            "as Improvement reporting officer.",
        ),
        (
            "two-reports-missed",
            "task-acknowledged.v1",
            "Helen Marsh acknowledged the escalation of the monthly report to the improvement board for July 2016 "
            "as Director of children’s services.",
        ),
        (
            "two-reports-missed",
            "overdue-notice-issued.v1",
            "The monthly report to the improvement board for July 2016 was overdue; notice of that went to "
            "Priya Nandra (Improvement reporting officer) and Helen Marsh (Director of children’s services).",
        ),
        (
            "two-reports-missed",
            "referred-for-consideration.v1",
            "The monthly report to the improvement board for July 2016 was referred to Fiona Laidlaw (Head of the "
            "minister’s private office) for consideration under Section 497A of the Education Act 1996, as amended.",
        ),
        (
            "two-reports-missed",
            "acknowledgement-requested.v1",
            "The monthly report to the improvement board for July 2016 is owed, and nobody had acknowledged it; "
            "a reminder went to Priya Nandra (Improvement reporting officer).",
        ),
        (
            "two-reports-missed",
            "report-submitted.v1",
            "Version 1 of the monthly report to the improvement board for June 2016 was received from Priya Nandra "
            "(Improvement reporting officer) on Tuesday 12 July 2016, 10:00.",
        ),
        (
            "happy-year",
            "review-held.v1",
            "Callum Reyes (Leader of the review team) recorded that the first review of progress by the Department "
            "was held on Thursday 10 November 2016.",
        ),
        (
            "forty-day-outage",
            "rungs-collapsed.v1",
            "After an interruption only one step was taken, the overdue notice; not sent: a reminder to "
            "acknowledge, a reminder and a reminder.",
        ),
    ],
)
async def test_it_is_told_in_these_words(rehearsed, scenario, topic, sentence):
    assert sentence in await sentences(rehearsed, scenario, topic)


async def test_a_hollow_report_is_told_with_what_it_lacks(rehearsed):
    book = Casebook(await rehearsed("happy-year"))
    await book.catch_up()
    entry = next(each for each in book.history(NOTICE) if each.record.type == "report-submitted.v1")
    hollow = replace(entry.event, missing=("impact", "views"))
    sentence = tell(hollow, book.notice(NOTICE), book.case(entry.occurrence).occurrence)
    assert sentence.endswith(
        "nothing was said under “Evidence of impact on the quality of practice and on the experience of children "
        "and families” and “Views of frontline staff and of children and young people”."
    )
