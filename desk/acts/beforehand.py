"""What would come of an act, told before it is sent: what the record will say, who is told, and which days move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case, Draft
from domain.effect import effect_of
from domain.identity import OccurrenceId, notice_stream
from domain.notice.fold import fold as fold_notice
from domain.notice.secrecy import may_see, may_see_occurrence
from domain.notice.state import Notice
from domain.occurrence.fold import fold as fold_occurrence
from domain.occurrence.state import Occurrence
from domain.who import today
from projections.telling import tell
from projections.words import occurrence_title, person_in_role

MOST = 12


@dataclass(frozen=True, slots=True)
class MovedDay:
    title: str
    was: date | None
    now: date | None


@dataclass(frozen=True, slots=True)
class Beforehand:
    """`sentences`: what the record will say, as far as this person may read it; `more`: how many events besides."""

    sentences: tuple[str, ...]
    more: int
    told: tuple[str, ...]
    moved: tuple[MovedDay, ...]
    effect: str | None


def beforehand(case: Case, drafts: tuple[Draft, ...], person: str, now: datetime) -> Beforehand:
    """`case` is what the act would be decided on, and `drafts` what would be recorded."""
    after = _After(case, drafts, person, now)
    sentences = [tell(each.event, after.notice, after.of(each)) for each in drafts if after.shows(each)]
    moved = tuple(after.moved())
    return Beforehand(
        sentences=tuple(sentences[:MOST]),
        more=len(sentences) - len(sentences[:MOST]),
        told=tuple(after.told()),
        moved=moved,
        effect=effect_of(case, drafts, now).sentence if moved and after.hides_nothing else None,
    )


class _After:
    """The notice and its occurrences as they would be then, and what of them one person may see."""

    def __init__(self, case: Case, drafts: tuple[Draft, ...], person: str, now: datetime) -> None:
        self._case, self._drafts, self._person, self._now = case, drafts, person, now
        stream = notice_stream(case.notice.terms.id)
        self.notice: Notice = fold_notice(
            (each.event for each in drafts if each.stream == stream), case.notice
        )
        self._known: dict[OccurrenceId, Occurrence] = dict(case.others)
        if case.occurrence.exists:
            self._known[case.occurrence.id] = case.occurrence
        for each in drafts:
            if each.stream != stream:
                name = OccurrenceId.parse(each.stream)
                self._known[name] = fold_occurrence((each.event,), self._known.get(name, Occurrence()))

    def of(self, draft: Draft) -> Occurrence | None:
        return self._known.get(OccurrenceId.parse(draft.stream)) if draft.stream.startswith("occ/") else None

    def shows(self, draft: Draft) -> bool:
        occurrence = self.of(draft)
        if occurrence is not None:
            return self._may_see(occurrence)
        about = getattr(draft.event, "obligation", None)
        return not isinstance(about, str) or self._may_see_what_comes_of(about)

    @property
    def hides_nothing(self) -> bool:
        return all(self._may_see_what_comes_of(each.id) for each in self.notice.obligations)

    def told(self) -> Iterator[str]:
        """Each person once, in the role in which they are told."""
        messages = (
            one for each in self._drafts if self.shows(each) for one in getattr(each.event, "messages", ())
        )
        found = {each.person: person_in_role(self.notice, each.person, each.role) for each in messages}
        yield from found.values()

    def moved(self) -> Iterator[MovedDay]:
        for each in effect_of(self._case, self._drafts, self._now).moved:
            if self._may_see_what_comes_of(each.occurrence.obligation) and each.was is not None:
                known = self._known.get(each.occurrence)
                if known is not None and known.exists:
                    yield MovedDay(occurrence_title(self.notice, known.facts), each.was, each.now)

    def _may_see(self, occurrence: Occurrence) -> bool:
        return may_see_occurrence(self.notice, occurrence, self._person, self._today)

    def _may_see_what_comes_of(self, obligation: str) -> bool:
        return self.notice.find_obligation(obligation) is not None and may_see(
            self.notice, obligation, self._person, self._today
        )

    @property
    def _today(self) -> date:
        return today(self.notice, self._now)
