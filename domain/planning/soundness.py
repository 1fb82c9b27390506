"""Does a plan hang together, and what of its content standard does it cover?"""

from collections import Counter
from collections.abc import Iterable, Iterator

from domain.events.planning import Objective
from domain.notice.state import Notice
from domain.refusals import NotASection, PlanUnsound, Refusal, RoleNotKnown
from domain.terms.obligations import ContentStandard, Section


def areas_to_cover(notice: Notice, obligation: str) -> tuple[Section, ...]:
    """What the content standards over a plan ask it to cover."""
    return tuple(
        section
        for each in notice.owed
        if isinstance(each, ContentStandard) and each.of == obligation
        for section in each.sections
    )


def fault_in_plan(notice: Notice, obligation: str, objectives: tuple[Objective, ...]) -> Refusal | None:
    faults = (
        *_faults_in_names(objectives),
        *_faults_in_owners(notice, objectives),
        *_faults_in_areas(areas_to_cover(notice, obligation), objectives),
    )
    return next(iter(faults), None)


def _faults_in_names(objectives: tuple[Objective, ...]) -> Iterator[Refusal]:
    if not objectives:
        yield PlanUnsound("A plan has at least one objective.")
    actions = [action for each in objectives for action in each.actions]
    for what, things in (("objective", objectives), ("action", actions)):
        for each in things:
            if not each.id.strip() or not each.title.strip():
                yield PlanUnsound(f"Each {what} of a plan needs a name and a title.")
        for name in _twice(each.id.strip() for each in things):
            yield PlanUnsound(f"The plan has two {what}s called “{name}”; give each a name of its own.")


def _faults_in_owners(notice: Notice, objectives: tuple[Objective, ...]) -> Iterator[Refusal]:
    known = {role.id for role in notice.roles}
    owners = [(each.owner, each.title) for each in objectives]
    owners += [(action.owner, action.title) for each in objectives for action in each.actions]
    for owner, title in owners:
        if owner not in known:
            yield RoleNotKnown(f"“{owner}”, who is to own “{title}”, is not a role of this notice.")


def _faults_in_areas(asked: tuple[Section, ...], objectives: tuple[Objective, ...]) -> Iterator[Refusal]:
    known = [section.id for section in asked]
    for objective in objectives:
        for area in objective.areas:
            if area not in known:
                which = f"they are {', '.join(known)}" if known else "nothing says which areas it covers"
                yield NotASection(f"“{area}” is not an area of this plan; {which}.")


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]
