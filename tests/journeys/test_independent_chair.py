"""Margaret Oduya, independent chair of the improvement board: the three things that she needs most."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import paths_in, words_of

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

CHAIR, OFFICER, CASE_LEAD = "margaret-oduya", "priya-nandra", "imogen-hartley"
NOTICE = "lancashire-2016"
SEPTEMBER = f"{NOTICE}/monthly-report/2016-09"
QUARTER = f"/tasks/{NOTICE}/chair-report/2016-Q3/owed"
CONCERN = "For the third month the board has no figures for the north before it meets."


async def test_board_pack_as_at_the_meeting_frozen_and_verifiable(walk_as: WalkAs, tmp_path: Path) -> None:
    walk = await walk_as(CHAIR, f"/notice/{NOTICE}")
    await walk.follow("Board pack")
    await walk.fill("Day of the papers", "2016-09-20")
    await walk.press("Show the pack")
    await walk.sees_heading("Board pack as at Tuesday 20 September 2016, 23:59")
    pack = await walk.text()
    assert "Nothing that was recorded after event" in pack
    assert "61 % are up to date, and the objective is 95 %." in pack
    assert "came after its day; nothing said under “Objectives that are slow to progress”" in pack
    await walk.picture("independent-chair-board-pack")
    address = walk.page.url
    file = await walk.download("Download the pack", tmp_path)
    assert f"SHA-256 {sha256(file.read_bytes()).hexdigest()}" in pack

    late = tmp_path / "september.yaml"
    late.write_text("sections: [{section: data, text: Referrals 688.}]\n", "utf-8")
    sent = walk.stack.forthwith("report", "submit", SEPTEMBER, str(late), "--by", OFFICER)
    assert sent.code == 0, sent
    await walk.open(address)
    again = await walk.download("Download the pack", tmp_path / "again")
    assert again.read_bytes() == file.read_bytes()

    event = re.search(r"--event (\d+) --to", pack)
    at = re.search(r"--at (\S+) --event", pack)
    assert event is not None
    assert at is not None
    made = tmp_path / "made-again.html"
    how = ("--at", at[1], "--event", event[1], "--to", str(made))
    assert walk.stack.forthwith("export", "board-pack", NOTICE, *how).code == 0
    assert made.read_bytes() == file.read_bytes()
    asked = ("--to", event[1], "--as-at", at[1], "--known-at", at[1], "--digest")
    assert walk.stack.forthwith("replay", NOTICE, *asked).out.strip() in pack


async def test_quarterly_report_composed_from_the_three_monthly_ones_and_their_differences(
    walk_as: WalkAs,
) -> None:
    walk = await walk_as(CHAIR, f"{QUARTER}/submit")
    await walk.sees_heading("The reports it rests on")
    rests_on = await walk.text()
    assert "July 2016: version 1, which came after its day" in rests_on
    await walk.follow(re.compile("^Progress"))
    await walk.page.get_by_text("What the shorter reports of this time said").click()
    await walk.follow("Begin this section again with these words")
    begun = await walk.page.get_by_label("What the report says under").input_value()
    assert "“Referrals …”: 790 in July 2016, 701 in August 2016" in begun
    assert "The report for July 2016 came after its day." in begun
    await walk.sees("It is a beginning, and nobody’s judgement")
    await walk.picture("independent-chair-quarterly-report")
    await walk.fill(
        "What the report says under", f"{begun}\n\nAllocation improves; care leavers wait longest."
    )
    await walk.press("Save and go back to the list")
    await walk.press("Check it and send it")
    await walk.sees("Allocation improves; care leavers wait longest.")
    await walk.press("Send the report")
    await walk.sees_heading("Report received")
    sent = next(each for each in reversed(walk.stack.events()) if each["type"] == "report-submitted.v1")
    assert sent["actor"] == f"person:{CHAIR}"


async def test_raise_a_concern_to_the_department(walk_as: WalkAs) -> None:
    """By a link, on her telephone, without an account."""
    case_lead = await walk_as(CASE_LEAD, f"/notice/{NOTICE}/links")
    await case_lead.check("Margaret Oduya is to raise one concern under the notice")
    await case_lead.press("Send the link")
    await case_lead.sees("A link was sent to Margaret Oduya, to raise one concern under the notice.")
    letter = await case_lead.stack.letter_to(CHAIR, "For you, without an account")
    assert "Imogen Hartley (Case lead for the notice) asks you to raise one concern" in words_of(letter)
    [link] = [each for each in paths_in(letter) if each.startswith("/outside/")]
    assert link not in await case_lead.document()

    chair = await walk_as(None, plain=True)
    await chair.open(link)
    await chair.press("Check it and send it")
    await chair.sees("Fill in: What is the concern?")
    await chair.fill("What is the concern?", CONCERN)
    await chair.fill("Which clauses is it about?", "6b, 6c")
    await chair.press("Save it and go on later")
    await chair.sees("Saved. You can go on with it later")
    await chair.picture("independent-chair-concern")
    await chair.press("Check it and send it")
    await chair.sees_heading("Check it before you send it")
    await chair.press("Send it")
    await chair.sees_heading("It has been received")
    receipt = await chair.text()
    await chair.picture("independent-chair-concern-receipt")
    await chair.open(link)
    assert await chair.text() == receipt
    assert CONCERN not in receipt
    raised = next(each for each in reversed(chair.stack.events()) if each["type"] == "concern-recorded.v1")
    assert raised["actor"] == f"person:{CHAIR}"
    assert f"Event {raised['index']}" in receipt

    await case_lead.open(f"/events/{raised['index']}")
    await case_lead.sees(re.compile(CONCERN.rstrip(".")))
    await case_lead.stack.letter_to(CASE_LEAD, "oncern")
    await case_lead.open(f"/notice/{NOTICE}/links")
    await case_lead.sees(re.compile(r"Used: event \d+"))
