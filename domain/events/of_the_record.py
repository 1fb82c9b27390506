"""What can happen to the record itself, under no notice: its keys, what is erased beside it, how long that is kept.

The rooms below decide these events; here stand their names, spelled by hand, each with its stream and its privacy answer.
"""

from dataclasses import dataclass

from domain.record import Recorded

LOG_KEYS = "log/keys"
ERASURES = "privacy/erasures"
RETENTION = "privacy/retention"

LOG_KEY_ROTATED = "log-key-rotated.v1"
PERSONAL_DATA_ERASED = "personal-data-erased.v1"
RETENTION_RULE_SET = "retention-rule-set.v1"
LEGAL_HOLD_PLACED = "legal-hold-placed.v1"
LEGAL_HOLD_LIFTED = "legal-hold-lifted.v1"

_BY_SOMEBODY = "Names whoever did it by identifier; the reason stands in the clear, so it must name nobody."


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of event of the record itself, and the only stream in which it is ours."""

    topic: str
    stream: str
    privacy: str


RECORD_KINDS: tuple[RecordKind, ...] = (
    RecordKind(
        LOG_KEY_ROTATED, LOG_KEYS, "Names whoever did it by identifier; public keys are no personal data."
    ),
    RecordKind(
        PERSONAL_DATA_ERASED,
        ERASURES,
        f"{_BY_SOMEBODY} Whose data was erased is named by identifier as well.",
    ),
    RecordKind(RETENTION_RULE_SET, RETENTION, _BY_SOMEBODY),
    RecordKind(LEGAL_HOLD_PLACED, RETENTION, _BY_SOMEBODY),
    RecordKind(LEGAL_HOLD_LIFTED, RETENTION, _BY_SOMEBODY),
)
_PLACES = {(kind.topic, kind.stream) for kind in RECORD_KINDS}


def is_of_the_record(event: Recorded) -> bool:
    """Whether this is one of them, and not another application's that bears the same name."""
    return (event.type, event.stream) in _PLACES
