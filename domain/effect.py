"""What an act would do to due days, told before it is taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.case import Case, Draft
from domain.identity import OccurrenceId, notice_stream
from domain.notice.fold import fold as fold_notice
from domain.notice.schedule import expected
from domain.notice.state import Notice
from domain.occurrence.fold import fold as fold_occurrence
from domain.occurrence.standing import was_late
from domain.occurrence.state import Occurrence

Occurrences = Mapping[OccurrenceId, Occurrence]


@dataclass(frozen=True, slots=True)
class Moved:
    """One due day that moves; `was` or `now` is None where there is none."""

    occurrence: OccurrenceId
    was: date | None
    now: date | None


@dataclass(frozen=True, slots=True)
class Effect:
    """`moved`: due days, of what has opened and of what is still to come. `timely`: what is overdue or came late, and
    would be in time. `late`: the other way round. `withdrawn`: what would be owed no more."""

    moved: tuple[Moved, ...]
    timely: tuple[OccurrenceId, ...]
    late: tuple[OccurrenceId, ...]
    withdrawn: tuple[OccurrenceId, ...]
    what: str = "obligation"

    @property
    def sentence(self) -> str:
        """`It moves 7 due dates, makes 1 overdue report timely.`"""
        told = [
            _counted(len(self.moved), "moves {} due date", "moves {} due dates"),
            _counted(
                len(self.timely), "makes {} overdue {} timely", "makes {} overdue {}s timely", self.what
            ),
            _counted(len(self.late), "makes {} timely {} overdue", "makes {} timely {}s overdue", self.what),
            _counted(len(self.withdrawn), "ends {} open {}", "ends {} open {}s", self.what),
        ]
        words = ", ".join(each for each in told if each)
        return f"It {words}." if words else "It moves no due date."


def effect_of(case: Case, drafts: Iterable[Draft], now: datetime) -> Effect:
    """The effect of events that an act on this case would record; the notice has to be in force."""
    drafts = tuple(drafts)
    before = _known(case)
    after = _with(before, drafts)
    stream = notice_stream(case.notice.terms.id)
    notice_after = fold_notice((each.event for each in drafts if each.stream == stream), case.notice)
    days_before, days_after = _days(case.notice, before), _days(notice_after, after)
    lates_before, lates_after = _late(before, now), _late(after, now)
    over = tuple(
        name
        for name, each in after.items()
        if name in before and each.is_excused and not before[name].is_excused
    )
    moved = tuple(
        Moved(name, days_before.get(name), days_after.get(name))
        for name in sorted(days_before.keys() | days_after.keys())
        if days_before.get(name) != days_after.get(name) and name not in over
    )
    timely = tuple(sorted(name for name in lates_before - lates_after if name not in over))
    late = tuple(sorted(lates_after - lates_before))
    return Effect(moved, timely, late, tuple(sorted(over)), _what(after, {*timely, *late, *over}))


def _known(case: Case) -> dict[OccurrenceId, Occurrence]:
    own = {case.occurrence.id: case.occurrence} if case.occurrence.exists else {}
    return {**{name: each for name, each in case.others.items() if each.exists}, **own}


def _with(before: Occurrences, drafts: Iterable[Draft]) -> dict[OccurrenceId, Occurrence]:
    after = dict(before)
    for draft in drafts:
        if draft.stream.startswith("occ/"):
            name = OccurrenceId.parse(draft.stream)
            after[name] = fold_occurrence((draft.event,), after.get(name, Occurrence()))
    return after


def _days(notice: Notice, known: Occurrences) -> dict[OccurrenceId, date]:
    """The due day of everything that is owed or will be, as far as it can be known."""
    to_come = {each.id: each.due_on for each in expected(notice, known) if each.id not in known}
    began = {name.obligation for name in known}
    ahead = {
        each.id: each.due_on
        for each in expected(notice, known)
        if each.id in to_come and not (each.projected and each.obligation.id in began)
    }
    return {**ahead, **{name: each.facts.due_on for name, each in known.items()}}


def _late(known: Occurrences, now: datetime) -> set[OccurrenceId]:
    """What is overdue, or came late."""
    return {
        name
        for name, each in known.items()
        if not each.is_excused and (was_late(each) if each.is_met else now > each.facts.due)
    }


def _what(known: Occurrences, names: Iterable[OccurrenceId]) -> str:
    return "report" if {known[name].facts.kind for name in names} == {"recurring-report"} else "obligation"


def _counted(number: int, one: str, several: str, what: str = "") -> str:
    return (one if number == 1 else several).format(number, what) if number else ""
