"""Grace Adeyemi, auditor: the three things that she needs most."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.front_door.conftest import ROOT
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import Stack
from tests.journeys.walking import Walk

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

AUDITOR = "grace-adeyemi"
NOTICE = "/notice/lancashire-2016"
JULY = "lancashire-2016/monthly-report/2016-07"


def published(stack: Stack) -> None:
    """The operator signs what the record holds, as is done day by day."""
    stack.forthwith("keys", "new")  # refused where there is one
    said = stack.forthwith("publish", "--once")
    assert said.code == 0, said.err


def corrected(stack: Stack) -> None:
    """The report for July had come in time, and somebody else than whoever says so agrees."""
    (event,) = [
        each["index"]
        for each in stack.events()
        if (each["type"], each["occurrence"]) == ("report-submitted.v1", JULY)
    ]
    asked = ("--field", "received_at", "--now", "2016-08-12T15:55:00Z", "--by", "priya-nandra")
    why = ("--reason", "The stamp of the post room says so.")
    proposed = stack.forthwith("correction", "propose", "lancashire-2016", str(event), *asked, *why)
    assert proposed.code == 0, proposed.err
    approved = stack.forthwith(
        "correction", "approve", "lancashire-2016", str(event), "--by", "imogen-hartley"
    )
    assert approved.code == 0, approved.err


async def bag_of(walk: Walk, into: Path) -> Path:
    published(walk.stack)
    await walk.open("/audit")
    return await walk.download("Download the bag (ZIP)", into)


def verified(bag: Path, folder: Path, key: str) -> subprocess.CompletedProcess[str]:
    """By the one file that needs nothing of ours, in a folder of its own, without a network if the machine can do that."""
    alone = folder / "verify.py"
    alone.write_bytes((ROOT / "ledger" / "standalone" / "verify.py").read_bytes())
    (folder / "key.txt").write_text(key)
    command = [sys.executable, "-I", str(alone), str(bag), "--vkey", "key.txt"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


async def test_verify_a_bag_offline(walk_as: WalkAs, tmp_path: Path) -> None:
    walk = await walk_as(AUDITOR, "/audit")
    await walk.press("Verify now")
    await walk.sees("The record is sound")
    bag = await bag_of(walk, tmp_path)
    await walk.picture("auditor-verify")
    key = (await walk.page.request.get(f"{walk.stack.desk}/log/keys")).text
    said = verified(bag, tmp_path, await key())
    assert said.returncode == 0, said.stdout + said.stderr
    assert "The record is sound" in said.stdout
    altered = tmp_path / "altered.zip"
    with ZipFile(bag) as whole, ZipFile(altered, "w") as written:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith("events.jsonl"):
                content = content.replace(b"helen-marsh", b"helen-march", 1)
            written.writestr(name, content)
    assert verified(altered, tmp_path, await key()).returncode != 0


async def test_replay_step_as_at_what_did_they_see_when_they_decided(walk_as: WalkAs) -> None:
    walk = await walk_as(AUDITOR, f"{NOTICE}/replay")
    last = walk.page.url
    await walk.follow("Step back")
    assert walk.page.url != last
    escalated = next(each for each in walk.stack.events() if each["type"] == "escalation-raised.v1")
    await walk.fill("Go to event", str(escalated["index"]))
    await walk.press("Go")
    await walk.sees_heading(re.compile("was brought to Helen Marsh"))
    await walk.sees("What it changed")
    await walk.picture("auditor-replay")
    await walk.open(f"{NOTICE}/occurrences/monthly-report/2016-09?as_at=2016-10-14")
    await walk.sees("You are looking back")
    await walk.sees("Due soon")
    await walk.open(f"{NOTICE}/decisions")
    accepted = walk.page.get_by_role("row").filter(has_text="accepted").filter(has_text="for July 2016")
    await walk.follow(re.compile("July 2016"), accepted.get_by_role("cell").last)
    said = await walk.text()
    assert "What whoever decided had before them" in said
    assert "In view" in said
    assert "Not known then: it had happened, and was written down later" in said
    await walk.picture("auditor-what-they-saw")


async def test_ocel_xes_csv_conformance_list_of_corrections(walk_as: WalkAs, tmp_path: Path) -> None:
    walk = await walk_as(AUDITOR, "/audit")
    corrected(walk.stack)
    with ZipFile(await bag_of(walk, tmp_path)) as bag:
        files = {name.rpartition("/")[2]: bag.read(name) for name in bag.namelist()}
    events = json.loads(files["ocel.json"])["events"]
    assert len(files["events.csv"].splitlines()) - 1 >= len(events) > 200
    assert files["log.xes"].count(b"<event>") > 200
    row = walk.page.get_by_role("row").filter(has_text="The stamp of the post room says so.")
    said = " ".join((await row.inner_text()).split())
    assert "received at 2016-08-18T15:55:00" in said
    assert "2016-08-12T15:55:00" in said
    assert "Approved, as Priya Nandra proposed" in said
    await walk.follow("Conformance with the notice’s own terms")
    await walk.sees_heading("Conformance")
    assert "July 2016" in await walk.text()
    await walk.picture("auditor-conformance")
