"""The book without whatever is hidden from anybody: what is made of it is the same for all who may read the notice."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import replace
from datetime import datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from domain.refusals import NotFound
from projections.casebook import Answer, Casebook, Entry


class OpenToAll(Casebook):
    """A view of a book. Whoever asks is not asked who they are, so nothing depends on the roles that they hold."""

    def __init__(self, book: Casebook) -> None:
        self._book = book

    @property
    def position(self) -> int:
        return self._book.position

    async def catch_up(self) -> int:
        return await self._book.catch_up()

    async def as_known_at(self, recorded: datetime) -> "OpenToAll":
        return OpenToAll(await self._book.as_known_at(recorded))

    def notices(self) -> tuple[Notice, ...]:
        return tuple(_shown(each) for each in self._book.notices())

    def notice(self, notice_id: str) -> Notice:
        return _shown(self._book.notice(notice_id))

    def occurrences(self, notice_id: str) -> tuple[Occurrence, ...]:
        return tuple(each for each in self._book.occurrences(notice_id) if self._is_open(each))

    def case(self, occurrence: OccurrenceId) -> Case:
        found = self._book.case(occurrence)
        if not self._is_open(found.occurrence):
            raise NotFound(f"The occurrence “{occurrence}” is not open to everybody.")
        return Case(_shown(found.notice), found.occurrence)

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        return tuple(each for each in self._book.history(of) if self._may_be_told(each))

    def event(self, index: int) -> Entry:
        found = self._book.event(index)
        if not self._may_be_told(found):
            raise NotFound(f"The event {index} is not open to everybody.")
        return found

    def kept(
        self,
        notice_id: str,  # noqa: ARG002 - as every book is asked
        question: Hashable,  # noqa: ARG002
        holds_for: Hashable,  # noqa: ARG002
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,  # noqa: ARG002
    ) -> Answer:
        """A view is made for one answer, and keeps none."""
        return answer()

    def is_shown(self, occurrence: Occurrence) -> bool:
        return self._book.is_shown(occurrence) and self._is_open(occurrence)

    def notices_called(self, names: Collection[str]) -> tuple[Notice, ...]:
        return tuple(_shown(each) for each in self._book.notices_called(names))

    def notices_naming(self, person: str) -> tuple[Notice, ...]:
        return tuple(_shown(each) for each in self._book.notices_naming(person))

    def happened(self, notice_id: str) -> int:
        return self._book.happened(notice_id)

    def of_the_record(self, index: int) -> Recorded | None:
        """What happens to the record itself is for everybody."""
        return self._book.of_the_record(index)

    def hides_something(self, notice_id: str) -> bool:
        """Whether anything was left out."""
        return len(self.history(notice_id)) < len(self._book.history(notice_id))

    def _is_open(self, occurrence: Occurrence) -> bool:
        obligation = self._book.notice(occurrence.id.notice).find_obligation(occurrence.facts.obligation)
        return not occurrence.facts.hidden_from and not (obligation and obligation.hidden_from)

    def _may_be_told(self, entry: Entry) -> bool:
        if entry.occurrence is not None:
            return self._is_open(self._book.case(entry.occurrence).occurrence)
        about, notice = getattr(entry.event, "obligation", None), entry.record.envelope.notice
        if not isinstance(about, str) or notice is None:
            return True
        found = self._book.notice(notice).find_obligation(about)
        return found is None or not found.hidden_from


def _shown(notice: Notice) -> Notice:
    return replace(notice, obligations=tuple(each for each in notice.obligations if not each.hidden_from))
