"""Whether a history conforms to the notice's own model, and how far."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import orjson

from domain.record import Recorded
from domain.time.zones import local_date
from domain.values import write_instant
from projections.exports.conformance.arrival import arrival, due_on, went_without
from projections.exports.conformance.climbing import ladder_climbed
from projections.exports.conformance.dates import day_as_the_notice_says, everything_opened
from projections.exports.conformance.finding import Finding
from projections.exports.conformance.lateness import in_time
from projections.exports.conformance.order import considered_in_order, corrections_proposed, order_kept
from projections.exports.conformance.sections import sections_kept
from projections.exports.conformance.trace import Read, Trace, read_traces

COUNTED = (
    "Every occurrence counts that arrived, that an event went ahead without, or whose due day has passed without its being "
    "waived or withdrawn; so does everything that should have opened and did not. It conforms when nothing is found on it."
)
_OF_ONE = (in_time, sections_kept, order_kept, ladder_climbed, day_as_the_notice_says)


@dataclass(frozen=True, slots=True)
class Fitness:
    """`share` is conforming over judged, to four places; 1 where nothing was to be judged."""

    judged: int
    conforming: int
    share: float


@dataclass(frozen=True, slots=True)
class Conformance:
    """`findings` in the order of occurrences; `by_obligation` counts each obligation of which something was judged."""

    notice: str
    judged_at: datetime
    events: int
    fitness: Fitness
    by_obligation: dict[str, Fitness]
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        return not self.findings

    def document(self) -> dict[str, Any]:
        """Plain values for JSON."""
        kinds = Counter(each.kind for each in self.findings)
        return {
            "notice": self.notice,
            "judged_at": write_instant(self.judged_at),
            "events": self.events,
            "conforms": self.conforms,
            "fitness": asdict(self.fitness),
            "counted": COUNTED,
            "by_obligation": {name: asdict(each) for name, each in self.by_obligation.items()},
            "found": {kind: kinds[kind] for kind in ("late", "skipped", "out of order", "misdated")},
            "findings": [asdict(each) for each in self.findings],
        }


def conformance(events: Sequence[Recorded], notice_id: str, until: datetime | None = None) -> Conformance:
    """Judge one notice's history, as the log holds it. Raises NotFound."""
    read = read_traces(events, notice_id, until)
    findings = [
        finding for trace in read.traces.values() for question in _OF_ONE for finding in question(read, trace)
    ]
    findings += [*considered_in_order(read), *corrections_proposed(read), *everything_opened(read)]
    ours = sum(each.envelope.notice == notice_id for each in events)
    judged = [
        (trace.id.obligation, str(trace.id)) for trace in read.traces.values() if _is_judged(read, trace)
    ]
    return Conformance(notice_id, read.until, ours, *_fitness(judged, findings), tuple(findings))


def conformance_json(verdicts: Iterable[Conformance]) -> bytes:
    """One object with every notice, for a file."""
    document = {"notices": [each.document() for each in verdicts]}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _is_judged(read: Read, trace: Trace) -> bool:
    if trace.opened is None or arrival(trace) is not None or went_without(trace) is not None:
        return True
    excused = trace.first("occurrence-waived.v1", "occurrence-withdrawn.v1")
    return excused is None and due_on(trace) < local_date(read.until, read.notice.terms.zone)


def _fitness(
    judged: Sequence[tuple[str, str]], findings: Sequence[Finding]
) -> tuple[Fitness, dict[str, Fitness]]:
    """What never opened has no occurrence, and counts once each."""
    faulty = {each.occurrence for each in findings if each.occurrence}
    counted = {name: (obligation, name not in faulty) for obligation, name in judged}
    counted |= {each.occurrence: (each.obligation, False) for each in findings if each.occurrence}
    never = [(each.obligation, False) for each in findings if each.occurrence is None]
    all_of = [*counted.values(), *never]
    obligations = sorted({obligation for obligation, _ in all_of})
    return _share([well for _, well in all_of]), {
        name: _share([well for obligation, well in all_of if obligation == name]) for name in obligations
    }


def _share(well: Sequence[bool]) -> Fitness:
    return Fitness(len(well), sum(well), round(sum(well) / len(well), 4) if well else 1.0)
