"""Signed checkpoints, held against the keys and the witnesses that the verifier trusts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cryptography.x509 import Certificate

from domain.values import write_instant
from ledger.log.checkpoint import Checkpoint, checkpoint_in
from ledger.log.keys import LOG, VerifierKey
from ledger.log.notes import Note, UnsoundNote, parse
from ledger.log.policy import Policy
from ledger.verify.verdict import Findings

# Between the clock of the record and that of a witness, in seconds. Whoever backdates does so by more.
CLOCKS_MAY_DIFFER = 5
KEPT = "The checkpoint that you kept"
PUBLISHED = "The newest published checkpoint"
NO_KEY = "No key of yours was given (--vkey): whose record this is cannot be told."
_LAST_SECOND = 250_000_000_000


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom the verifier believes: keys of the log, perhaps a policy that names witnesses, and timestamp authorities."""

    keys: Sequence[VerifierKey] = ()
    policy: Policy | None = None
    authorities: tuple[Certificate, ...] = ()

    @property
    def log_keys(self) -> tuple[VerifierKey, ...]:
        return tuple(key for key in self.keys if key.algorithm == LOG)


NOBODY = Trust()


@dataclass(frozen=True, slots=True)
class Judged:
    """A checkpoint that could be read. `cosigned`: when (seconds since 1970), by the policy's name of each witness."""

    which: str
    checkpoint: Checkpoint
    cosigned: dict[str, int]


@dataclass(frozen=True, slots=True)
class Limit:
    """No event of the first `size` may say that it was recorded after `latest`, because `witness` had seen it."""

    size: int
    latest: str
    witness: str


def judge(note: bytes, which: str, trust: Trust, findings: Findings) -> Judged | None:
    """Check who has signed a checkpoint; None where it cannot be read at all."""
    try:
        parsed = parse(note)
        checkpoint = checkpoint_in(parsed)
    except UnsoundNote:
        findings.add("BAD_SIGNATURE", None, f"{which} is no signed checkpoint.")
        return None
    answers = [(key.name, _holds(key, parsed)) for key in trust.log_keys]
    if any(good is False for _, good in answers) or (checkpoint.origin, True) not in answers:
        findings.add("BAD_SIGNATURE", None, f"{which} is not signed by the log's key.")
    return Judged(which, checkpoint, dict(_cosignatures(parsed, which, trust, findings)))


def unsigned(note: bytes, which: str, findings: Findings) -> Judged | None:
    """A checkpoint taken at its word, where no key was given to judge it by; None where it cannot be read."""
    try:
        return Judged(which, checkpoint_in(parse(note)), {})
    except UnsoundNote:
        findings.add("BAD_SIGNATURE", None, f"{which} is no signed checkpoint.")
        return None


def check_quorum(judged: Judged, policy: Policy, findings: Findings) -> None:
    """A finding unless as many witnesses have cosigned as the policy asks for."""
    if not policy.is_met([policy.witnesses[name].key for name in judged.cosigned]):
        findings.add(
            "NOT_WITNESSED", None, f"{judged.which} lacks the cosignatures that the policy asks for."
        )


def limits(judged: Judged) -> list[Limit]:
    """What each witness's time says about the events it has seen."""
    return [Limit(judged.checkpoint.size, _latest(at), name) for name, at in judged.cosigned.items()]


def in_turn(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    """By size; each with the earliest time of all that reach as far, so that only the first one has to be asked."""
    tightest: list[Limit] = []
    for each in sorted(limits, key=lambda limit: limit.size, reverse=True):
        before = tightest[-1] if tightest else each
        tightest.append(each if each.latest <= before.latest else replace(before, size=each.size))
    return tuple(reversed(tightest))


def check_root(judged: Judged, size: int, root: bytes | None, findings: Findings) -> None:
    """Hold a checkpoint against the log: `size` events are there, `root` is the root over those it covers."""
    claimed = judged.checkpoint.size
    if claimed > size:
        findings.add("TRUNCATED", size + 1, f"{judged.which} is of {claimed} events; {size} are here.")
    elif root != judged.checkpoint.root:
        findings.add(
            "ROOT_MISMATCH",
            None,
            f"The first {claimed} events do not have the root that is signed. {judged.which} names another.",
        )


def _holds(key: VerifierKey, note: Note) -> bool | None:
    lines = [each for each in note.signatures if key.made(each)]
    return all(key.verifies(note.text, each) for each in lines) if lines else None


def _cosignatures(note: Note, which: str, trust: Trust, findings: Findings) -> Iterator[tuple[str, int]]:
    for name, witness in (trust.policy.witnesses if trust.policy else {}).items():
        good = _holds(witness.key, note)
        if good is False:
            findings.add("BAD_SIGNATURE", None, f"{which} bears a cosignature of “{name}” that is wrong.")
        elif good:
            line = next(each for each in note.signatures if witness.key.made(each))
            yield name, int.from_bytes(line.signature[:8], "big")


def _latest(seconds: int) -> str:
    at = datetime.fromtimestamp(min(seconds, _LAST_SECOND) + CLOCKS_MAY_DIFFER, UTC)
    return write_instant(at.replace(microsecond=0) + timedelta(microseconds=999_999))
