"""`forthwith verify` as a person types it."""

import asyncio
import json
import os
import sys

import pytest

from ledger.verify.verify import verify


async def forthwith(*arguments, url):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from forthwith.main import run; run()", *arguments,
        env={**os.environ, "FORTHWITH_APPLICATION_URL": url},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


@pytest.fixture
async def tampered(record):
    await record.superuser.execute("UPDATE forthwith.events SET leaf = sha256('x') WHERE index = 7")
    return record


async def test_a_sound_record_ends_with_nought_and_says_its_root(record):
    root = (await verify(record.dsn)).root
    code, out, err = await forthwith("verify", url=record.dsn)
    assert (code, err) == (0, "")
    assert out == f"12 events in 3 streams\nroot {root}\nThe record is sound: no finding.\n"


async def test_a_finding_ends_with_three_and_is_told_in_english(tampered):
    code, out, err = await forthwith("verify", url=tampered.dsn)
    assert code == 3
    assert "LEAF_HASH at event 7: The bytes of event 7 do not have the hash stored beside them." in out
    assert "The first finding is the first fault." in err


async def test_json_is_one_object(tampered):
    code, out, _ = await forthwith("verify", "--json", url=tampered.dsn)
    told = json.loads(out)
    assert code == 3
    assert out.count("\n") == 1
    assert told["sound"] is False
    assert told["findings"] == [
        {
            "code": "LEAF_HASH",
            "index": 7,
            "sentence": "The bytes of event 7 do not have the hash stored beside them.",
        }
    ]


async def test_a_database_that_does_not_answer_ends_with_six(record):
    code, _, err = await forthwith("verify", url="postgresql://nobody@127.0.0.1:1/nothing")
    assert code == 6
    assert "could not be reached" in err
    assert "Traceback" not in err
