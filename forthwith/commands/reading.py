"""How every command that reads opens the record: as it is now, or as of the two moments that it was given."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from domain.identity import OccurrenceId, notice_stream
from domain.notice.state import Notice
from domain.record import Recorded
from domain.refusals import NotFound
from forthwith.commands.moments import When, moments_of, tell_moments
from forthwith.commands.opening import the_world
from forthwith.world import World
from projections.past.book import PastBook, book_of
from projections.past.moments import EVERYTHING, Moments

_NOTICES = notice_stream("")


@dataclass(frozen=True, slots=True)
class Reading:
    """`book` holds what is read, `whole` the same streams as they are known now; things are judged at `now`."""

    book: PastBook
    whole: PastBook
    now: datetime
    zone: str
    moments: Moments


@asynccontextmanager
async def reading_notice(notice: str, when: When) -> AsyncIterator[Reading]:
    """One notice with all under it. Raises NotFound, UnfitMoment."""
    async with the_world() as world:
        yield await read_notice_at(world, notice, when)


@asynccontextmanager
async def reading_terms(notice: str, when: When) -> AsyncIterator[Reading]:
    """The notice alone, without what it has given rise to. Raises NotFound, UnfitMoment."""
    async with the_world() as world:
        rows = await world.ledger.read_stream(notice_stream(notice))
        await _must_exist(world, notice, rows)
        yield _read(world, notice, rows, when)


@asynccontextmanager
async def reading_occurrence(name: OccurrenceId, when: When) -> AsyncIterator[Reading]:
    """One occurrence with its notice: nothing else of the record is read. Raises NotFound, UnfitMoment."""
    async with the_world() as world:
        own = await world.ledger.read_stream(notice_stream(name.notice))
        await _must_exist(world, name.notice, own)
        rows = sorted((*own, *await world.ledger.read_stream(name.stream)), key=lambda each: each.index)
        yield _read(world, name.notice, rows, when)


@asynccontextmanager
async def reading_all(when: When) -> AsyncIterator[tuple[Reading, ...]]:
    """Every notice of the record, each in its own zone, without those that were not known then."""
    async with the_world() as world:
        names = [stream.removeprefix(_NOTICES) for stream in await world.ledger.streams(_NOTICES)]
        found = [await read_notice_at(world, name, when) for name in names]
        yield tuple(each for each in found if each.book.notices())


async def read_notice_at(world: World, notice: str, when: When) -> Reading:
    rows = await world.ledger.read_by(notice)
    await _must_exist(world, notice, rows)
    return _read(world, notice, rows, when)


def issued(book: PastBook, notice: str) -> Notice:
    """Raises NotFound with a sentence that says of which moment it is true."""
    if not book.notices():
        raise NotFound(f"The notice “{notice}” was not in the record as it stood then.")
    return book.notice(notice)


def _read(world: World, notice: str, rows: Sequence[Recorded], when: When) -> Reading:
    now, whole = world.clock.now(), book_of(world.ledger, rows, EVERYTHING)
    zone = whole.notice(notice).terms.zone
    if not when.is_given:
        return Reading(whole, whole, now, zone, Moments(now, now))
    moments = moments_of(when, zone, now)
    tell_moments(moments, zone)
    return Reading(whole.as_of(moments), whole, moments.as_at, zone, moments)


async def _must_exist(world: World, notice: str, rows: Sequence[Recorded]) -> None:
    if rows:
        return
    known = [stream.removeprefix(_NOTICES) for stream in await world.ledger.streams(_NOTICES)]
    held = f"It holds {', '.join(known)}." if known else "It holds no notice yet."
    raise NotFound(f"There is no notice “{notice}” in the record. {held}")
