"""How supplemental reports are named: after the report, so that all that belongs to it is found by its name."""

from domain.identity import OccurrenceId

_SUPPLEMENT = "supplement"


def report_of(name: OccurrenceId) -> OccurrenceId:
    """The report that everything goes back to: itself, unless it is a supplement."""
    period = name.period.partition(f"-{_SUPPLEMENT}-")[0]
    return OccurrenceId(name.notice, name.obligation, period)


def supplements_of(report: OccurrenceId) -> str:
    """What the periods of its supplements begin with, before their number."""
    return f"{report.period}-{_SUPPLEMENT}"
