"""By a link one form is filled in, over as many visits as it takes, and recorded in the name of its holder."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from domain.actor import Actor
from projections.exports.objects import object_log
from projections.exports.ocel_json import ocel_json
from projections.exports.prov import prov_json
from projections.exports.source import Source
from projections.exports.table import csv_table
from projections.exports.xes import xes
from tests.desk.pages.outside.links import (
    NOTICE,
    SEPTEMBER,
    TO_THE_CHAIR,
    Give,
    Postbox,
    TokenOn,
    Visitor,
    check_and_send,
    fill,
    main_of,
    words_of,
)
from tests.desk.pages.year import CASE_LEAD, CHAIR, OFFICER, Seat, Year

pytestmark = pytest.mark.slow


async def test_by_the_link_one_concern_is_raised_in_the_name_of_its_holder_and_no_second_one(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client, before = visitor(), len(await year.events())
    shown = await client.get(post.path)
    assert "Raise one concern under the notice" in words_of(shown)
    assert len(await year.events()) == before
    receipt = await check_and_send(
        client, token_on, post.path, concern="The board has no deputy.", clauses="3a"
    )
    recorded = [each for each in await year.events() if each.type == "concern-recorded.v1"]
    assert [each.envelope.actor.id for each in recorded] == [CHAIR]
    assert recorded[0].envelope.data["concern"] == "The board has no deputy."
    assert "It has been received" in words_of(receipt)
    assert recorded[0].leaf in receipt.text
    after = len(await year.events())
    again = await visitor().get(post.path)
    assert "It has been received" in words_of(again)
    assert "The board has no deputy" not in again.text
    assert "<form" not in main_of(again)
    token = token_on((await client.get("/sign-in")).text)
    data = {"form_token": token, "do": "send", "seen": "whatever", "concern": "Another."}
    assert (await client.post(post.path, data=data)).status_code == 200
    assert len(await year.events()) == after


async def test_a_report_is_written_over_several_visits_and_sent_as_it_was_checked(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year, app: FastAPI
) -> None:
    await app.state.ports.outside.directory.set_address(OFFICER, "priya@example.org", year.clock.now())
    await give(CASE_LEAD, f"submit-report {SEPTEMBER} 0 {OFFICER}")
    await fill(visitor(), token_on, post.path, "save", data="Referrals 688.", views="Two forums.")
    client = visitor()
    page = (await client.get(post.path)).text
    assert "Referrals 688." in page
    both = await fill(
        client, token_on, post.path, "check", **{"slow-objectives": "One.", "slow-objectives-nil": "yes"}
    )
    assert (both.status_code, "Either write something or tick" in words_of(both)) == (422, True)
    checked = await fill(client, token_on, post.path, "check", data="Referrals 688.", views="Two forums.")
    assert "It will be recorded that nothing is said under" in words_of(checked)
    seen = checked.text.split('name="seen" value="')[1].split('"')[0]
    sent = {"form_token": token_on(checked.text), "do": "send", "seen": seen}
    lacking = await client.post(post.path, data=sent)
    assert (lacking.status_code, "tick that the report is to be sent without it" in words_of(lacking)) == (
        422,
        True,
    )
    await client.post(post.path, data={**sent, "incomplete": "yes"})
    [report] = [each for each in await year.events() if each.type == "report-submitted.v1"
                and each.envelope.occurrence == str(SEPTEMBER)]  # fmt: skip
    assert report.envelope.actor == Actor("person", OFFICER)
    assert await app.state.ports.drafts.of(OFFICER, SEPTEMBER) == {}


async def test_a_partner_answers_and_the_record_says_who_spoke(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    assert post.sent[0][1] == "desk@police.example"
    assert "Referrals in September." in post.sent[0][0].text
    client = visitor()
    page = await client.get(post.path)
    assert "Lancashire Constabulary" in words_of(page)
    assert "has not been received" not in words_of(page)
    saved = await fill(client, token_on, post.path, "save", received_from="", text="1,204 referrals.")
    assert "Saved." in words_of(saved)
    elsewhere = visitor()
    assert "1,204 referrals." in (await elsewhere.get(post.path)).text
    lacking = await fill(elsewhere, token_on, post.path, "check", received_from="", text="1,204 referrals.")
    assert (lacking.status_code, "Fill in: Who answers" in words_of(lacking)) == (422, True)
    receipt = await check_and_send(
        elsewhere, token_on, post.path, received_from="A chief inspector", text="1,204 referrals."
    )
    assert "as from Lancashire Constabulary" in words_of(receipt)
    [received] = [each for each in await year.events() if each.type == "update-received.v1"]
    assert received.envelope.actor.kind == "outside"
    assert received.envelope.data["recorded_as"] == "outside"
    await year.casebook.catch_up()
    assert year.casebook.case(SEPTEMBER).occurrence.updates[-1].received is not None


async def test_the_history_says_that_the_partner_came_by_a_link(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, seat: Seat
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    await check_and_send(
        visitor(), token_on, post.path, received_from="A chief inspector", text="1,204 referrals."
    )
    officer = await seat(OFFICER)
    history = words_of(await officer.get(f"/notice/{NOTICE}/occurrences/monthly-report/2016-09"))
    told = "“A chief inspector” gave the update of Lancashire Constabulary by a link that was sent to them"
    assert told in history


async def test_every_export_names_the_partner_as_the_one_who_answered(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    await check_and_send(visitor(), token_on, post.path, received_from="A chief inspector", text="1,204.")
    await year.casebook.catch_up()
    source = Source(year.casebook, NOTICE)
    log = object_log(source)
    [told] = [each for each in log.events if each.type == "update-received.v1"]
    assert told.actor.startswith("outside-")
    assert told.actor_name == "a partner without an account"
    assert f"person/{told.actor}" in {each.object for each in told.relations}
    for written in (ocel_json(log), prov_json(source, log), xes(log), csv_table(log)):
        assert told.actor.encode() in b"".join(written)


async def test_a_partner_lodges_a_file_and_keeps_what_was_typed(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    client = visitor()
    token = token_on((await client.get(post.path)).text)
    answer = await client.post(
        post.path,
        data={"form_token": token, "do": "lodge", "received_from": "A chief inspector", "text": "Half a sen"},
        files={"file": ("C:\\figures.txt", b"1,204\n")},
        follow_redirects=True,
    )
    assert "The file is lodged." in words_of(answer)
    assert "figures.txt" in answer.text
    assert "Half a sen" in answer.text
    assert "/evidence/" not in main_of(answer)
    [lodged] = [each for each in await year.events() if each.type == "evidence-lodged.v1"]
    assert lodged.envelope.actor.kind == "outside"
    nothing = await fill(client, token_on, post.path, "lodge", received_from="", text="Half a sen")
    assert (nothing.status_code, "Choose a file" in words_of(nothing)) == (422, True)


async def test_what_a_rule_refuses_is_said_and_the_link_stays_good(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client = visitor()
    refused = await check_and_send(client, token_on, post.path, concern="Something.", clauses="99z")
    assert refused.status_code == 409
    assert "This was not recorded" in words_of(refused)
    good = await check_and_send(client, token_on, post.path, concern="Something.", clauses="3a")
    assert "It has been received" in words_of(good)


async def test_what_was_changed_since_it_was_checked_is_not_sent(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client, before = visitor(), len(await year.events())
    checked = await fill(client, token_on, post.path, "check", concern="First.")
    await fill(visitor(), token_on, post.path, "save", concern="Second.")
    seen = checked.text.split('name="seen" value="')[1].split('"')[0]
    data = {"form_token": token_on(checked.text), "do": "send", "seen": seen}
    refused = await client.post(post.path, data=data)
    assert (refused.status_code, "Second." in refused.text) == (409, True)
    assert len(await year.events()) == before
