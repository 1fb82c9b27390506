"""The record as an object-centric log: every event with the objects that it names, and what these are to each other."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from domain.notice.state import Notice
from domain.record import Recorded
from projections.casebook import Entry
from projections.corrected import tell_entry
from projections.exports import record
from projections.exports.counted import Turns
from projections.exports.model import Happening, ObjectLog, Relation, Thing, Value
from projections.exports.naming import Named, names
from projections.exports.portraits import portray
from projections.exports.source import Source
from projections.exports.spool import Spool
from projections.words import actor_name

OnProgress = Callable[[int, int], None]


def object_log(source: Source, on_progress: OnProgress = lambda _done, _of: None) -> ObjectLog:
    """Every event of ours, in the order of the record. Raises NotFound for a notice that is not there."""
    gatherer = _Gatherer(source)
    for each in source.everything():
        if isinstance(each, Recorded):
            gatherer.take_of_the_record(each)
        else:
            gatherer.take(each)
        on_progress(each.index, source.book.position)
    return ObjectLog(gatherer.events, gatherer.objects)


class _Gatherer:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.events = Spool[Happening]()
        self.objects: dict[str, Thing] = {}
        self._turns = Turns()

    def take(self, entry: Entry) -> None:
        notice = self.source.notice_of(entry)
        relations = tuple(self._relations(entry, notice))
        portray(entry, relations, self.objects, notice)
        sentence = tell_entry(entry, notice, self.source.occurrence_of(entry))
        by = actor_name(notice, entry.record.envelope.actor)
        self.events.append(_happening(entry.record, sentence, by, relations))

    def take_of_the_record(self, event: Recorded) -> None:
        relations = tuple(
            Relation(self._thing(kind, name).id, qualifier)
            for kind, name, qualifier, _ in record.names(event)
        )
        sentence = record.sentence_of(event)
        by = record.actor_in_words(event.envelope.actor)
        self.events.append(_happening(event, sentence, by, relations))

    def _relations(self, entry: Entry, notice: Notice) -> Iterator[Relation]:
        named = (*names(entry), *self._turns.names(entry))
        makes = {(kind, name) for kind, name, _, made in named if made}
        for kind, name, qualifier in dict.fromkeys((each[0], each[1], each[2]) for each in named):
            thing = self._thing(*_as_it_is((kind, name, qualifier, False), notice)[:2])
            yield Relation(thing.id, qualifier, (kind, name) in makes)

    def _thing(self, kind: str, name: str) -> Thing:
        return self.objects.setdefault(f"{kind}/{name}", Thing(f"{kind}/{name}", kind))


def _happening(event: Recorded, sentence: str, by: str, relations: tuple[Relation, ...]) -> Happening:
    envelope = event.envelope
    return Happening(
        id=str(envelope.id),
        index=event.index,
        type=event.type,
        time=envelope.effective,
        recorded=event.recorded,
        command=str(event.command_id),
        sentence=sentence,
        actor=envelope.actor.id,
        actor_name=by,
        case=envelope.occurrence or envelope.notice or event.stream,
        role=next((value for name, value in envelope.data.items() if name.endswith("_as") and value), None),
        attributes=_attributes(event, sentence),
        relations=relations,
    )


def _as_it_is(named: Named, notice: Notice) -> tuple[str, str]:
    """Where a body acted in its own name, the object is that party and no person."""
    kind, name = named[0], named[1]
    if kind == "person" and name not in notice.names and any(each.id == name for each in notice.parties):
        return "party", f"{notice.terms.id}/{name}"
    return kind, name


def _attributes(event: Recorded, sentence: str) -> dict[str, Value]:
    """The event's own words, as far as they are single values; lists of words in one text."""
    envelope = event.envelope
    told: dict[str, Value] = {
        "index": event.index,
        "recorded": event.recorded,
        "sentence": sentence,
        "stream": event.stream,
        "streamversion": event.version,
    }
    if envelope.authority:
        told["authority"] = envelope.authority
    for name, value in envelope.data.items():
        plain = _plain(value)
        if plain is not None:
            told.setdefault(name, plain)
    return told


_INSTANT_LENGTH = len("2016-06-14T08:00:00.000000Z")


def _plain(value: Any) -> Value | None:
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    if isinstance(value, str) and len(value) == _INSTANT_LENGTH and value.endswith("Z"):
        return _instant(value)
    return value if isinstance(value, (str, int, bool)) else None


def _instant(text: str) -> Value:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text
