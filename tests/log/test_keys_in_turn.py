"""A new key takes the place of the old one by an event; both sign for a while."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.actor import Actor
from domain.events.of_the_record import LOG_KEY_ROTATED, LOG_KEYS
from domain.record import Append, Envelope, StreamWrite
from domain.values import write_instant
from ledger.log.checkpoint import read_checkpoint
from ledger.log.keyring import Keyring, Rotation, in_use
from ledger.log.keys import UnfitKey, verified_by
from tests.log.conftest import ORIGIN

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def three(tmp_path):
    ring = Keyring(tmp_path, ORIGIN)
    for _ in range(3):
        ring.new()
    return ring.signers()


def replaced(old, new, days):
    return Rotation(str(new.key), str(old.key), NOW + timedelta(days=days))


def test_which_keys_sign(three):
    first, second, third = three
    of_first = [first.key]
    assert in_use([first], [], [], NOW) == (first,)
    assert in_use([first, second], [], of_first, NOW) == (first,)
    assert in_use(three, [replaced(first, second, 1)], of_first, NOW) == (first, second)
    assert in_use(three, [replaced(first, second, 0)], of_first, NOW) == (second,)
    both = [replaced(first, second, -1), replaced(second, third, 1)]
    assert in_use(three, both, [second.key], NOW) == (second, third)
    with pytest.raises(UnfitKey, match="several keys"):
        in_use([first, second], [], [], NOW)
    with pytest.raises(UnfitKey, match="no key"):
        in_use([first], [replaced(first, second, 0)], of_first, NOW)


async def rotate(office, days):
    old = office.keyring.public()[-1]
    new = office.keyring.new()
    until = write_instant(datetime.now(UTC) + timedelta(days=days))
    data = {"key": str(new), "replaces": str(old), "overlap_until": until}
    event = Envelope(uuid4(), LOG_KEY_ROTATED, NOW, Actor("person", "helen-marsh"), data)
    version = (await office.ledger.streams(LOG_KEYS)).get(LOG_KEYS, 0)
    await office.ledger.append(Append(uuid4(), (StreamWrite(LOG_KEYS, version, (event,)),)))
    return new


async def test_both_keys_sign_during_the_overlap_and_the_new_one_after_it(office):
    await office.record(1)
    first = office.keyring.public()[0]
    assert verified_by((await office.publish()).note, office.keyring.public()) == (first,)
    second = await rotate(office, 30)
    assert verified_by((await office.publish()).note, office.keyring.public()) == (first, second)
    third = await rotate(office, 0)
    signed = await office.publish()
    assert verified_by(signed.note, office.keyring.public()) == (first, third)
    for trusted in (first, third):
        assert read_checkpoint(office.folder.checkpoint(), [trusted]).size == 3
    assert office.folder.keys().splitlines() == [str(each) for each in (first, second, third)]
