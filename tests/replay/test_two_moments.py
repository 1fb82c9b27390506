"""What was so on a day, and what was known on a day, are two things."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events.correcting import EventCorrected
from domain.events.kinds import effective_of
from domain.events.owing import ReportAccepted, ReportSubmitted
from domain.identity import OccurrenceId, notice_stream
from domain.occurrence.fold import evolve
from domain.occurrence.standing import standing
from domain.occurrence.state import Occurrence
from ledger.memory import MemoryLedger
from projections.chronology import chronology
from projections.clause_standing import standing_of_clauses
from projections.overdue import overdue
from projections.past.book import PastBook, read_past, read_past_occurrence
from projections.past.folding import fold_as_at, in_effect
from projections.past.moments import Moments
from projections.tasks import all_tasks
from projections.why import why_it_stands
from tests.replay.conftest import NOTICE

SCENARIOS = ("recorded-late", "wrong-date-corrected", "two-reports-missed", "varied-mid-flight")
JUNE = OccurrenceId(NOTICE, "monthly-report", "2016-06")
REVIEW = OccurrenceId(NOTICE, "department-review", "1")
END = datetime(2017, 7, 1, tzinfo=UTC)
BEGIN = datetime(2016, 5, 18, tzinfo=UTC)
moments = st.datetimes(BEGIN.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC))
scenarios = st.sampled_from(SCENARIOS)
few = settings(max_examples=20, deadline=None)


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T22:00:00+00:00")


def contents(book: PastBook) -> tuple[object, ...]:
    return (
        book.position,
        book.notices(),
        book.occurrences(NOTICE) if book.notices() else (),
        [each.index for each in book.history(NOTICE)],
    )


def numbers(book: PastBook) -> set[int]:
    return {each.index for each in book.history(NOTICE)}


@pytest.mark.parametrize("scenario", SCENARIOS)
async def test_as_it_stands_and_is_known_now_is_the_plain_book(scenario, lived):
    ledger, plain = await lived(scenario)
    last = plain.event(plain.position).recorded
    now = await read_past(ledger, NOTICE, Moments(last, last))
    assert now.notice(NOTICE) == plain.notice(NOTICE)
    assert now.occurrences(NOTICE) == plain.occurrences(NOTICE)
    assert now.history(NOTICE) == plain.history(NOTICE)
    assert now.position == plain.position


@few
@given(scenario=scenarios, known_at=moments)
async def test_what_was_known_is_the_book_that_was_read_then(lived, past, scenario, known_at):
    _, plain = await lived(scenario)
    then = await plain.as_known_at(known_at)
    known = await past(scenario, Moments(END, known_at))
    assert contents(known) == contents(then)


@few
@given(scenario=scenarios, as_at=moments, known_at=moments)
async def test_nothing_is_shown_that_was_recorded_later_or_took_effect_later(past, scenario, as_at, known_at):
    book = await past(scenario, Moments(as_at, known_at))
    everything = await past(scenario, Moments(END, known_at))
    for entry in book.history(NOTICE):
        state = (
            everything.case(entry.occurrence).occurrence if entry.occurrence else everything.notice(NOTICE)
        )
        assert entry.recorded <= known_at
        assert effective_of(state.history[entry.record.version - 1]) <= as_at
    assert book.position <= everything.position


@few
@given(scenario=scenarios, days=st.tuples(moments, moments), known=moments)
async def test_more_is_there_on_a_later_day_and_nothing_has_gone(past, scenario, days, known):
    earlier, later = [await past(scenario, Moments(day, known)) for day in sorted(days)]
    assert numbers(earlier) <= numbers(later)
    before, after = [await past(scenario, Moments(known, day)) for day in sorted(days)]
    corrected = any(
        isinstance(each.event, EventCorrected)
        for each in (await past(scenario, Moments(END, END))).history(NOTICE)
    )
    if not corrected:
        assert numbers(before) <= numbers(after)


@few
@given(scenario=scenarios, as_at=moments, known_at=moments, others=st.tuples(moments, moments))
async def test_by_whatever_way_one_comes_to_two_moments_one_finds_the_same(
    past, scenario, as_at, known_at, others
):
    book = await past(scenario, Moments(as_at, known_at))
    detour = (await past(scenario, Moments(*others))).as_of(Moments(as_at, known_at))
    assert contents(detour) == contents(book)
    by_the_other = await (await past(scenario, Moments(as_at, others[1]))).as_known_at(known_at)
    assert contents(by_the_other) == contents(book)


@few
@given(scenario=scenarios, as_at=moments, known_at=moments, order=st.randoms(use_true_random=False))
async def test_the_order_in_which_streams_are_read_does_not_matter(
    past, lived, scenario, as_at, known_at, order
):
    book = await past(scenario, Moments(as_at, known_at))
    by_stream: dict[str, list] = {}
    for entry in book._whole:
        by_stream.setdefault(entry.record.stream, []).append(entry)
    names = sorted(by_stream)
    order.shuffle(names)
    shuffled = PastBook(book._ledger, [each for name in names for each in by_stream[name]], book.moments)
    assert contents(shuffled)[1:] == contents(book)[1:]


@few
@given(scenario=scenarios, as_at=moments, known_at=moments)
async def test_every_question_can_be_asked_of_every_two_moments(past, scenario, as_at, known_at):
    book = await past(scenario, Moments(as_at, known_at))
    if not book.notices():
        return
    chronology(book, NOTICE)
    all_tasks(book, NOTICE, as_at)
    standing_of_clauses(book, NOTICE, as_at)
    overdue(book, NOTICE, as_at)
    for each in book.occurrences(NOTICE):
        why_it_stands(book, each.id, as_at)


@pytest.mark.parametrize(
    ("as_at", "known_at", "stands"),
    [
        ("2016-07-14", "2016-07-21", "submitted"),
        ("2016-07-14", "2016-07-19", "due soon"),
        ("2016-07-15", "2016-07-19", "overdue"),
        ("2016-07-12", "2016-07-21", "due soon"),
    ],
)
async def test_a_report_received_in_time_and_recorded_late(past, as_at, known_at, stands):
    """Received on the 13th, a day before it was due, and recorded on the 20th."""
    book = await past("recorded-late", Moments(on(as_at), on(known_at)))
    assert standing(book.case(JUNE).occurrence, on(as_at)) == stands


@pytest.mark.parametrize(
    ("as_at", "known_at", "held"),
    [
        ("2016-11-05", "2016-11-14", True),
        ("2016-11-05", "2016-11-16", False),
        ("2016-11-12", "2016-11-14", True),
        ("2016-11-12", "2016-11-16", True),
    ],
)
async def test_a_correction_counts_from_the_day_that_it_corrects_once_it_is_known(
    past, as_at, known_at, held
):
    """Recorded as held on 1 November; on the 15th it was corrected to the 10th."""
    book = await past("wrong-date-corrected", Moments(on(as_at), on(known_at)))
    found = book.case(REVIEW).occurrence
    assert (found.held is not None) is held
    if held and known_at > "2016-11-15":
        assert found.held.held_on.day == 10
        assert "This was corrected" in " ".join(row.sentence for row in chronology(book, NOTICE, REVIEW).rows)


async def test_what_was_said_of_a_report_waits_for_the_report(lived):
    """A received day that is corrected to one after the acceptance leaves nothing to be accepted before that day."""
    _, book = await lived("recorded-late")
    history = list(book.case(JUNE).occurrence.history)
    (place,) = [place for place, each in enumerate(history) if isinstance(each, ReportSubmitted)]
    (accepted,) = [each for each in history if isinstance(each, ReportAccepted)]
    history[place] = replace(history[place], received_at=accepted.accepted_at + timedelta(days=1))
    before = fold_as_at(Occurrence(), evolve, history, accepted.accepted_at)
    assert before.submissions == ()
    after = fold_as_at(Occurrence(), evolve, history, accepted.accepted_at + timedelta(days=1))
    assert after.submissions[-1].accepted is not None


async def test_nothing_has_happened_to_what_had_not_opened(lived):
    _, book = await lived("recorded-late")
    history = book.case(JUNE).occurrence.history
    assert in_effect(history, history[0].opened_at - timedelta(seconds=1)) == frozenset()
    assert 1 in in_effect(history, history[0].opened_at)


class Counting(MemoryLedger):
    """It tells which streams were read, and forbids reading the whole."""

    def __init__(self, events) -> None:
        self.events, self.read_streams = events, []

    async def read_stream(self, stream, after=0):
        self.read_streams.append(stream)
        return [each for each in self.events if each.stream == stream]

    async def read(self, after=0, limit=0):
        raise AssertionError("the whole record was read")


async def test_reading_one_occurrence_reads_its_stream_and_that_of_its_notice_and_no_other(lived):
    ledger, _ = await lived("recorded-late")
    counting = Counting(await ledger.read(limit=100_000))
    book = await read_past_occurrence(counting, JUNE, Moments(on("2016-07-14"), END))
    assert standing(book.case(JUNE).occurrence, on("2016-07-14")) == "submitted"
    assert counting.read_streams == [notice_stream(NOTICE), JUNE.stream]
