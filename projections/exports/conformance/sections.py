"""Sections that a report must have and never had, in any version or in its supplement."""

from collections.abc import Iterator

from projections.exports.conformance.finding import Finding
from projections.exports.conformance.trace import Read, Trace
from projections.words import capital, thing

_SUBMITTED = "report-submitted.v1"


def sections_kept(read: Read, trace: Trace) -> Iterator[Finding]:
    """What the notice asks for, against the words that were submitted; the engine's own list of gaps is not consulted."""
    opened, last = trace.opened, trace.last(_SUBMITTED)
    if opened is None or last is None or opened.supplements is not None:
        return
    given = _answered(trace) | _answered(_supplement_of(read, trace))
    for section in opened.sections:
        if section.required and section.id not in given:
            sentence = f"{capital(thing(read.notice, opened))} says nothing under “{section.title}”, which clause {section.clause} asks for."
            yield Finding("skipped", "section", trace.id.obligation, str(trace.id), last.index, sentence)


def _answered(trace: Trace | None) -> set[str]:
    """“None” counts where the section allows it."""
    if trace is None or trace.opened is None:
        return set()
    nil = {each.id for each in trace.opened.sections if each.nil_return}
    return {
        answer.section
        for step in trace.of(_SUBMITTED)
        for answer in step.event.sections
        if answer.text.strip() or (answer.nil and answer.section in nil)
    }


def _supplement_of(read: Read, trace: Trace) -> Trace | None:
    for each in read.traces.values():
        if (
            each.opened
            and each.id.obligation == trace.id.obligation
            and each.opened.supplements == trace.id.period
        ):
            return each
    return None
