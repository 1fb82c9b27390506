"""Which objects an event names, field by field and kind by kind: the one place that says so.

An identifier is ``type/…``; what belongs to an occurrence carries the occurrence's name.
"""

from collections.abc import Callable, Iterator
from typing import Any

from domain.actor import OUTSIDE
from projections.casebook import Entry

Named = tuple[str, str, str, bool]
"""Type, identifier within the type, qualifier, and whether the event made it."""
Naming = Callable[[Entry, dict[str, Any], str], Iterator[Named]]


def names(entry: Entry) -> Iterator[Named]:
    """Every object that the event names, its notice first."""
    envelope, data = entry.record.envelope, entry.record.envelope.data
    notice, topic = envelope.notice or "", entry.record.type
    yield "notice", notice, "under", topic == "notice-issued.v1"
    if envelope.obligation:
        yield "obligation", f"{notice}/{envelope.obligation}", "concerns", False
    if envelope.occurrence:
        yield "occurrence", envelope.occurrence, "concerns", topic == "occurrence-opened.v1"
    kind = "system" if envelope.actor.kind == "system" else "person"
    yield kind, envelope.actor.id, "recorded by", False
    yield from _by_field(entry, data, notice)
    yield from _by_kind(entry, data)


def _by_field(entry: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    for field, value in data.items():
        words = field.replace("_", " ")
        if field.endswith("_by") and isinstance(value, str):
            yield "person", value, words, False
        elif field.endswith("_as") and isinstance(value, str) and value != OUTSIDE:
            yield "role", f"{notice}/{value}", words, False
        elif field in _FIELDS and value:
            yield from _FIELDS[field](entry, data, notice)


def _people(field: str) -> Naming:
    def named(_: Entry, data: dict[str, Any], __: str) -> Iterator[Named]:
        yield "person", data[field], field.replace("_", " "), False

    return named


def _role(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    if isinstance(data["role"], str):
        yield "role", f"{notice}/{data['role']}", "role", False


def _messages(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    for message in data["messages"]:
        yield "message", message["id"], "calls for", True
        yield "person", message["person"], "tells", False
        yield "role", f"{notice}/{message['role']}", "tells", False


def _task(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    yield "task", f"{_occurrence(entry)}/{data['task']}", "task", False


def _step(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    yield "step", f"{_occurrence(entry)}/{data['rung']}", "step", False


def _steps(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    for rung in data["rungs"]:
        yield "step", f"{_occurrence(entry)}/{rung}", "not taken by itself", False


def _part(kind: str) -> Naming:
    """A part of the occurrence, by the field of the same name."""

    def named(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
        yield kind, f"{_occurrence(entry)}/{data[kind]}", kind, False

    return named


def _item(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    yield "item", f"{_occurrence(entry)}/{data['item']}", "item", False


def _supplement(entry: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    yield (
        "occurrence",
        f"{notice}/{entry.record.envelope.obligation}/{data['supplement']}",
        "supplement",
        False,
    )


def _event(_: Entry, data: dict[str, Any], __: str) -> Iterator[Named]:
    if isinstance(data["event"], str):
        yield "occurrence", data["event"], "hangs on", False


def _matters(_: Entry, data: dict[str, Any], __: str) -> Iterator[Named]:
    for each in data["matters"]:
        yield "occurrence", each, "considers", False


def _pack(_: Entry, data: dict[str, Any], __: str) -> Iterator[Named]:
    for each in data["pack"]:
        kind, _slash, name = each["stream"].partition("/")
        yield ("occurrence" if kind == "occ" else "notice"), name, "rests on", False


def _clauses(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    for each in data["clauses"]:
        yield "clause", f"{notice}/{each}", "is about", False


def _stated(kind: str, made: bool = True) -> Naming:
    """A part of the notice: its name, or the whole of it with its `id`."""

    def named(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
        value = data[kind]
        name = value if isinstance(value, str) else value["id"]
        yield kind, f"{notice}/{name}", kind, made and not isinstance(value, str)

    return named


def _appointment(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    yield "person", data["appointment"]["person"], "is appointed", False
    yield "role", f"{notice}/{data['appointment']['role']}", "is appointed to", False


def _roles(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    for each in data["roles"]:
        yield "role", f"{notice}/{each}", "roles", False


def _objectives(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    where = _occurrence(entry)
    for each in data["objectives"]:
        yield "objective", f"{where}/{each['id']}", "adopts", True
        for action in each["actions"]:
            yield "action", f"{where}/{action['id']}", "adopts", True


def _findings(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    for each in data["findings"]:
        yield "finding", f"{_occurrence(entry)}/{each['id']}", "finds", True


def _text_or_part(kind: str) -> Naming:
    """`finding` is also the word for what an assessor found; only the name of one is an object."""

    def named(entry: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
        if entry.record.type.startswith("finding-"):
            yield from _part(kind)(entry, data, notice)

    return named


def _party(_: Entry, data: dict[str, Any], notice: str) -> Iterator[Named]:
    if isinstance(data["party"], dict):
        yield "party", f"{notice}/{data['party']['id']}", "party", True


def _to(entry: Entry, _: dict[str, Any], __: str) -> Iterator[Named]:
    if entry.record.type in ("task-reassigned.v1", "role-delegated.v1"):
        yield "person", entry.record.envelope.data["to"], "to", False


def _successor(_: Entry, data: dict[str, Any], __: str) -> Iterator[Named]:
    yield "notice", data["successor"], "is followed by", False


def _evidence(entry: Entry, data: dict[str, Any], _: str) -> Iterator[Named]:
    """A calendar has a hash as well, and is no evidence."""
    if entry.record.type != "evidence-lodged.v1":
        return
    yield "evidence", data["sha256"], "lodges", True
    if data["version"] is not None:
        yield "report", f"{_occurrence(entry)}/{data['version']}", "supports", False


_FIELDS: dict[str, Naming] = {
    "sha256": _evidence,
    "messages": _messages,
    "message": lambda _, data, __: iter([("message", data["message"], "message", False)]),
    "person": _people("person"),
    "holder": _people("holder"),
    "on_behalf_of": _people("on_behalf_of"),
    "to": _to,
    "role": _role,
    "task": _task,
    "rung": _step,
    "rungs": _steps,
    "item": _item,
    "supplement": _supplement,
    "event": _event,
    "matters": _matters,
    "pack": _pack,
    "clauses": _clauses,
    "clause": _stated("clause"),
    "interpretation": _stated("interpretation"),
    "ladder": _stated("ladder"),
    "obligation": _stated("obligation"),
    "party": _party,
    "appointment": _appointment,
    "roles": _roles,
    "objectives": _objectives,
    "objective": _part("objective"),
    "action": _part("action"),
    "findings": _findings,
    "finding": _text_or_part("finding"),
    "query": _part("query"),
    "update": _part("update"),
    "successor": _successor,
}
_OPENS_TASKS = ("escalation-raised.v1", "assessment-requested.v1", "referred-for-consideration.v1")
_REPORTS = ("report-submitted.v1", "report-accepted.v1", "report-returned.v1")
_REVIEWS = (
    "party-agreed.v1",
    "review-planned.v1",
    "review-notified.v1",
    "review-moved.v1",
    "review-held.v1",
    "outcome-issued.v1",
)
_DECISIONS = ("decision-proposed.v1", "decision-made.v1", "decision-issued.v1", "decision-published.v1")


def _by_kind(entry: Entry, data: dict[str, Any]) -> Iterator[Named]:
    topic, where = entry.record.type, _occurrence(entry)
    if topic in _OPENS_TASKS:
        yield "task", f"{where}/{data['rung']}", "opens", True
    elif topic == "occurrence-opened.v1":
        yield "task", f"{where}/owed", "opens", True
    elif topic in _REPORTS:
        yield "report", f"{where}/{data['version']}", "report", topic == "report-submitted.v1"
    elif topic in _REVIEWS:
        yield "review", where, "review", False
    elif topic == "plan-adopted.v1":
        yield "plan", f"{where}/{data['version']}", "adopts", True
    elif topic.startswith("concern-"):
        yield "concern", where, "concern", topic == "concern-recorded.v1"
    elif topic.startswith(("consideration-", "representations-")):
        yield "consideration", where, "consideration", topic == "consideration-opened.v1"
        if "number" in data:
            yield "representations", f"{where}/{data['number']}", "representations", "made_by" in data
    elif topic in _DECISIONS:
        yield "consideration", where, "decides", False
        yield "decision", where, "decision", topic == "decision-proposed.v1"
        for each in (data.get("signed"), *data.get("signatories", ())):
            if each:
                yield "person", each["person"], "signed by", False
    elif topic == "notice-varied.v1":
        yield "variation", f"{entry.record.envelope.notice}/{data['variation']}", "variation", True


def _occurrence(entry: Entry) -> str:
    return entry.record.envelope.occurrence or entry.record.envelope.notice or ""
