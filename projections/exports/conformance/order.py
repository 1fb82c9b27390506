"""What has to happen before what: an event without the one that must precede it is out of order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.events.kinds import BY_TOPIC
from domain.time.zones import day_end
from projections.exports.conformance.arrival import arrival
from projections.exports.conformance.finding import Finding
from projections.exports.conformance.trace import Read, Step, Trace
from projections.words import moment, occurrence_title

Same = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Precedence:
    """`then` needs one of `first` before it, about the same: the part that `same` names of each."""

    then: str
    first: tuple[str, ...]
    words: str
    same: Same = lambda _: None


def _version(event: Any) -> Any:
    return event.version


_RAISED = (
    "reminder-issued.v1", "acknowledgement-requested.v1", "overdue-notice-issued.v1", "escalation-raised.v1",
    "assessment-requested.v1", "referred-for-consideration.v1",
)  # fmt: skip
PRECEDENCES = (
    Precedence("report-accepted.v1", ("report-submitted.v1",), "accepted before it was submitted", _version),
    Precedence("report-returned.v1", ("report-submitted.v1",), "returned before it was submitted", _version),
    Precedence("deficiency-made-good.v1", ("report-returned.v1",), "made good before it was returned",
               lambda event: event.supplement),
    Precedence("query-answered.v1", ("query-raised.v1",), "a query was answered before it was raised", lambda event: event.query),
    Precedence("update-received.v1", ("update-commissioned.v1",), "an update came before it was asked for",
               lambda event: event.update),
    Precedence("review-notified.v1", ("review-planned.v1",), "notice was given of a review that was not planned"),
    Precedence("review-moved.v1", ("review-planned.v1",), "a review was moved before it was planned"),
    Precedence("outcome-issued.v1", ("review-held.v1",), "the outcome was issued before the review was held"),
    Precedence("finding-acted-on.v1", ("outcome-issued.v1",), "a finding was acted on before it was issued"),
    Precedence("finding-followed-up.v1", ("outcome-issued.v1",), "a finding was followed up before it was issued"),
    Precedence("progress-updated.v1", ("plan-adopted.v1",), "progress was told before the plan was adopted"),
    Precedence("action-delivered.v1", ("plan-adopted.v1",), "an action was delivered before the plan was adopted"),
    Precedence("extension-refused.v1", ("extension-requested.v1",), "an extension was refused before it was asked for"),
    Precedence("clock-restarted.v1", ("clock-stopped.v1",), "the clock was restarted before it was stopped"),
    Precedence("escalation-resolved.v1", _RAISED, "a step was resolved before it was taken", lambda event: event.rung),
    Precedence("rung-withdrawn.v1", _RAISED, "a step was withdrawn before it was taken", lambda event: event.rung),
    Precedence("concern-closed.v1", ("concern-recorded.v1",), "a concern was closed before it was recorded"),
    Precedence("concern-referred.v1", ("concern-recorded.v1",), "a concern was referred before it was recorded"),
    Precedence("representations-answered.v1", ("representations-made.v1",), "representations were answered before they were made",
               lambda event: event.number),
    Precedence("decision-proposed.v1", ("consideration-opened.v1",), "a decision was proposed before the matter was considered"),
    Precedence("decision-made.v1", ("decision-proposed.v1",), "a decision was made before it was proposed"),
    Precedence("decision-issued.v1", ("decision-made.v1",), "a decision was issued before it was made"),
    Precedence("decision-published.v1", ("decision-issued.v1",), "a decision was published before it was issued"),
    Precedence("correction-rejected.v1", ("correction-proposed.v1",), "a correction was rejected before it was proposed", _version),
)  # fmt: skip


def order_kept(read: Read, trace: Trace) -> Iterator[Finding]:
    """Each event against those before it in the log, and each judgement against the time at which what it judges came."""
    yield from _nothing_before_the_opening(read, trace)
    seen: set[tuple[str, Any]] = set()
    for step in trace.steps:
        for rule in PRECEDENCES:
            if rule.then == step.topic:
                about = rule.same(step.event)
                if not any((first, about) in seen for first in rule.first):
                    yield _finding(read, trace, step, rule.words)
        seen.add((step.topic, None))
        seen.update((step.topic, part) for part in _parts(step.event))
    yield from _messages(read, trace)
    yield from _overdue_notice(read, trace)
    yield from _times(read, trace)


def _parts(event: Any) -> Iterator[Any]:
    for name in ("version", "supplement", "query", "update", "rung", "number"):
        if hasattr(event, name):
            yield getattr(event, name)


def _nothing_before_the_opening(read: Read, trace: Trace) -> Iterator[Finding]:
    for step in trace.steps:
        if step.topic == "occurrence-opened.v1":
            return
        yield _finding(read, trace, step, "something happened on it before it was opened")


def _messages(read: Read, trace: Trace) -> Iterator[Finding]:
    """Nothing is sent that no event called for, or before it was called for."""
    called_for: set[str] = set()
    for step in trace.steps:
        if step.topic in ("message-sent.v1", "message-undeliverable.v1"):
            if step.event.message not in called_for:
                yield _finding(read, trace, step, "a message was sent before anything called for it")
        else:
            called_for.update(message.id for message in getattr(step.event, "messages", ()))


def _overdue_notice(read: Read, trace: Trace) -> Iterator[Finding]:
    """Nobody is told that something is overdue before its day is over, as the day was then."""
    day = None
    for step in trace.steps:
        if step.topic in ("occurrence-opened.v1", "occurrence-redated.v1"):
            day = step.event.due_on
        elif (
            step.topic == "overdue-notice-issued.v1"
            and day is not None
            and step.event.raised_at <= day_end(day, read.notice.terms.zone)
        ):
            yield _finding(read, trace, step, "they were told that it was overdue before it was")


def _times(read: Read, trace: Trace) -> Iterator[Finding]:
    """What is judged has to have come by then: an acceptance is no earlier than the receipt of the version."""
    received = {step.event.version: step.event.received_at for step in trace.of("report-submitted.v1")}
    for step in trace.of("report-accepted.v1", "report-returned.v1"):
        when = getattr(step.event, "accepted_at", None) or step.event.returned_at
        came = received.get(step.event.version)
        if came is not None and when < came:
            zone = read.notice.terms.zone
            yield _finding(read, trace, step, f"judged on {moment(when, zone)}, before it came")


def _finding(read: Read, trace: Trace, step: Step, words: str) -> Finding:
    opened = trace.opened
    what = occurrence_title(read.notice, opened) if opened else str(trace.id)
    sentence = f"{what}: {words} (event {step.index})."
    return Finding(
        "out of order", BY_TOPIC[step.topic].topic, trace.id.obligation, str(trace.id), step.index, sentence
    )


def corrections_proposed(read: Read) -> Iterator[Finding]:
    """What one correction sets right elsewhere rests on the same proposal: by the same person, for the same reason."""
    proposals = [
        (step.place, step.event.proposed_by, step.event.reason)
        for trace in read.traces.values()
        for step in trace.of("correction-proposed.v1")
    ]
    proposals += read.proposed
    for trace in read.traces.values():
        for step in trace.of("event-corrected.v1"):
            same = (step.event.proposed_by, step.event.reason)
            if not any(
                place < step.place and said == same for place, *rest in proposals if (said := tuple(rest))
            ):
                yield _finding(read, trace, step, "a correction was approved before it was proposed")


def considered_in_order(read: Read) -> Iterator[Finding]:
    """Nothing is decided on a matter that is put before the deciders only later, or that opens only later."""
    for trace in read.traces.values():
        for step in trace.of("consideration-opened.v1"):
            for matter in step.event.matters:
                yield from _matter(read, trace, step, matter)


def _matter(read: Read, trace: Trace, opened: Step, matter: str) -> Iterator[Finding]:
    considered = next((each for each in read.traces.values() if str(each.id) == matter), None)
    decided = trace.first("decision-made.v1")
    referred = (
        considered.first("referred-for-consideration.v1", "concern-referred.v1") if considered else None
    )
    if considered is None or not considered.steps or considered.steps[0].place > opened.place:
        yield _finding(read, trace, opened, "it considers a matter that had not been opened")
    elif referred is not None and decided is not None and decided.place < referred.place:
        yield _finding(read, trace, decided, "it was decided before the matter was referred")
    elif referred is not None and opened.place < referred.place and arrival(considered) is None:
        yield _finding(read, trace, opened, "it was opened before the matter was referred")
