"""What happened? One sentence for each event, as it was told when it was recorded."""

from collections.abc import Iterable

from domain.case import Case
from domain.events.correcting import EventCorrected
from projections.seen_by import obligation_named_by
from projections.tables.happened import Happened
from projections.tables.table import Change, Put, Table
from projections.telling import tell

CHRONOLOGY = Table(
    "chronology",
    (
        "index", "notice", "occurrence", "stream", "version", "type", "recorded", "effective", "actor", "sentence",
        "corrects", "obligation",
    ),
)  # fmt: skip


class SentenceForEach:
    """Every event of every notice. A correction names the event that it corrects, so that whoever reads sees both."""

    name, tables, needs_cases, settles = "chronology", (CHRONOLOGY,), True, False

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]:
        assert case is not None
        event, occurrence = happened.event, case.occurrence if case.occurrence.exists else None
        corrects = event.version if isinstance(event, EventCorrected) else None
        about = occurrence.facts.obligation if occurrence else obligation_named_by(event)
        row = (
            happened.index, happened.under, happened.occurrence, happened.subject, happened.streamversion, happened.type,
            happened.time, happened.effective, happened.actor, tell(event, case.notice, occurrence), corrects,
            about,
        )  # fmt: skip
        return (Put(CHRONOLOGY, row),)

    def settle(self, case: Case) -> Iterable[Put]:  # noqa: ARG002 - nothing depends on the state
        return ()
