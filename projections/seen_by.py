"""The record as one person may see it. Every answer that is made from this book leaves out what is hidden from them."""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import replace
from datetime import date, datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.secrecy import hidden_from, is_outside, may_see, may_see_occurrence
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.record import Recorded
from domain.refusals import NotFound
from domain.time.zones import local_date
from projections.casebook import Answer, Casebook, Entry


class NotOpenToThem(NotFound):
    """It is there, but not for whoever asked. They are told what they would be told if it were not."""

    def __init__(self, sentence: str, *, notice: str | None = None, act: str | None = None) -> None:
        super().__init__(sentence)
        self.notice, self.act = notice, act


def roles_held(book: Casebook, notice_id: str, person: str, day: date) -> tuple[str, ...]:
    """In which roles somebody may act under a notice on a day. Raises NotFound."""
    notice = book.notice(notice_id)
    return book.kept(notice_id, ("roles held", person), day, lambda: notice.roles_of(person, day))


def hidden_under(book: Casebook, notice_id: str) -> Collection[tuple[str, ...]]:
    """The sets of parties from which something under a notice is hidden, each of them once. Raises NotFound."""
    notice = book.notice(notice_id)
    return book.kept(
        notice_id,
        "hidden from whom",
        None,
        lambda: {each.hidden_from for each in notice.obligations}.union(
            hidden_from(notice, each) for each in book.occurrences(notice_id)
        ),
    )


class SeenBy(Casebook):
    """A view, made afresh for each answer: what somebody may see depends on the roles they hold at that moment.

    A notice under which they hold no role is foreign to them and is not there at all. A hidden obligation is missing
    from the notice itself, so that nothing can be reckoned from its dates either. `rights`: the book by which it is
    judged what they may see. Of a book of the past that is today's: somebody who has changed sides since must not see
    what they saw then. `everything` is for the auditor.
    """

    def __init__(
        self,
        book: Casebook,
        person: str,
        now: datetime,
        rights: Casebook | None = None,
        *,
        everything: bool = False,
    ) -> None:
        self._book = book
        self._rights = rights or book
        self._person = person
        self._now = now
        self._everything = everything
        self._few: dict[str, dict[str, None]] = {}
        self._today: dict[str, date] = {}

    @property
    def position(self) -> int:
        return self._book.position

    async def catch_up(self) -> int:
        return await self._book.catch_up()

    async def as_known_at(self, recorded: datetime) -> "SeenBy":
        """What is looked at in the earlier book counts as looked at in this one."""
        then = await self._book.as_known_at(recorded)
        earlier = SeenBy(then, self._person, self._now, self._rights, everything=self._everything)
        earlier._few = self._few
        return earlier

    def notices(self) -> tuple[Notice, ...]:
        if self._everything:
            return self._book.notices()
        theirs = {each.terms.id for each in self._rights.notices_naming(self._person)}
        return tuple(
            self._shown(each) for each in self._book.notices_called(theirs) if self._is_theirs(each.terms.id)
        )

    def notices_naming(self, person: str) -> tuple[Notice, ...]:
        return tuple(each for each in self.notices() if person in each.people_named)

    def notice(self, notice_id: str) -> Notice:
        notice = self._book.notice(notice_id)
        if not self._is_theirs(notice_id):
            raise NotOpenToThem(f"The notice “{notice_id}” is foreign to them.", notice=notice_id)
        return self._shown(notice)

    def occurrences(self, notice_id: str) -> tuple[Occurrence, ...]:
        return tuple(each for each in self._book.occurrences(notice_id) if self._may_see(each))

    def case(self, occurrence: OccurrenceId) -> Case:
        found = self._book.case(occurrence)
        if not self._may_see(found.occurrence):
            raise NotOpenToThem(
                f"The occurrence “{occurrence}” is not open to them.", notice=occurrence.notice
            )
        self._look_at(found.occurrence)
        return Case(self._shown(found.notice), found.occurrence)

    def history(self, of: str | OccurrenceId) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._book.history(of) if self._is_open(entry))

    def event(self, index: int) -> Entry:
        entry = self._book.event(index)
        if not self._is_open(entry):
            raise NotOpenToThem(
                f"The event {index} is not open to them.", notice=entry.record.envelope.notice
            )
        if entry.occurrence is not None:
            self._look_at(self._book.case(entry.occurrence).occurrence)
        return entry

    def of_the_record(self, index: int) -> Recorded | None:
        """What happens to the record itself is for everybody."""
        return self._book.of_the_record(index)

    def kept(
        self,
        notice_id: str,
        question: Hashable,
        holds_for: Hashable,
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """As in the book itself, for this person alone, today, and with the rights that they have now."""
        whose = (self._person, self._everything, question)
        still = (holds_for, self._today_under(notice_id), self._rights.happened(notice_id))
        return self._book.kept(notice_id, whose, still, answer, lasts)

    def kept_of_all(
        self,
        question: Hashable,
        holds_for: Hashable,
        answer: Callable[[], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        whose = (self._person, self._everything, question)
        return self._book.kept_of_all(whose, (holds_for, self._rights.position), answer, lasts)

    def shared(
        self,
        notice_id: str,
        question: Hashable,
        answer: Callable[[Casebook], Answer],
        lasts: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        return self._book.shared(notice_id, question, answer, lasts)

    def is_shown(self, occurrence: Occurrence) -> bool:
        return self._may_see(occurrence)

    def happened(self, notice_id: str) -> int:
        return self._book.happened(notice_id)

    def hides_nothing(self, notice_id: str) -> bool:
        """Whether all that there is under a notice is open to this person. Raises NotFound."""
        return self._everything or (self._is_theirs(notice_id) and self._nothing_is_hidden(notice_id))

    def shown_to_few(self) -> Mapping[str, tuple[str, ...]]:
        """By notice, the occurrences that were looked at in this book and that are hidden from somebody."""
        return {notice: tuple(names) for notice, names in self._few.items()}

    def _look_at(self, occurrence: Occurrence) -> None:
        notice, facts = self._rights.notice(occurrence.id.notice), occurrence.facts
        if facts.hidden_from or notice.obligation(facts.obligation).hidden_from:
            self._few.setdefault(occurrence.id.notice, {})[str(occurrence.id)] = None

    def _is_theirs(self, notice_id: str) -> bool:
        if self._everything:
            return True
        return bool(roles_held(self._rights, notice_id, self._person, self._today_under(notice_id)))

    def _shown(self, notice: Notice) -> Notice:
        if self._everything:
            return notice
        return self.kept(notice.terms.id, "shown", None, lambda: self._without_hidden(notice))

    def _without_hidden(self, notice: Notice) -> Notice:
        if self._sees_all(notice.terms.id):
            return notice
        now, today = self._rights.notice(notice.terms.id), self._today_under(notice.terms.id)
        from_some = self._rights.kept(
            now.terms.id,
            "hidden from some",
            None,
            lambda: tuple(each.id for each in now.obligations if each.hidden_from),
        )
        hidden = {each for each in from_some if not may_see(now, each, self._person, today)}
        if not hidden:
            return notice
        return replace(
            notice, obligations=tuple(each for each in notice.obligations if each.id not in hidden)
        )

    def _is_open(self, entry: Entry) -> bool:
        """What happens to the notice is for all who are of it, but for what it says of an obligation that is hidden."""
        if entry.occurrence is not None:
            return self._may_see(self._book.case(entry.occurrence).occurrence)
        about, notice_id = obligation_named_by(entry.event), entry.record.envelope.notice
        if self._everything or notice_id is None:
            return self._everything
        notice = self._rights.notice(notice_id)
        return self._is_theirs(notice_id) and (
            about is None
            or notice.find_obligation(about) is None
            or may_see(notice, about, self._person, self._today_under(notice_id))
        )

    def _may_see(self, occurrence: Occurrence) -> bool:
        notice_id = occurrence.id.notice
        return self._everything or (
            self._is_theirs(notice_id)
            and (
                self._sees_all(notice_id)
                or may_see_occurrence(
                    self._rights.notice(notice_id), occurrence, self._person, self._today_under(notice_id)
                )
            )
        )

    def _sees_all(self, notice_id: str) -> bool:
        """Whether nothing under a notice is hidden from them, which need not be asked of each thing then.

        A book of the past may hold what has been said otherwise since; of that it is asked of each.
        """
        return self._book is self._rights and self._nothing_is_hidden(notice_id)

    def _nothing_is_hidden(self, notice_id: str) -> bool:
        today = self._today_under(notice_id)
        return self._rights.kept(
            notice_id,
            ("nothing is hidden", self._person),
            today,
            lambda: self._is_outside_of_all(notice_id, today),
        )

    def _is_outside_of_all(self, notice_id: str, today: date) -> bool:
        notice = self._rights.notice(notice_id)
        return all(
            is_outside(notice, each, self._person, today) for each in hidden_under(self._rights, notice_id)
        )

    def _today_under(self, notice_id: str) -> date:
        zone = self._rights.notice(notice_id).terms.zone
        if zone not in self._today:
            self._today[zone] = local_date(self._now, zone)
        return self._today[zone]


def obligation_named_by(event: object) -> str | None:
    """Of an event of a notice: the obligation that it is about, by its identifier, or None."""
    about = getattr(event, "obligation", None)
    return about if isinstance(about, str) else None
