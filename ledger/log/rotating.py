"""Putting a new key in the place of the newest one: decided on the record, and told in it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from domain.actor import Actor
from domain.events.of_the_record import LOG_KEY_ROTATED, LOG_KEYS
from domain.identity import notice_stream
from domain.notice.log_keys import may_change_keys
from domain.notice.state import Notice
from domain.record import Append, Conflict, Envelope, Receipt, StreamWrite
from domain.refusals import Refusal, Refused
from domain.values import write_instant
from ledger.log.faults import NotInLog
from ledger.log.keyring import Keyring, Rotation
from ledger.log.keys import VerifierKey
from ledger.office import Office

_NOTICES = "notice/"
_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Rotated:
    key: VerifierKey
    receipt: Receipt


async def rotate(office: Office, keyring: Keyring, by: Actor, overlap: timedelta) -> Rotated:
    """Make a key and record that it takes the place of the newest; both sign until the overlap, in real time, is over.

    Raises NotInLog where the log has no key yet, and Refused where it is not for this person; then no key was made.
    """
    if not keyring.public():
        raise NotInLog("The log has no key yet. Make one with `forthwith keys new`.")
    await _kept_by(office, by)
    # The file first: a key that the record names and nobody has would leave the log without a signature.
    key = keyring.new()
    until = write_instant(datetime.now(UTC) + overlap)
    for attempt in range(_ATTEMPTS):
        try:
            return Rotated(key, await _record(office, keyring, key, until, by))
        except Conflict:
            if attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


async def _record(office: Office, keyring: Keyring, key: VerifierKey, until: str, by: Actor) -> Receipt:
    """Recorded only if the keys, and the notice by which it is allowed, are still as they were read."""
    earlier = await office.ledger.read_stream(LOG_KEYS)
    kept = await _kept_by(office, by)
    # A key that was made and never recorded, as an interruption leaves it, has signed nothing and is replaced by nobody.
    newest = Rotation.of(earlier[-1].envelope.data).key if earlier else str(keyring.public()[0])
    now = office.clock.now()
    data = {"key": str(key), "replaces": newest, "overlap_until": until}
    event = Envelope(uuid4(), LOG_KEY_ROTATED, now, by, data, reason="The key of the log was changed.")
    act = Append(
        uuid4(),
        (StreamWrite(LOG_KEYS, len(earlier), (event,)),),
        guards=((notice_stream(kept.terms.id), kept.version),),
        told=now if office.clock.simulated else None,
    )
    return await office.ledger.append(act)


async def _kept_by(office: Office, by: Actor) -> Notice:
    streams = sorted(await office.ledger.streams(_NOTICES))
    notices = [await office.notice(stream.removeprefix(_NOTICES)) for stream in streams]
    allowed = may_change_keys(notices, by, office.clock.now())
    if isinstance(allowed, Refusal):
        raise Refused(allowed)
    return allowed
