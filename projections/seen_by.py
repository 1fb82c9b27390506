"""The record as one person may see it. Every answer that is made from this book leaves out what is hidden from them."""

from dataclasses import replace
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.secrecy import may_see, may_see_occurrence
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from domain.refusals import NotFound
from domain.time.zones import local_date
from projections.casebook import Casebook, Entry


class SeenBy(Casebook):
    """A view, made afresh for each answer: what somebody may see depends on the roles they hold at that moment.

    A hidden obligation is missing from the notice itself, so that nothing can be reckoned from its dates either.
    `rights`: the book by which it is judged what they may see. Of a book of the past that is today's: somebody who has
    changed sides since must not see what they saw then.
    """

    def __init__(self, book: Casebook, person: str, now: datetime, rights: Casebook | None = None) -> None:
        self._book = book
        self._rights = rights or book
        self._person = person
        self._now = now

    @property
    def position(self) -> int:
        return self._book.position

    async def catch_up(self) -> int:
        return await self._book.catch_up()

    async def as_known_at(self, recorded: datetime) -> "SeenBy":
        return SeenBy(await self._book.as_known_at(recorded), self._person, self._now, self._rights)

    def notices(self) -> tuple[Notice, ...]:
        return tuple(self._shown(notice) for notice in self._book.notices())

    def notice(self, notice_id: str) -> Notice:
        return self._shown(self._book.notice(notice_id))

    def occurrences(self, notice_id: str) -> tuple[Occurrence, ...]:
        return tuple(each for each in self._book.occurrences(notice_id) if self._may_see(each))

    def case(self, occurrence: OccurrenceId) -> Case:
        found = self._book.case(occurrence)
        if not self._may_see(found.occurrence):
            raise NotFound(f"There is no occurrence “{occurrence}” that is open to you.")
        return Case(self._shown(found.notice), found.occurrence)

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._book.history(of) if self._is_open(entry))

    def event(self, index: int) -> Entry:
        entry = self._book.event(index)
        if not self._is_open(entry):
            raise NotFound(f"There is no event {index} that is open to you.")
        return entry

    def of_the_record(self, index: int) -> Recorded | None:
        """What happens to the record itself is for everybody."""
        return self._book.of_the_record(index)

    def hides_nothing(self, notice_id: str) -> bool:
        """Whether all that there is under a notice is open to this person. Raises NotFound."""
        notice = self._rights.notice(notice_id)
        today = self._today(notice)
        return all(may_see(notice, each.id, self._person, today) for each in notice.obligations) and all(
            self._may_see(each) for each in self._rights.occurrences(notice_id)
        )

    def _shown(self, notice: Notice) -> Notice:
        now, today = self._rights.notice(notice.terms.id), self._today(notice)
        seen = (each for each in notice.obligations if may_see(now, each.id, self._person, today))
        return replace(notice, obligations=tuple(seen))

    def _is_open(self, entry: Entry) -> bool:
        """What happens to the notice is for everybody, but for what it says of an obligation that is hidden."""
        if entry.occurrence is not None:
            return self._may_see(self._book.case(entry.occurrence).occurrence)
        about, notice_id = getattr(entry.event, "obligation", None), entry.record.envelope.notice
        if not isinstance(about, str) or notice_id is None:
            return True
        notice = self._rights.notice(notice_id)
        return notice.find_obligation(about) is None or may_see(
            notice, about, self._person, self._today(notice)
        )

    def _may_see(self, occurrence: Occurrence) -> bool:
        notice = self._rights.notice(occurrence.id.notice)
        return may_see_occurrence(notice, occurrence, self._person, self._today(notice))

    def _today(self, notice: Notice) -> date:
        return local_date(self._now, notice.terms.zone)
