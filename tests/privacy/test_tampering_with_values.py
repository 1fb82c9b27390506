"""Whoever deletes or exchanges what is kept outside the record, without an erasure that says so, is found out."""

import pytest

from domain.clock import LiveClock
from ledger.privacy.disclosure import content_of
from ledger.privacy.erasure import Eraser, Why
from ledger.privacy.sealing import Keyring
from ledger.verify.verify import verify
from tests.privacy.conftest import APPOINTED, NOTICE, REPORT, SUBMITTED, say

ROWS = "DELETE FROM forthwith.personal_values WHERE index = 1"
ATTACKS = {
    "one value deleted": (f"{ROWS} AND digest = (SELECT min(digest) FROM forthwith.personal_values WHERE index = 1)", "DISCLOSURE_MISSING", 1),
    "all values of an event deleted": (ROWS, "DISCLOSURE_MISSING", 1),
    "a key destroyed": ("DELETE FROM forthwith.subject_keys WHERE subject = 'person/helen-marsh'", "DISCLOSURE_MISSING", 2),
    "one byte of a value changed": ("UPDATE forthwith.personal_values SET ciphertext = set_byte(ciphertext, 0, 255 - get_byte(ciphertext, 0)) WHERE index = 1", "DISCLOSURE_SUBSTITUTED", 1),
    "two values exchanged": ("UPDATE forthwith.personal_values AS one SET nonce = other.nonce, ciphertext = other.ciphertext FROM forthwith.personal_values AS other WHERE one.index = 1 AND other.index = 1 AND one.digest <> other.digest", "DISCLOSURE_SUBSTITUTED", 1),
    "a value put beside another event": ("UPDATE forthwith.personal_values SET index = 3 WHERE index = 2", "DISCLOSURE_MISSING", 2),
    "a value too many": ("INSERT INTO forthwith.personal_values SELECT index, sha256('x'), subject, stream, version, nonce, ciphertext FROM forthwith.personal_values WHERE index = 2", "DISCLOSURE_SUBSTITUTED", 2),
}  # fmt: skip


@pytest.fixture
async def record(ledger, postgres, postgres_dsn, superuser):
    """A report, an appointment, and an event that withholds nothing; the triggers are off."""
    await ledger.append(say(SUBMITTED))
    await ledger.append(say(APPOINTED, NOTICE))
    await ledger.append(say(SUBMITTED, REPORT, 1, data={**SUBMITTED_DATA, "sections": []}))
    for table in ("personal_values", "subject_keys"):
        await superuser.execute(f"ALTER TABLE forthwith.{table} DISABLE TRIGGER USER")
    return ledger


SUBMITTED_DATA = say(SUBMITTED).writes[0].events[0].data


async def test_a_sound_record_has_no_finding(record):
    assert (await verify(record)).findings == ()


@pytest.mark.parametrize("attack", ATTACKS)
async def test_each_attack_has_its_finding(record, superuser, attack):
    statement, code, index = ATTACKS[attack]
    await superuser.execute(statement)
    findings = (await verify(record)).findings
    assert (code, index) in {(each.code, each.index) for each in findings}


async def test_another_text_sealed_with_the_right_key_is_found_out(record, superuser):
    """Somebody who has the database and its keys writes what was never said."""
    row = await superuser.fetchrow(
        "SELECT kept.digest, key FROM forthwith.personal_values AS kept JOIN forthwith.subject_keys USING (subject) WHERE index = 2"
    )
    sealed = Keyring().open(row["key"]).seal(content_of(bytes(16), "name", "Somebody Else"))
    await superuser.execute(
        "UPDATE forthwith.personal_values SET nonce = $1, ciphertext = $2 WHERE index = 2",
        sealed.nonce,
        sealed.ciphertext,
    )
    assert [(each.code, each.index) for each in (await verify(record)).findings] == [
        ("DISCLOSURE_SUBSTITUTED", 2)
    ]
    assert (await record.read_stream(NOTICE))[0].envelope.data["name"] == "[erased]"


async def test_an_erasure_of_one_event_excuses_no_other(record, superuser):
    await Eraser(record, LiveClock()).of_event(1, Why("dana-price", "No longer needed.", "article 17"))
    assert (await verify(record)).findings == ()
    await superuser.execute("DELETE FROM forthwith.personal_values WHERE index = 2")
    assert [(each.code, each.index) for each in (await verify(record)).findings] == [
        ("DISCLOSURE_MISSING", 2)
    ]


async def test_values_that_are_locked_are_still_seen_to_be_there(locked_ledger, app_dsn, superuser):
    await locked_ledger.append(say(SUBMITTED))
    assert (await verify(app_dsn)).findings == ()
    await superuser.execute(ROWS)
    assert [each.code for each in (await verify(app_dsn)).findings] == ["DISCLOSURE_MISSING"]
