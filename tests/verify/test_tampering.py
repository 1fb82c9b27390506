"""Whoever holds all rights to the database changes one thing: it is named, at the first event it touches.

The control is the same record untouched, which gives no finding.
"""

from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace
from uuid import UUID

import orjson
import pytest

from ledger.canonical import leaf_hash
from ledger.log.checkpoint import Checkpoint
from ledger.log.policy import parse_policy
from ledger.profile import spell
from ledger.verify.beside import Compared
from ledger.verify.commitments import Shown
from ledger.verify.kept import KeptReceipt
from ledger.verify.signatures import Trust
from ledger.verify.verify import Beside, verify
from tests.verify.bags import (
    ALTERED,
    FIRST_WITNESS,
    LOG_KEY,
    OTHER_KEY,
    POLICY,
    SECOND_WITNESS,
    digest,
    disclosure,
    note,
)

PARAMETERS = "UPDATE forthwith.events SET {} WHERE index = $1"
BYTES_ONLY = PARAMETERS.format("canonical = $2")
BYTES_AND_LEAF = PARAMETERS.format("canonical = $2, leaf = $3")
MOVE = "UPDATE forthwith.events SET index = $2 WHERE index = $1"


def run(*statements):
    async def tamper(superuser):
        for statement in statements:
            await superuser.execute(statement)

    return tamper


def rewrite(index, *, also="", **fields):
    """New words in the bytes and the matching hash, as a forger would do it; `also`: columns changed with them."""

    async def tamper(superuser):
        canonical = await superuser.fetchval("SELECT canonical FROM forthwith.events WHERE index = $1", index)
        changed = spell({**orjson.loads(canonical), **fields})
        await superuser.execute(BYTES_AND_LEAF, index, changed, leaf_hash(changed))
        if also:
            await superuser.execute(PARAMETERS.format(also), index)

    return tamper


def respell(index, change):
    """Other bytes that mean the same, with their own hash."""

    async def tamper(superuser):
        canonical = await superuser.fetchval("SELECT canonical FROM forthwith.events WHERE index = $1", index)
        changed = change(canonical)
        await superuser.execute(BYTES_AND_LEAF, index, changed, leaf_hash(changed))

    return tamper


def swap(one, other):
    return run(
        f"UPDATE forthwith.events SET index = 999 WHERE index = {one}",
        f"UPDATE forthwith.events SET index = {one} WHERE index = {other}",
        f"UPDATE forthwith.events SET index = {other} WHERE index = 999",
    )


def forget_newest(*, receipt, heads):
    """Remove event 12, the newest; `receipt` and `heads`: and what else would tell of it."""

    async def tamper(superuser):
        await superuser.execute("DELETE FROM forthwith.events WHERE index = 12")
        if receipt:
            await superuser.execute("DELETE FROM forthwith.receipts WHERE first_index = 12")
        if heads:
            await superuser.execute(
                "UPDATE forthwith.head SET size = 11,"
                " recorded = (SELECT recorded FROM forthwith.events WHERE index = 11)"
            )
            await superuser.execute("UPDATE forthwith.streams SET version = 3 WHERE stream LIKE 'notice/%'")

    return tamper


async def append_a_repetition(superuser):
    """Event 3 once more at the end, with everything but its command made to fit."""
    row = await superuser.fetchrow("SELECT * FROM forthwith.events WHERE index = 3")
    newest = await superuser.fetchval("SELECT recorded FROM forthwith.head")
    document = orjson.loads(row["canonical"])
    time = newest.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    other_id = UUID(int=1)
    changed = spell({**document, "id": str(other_id), "streamversion": 6, "time": time})
    copied = {**row, "index": 13, "version": 6, "recorded": newest, "event_id": other_id}
    copied |= {"canonical": changed, "leaf": leaf_hash(changed)}
    places = ", ".join(f"${number}" for number in range(1, len(copied) + 1))
    await superuser.execute(
        f"INSERT INTO forthwith.events ({', '.join(copied)}) VALUES ({places})", *copied.values()
    )
    await superuser.execute("UPDATE forthwith.head SET size = 13")
    await superuser.execute("UPDATE forthwith.streams SET version = 6 WHERE stream = $1", row["stream"])


OLD = "1999-01-01T00:00:00.000000Z"
FAR = "2999-01-01T00:00:00.000000Z"
SOON = "(recorded + interval '1 day')"
ATTACKS = {
    "other bytes": (run("UPDATE forthwith.events SET canonical = replace(convert_from(canonical, 'UTF8'), '6c', '6d')::bytea WHERE index = 5"), "LEAF_HASH", 5),
    "one flipped bit": (run("UPDATE forthwith.events SET canonical = set_bit(canonical, 700, 1 - get_bit(canonical, 700)) WHERE index = 6"), "LEAF_HASH", 6),
    "another leaf": (run("UPDATE forthwith.events SET leaf = sha256('x') WHERE index = 7"), "LEAF_HASH", 7),
    "other words with their own leaf": (rewrite(9, data={"text": "All is well."}), "RECEIPT_UNMATCHED", 8),
    "another actor, bytes and leaf and column": (rewrite(4, actor="person:else", also="actor = 'person:else'"), "RECEIPT_UNMATCHED", 4),
    "another reason, with its own leaf": (rewrite(2, reason="none"), "RECEIPT_UNMATCHED", 1),
    "another effective time in the bytes": (rewrite(4, effective=OLD), "COLUMN_MISMATCH", 4),
    "the newest event deleted": (forget_newest(receipt=False, heads=False), "HEAD_MISMATCH", 12),
    "the newest event and its receipt deleted": (forget_newest(receipt=True, heads=False), "HEAD_MISMATCH", 12),
    "the newest event deleted and the heads set back": (forget_newest(receipt=False, heads=True), "RECEIPT_UNMATCHED", 12),
    "an event in the middle deleted": (run("DELETE FROM forthwith.events WHERE index = 5"), "STREAM_GAP", 5),
    "an event in the middle of a command deleted": (run("DELETE FROM forthwith.events WHERE index = 9"), "STREAM_GAP", 9),
    "the first events deleted": (run("DELETE FROM forthwith.events WHERE index < 3"), "STREAM_GAP", 1),
    "two events of one stream swapped": (swap(3, 8), "STREAM_GAP", 3),
    "two events of different streams swapped": (swap(3, 4), "RECEIPT_UNMATCHED", 3),
    "two events of one command swapped": (swap(5, 6), "RECEIPT_UNMATCHED", 5),
    "a column changed": (run("UPDATE forthwith.events SET rung = 'another' WHERE index = 8"), "COLUMN_MISMATCH", 8),
    "a column emptied": (run("UPDATE forthwith.events SET notice = NULL WHERE index = 8"), "COLUMN_MISMATCH", 8),
    "an event id changed": (run("UPDATE forthwith.events SET event_id = gen_random_uuid() WHERE index = 10"), "COLUMN_MISMATCH", 10),
    "the recorded column changed": (run("UPDATE forthwith.events SET recorded = recorded - interval '1 microsecond' WHERE index = 7"), "COLUMN_MISMATCH", 7),
    "recorded earlier, everywhere": (rewrite(7, time=OLD, also=f"recorded = '{OLD}'"), "TIME_REGRESSION", 7),
    "recorded later, everywhere": (rewrite(7, time=FAR, also=f"recorded = '{FAR}'"), "RECEIPT_UNMATCHED", 7),
    "two versions exchanged in the columns": (run("UPDATE forthwith.events SET version = 99 WHERE index = 9", "UPDATE forthwith.events SET version = 4 WHERE index = 10", "UPDATE forthwith.events SET version = 5 WHERE index = 9"), "COLUMN_MISMATCH", 9),
    "a version changed, everywhere": (rewrite(11, streamversion=7, also="version = 7"), "STREAM_GAP", 11),
    "an event moved to another stream, everywhere": (rewrite(11, subject="occ/x", also="stream = 'occ/x'"), "STREAM_GAP", 11),
    "a command repeated": (append_a_repetition, "DUPLICATE_COMMAND", 13),
    "an event put under its neighbour's command": (run("UPDATE forthwith.events SET command_id = (SELECT command_id FROM forthwith.events WHERE index = 3) WHERE index = 4"), "COLUMN_MISMATCH", 4),
    "a receipt deleted": (run("DELETE FROM forthwith.receipts WHERE first_index = 3"), "RECEIPT_UNMATCHED", 3),
    "a receipt for nothing": (run("INSERT INTO forthwith.receipts SELECT gen_random_uuid(), digest, 40, 41, recorded FROM forthwith.receipts LIMIT 1"), "RECEIPT_UNMATCHED", 40),
    "a receipt that promises more": (run("UPDATE forthwith.receipts SET last_index = 13 WHERE first_index = 12"), "RECEIPT_UNMATCHED", 13),
    "a receipt that promises less": (run("UPDATE forthwith.receipts SET last_index = 9 WHERE first_index = 8"), "DUPLICATE_COMMAND", 10),
    "a receipt moved": (run("UPDATE forthwith.receipts SET first_index = 7, last_index = 7 WHERE first_index = 3"), "RECEIPT_UNMATCHED", 3),
    "a receipt with another digest": (run("UPDATE forthwith.receipts SET digest = sha256('x') WHERE first_index = 3"), "RECEIPT_UNMATCHED", 3),
    "a receipt with another time": (run(f"UPDATE forthwith.receipts SET recorded = {SOON} WHERE first_index = 3"), "RECEIPT_UNMATCHED", 3),
    "the head moved on": (run("UPDATE forthwith.head SET size = 20"), "HEAD_MISMATCH", 13),
    "the head set back": (run("UPDATE forthwith.head SET size = 5"), "HEAD_MISMATCH", 6),
    "the head at another time": (run(f"UPDATE forthwith.head SET recorded = {SOON}"), "HEAD_MISMATCH", 12),
    "the head removed": (run("DELETE FROM forthwith.head"), "HEAD_MISMATCH", 13),
    "a stream's head set back": (run("UPDATE forthwith.streams SET version = 1 WHERE stream LIKE 'notice/%'"), "HEAD_MISMATCH", None),
    "a stream's head removed": (run("DELETE FROM forthwith.streams WHERE stream LIKE 'notice/%'"), "HEAD_MISMATCH", None),
    "a stream's head invented": (run("INSERT INTO forthwith.streams VALUES ('occ/none', 1)"), "HEAD_MISMATCH", None),
    "other spelling": (respell(5, lambda canonical: canonical.replace(b'","', b'", "', 1)), "NOT_CANONICAL", 5),
    "keys in another order": (respell(5, lambda canonical: orjson.dumps(dict(reversed(orjson.loads(canonical).items())))), "NOT_CANONICAL", 5),
    "a fraction": (rewrite(5, data={"share": 0.5}), "NOT_CANONICAL", 5),
    "a fraction under a usual key": (rewrite(5, data={"text": 0.5}), "NOT_CANONICAL", 5),
    "a number too large under a usual key": (rewrite(5, data={"sections": [2**53]}), "NOT_CANONICAL", 5),
    "another source": (rewrite(5, source="elsewhere"), "NOT_CANONICAL", 5),
    "a number too large": (rewrite(5, data={"share": 2**53}), "NOT_CANONICAL", 5),
    "an accent in two pieces": (rewrite(5, data={"text": "U\u0308"}), "NOT_CANONICAL", 5),
    "an odd key": (rewrite(5, data={"schlüssel": 1}), "NOT_CANONICAL", 5),
    "a field that no event has": (rewrite(5, extra="1"), "NOT_CANONICAL", 5),
    "a field of another kind": (rewrite(5, subject=["occ"]), "NOT_CANONICAL", 5),
    "a reason that is no text": (rewrite(5, reason={}), "NOT_CANONICAL", 5),
    "a version that is no number": (rewrite(5, streamversion=True), "NOT_CANONICAL", 5),
    "a time that is no time": (rewrite(5, time="now"), "NOT_CANONICAL", 5),
    "the null character": (rewrite(5, data={"text": "\x00"}), "NOT_CANONICAL", 5),
    "nested too deeply": (respell(5, lambda canonical: canonical.replace(b'"none":null', b'"none":' + b"[" * 300 + b"]" * 300)), "NOT_CANONICAL", 5),
    "nested deeper than the profile": (respell(5, lambda canonical: canonical.replace(b'"none":null', b'"none":' + b"[" * 40 + b"]" * 40)), "NOT_CANONICAL", 5),
    "a field too few": (respell(5, lambda canonical: canonical.replace(b'"source":"forthwith",', b"")), "NOT_CANONICAL", 5),
    "no JSON at all": (respell(5, lambda _: b"{"), "NOT_CANONICAL", 5),
    "a list": (respell(5, lambda _: b"[]"), "NOT_CANONICAL", 5),
}  # fmt: skip


async def test_an_untouched_record_gives_no_finding(record):
    verdict = await verify(record.dsn)
    assert verdict.sound
    assert verdict.findings == ()
    assert (verdict.size, verdict.events_checked, verdict.streams) == (12, 12, 3)


@pytest.mark.parametrize("attack", ATTACKS)
async def test_what_was_tampered_with_is_named_at_the_first_event_it_touches(record, attack):
    tamper, code, index = ATTACKS[attack]
    await tamper(record.superuser)
    verdict = await verify(record.dsn)
    assert not verdict.sound
    first = verdict.findings[0]
    assert (first.code, first.index) == (code, index), verdict.findings
    assert first.sentence.endswith(".")


async def test_what_is_left_of_a_torn_command_is_not_taken_for_a_repetition(record):
    await record.superuser.execute("DELETE FROM forthwith.events WHERE index = 9")
    found = [(each.code, each.index) for each in (await verify(record.dsn)).findings]
    assert found == [
        ("STREAM_GAP", 9),
        ("RECEIPT_UNMATCHED", 9),
        ("STREAM_GAP", 10),
        ("RECEIPT_UNMATCHED", 10),
    ]


async def rewrite_everything_after(superuser, index):
    """A forger with all rights makes an event say something else and mends all that is inside the database."""
    await rewrite(index, data={"text": "All is well."})(superuser)
    row = await superuser.fetchrow("SELECT * FROM forthwith.events WHERE index = $1", index)
    document = orjson.loads(row["canonical"])
    said = {
        name: document.get(name)
        for name in (
            "actor",
            "authority",
            "data",
            "notice",
            "obligation",
            "occurrence",
            "reason",
            "rung",
            "type",
        )
    }
    await superuser.execute(
        "UPDATE forthwith.receipts SET digest = $2 WHERE command_id = $1",
        row["command_id"],
        sha256(spell([[document["subject"], [said]]])).digest(),
    )


@pytest.fixture
async def published(record):
    """What an outsider kept of the sound record: a checkpoint with two cosignatures, and the newest receipt."""
    before = await verify(record.dsn)
    newest = await record.superuser.fetchrow("SELECT * FROM forthwith.events WHERE index = 12")
    head = Checkpoint("forthwith.invalid/log", before.size, bytes.fromhex(before.root))
    at = int((newest["recorded"]).timestamp()) + 1
    witnesses = (FIRST_WITNESS, SECOND_WITNESS)
    return SimpleNamespace(
        head=head,
        checkpoint=note(head, (LOG_KEY,), witnesses, at),
        by_another_key=note(head, (OTHER_KEY,), witnesses, at),
        unwitnessed=note(head, (LOG_KEY,), (FIRST_WITNESS,), at),
        seen_long_before=note(head, (LOG_KEY,), witnesses, at - 3600),
        older=note(replace(head, size=5), (LOG_KEY,), witnesses, at),
        receipt=KeptReceipt(str(newest["command_id"]), 12, (newest["leaf"].hex(),)),
    )


async def nothing(_superuser):
    pass


WITH_CARE = forget_newest(receipt=True, heads=True)
# What is done, what the outsider holds against it, and what it shows: the limits of what is inside the database, closed.
SIGNED_ATTACKS = {
    "the newest event removed with everything that tells of it, against a checkpoint": (WITH_CARE, "checkpoint", ("TRUNCATED", 12)),
    "the newest event removed with everything that tells of it, against a receipt": (WITH_CARE, "receipt", ("RECEIPT_UNMATCHED", 12)),
    "an event rewritten and everything mended, against a checkpoint": (lambda superuser: rewrite_everything_after(superuser, 7), "checkpoint", ("ROOT_MISMATCH", None)),
    "the newest event rewritten and everything mended, against a receipt": (lambda superuser: rewrite_everything_after(superuser, 12), "receipt", ("RECEIPT_UNMATCHED", 12)),
    "an older root under another size": (nothing, "older", ("ROOT_MISMATCH", None)),
    "a checkpoint signed by another key": (nothing, "by_another_key", ("BAD_SIGNATURE", None)),
    "a cosignature taken away": (nothing, "unwitnessed", ("NOT_WITNESSED", None)),
    "events put in after the witness had signed": (nothing, "seen_long_before", ("RECORDED_AFTER_WITNESS", 1)),
}  # fmt: skip
SIGNED_ATTACKS = {
    name: (tamper, held, *expected) for name, (tamper, held, expected) in SIGNED_ATTACKS.items()
}


def _beside(published, held):
    trust = Trust((), parse_policy(POLICY.encode()))
    if held == "receipt":
        return Beside((published.receipt,))
    return Beside(checkpoint=getattr(published, held), trust=trust)


async def test_what_was_kept_agrees_with_the_record_that_nobody_touched(record, published):
    for held in ("checkpoint", "receipt"):
        verdict = await verify(record.dsn, beside=_beside(published, held))
        assert verdict.sound and not verdict.incomplete, verdict.findings


@pytest.mark.parametrize("attack", SIGNED_ATTACKS)
async def test_what_nothing_inside_can_show_is_shown_by_what_was_kept_outside(record, published, attack):
    tamper, held, code, index = SIGNED_ATTACKS[attack]
    await tamper(record.superuser)
    assert (await verify(record.dsn)).sound
    verdict = await verify(record.dsn, beside=_beside(published, held))
    assert [(each.code, each.index) for each in verdict.findings] == [(code, index)]


async def publish(record, published):
    """The checkpoint stands in the database, as the publisher leaves it there."""
    await record.superuser.execute(
        "INSERT INTO forthwith.checkpoints (size, root, note) VALUES ($1, $2, $3)",
        published.head.size,
        published.head.root,
        published.checkpoint.decode(),
    )


PUBLISHED_ATTACKS = {
    "nothing": (nothing, set()),
    "the newest event removed with everything that tells of it": (WITH_CARE, {("TRUNCATED", 12)}),
    "an event rewritten and everything mended": (lambda superuser: rewrite_everything_after(superuser, 7), {("ROOT_MISMATCH", None)}),
    "the published root changed": (run("UPDATE forthwith.checkpoints SET root = sha256('x')"), {("COLUMN_MISMATCH", None)}),
    "the published note cut": (run("UPDATE forthwith.checkpoints SET note = 'nothing'"), {("BAD_SIGNATURE", None)}),
    "the published note signed for another size": (run("UPDATE forthwith.checkpoints SET note = replace(note, E'\n12\n', E'\n11\n')"), {("COLUMN_MISMATCH", None), ("BAD_SIGNATURE", None), ("NOT_WITNESSED", None), ("ROOT_MISMATCH", None)}),
}  # fmt: skip


@pytest.mark.parametrize("attack", PUBLISHED_ATTACKS)
async def test_the_newest_published_checkpoint_is_held_against_the_log(record, published, attack):
    tamper, expected = PUBLISHED_ATTACKS[attack]
    await publish(record, published)
    await tamper(record.superuser)
    trust = Trust((), parse_policy(POLICY.encode()))
    verdict = await verify(record.dsn, beside=Beside(trust=trust))
    assert {(each.code, each.index) for each in verdict.findings} == expected
    assert (verdict.origin, verdict.incomplete) == (
        None if attack.endswith("cut") else "forthwith.invalid/log",
        (),
    )
    signed_only = {"BAD_SIGNATURE", "NOT_WITNESSED"} if attack.endswith("size") else set()
    without_key = {each.code for each in (await verify(record.dsn)).findings}
    assert without_key == {code for code, _ in expected} - signed_only


async def test_a_key_without_a_checkpoint_to_judge_is_told(record):
    verdict = await verify(record.dsn, beside=Beside(trust=Trust((LOG_KEY.key,))))
    assert verdict.sound and len(verdict.incomplete) == 1


SECRET = disclosure("salt", "name", "Ada Lovelace")
VALUES = {
    "kept": ([Shown(12, SECRET)], None),
    "silently deleted": ([], "DISCLOSURE_MISSING"),
    "replaced": ([Shown(12, disclosure("salt", "name", "Somebody Else"))], "DISCLOSURE_SUBSTITUTED"),
}


@pytest.mark.parametrize("state", VALUES)
async def test_the_values_that_an_event_commits_to_are_accounted_for(record, state):
    await rewrite(12, data={"_sd": [digest(SECRET)]})(record.superuser)
    shown, code = VALUES[state]

    async def values(_connection):
        return shown, ()

    found = (await verify(record.dsn, beside=Beside(values=values))).findings
    assert [each.code for each in found if each.code.startswith("DISCLOSURE")] == ([code] if code else [])


@pytest.mark.parametrize("tampered", [False, True])
async def test_a_read_model_that_does_not_follow_from_the_log_is_named(record, tampered):
    await record.superuser.execute(
        "CREATE TEMP TABLE counted AS SELECT stream, count(*) AS number FROM forthwith.events GROUP BY stream"
    )
    if tampered:
        await record.superuser.execute("UPDATE counted SET number = number + 1 WHERE stream LIKE 'notice/%'")

    async def compare():
        counted = await record.superuser.fetch("SELECT stream, number FROM counted ORDER BY stream")
        again = await record.superuser.fetch(
            "SELECT stream, count(*) FROM forthwith.events GROUP BY stream ORDER BY stream"
        )
        return Compared(12, () if [*map(tuple, counted)] == [*map(tuple, again)] else ("counted",))

    verdict = await verify(record.dsn, beside=Beside(read_models=compare))
    await record.superuser.execute("DROP TABLE counted")
    assert [each.code for each in verdict.findings] == (["PROJECTION_DRIFT"] if tampered else [])


async def test_every_code_is_provoked_by_some_attack():
    from typing import get_args

    from ledger.verify.verdict import Code

    elsewhere = {code for *_, code, _ in SIGNED_ATTACKS.values()}
    elsewhere |= {code for _, expected in ALTERED.values() for code, _ in expected}
    assert {code for _, code, _ in ATTACKS.values()} | elsewhere == set(get_args(Code))


async def test_what_only_an_outsider_can_see_is_not_claimed(record):
    """The newest event, its receipt and both heads removed together: the limit that receipts kept elsewhere close."""
    before = await verify(record.dsn)
    await forget_newest(receipt=True, heads=True)(record.superuser)
    after = await verify(record.dsn)
    assert after.sound
    assert (after.size, after.root == before.root) == (11, False)
