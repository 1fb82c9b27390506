"""What came late, and what was owed and never came."""

from collections.abc import Iterator
from datetime import date

from domain.time.zones import local_date
from projections.exports.conformance.arrival import (
    PLAN,
    arrival,
    due_on,
    excused,
    over,
    stands_still,
    went_without,
)
from projections.exports.conformance.finding import Finding, Kind
from projections.exports.conformance.trace import Read, Trace
from projections.words import capital, long_date, thing


def in_time(read: Read, trace: Trace) -> Iterator[Finding]:
    """At most one finding an occurrence; the keeping of a plan may have been late more than once."""
    opened = trace.opened
    if opened is None or (excused(trace) is not None and arrival(trace) is None) or stands_still(trace):
        return
    what, came, day = capital(thing(read.notice, opened)), arrival(trace), due_on(trace)
    today = local_date(read.until, read.notice.terms.zone)
    without = went_without(trace)
    if opened.period == PLAN:
        yield from _plan(read, trace, what)
    elif came is not None and came.on > day:
        yield _finding(
            trace, "late", came.index, f"{what} was due {_by(day)} and came on {long_date(came.on)}."
        )
    elif came is None and without is not None:
        yield _finding(trace, "skipped", without.index, f"{what} never came: the event was held without it.")
    elif came is None and today > day:
        yield _finding(trace, "skipped", None, f"{what} was due {_by(day)} and never came.")


def _plan(read: Read, trace: Trace, what: str) -> Iterator[Finding]:
    """Each update sets a new day; one that was recorded after the day before it came late."""
    zone = read.notice.terms.zone
    day: date | None = None
    for step in trace.of("occurrence-opened.v1", "occurrence-redated.v1"):
        recorded_on = local_date(step.recorded, zone)
        late = day is not None and recorded_on > day and step.topic == "occurrence-redated.v1"
        if late and day is not None and step.event.cause == "progress updated":
            sentence = (
                f"{what} was to be brought up to date {_by(day)}; that was done on {long_date(recorded_on)}."
            )
            yield _finding(trace, "late", step.index, sentence)
        day = step.event.due_on
    ended = over(trace)
    if ended is None and day is not None and local_date(read.until, zone) > day:
        yield _finding(
            trace, "skipped", None, f"{what} was to be brought up to date {_by(day)}, and was not since."
        )


def _by(day: date) -> str:
    return f"by the end of {long_date(day)}"


def _finding(trace: Trace, kind: Kind, index: int | None, sentence: str) -> Finding:
    return Finding(kind, "what is owed", trace.id.obligation, str(trace.id), index, sentence)
