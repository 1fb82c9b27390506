"""Opening occurrences: the first event of each, with the whole plan of its chase."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from domain.case import Draft
from domain.chasing.timing import plan_of
from domain.events import chasing, owing
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.obligations import Obligation, Section
from domain.time.zones import day_end


def open_occurrence(notice: Notice, expected: Expected, now: datetime) -> tuple[Draft, ...]:
    """The opening, and which rungs are not chased because they fell before chasing began."""
    obligation, period = expected.obligation, expected.period
    opened = owing.OccurrenceOpened(
        notice=expected.id.notice,
        obligation=obligation.id,
        period=expected.id.period,
        title=expected.title,
        clause=obligation.clause,
        kind=obligation.kind,
        strength=obligation.strength,
        obligor=obligation.obligor,
        obligee=obligation.obligee,
        assignee=obligation.assignee,
        opens=expected.opens,
        due=expected.due,
        due_on=expected.due_on,
        period_first=period.first if period else None,
        period_last=period.last if period else None,
        sections=_sections(obligation),
        plan=_plan(notice, obligation.ladder, expected.opens, expected.due_on),
        opened_at=now,
        event=expected.event,
        event_on=expected.event_on,
    )
    return _with_what_is_not_chased(notice, opened)


def open_on_request(
    notice: Notice,
    obligation: Obligation,
    period: str,
    *,
    title: str,
    due_on: date,
    now: datetime,
    sections: tuple[Section, ...] | None = None,
    **what: str | tuple[str, ...] | date | None,
) -> tuple[Draft, ...]:
    """An occurrence that opens now because somebody asked for it or something happened.

    `what` are further fields of the opening: `about`, `asked_by`, `event`, `ladder`, `strength` and the like.
    """
    ladder = what.get("ladder") or obligation.ladder
    fields = {
        "kind": obligation.kind,
        "strength": obligation.strength,
        "obligor": obligation.obligor,
        "obligee": obligation.obligee,
        "assignee": obligation.assignee,
        **what,
    }
    opened = owing.OccurrenceOpened(
        notice=notice.terms.id,
        obligation=obligation.id,
        period=period,
        title=title,
        clause=obligation.clause,
        opens=now,
        due=day_end(due_on, notice.terms.zone),
        due_on=due_on,
        period_first=None,
        period_last=None,
        sections=_sections(obligation) if sections is None else sections,
        plan=_plan(notice, str(ladder) if ladder else None, now, due_on),
        opened_at=now,
        **fields,  # type: ignore[arg-type]  # the callers name fields of the opening
    )
    return _with_what_is_not_chased(notice, opened)


def next_period(
    notice: str,
    obligation: str,
    prefix: str,
    existing: Mapping[OccurrenceId, Occurrence] | Iterable[OccurrenceId],
) -> str:
    """`request-3`, when two have been opened under that obligation already; the bare number without a prefix."""
    beginning = f"{prefix}-" if prefix else ""
    taken = {each.period for each in existing if (each.notice, each.obligation) == (notice, obligation)}
    number = 1
    while f"{beginning}{number}" in taken:
        number += 1
    return f"{beginning}{number}"


def _sections(obligation: Obligation) -> tuple[Section, ...]:
    """The parts of a document, or the items of a bundle."""
    found: tuple[Section, ...] = getattr(obligation, "sections", ()) or getattr(obligation, "items", ())
    return () if obligation.kind == "content-standard" else found


def _plan(notice: Notice, ladder: str | None, opens: datetime, due_on: date) -> tuple[owing.PlannedRung, ...]:
    return plan_of(notice, notice.ladder(ladder) if ladder else None, opens, due_on)


def _with_what_is_not_chased(notice: Notice, opened: owing.OccurrenceOpened) -> tuple[Draft, ...]:
    stream = OccurrenceId(opened.notice, opened.obligation, opened.period).stream
    skipped = _before_chasing(notice, opened)
    if not skipped or notice.chase_from is None:
        return (Draft(stream, opened),)
    not_chased = chasing.RungsNotChased(skipped, notice.chase_from, opened.opened_at)
    return (Draft(stream, opened), Draft(stream, not_chased))


def _before_chasing(notice: Notice, opened: owing.OccurrenceOpened) -> tuple[str, ...]:
    """Rungs that fell before chasing began; all of them, when the occurrence itself was due before that."""
    if notice.chase_from is None:
        return ()
    over = opened.due < notice.chase_from
    return tuple(
        planned.rung.id
        for planned in opened.plan
        if over or (planned.at is not None and planned.at < notice.chase_from)
    )
