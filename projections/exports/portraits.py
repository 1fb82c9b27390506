"""What is known of an object besides its name, and how objects stand to each other, as each event tells it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from domain.notice.state import Notice
from domain.time.zones import day_end
from projections.casebook import Entry
from projections.exports.model import FROM_THE_BEGINNING, Relation, Thing
from projections.words import person_name, role_title

Objects = Mapping[str, Thing]


def portray(entry: Entry, relations: tuple[Relation, ...], objects: Objects, notice: Notice) -> None:
    """Add what an event tells of the objects that it names."""
    for relation in relations:
        _general(objects[relation.object], objects, notice)
    scene = _Scene(entry, relations, objects, notice)
    _messages(scene)
    told = _TOLD.get(entry.record.type)
    if told is not None:
        told(scene)
    outcome = _STANDS.get(entry.record.type)
    if outcome is not None:
        kind, standing = outcome
        for relation in relations:
            if objects[relation.object].type == kind and relation.qualifier not in ("tells", "calls for"):
                objects[relation.object].set("standing", standing, entry.effective)


class _Scene:
    def __init__(
        self, entry: Entry, relations: tuple[Relation, ...], objects: Objects, notice: Notice
    ) -> None:
        self.data: dict[str, Any] = entry.record.envelope.data
        self.at: datetime = entry.effective
        self.where = entry.record.envelope.occurrence or ""
        self.id = entry.record.envelope.notice or ""
        self.objects, self.notice, self._relations = objects, notice, relations
        self.entry = entry

    def one(self, kind: str) -> Thing:
        return next(
            self.objects[each.object] for each in self._relations if each.object.startswith(f"{kind}/")
        )

    def due(self, day: str) -> datetime:
        """The last instant of a day in the notice's zone."""
        return day_end(date.fromisoformat(day), self.notice.terms.zone)


def _general(thing: Thing, objects: Objects, notice: Notice) -> None:
    """Names of people, titles of roles, and what a part belongs to."""
    _, _, name = thing.id.partition("/")
    if thing.type == "person":
        thing.set("name", person_name(notice, name))
    elif thing.type == "role":
        _describe_role(thing, name.partition("/")[2], objects, notice)
    elif thing.type in _PARTS_OF_AN_OCCURRENCE:
        whole = "/".join(name.split("/")[:3])
        if f"occurrence/{whole}" in objects:
            thing.relate(f"occurrence/{whole}", "of")
    elif thing.type in _PARTS_OF_A_NOTICE:
        thing.relate(f"notice/{name.partition('/')[0]}", "of")


_PARTS_OF_A_NOTICE = ("obligation", "party", "clause", "interpretation", "ladder", "variation")
_PARTS_OF_AN_OCCURRENCE = (
    "task", "step", "report", "review", "plan", "objective", "action", "finding", "item", "query", "update", "concern",
    "consideration", "representations", "decision", "extension", "suspension", "correction",
)  # fmt: skip


def _describe_role(thing: Thing, role: str, objects: Objects, notice: Notice) -> None:
    thing.set("title", role_title(notice, role))
    party = next((each.party for each in notice.roles if each.id == role), None)
    if party and f"party/{notice.terms.id}/{party}" in objects:
        thing.relate(f"party/{notice.terms.id}/{party}", "part of")


def _issued(scene: _Scene) -> None:
    header = scene.data["header"]
    notice = scene.one("notice")
    for name in ("title", "instrument", "issued", "runs_until", "zone", "calendar"):
        notice.set(name, header[name])


def _obligation(scene: _Scene) -> None:
    terms, thing = scene.data["obligation"], scene.one("obligation")
    for name in ("title", "kind", "strength", "clause"):
        thing.set(name, terms[name], scene.at if thing.now(name) is not None else FROM_THE_BEGINNING)
    for name, qualifier in (("obligor", "owed by"), ("obligee", "owed to")):
        party = f"party/{scene.id}/{terms[name]}"
        if party in scene.objects:
            thing.relate(party, qualifier)
    if f"clause/{scene.id}/{terms['clause']}" in scene.objects:
        thing.relate(f"clause/{scene.id}/{terms['clause']}", "under")


def _party(scene: _Scene) -> None:
    thing = scene.one("party")
    thing.set("name", scene.data["party"]["name"], scene.at if thing.now("name") else FROM_THE_BEGINNING)


def _clause(scene: _Scene) -> None:
    if isinstance(scene.data["clause"], dict):
        thing = scene.one("clause")
        thing.set("text", scene.data["clause"]["text"], scene.at if thing.now("text") else FROM_THE_BEGINNING)


def _opened(scene: _Scene) -> None:
    thing, data = scene.one("occurrence"), scene.data
    for name in ("title", "period", "kind", "strength", "about"):
        thing.set(name, data[name])
    thing.set("first_due", scene.due(data["due_on"]))
    thing.set("due", scene.due(data["due_on"]))
    obligation = f"obligation/{scene.id}/{data['obligation']}"
    if obligation in scene.objects:
        thing.relate(obligation, "instance of")
    for name, qualifier in (("obligor", "owed by"), ("obligee", "owed to")):
        if f"party/{scene.id}/{data[name]}" in scene.objects:
            thing.relate(f"party/{scene.id}/{data[name]}", qualifier)
    if (
        data["supplements"]
        and f"occurrence/{scene.id}/{data['obligation']}/{data['supplements']}" in scene.objects
    ):
        thing.relate(f"occurrence/{scene.id}/{data['obligation']}/{data['supplements']}", "supplements")
    if data["event"] and f"occurrence/{data['event']}" in scene.objects:
        thing.relate(f"occurrence/{data['event']}", "hangs on")


def _redated(scene: _Scene) -> None:
    scene.one("occurrence").set("due", scene.due(scene.data["due_on"]), scene.at)


def _messages(scene: _Scene) -> None:
    for each in scene.data.get("messages", ()):
        thing = scene.objects[f"message/{each['id']}"]
        person = f"person/{each['person']}"
        thing.relate(person if person in scene.objects else f"party/{scene.id}/{each['person']}", "to")
        thing.relate(f"role/{scene.id}/{each['role']}", "to the holder of")
        if scene.where:
            thing.relate(f"occurrence/{scene.where}", "about")


def _plan(scene: _Scene) -> None:
    plan = scene.one("plan")
    for each in scene.data["objectives"]:
        objective = scene.objects[f"objective/{scene.where}/{each['id']}"]
        objective.set("title", each["title"], scene.at if objective.now("title") else FROM_THE_BEGINNING)
        plan.relate(objective.id, "holds")
        for action in each["actions"]:
            thing = scene.objects[f"action/{scene.where}/{action['id']}"]
            thing.set("title", action["title"], scene.at if thing.now("title") else FROM_THE_BEGINNING)
            thing.set(
                "due", scene.due(action["due_on"]), scene.at if thing.now("due") else FROM_THE_BEGINNING
            )
            objective.relate(thing.id, "holds")


def _progress(scene: _Scene) -> None:
    scene.one("objective").set("rating", scene.data["rating"], scene.at)


def _findings(scene: _Scene) -> None:
    for each in scene.data["findings"]:
        thing = scene.objects[f"finding/{scene.where}/{each['id']}"]
        thing.set("text", each["text"])
        thing.relate(f"review/{scene.where}", "found by")


def _considered(scene: _Scene) -> None:
    thing = scene.one("consideration")
    for each in scene.data["matters"]:
        thing.relate(f"occurrence/{each}", "considers")


def _decision(scene: _Scene) -> None:
    thing = scene.one("decision")
    thing.set("option", scene.data["option"], scene.at)
    thing.relate(f"consideration/{scene.where}", "ends")


def _correction(scene: _Scene) -> None:
    thing = scene.one("correction")
    for name in ("field", "was", "now", "reason"):
        thing.set(name, scene.data[name])
    thing.set("corrected_stream", scene.entry.record.stream)
    thing.set("corrected_version", scene.data["version"])
    if not scene.where:
        thing.relate(f"notice/{scene.id}", "of")


_TOLD: dict[str, Callable[[_Scene], None]] = {
    "notice-issued.v1": _issued,
    "obligation-imposed.v1": _obligation,
    "party-named.v1": _party,
    "body-succeeded.v1": _party,
    "clause-stated.v1": _clause,
    "occurrence-opened.v1": _opened,
    "occurrence-redated.v1": _redated,
    "plan-adopted.v1": _plan,
    "progress-updated.v1": _progress,
    "outcome-issued.v1": _findings,
    "consideration-opened.v1": _considered,
    "decision-proposed.v1": _decision,
    "decision-made.v1": _decision,
    "correction-proposed.v1": _correction,
    "event-corrected.v1": _correction,
}
_STANDS: dict[str, tuple[str, str]] = {
    "report-submitted.v1": ("report", "received"),
    "report-accepted.v1": ("report", "accepted"),
    "report-returned.v1": ("report", "returned"),
    "task-acknowledged.v1": ("task", "acknowledged"),
    "task-refused.v1": ("task", "refused"),
    "message-sent.v1": ("message", "sent"),
    "message-undeliverable.v1": ("message", "undeliverable"),
    "escalation-resolved.v1": ("step", "resolved"),
    "rung-withdrawn.v1": ("step", "withdrawn"),
    "extension-requested.v1": ("extension", "asked for"),
    "extension-granted.v1": ("extension", "granted"),
    "extension-refused.v1": ("extension", "refused"),
    "clock-stopped.v1": ("suspension", "stopped"),
    "clock-restarted.v1": ("suspension", "restarted"),
    "correction-proposed.v1": ("correction", "proposed"),
    "event-corrected.v1": ("correction", "approved"),
    "correction-rejected.v1": ("correction", "rejected"),
    "finding-acted-on.v1": ("finding", "acted on"),
    "finding-followed-up.v1": ("finding", "followed up"),
    "action-delivered.v1": ("action", "delivered"),
    "item-confirmed.v1": ("item", "confirmed"),
    "item-refused.v1": ("item", "refused"),
    "decision-proposed.v1": ("decision", "proposed"),
    "decision-made.v1": ("decision", "made"),
    "decision-issued.v1": ("decision", "issued"),
    "decision-published.v1": ("decision", "published"),
    "concern-closed.v1": ("concern", "closed"),
    "concern-referred.v1": ("concern", "referred"),
}
