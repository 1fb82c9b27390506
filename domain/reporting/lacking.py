"""Content that is absent from several reports in a row (6e): those whom the content standard names are told."""

from datetime import datetime

from domain.case import Case, Draft
from domain.events.owing import ReportSubmitted
from domain.events.reporting import ContentFoundLacking
from domain.occurrence.state import Occurrence
from domain.reporting.standards import periods_before, standards_over
from domain.terms.obligations import ContentStandard
from domain.who import messages_to


def content_found_lacking(case: Case, submitted: ReportSubmitted, now: datetime) -> tuple[Draft, ...]:
    """A supplemental report stands in no row: it makes good one report."""
    if case.occurrence.facts.supplements is not None:
        return ()
    return tuple(
        Draft(case.occurrence.id.stream, _found(case, standard, now))
        for standard in standards_over(case.notice, case.occurrence.facts.obligation)
        if _sections_of(standard, case.occurrence) <= set(submitted.missing)
        and _is_to_be_told(case, standard)
    )


def _is_to_be_told(case: Case, standard: ContentStandard) -> bool:
    """With the last of so many in a row; then again only when as many more have followed."""
    before = [case.of(name) for name in periods_before(case.notice, case.occurrence.id)]
    row = before[: (standard.absent_for or 1) - 1]
    return (
        bool(_sections_of(standard, case.occurrence))
        and len(row) == (standard.absent_for or 1) - 1
        and all(_lacks(standard, each) for each in row)
        and not any(_told(standard, each) for each in (case.occurrence, *row))
    )


def _lacks(standard: ContentStandard, report: Occurrence) -> bool:
    """A report that was never received lacks nothing here, and neither does one that was made good."""
    if not report.submissions or report.made_good is not None:
        return False
    sections = _sections_of(standard, report)
    return bool(sections) and sections <= set(report.submissions[-1].missing)


def _told(standard: ContentStandard, report: Occurrence) -> bool:
    return any(
        isinstance(each, ContentFoundLacking) and each.standard == standard.id for each in report.history
    )


def _sections_of(standard: ContentStandard, report: Occurrence) -> set[str]:
    return {section.id for section in report.facts.sections if section.clause == standard.clause}


def _found(case: Case, standard: ContentStandard, now: datetime) -> ContentFoundLacking:
    wanted = _sections_of(standard, case.occurrence)
    return ContentFoundLacking(
        standard=standard.id,
        sections=tuple(each.id for each in case.occurrence.facts.sections if each.id in wanted),
        reports=standard.absent_for or 1,
        messages=messages_to(case, f"lacking-{standard.id}", standard.tells, now),
        found_at=now,
    )
