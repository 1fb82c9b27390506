"""A report begun from the record of the plan, so that whoever writes it starts from what is known already."""

from collections.abc import Callable
from datetime import date, datetime

from domain.events.owing import OccurrenceOpened, SectionAnswered
from domain.events.planning import Objective, PlanAction
from domain.notice.state import Notice
from domain.occurrence.plan import Plan
from domain.planning.tracking import outstanding
from domain.reporting.tracked import on_record
from domain.terms.obligations import Continuing, Section, Tracked
from domain.time.words import plain_date
from domain.who import day_words, today


def draft(notice: Notice, facts: OccurrenceOpened, plan: Plan, now: datetime) -> tuple[SectionAnswered, ...]:
    """The sections that the plan fills: a line for each thing, or an express “none” where that is an answer.

    Where no plan has been adopted there is no record, and nothing is said.
    """
    if not plan.exists:
        return ()
    begun = (_begin(notice, section, plan, now) for section in facts.sections if section.filled_from)
    return tuple(each for each in begun if each is not None)


def _begin(notice: Notice, section: Section, plan: Plan, now: datetime) -> SectionAnswered | None:
    assert section.filled_from is not None
    found = on_record(section.filled_from, notice, plan, _stale_after_days(notice), now)
    if found:
        say = _LINES[section.filled_from]
        lines = (f"{_named(notice, each)}: {say(notice, plan, each, today(notice, now))}" for each in found)
        return SectionAnswered(section.id, "\n".join(lines))
    return SectionAnswered(section.id, "", nil=True) if section.nil_return else None


def _stale_after_days(notice: Notice) -> int | None:
    kept = (each.stale_after_days for each in notice.owed if isinstance(each, Continuing))
    return next((days for days in kept if days is not None), None)


def _named(notice: Notice, each: Objective | PlanAction) -> str:
    return f"{each.title} ({notice.role(each.owner).title})"


def _progress(notice: Notice, plan: Plan, objective: Objective, day: date) -> str:  # noqa: ARG001
    update = plan.updates.get(objective.id)
    if update is None:
        return _never_updated(notice, plan, objective)
    rating = update.rating.replace("-", " ")
    return f"{rating}, as of {day_words(notice, update.updated_at)}: {_one_line(update.text)}"


def _why_slow(notice: Notice, plan: Plan, objective: Objective, day: date) -> str:
    late = [
        f"“{each.title}” was due on {plain_date(each.due_on)}"
        for each in outstanding(plan, day)
        if each in objective.actions
    ]
    update = plan.updates.get(objective.id)
    if update is None or update.rating != "slow":
        return f"{'; '.join(late)}."
    said = f"rated slow on {day_words(notice, update.updated_at)}: {_one_line(update.text)}"
    return f"{said} {'; '.join(late)}." if late else said


def _past_its_day(notice: Notice, plan: Plan, action: PlanAction, day: date) -> str:  # noqa: ARG001
    return f"was due on {plain_date(action.due_on)} and is not delivered."


def _since_when_stale(notice: Notice, plan: Plan, objective: Objective, day: date) -> str:  # noqa: ARG001
    update = plan.updates.get(objective.id)
    if update is None:
        return _never_updated(notice, plan, objective)
    return f"last updated on {day_words(notice, update.updated_at)}."


def _never_updated(notice: Notice, plan: Plan, objective: Objective) -> str:
    entered = day_words(notice, plan.first_seen[objective.id])
    return f"not updated since it entered the plan on {entered}."


def _one_line(text: str) -> str:
    return " ".join(text.split())


_LINES: dict[Tracked, Callable[..., str]] = {
    "progress": _progress,
    "slow-objectives": _why_slow,
    "outstanding-actions": _past_its_day,
    "stale-objectives": _since_when_stale,
}
