"""The book holds what the record holds, however it came to read it."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import ENGINE
from domain.identity import OccurrenceId
from domain.record import Append, Envelope, StreamWrite
from domain.refusals import NotFound
from ledger.memory import MemoryLedger
from projections.casebook import Casebook, RecordHasAGap

NOTICE = "lancashire-2016"
NOW = datetime(2016, 6, 14, 12, tzinfo=UTC)
JULY = OccurrenceId(NOTICE, "monthly-report", "2016-07")


def contents(book: Casebook) -> tuple[object, ...]:
    occurrences = book.occurrences(NOTICE) if book.notices() else ()
    histories = [book.history(each.id) for each in occurrences]
    return book.position, book.notices(), occurrences, histories, book.history(NOTICE)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(splits=st.lists(st.floats(0, 1), max_size=6), at_once=st.integers(1, 400))
async def test_read_in_pieces_it_is_the_book_that_is_read_at_once(rehearsed, ledger_so_far, splits, at_once):
    events = await (await rehearsed("two-reports-missed")).read(limit=100_000)
    in_pieces = ledger_so_far(events, at_once=at_once)
    book, whole = Casebook(in_pieces), Casebook(ledger_so_far(events, shown=len(events)))
    for split in (*(int(part * len(events)) for part in sorted(splits)), len(events)):
        in_pieces.shown = split
        assert await book.catch_up() == split
    await whole.catch_up()
    assert contents(book) == contents(whole)


async def test_what_another_application_has_written_into_the_record_is_passed_over():
    ledger = MemoryLedger()
    stranger = Envelope(uuid4(), "library-event-stored.v1", NOW, ENGINE, {"state": "eA=="})
    await ledger.append(Append(uuid4(), (StreamWrite("es/shelf/books/1", 0, (stranger,)),)))
    book = Casebook(ledger)
    assert await book.catch_up() == 1
    assert book.notices() == ()
    with pytest.raises(NotFound, match="another application"):
        book.event(1)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(stop=st.integers(0, 250))
async def test_as_known_at_a_moment_it_holds_what_was_recorded_by_then(rehearsed, ledger_so_far, stop):
    events = await (await rehearsed("two-reports-missed")).read(limit=100_000)
    moment = events[stop].recorded
    known = sum(each.recorded <= moment for each in events)
    then, since = (
        Casebook(ledger_so_far(events, shown=known)),
        Casebook(await rehearsed("two-reports-missed")),
    )
    await then.catch_up()
    assert contents(await since.as_known_at(moment)) == contents(then)


async def test_a_book_of_the_past_takes_in_nothing_more(rehearsed):
    ledger = await rehearsed("two-reports-missed")
    past = await Casebook(ledger).as_known_at(datetime(2016, 9, 20, 12, tzinfo=UTC))
    before = past.position
    assert await past.catch_up() == before < await Casebook(ledger).catch_up()


async def test_many_who_ask_at_once_get_one_book(rehearsed, ledger_so_far):
    events = await (await rehearsed("two-reports-missed")).read(limit=100_000)
    book = Casebook(ledger_so_far(events, shown=len(events), at_once=50))
    positions = await asyncio.gather(*(book.catch_up() for _ in range(20)))
    assert set(positions) == {len(events)}
    assert [entry.index for entry in book.history(NOTICE)] == list(range(1, book.position + 1))


async def test_an_event_that_is_missing_from_the_record_is_named_and_nothing_is_taken_in(
    rehearsed, ledger_so_far
):
    events = list(await (await rehearsed("two-reports-missed")).read(limit=100_000))
    del events[199]
    ledger = ledger_so_far(events, shown=150)
    book = Casebook(ledger)
    assert await book.catch_up() == 150
    ledger.shown = len(events)
    with pytest.raises(RecordHasAGap, match="up to event 199, the next one given was 201"):
        await book.catch_up()
    assert book.position == 150


async def test_what_is_not_in_the_record_is_not_found(rehearsed):
    book = Casebook(await rehearsed("two-reports-missed"))
    with pytest.raises(NotFound, match="no notice “lancashire-2016”"):
        book.notice(NOTICE)
    await book.catch_up()
    with pytest.raises(NotFound, match="may not have opened yet"):
        book.case(OccurrenceId(NOTICE, "monthly-report", "2031-01"))
    with pytest.raises(NotFound, match="no event 100000"):
        book.event(100_000)


async def test_each_event_is_in_the_history_of_its_occurrence_and_of_its_notice(rehearsed):
    book = Casebook(await rehearsed("two-reports-missed"))
    await book.catch_up()
    own = book.history(JULY)
    assert own[0].record.type == "occurrence-opened.v1"
    assert [each.record.version for each in own] == list(range(1, len(own) + 1))
    assert [each for each in book.history(NOTICE) if each.occurrence == JULY] == list(own)
    assert all(book.event(each.index) is each for each in own)
