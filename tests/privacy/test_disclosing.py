"""What an export discloses belongs to the commitments of its events, and holds nothing that was erased."""

import orjson

from domain.clock import LiveClock
from ledger.privacy.commitments import digests_in
from ledger.privacy.disclosing import disclosures_for
from ledger.privacy.disclosure import read_disclosure
from ledger.privacy.erasure import Eraser, Why
from tests.privacy.conftest import APPOINTED, NOTICE, SUBMITTED, say


async def test_every_value_is_disclosed_once_in_the_order_of_the_log(either):
    await either.append(say(SUBMITTED))
    await either.append(say(APPOINTED, NOTICE))
    events = await either.read()
    told = [each async for each in disclosures_for(either)]
    assert [each["index"] for each in told] == [1, 1, 2]
    committed = {digest for each in events for digest in digests_in(orjson.loads(each.canonical)["data"])}
    assert {read_disclosure(each["disclosure"]).digest for each in told} == committed
    assert {read_disclosure(each["disclosure"]).value for each in told} >= {"Helen Marsh", "Nothing is slow."}
    assert [each async for each in disclosures_for(either, events)] == told
    assert [each["index"] async for each in disclosures_for(either, events[1:])] == [2]


async def test_what_was_erased_is_not_disclosed(ledger):
    await ledger.append(say(SUBMITTED))
    await ledger.append(say(APPOINTED, NOTICE))
    await Eraser(ledger, LiveClock()).of_event(1, Why("dana-price", "No longer needed.", "article 17"))
    assert [each["index"] async for each in disclosures_for(ledger)] == [2]


async def test_facts_are_whole_too(ledger):
    await ledger.append(say(SUBMITTED))
    (fact,) = await ledger.facts()
    assert fact.event == SUBMITTED
    assert await ledger.facts_of("occ/lancashire-2016/monthly-report/2016-06") == [fact]
    await Eraser(ledger, LiveClock()).of_event(1, Why("dana-price", "No longer needed.", "article 17"))
    (fact, *_) = await ledger.facts_of("occ/lancashire-2016/monthly-report/2016-06")
    assert [each.text for each in fact.event.sections] == ["[erased]", "[erased]"]
