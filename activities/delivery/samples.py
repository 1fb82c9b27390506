"""One letter of each kind as the record called for it: for whoever wants to see what people are sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from activities.delivery.call import Call
from activities.delivery.letter import Letter
from activities.delivery.passes import Passes
from activities.delivery.writing import TOPICS, write_letter
from domain.case import Case
from domain.events.kinds import from_data
from domain.identity import OccurrenceId
from domain.notice.fold import fold as fold_notice
from domain.notice.state import Notice
from domain.occurrence.fold import fold as fold_occurrence
from domain.occurrence.state import Occurrence
from domain.record import Recorded


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter, what called for it, and to whom it goes. `topic` has no version."""

    topic: str
    occurrence: OccurrenceId
    person: str
    role: str
    letter: Letter


class Sampler:
    """Reads a record from its beginning and keeps the first letter of each kind, as it was to be written then."""

    def __init__(self, links: str, passes: Passes | None = None) -> None:
        self._links, self._passes = links, passes
        self._notices: dict[str, Notice] = {}
        self._occurrences: dict[OccurrenceId, Occurrence] = {}
        self.found: dict[str, Sample] = {}

    def take(self, events: Iterable[Recorded]) -> None:
        """The next events, in order."""
        for event in events:
            self._take(event)

    def samples(self) -> tuple[Sample, ...]:
        """In the order in which the kinds are listed."""
        return tuple(self.found[topic] for topic in TOPICS if topic in self.found)

    def _take(self, event: Recorded) -> None:
        said = from_data(event.type, event.envelope.data)
        if not event.stream.startswith("occ/"):
            name = event.envelope.notice or ""
            self._notices[name] = fold_notice([said], self._notices.get(name, Notice()))
            return
        name_of = OccurrenceId.parse(event.stream)
        occurrence = fold_occurrence([said], self._occurrences.get(name_of, Occurrence()))
        self._occurrences[name_of] = occurrence
        topic = event.type.partition(".v")[0]
        if topic in self.found or topic not in TOPICS:
            return
        for message in getattr(said, "messages", ())[:1]:
            call = Call(message.id, name_of, getattr(said, "rung", None), message.person, message.role, topic)
            case = Case(self._notices[name_of.notice], occurrence)
            letter = write_letter(case, call, self._links, passes=self._passes)
            self.found[topic] = Sample(topic, name_of, message.person, message.role, letter)
