"""Supplemental reports: what they are asked for, which report they belong to, and what comes of it when one is accepted.

A supplemental report is a “should” whatever the report itself is: what a report contains never leads to a referral.
"""

from datetime import date, datetime

from domain.case import Case, Draft
from domain.chasing.undoing import resolve_escalations
from domain.events.excusing import OccurrenceWithdrawn
from domain.events.reporting import DeficiencyMadeGood
from domain.notice.opening import next_period, open_on_request
from domain.occurrence.state import Occurrence
from domain.reporting.naming import report_of, supplements_of


def next_supplement(case: Case) -> str:
    """The period of the next one: `2016-06-supplement-2`, if there is one already."""
    report = report_of(case.occurrence.id)
    return next_period(report.notice, report.obligation, supplements_of(report), case.others)


def open_supplement(
    case: Case, period: str, deficient: tuple[str, ...], due_on: date, ladder: str | None, now: datetime
) -> tuple[Draft, ...]:
    """It has the sections that were found deficient, and each of them has to be answered."""
    facts, report = case.occurrence.facts, report_of(case.occurrence.id)
    return open_on_request(
        case.notice,
        case.notice.obligation(facts.obligation),
        period,
        title=f"Supplemental report: {case.of(report).facts.title}",
        due_on=due_on,
        now=now,
        sections=tuple(
            section.model_copy(update={"required": True})
            for section in facts.sections
            if section.id in deficient
        ),
        kind="recurring-report",
        strength="should",
        ladder=ladder,
        supplements=report.period,
    )


def awaited(case: Case) -> Occurrence | None:
    """A supplement asked for since, on which nobody has said the last word."""
    opened_at = case.occurrence.facts.opened_at
    later = [each for each in _others(case) if each.facts.opened_at > opened_at]
    return next((each for each in later if not _is_settled(each)), None)


def made_good(case: Case, accepted_by: str, accepted_as: str, now: datetime) -> tuple[Draft, ...]:
    """What was found deficient before, once a supplement is accepted: the report, and supplements that fell short."""
    if case.occurrence.facts.supplements is None:
        return ()
    event = DeficiencyMadeGood(case.occurrence.facts.period, accepted_by, accepted_as, now)
    deficient = [
        each for each in (case.of(report_of(case.occurrence.id)), *_others(case)) if _fell_short(each)
    ]
    return tuple(Draft(each.id.stream, event) for each in deficient)


def no_longer_needed(case: Case, now: datetime) -> tuple[Draft, ...]:
    """Supplements that have not come are owed no more, once what they were to make good is accepted."""
    because = f"{case.occurrence.facts.title} was accepted."
    return tuple(
        draft
        for each in _others(case)
        if not each.is_over
        for draft in (
            *resolve_escalations(each, because, now),
            Draft(each.id.stream, OccurrenceWithdrawn(because, now)),
        )
    )


def _others(case: Case) -> list[Occurrence]:
    report = report_of(case.occurrence.id)
    return [
        each
        for name, each in sorted(case.others.items())
        if each.exists
        and name != case.occurrence.id
        and name.obligation == report.obligation
        and each.facts.supplements == report.period
    ]


def _fell_short(occurrence: Occurrence) -> bool:
    returned = any(each.returned for each in occurrence.submissions)
    accepted = any(each.accepted for each in occurrence.submissions)
    return returned and not accepted and occurrence.made_good is None


def _is_settled(supplement: Occurrence) -> bool:
    if supplement.is_excused or supplement.made_good:
        return True
    last = supplement.submissions[-1] if supplement.submissions else None
    return last is not None and (last.accepted is not None or last.returned is not None)
