"""The record as a program may read it: as its person sees it, of its notice alone, and as of two moments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Path, Query

from desk.api.bearer import Caller, Reader
from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from domain.refusals import NotFound
from projections.casebook import Answer, Casebook, Entry
from projections.past.lately import past_of
from projections.past.naming import moments_named
from projections.seen_by import SeenBy

Moment = Annotated[str | None, Query(max_length=40, examples=["2016-10-14", "2016-10-14T09:00Z"])]
Name = Annotated[str, Path(pattern="^[!-.0-~]{1,100}$")]


@dataclass(frozen=True, slots=True)
class Reading:
    """`book` is what is read; things are judged at `now`. `is_past`: of another moment than this one."""

    caller: Caller
    book: Casebook
    now: datetime
    is_past: bool = False

    def case(self, notice: str, obligation: str, period: str) -> Case:
        """Raises NotFound."""
        return self.book.case(OccurrenceId(notice, obligation, period))


class OneNotice(Casebook):
    """A book of which one notice alone is open."""

    def __init__(self, book: Casebook, only: str) -> None:
        self._book, self._only = book, only

    @property
    def position(self) -> int:
        return self._book.position

    def notices(self) -> tuple[Notice, ...]:
        return tuple(each for each in self._book.notices() if each.terms.id == self._only)

    def notices_naming(self, person: str) -> tuple[Notice, ...]:
        return tuple(each for each in self._book.notices_naming(person) if each.terms.id == self._only)

    def notices_called(self, names: Collection[str]) -> tuple[Notice, ...]:
        return self._book.notices_called({self._only}.intersection(names))

    def notice(self, notice_id: str) -> Notice:
        return self._book.notice(self._mine(notice_id))

    def occurrences(self, notice_id: str) -> tuple[Occurrence, ...]:
        return self._book.occurrences(self._mine(notice_id))

    def kept(
        self,
        notice_id: str,
        question: Hashable,
        holds_for: Hashable,
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        return self._book.kept(self._mine(notice_id), question, holds_for, answer, lasts)

    def kept_of_all(
        self,
        question: Hashable,
        holds_for: Hashable,
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        return self._book.kept_of_all((self._only, question), holds_for, answer, lasts)

    def shared(
        self,
        notice_id: str,
        question: Hashable,
        answer: Callable[[Casebook], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        return self._book.shared(self._mine(notice_id), question, answer, lasts)

    def is_shown(self, occurrence: Occurrence) -> bool:
        return occurrence.id.notice == self._only and self._book.is_shown(occurrence)

    def happened(self, notice_id: str) -> int:
        return self._book.happened(self._mine(notice_id))

    def case(self, occurrence: OccurrenceId) -> Case:
        self._mine(occurrence.notice)
        return self._book.case(occurrence)

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        self._mine(of.notice if isinstance(of, OccurrenceId) else of)
        return self._book.history(of)

    def event(self, index: int) -> Entry:
        found = self._book.event(index)
        self._mine(found.record.envelope.notice)
        return found

    def of_the_record(self, index: int) -> Recorded | None:  # noqa: ARG002 - as every book is asked
        """What happens to the record itself is under no notice."""
        return None

    def _mine(self, notice: str | None) -> str:
        if notice != self._only:
            raise NotFound(f"Only the notice “{self._only}” is open here.")
        return self._only


async def reading_now(caller: Reader) -> Reading:
    """As it is now; raises LedgerUnreachable."""
    book = caller.ports.casebook
    await book.catch_up()
    return Reading(caller, as_seen(caller, book), caller.ports.clock_now())


async def reading_notice(
    caller: Reader, notice: Name, as_at: Moment = None, known_at: Moment = None
) -> Reading:
    """One notice with all under it, as it is or as of two moments. Raises NotFound, UnfitMoment."""
    (found,) = await readings(caller, as_at, known_at, notice)
    found.book.notice(notice)
    return found


async def readings(
    caller: Caller, as_at: str | None, known_at: str | None, notice: str | None = None
) -> Sequence[Reading]:
    """Every notice that is open to the caller, or one, each judged in its own zone."""
    book = (current := await reading_now(caller)).book
    found = [book.notice(notice)] if notice is not None else book.notices()
    if as_at is None and known_at is None:
        return [current] if notice is not None or found else []
    return [_past(current, each, as_at, known_at) for each in found]


def _past(current: Reading, notice: Notice, as_at: str | None, known_at: str | None) -> Reading:
    caller = current.caller
    moments = moments_named(as_at, known_at, notice.terms.zone, current.now)
    past = past_of(caller.ports.casebook, moments, notice.terms.id)
    return Reading(caller, as_seen(caller, past), moments.as_at, is_past=True)


def sees_all_of(caller: Caller, notice: str) -> bool:
    """Whether nothing under a notice is hidden from whoever asks. Raises NotFound."""
    book, everything = caller.ports.casebook, "audit" in caller.token.scopes
    seen = SeenBy(book, caller.token.person, caller.ports.clock_now(), everything=everything)
    return seen.hides_nothing(notice)


def as_seen(caller: Caller, book: Casebook) -> Casebook:
    """By today's rights, also of the past. What is looked at in it that is shown to few is noted by the desk."""
    token, ports, state = caller.token, caller.ports, caller.request.state
    everything = "audit" in token.scopes
    seen = SeenBy(book, token.person, ports.clock_now(), ports.casebook, everything=everything)
    state.books, state.act = (*getattr(state, "books", ()), seen), getattr(state, "act", "read-notice")
    return seen if token.notice is None else OneNotice(seen, token.notice)


Now = Annotated[Reading, Depends(reading_now)]
OfNotice = Annotated[Reading, Depends(reading_notice)]
