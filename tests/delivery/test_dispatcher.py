"""Every message is sent once, or given up where everybody sees it; what goes wrong with one is its own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import orjson
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.delivery.letter import Letter
from activities.delivery.patience import Patience
from activities.delivery.smtp import SmtpChannel
from domain.actor import ENGINE, Actor
from domain.commands import Command, RecordMessageSent
from domain.identity import OccurrenceId
from domain.ports import Handover
from domain.record import LedgerUnreachable, OutboxItem
from forthwith.embedded.ports import choose_port, give_back
from ledger.office import Office
from tests.delivery.conftest import REPORT, SENDER, World

Answer = Callable[[str], str | None]
OFFICER, DIRECTOR = "anna-reed", "ben-okafor"
ADDRESSES_OF_THE_TWO = [f"{OFFICER}@example.org", f"{DIRECTOR}@example.org"]
KEEPERS = {"dev-patel", "elin-hughes", "farid-aziz"}


class AnsweringHandler:
    """A mail server's mind: what it answers to a recipient (None: it hangs up)."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.asked.append(address)
        answer = self.answer(address)
        if answer is None:
            assert server.transport is not None
            server.transport.close()
            return "421 Goodbye"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return "250 Taken"


@asynccontextmanager
async def mail_server(answer: Answer) -> AsyncIterator[tuple[SmtpChannel, AnsweringHandler]]:
    handler, port, loop = AnsweringHandler(answer), choose_port(), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="localhost", loop=loop), "127.0.0.1", port
    )
    try:
        yield SmtpChannel("127.0.0.1", port, SENDER), handler
    finally:
        server.close()
        await server.wait_closed()
        give_back(port)


class OfficeThatCannotRecord:
    """`record_is_out_of_reach`: the message was handed over, and the record does not answer."""

    def __init__(self, office: Office, times: int) -> None:
        self.office, self.times = office, times

    async def handle(self, command: Command, by: Actor = ENGINE, key: UUID | None = None) -> object:
        if isinstance(command, RecordMessageSent) and self.times:
            self.times -= 1
            raise LedgerUnreachable("The record could not be reached in time.")
        return await self.office.handle(command, by, key)

    async def case(self, occurrence: OccurrenceId) -> Any:
        return await self.office.case(occurrence)


class OfficeThatDiesBeforeRecording(OfficeThatCannotRecord):
    """`worker_dies_between_hand_over_and_record`: it never comes back from recording."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, 0)
        self.reached = asyncio.Event()

    async def handle(self, command: Command, by: Actor = ENGINE, key: UUID | None = None) -> object:
        if isinstance(command, RecordMessageSent):
            self.reached.set()
            await asyncio.Event().wait()
        return await self.office.handle(command, by, key)


async def until_nothing_waits(world: World) -> None:
    while await world.outbox.waiting("message"):
        await asyncio.sleep(0.01)


async def test_a_message_that_was_taken_is_recorded_with_its_answer_and_settled(
    report_overdue: World,
) -> None:
    world = report_overdue
    before = len(world.catcher.messages())
    assert await world.dispatcher().dispatch_waiting() == 2

    sent = (await world.happened("message-sent.v1"))[-2:]
    assert {each["person"] for each in sent} == {OFFICER, DIRECTOR}
    caught = {each.message_id: each for each in world.catcher.messages()}
    assert len(caught) == before + 2
    for each in sent:
        assert each["rung"] == "overdue"
        assert each["channel"] == "smtp"
        assert each["answer"].startswith("Kept as ")
        assert caught[each["message_id"]].times_received == 1
    assert await world.outbox.waiting("message") == 0


async def test_nothing_is_sent_again_once_it_has_been_recorded(report_overdue: World) -> None:
    world = report_overdue
    await world.dispatcher().dispatch_waiting()
    caught = world.catcher.messages()
    for row in world.ledger.queued.rows.values():
        row.settled, row.leased_until = False, None  # as if settling had been lost each time

    await world.dispatcher().dispatch_waiting()

    assert world.catcher.messages() == caught
    assert await world.outbox.waiting("message") == 0


async def test_a_worker_that_dies_before_recording_sends_again_under_the_same_message_id(
    report_overdue: World,
) -> None:
    world = report_overdue
    before = len(world.catcher.messages())
    dying = OfficeThatDiesBeforeRecording(world.office)
    worker = asyncio.create_task(
        world.dispatcher(office=dying, at_once=1, lease_seconds=60).dispatch_waiting()
    )
    await dying.reached.wait()
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)
    assert len(world.catcher.messages()) == before + 1

    world.clock.advance_to(world.clock.now() + timedelta(seconds=61))
    await world.dispatcher().dispatch_waiting()

    times = sorted(each.times_received for each in world.catcher.messages() if "Overdue" in each.subject)
    assert times == [1, 2]
    assert len(await world.happened("message-sent.v1")) == before + 2


async def test_a_record_out_of_reach_is_tried_again_without_sending_again(report_overdue: World) -> None:
    world = report_overdue
    dispatcher = world.dispatcher(office=OfficeThatCannotRecord(world.office, times=3))
    for _ in range(4):
        await dispatcher.dispatch_waiting()
        world.clock.advance_to(world.clock.now() + timedelta(minutes=10))

    assert await world.outbox.waiting("message") == 0
    assert {each.times_received for each in world.catcher.messages()} == {1}


@pytest.mark.parametrize("answer", ["451 4.7.1 Greylisted, try again later", "421 Too busy", None])
async def test_a_refusal_for_now_is_tried_again_and_arrives(
    report_overdue: World, answer: str | None
) -> None:
    world = report_overdue
    async with mail_server(lambda _: answer) as (busy, _):
        await world.dispatcher(channel=busy).dispatch_waiting()
    assert await world.outbox.waiting("message") == 2
    assert await world.dispatcher().dispatch_waiting() == 0, "too early to try again"

    world.clock.advance_to(world.clock.now() + Patience().first_wait)
    assert await world.dispatcher().dispatch_waiting() == 2
    assert await world.outbox.waiting("message") == 0
    assert await world.happened("message-undeliverable.v1") == []


async def test_after_two_days_of_refusals_it_is_recorded_as_undeliverable(report_overdue: World) -> None:
    world = report_overdue
    began, tries = world.clock.now(), []
    async with mail_server(lambda _: "451 4.3.0 <anna-reed@example.org> try again later") as (busy, handler):
        dispatcher = world.dispatcher(channel=busy)
        while not await world.happened("message-undeliverable.v1"):
            if await dispatcher.dispatch_waiting():
                tries.append(world.clock.now() - began)
            world.clock.advance_to(world.clock.now() + timedelta(seconds=30))

    assert tries[-1] == timedelta(hours=48)
    waits = [after - before for before, after in pairwise(tries)]
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] == timedelta(seconds=30)
    assert max(waits) == timedelta(hours=2)
    assert len([each for each in handler.asked if each in ADDRESSES_OF_THE_TWO]) == 2 * len(tries)
    given_up = await world.happened("message-undeliverable.v1")
    assert {each["person"] for each in given_up} == {OFFICER, DIRECTOR}
    assert (
        given_up[0]["fault"] == "The mail server did not take it for now: 451 4.3.0 (address) try again later"
    )


def test_patience_without_waits_is_refused_because_it_would_never_pause() -> None:
    with pytest.raises(ValueError, match="longer than nothing"):
        Patience(first_wait=timedelta(0))


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "552 5.2.2 Mailbox full", "554 Refused"])
async def test_a_lasting_refusal_is_seen_at_once(report_overdue: World, answer: str) -> None:
    world = report_overdue
    async with mail_server(lambda _: answer) as (refusing, handler):
        await world.dispatcher(channel=refusing).dispatch_waiting()

    assert sorted(handler.asked[:2]) == sorted(ADDRESSES_OF_THE_TWO)
    faults = {each["fault"] for each in await world.happened("message-undeliverable.v1")}
    assert faults == {f"The mail server refused it: {answer}"}
    # Those who keep the notice were to be told, could not be, and nobody is told of that.
    assert len(handler.asked) == 2 + len(KEEPERS) * 2
    assert await world.outbox.waiting("message") == 0


async def test_one_address_that_is_refused_keeps_no_other_message_back(report_overdue: World) -> None:
    world = report_overdue
    async with mail_server(lambda to: "550 No" if OFFICER in to else "250 OK") as (choosy, _):
        await world.dispatcher(channel=choosy, at_once=1).dispatch_waiting()

    assert [each["person"] for each in await world.happened("message-undeliverable.v1")] == [OFFICER]
    assert DIRECTOR in [each["person"] for each in (await world.happened("message-sent.v1"))[2:]]


async def test_whoever_keeps_the_notice_is_told_of_what_did_not_arrive(report_overdue: World) -> None:
    world = report_overdue
    await world.directory.set_address(OFFICER, "", world.clock.now())
    await world.dispatcher().dispatch_waiting()
    [told] = await world.happened("non-delivery-reported.v1")
    assert {each["person"] for each in told["messages"]} == KEEPERS
    letters = [each for each in world.catcher.messages() if "did not reach Anna Reed" in each.subject]
    assert sorted(each.to.partition("<")[2] for each in letters) == [
        f"{each}@example.org>" for each in sorted(KEEPERS)
    ]
    assert "No mail address is known for anna-reed" in " ".join(letters[0].text.split())


async def test_where_they_are_reached_else_is_tried_before_a_message_is_given_up(
    report_overdue: World,
) -> None:
    world = report_overdue
    await world.directory.set_other_address(OFFICER, "anna@elsewhere.example", world.clock.now())
    async with mail_server(lambda to: "550 No" if to in ADDRESSES_OF_THE_TWO else "250 OK") as (choosy, _):
        await world.dispatcher(channel=choosy).dispatch_waiting()
    assert [each["person"] for each in await world.happened("message-undeliverable.v1")] == [DIRECTOR]
    sent = [each for each in await world.happened("message-sent.v1") if each["person"] == OFFICER]
    assert "to their other address, because: The mail server refused it: 550 No" in sent[-1]["answer"]
    assert "anna@" not in sent[-1]["answer"]


async def test_an_address_that_is_refused_for_now_is_given_its_time_before_the_other_is_tried(
    report_overdue: World,
) -> None:
    world = report_overdue
    for each in (OFFICER, DIRECTOR):
        await world.directory.set_other_address(each, "else@elsewhere.example", world.clock.now())
    async with mail_server(lambda to: "250 OK" if "elsewhere" in to else "451 Later") as (busy, handler):
        dispatcher = world.dispatcher(channel=busy)
        while await world.outbox.waiting("message"):
            await dispatcher.dispatch_waiting()
            world.clock.advance_to(world.clock.now() + timedelta(seconds=30))
    firsts = [each for each in handler.asked if each in ADDRESSES_OF_THE_TWO]
    assert len(firsts) == 2 * Patience().fewest_tries
    assert await world.happened("message-undeliverable.v1") == []


async def test_if_neither_address_takes_it_both_faults_are_recorded(report_overdue: World) -> None:
    world = report_overdue
    await world.directory.set_other_address(OFFICER, "anna@elsewhere.example", world.clock.now())
    async with mail_server(lambda to: "552 Full" if "elsewhere" in to else "550 No") as (refusing, _):
        await world.dispatcher(channel=refusing).dispatch_waiting()
    lost = next(
        each for each in await world.happened("message-undeliverable.v1") if each["person"] == OFFICER
    )
    assert "550 No" in lost["fault"]
    assert "Their other address: The mail server refused it: 552 Full" in lost["fault"]


SOUND = {
    "occurrence": str(REPORT),
    "person": OFFICER,
    "role": "officer",
    "rung": "overdue",
    "topic": "overdue-notice-issued.v1",
}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {**SOUND, "occurrence": "nonsense"},
        {**SOUND, "occurrence": "no/such/one"},
        {**SOUND, "person": 7},
        {**SOUND, "rung": None},
        {**SOUND, "rung": None, "topic": "report-submitted.v1"},
        {**SOUND, "role": "nobody"},
        {**SOUND, "topic": "unheard-of.v9"},
    ],
)
async def test_a_poisoned_row_is_put_back_and_keeps_no_other_message_back(
    report_overdue: World, payload: dict[str, Any]
) -> None:
    world = report_overdue
    poison = OutboxItem("message", "poison", payload)
    world.ledger.queued.add(
        1, [(poison.kind, poison.key, _json(payload))], world.clock.now() - timedelta(days=1)
    )

    await world.dispatcher(at_once=1).dispatch_waiting()

    assert len((await world.happened("message-sent.v1"))[-2:]) == 2
    assert await world.outbox.waiting("message") == 1
    [row] = [row for row in world.ledger.queued.rows.values() if row.item.key == "poison"]
    assert row.last_fault
    assert row.due > world.clock.now()


async def test_nobody_s_address_is_known_so_it_is_undeliverable_at_once(report_overdue: World) -> None:
    world = report_overdue
    await world.directory.set_address(OFFICER, "", world.clock.now())
    await world.dispatcher().dispatch_waiting()

    [given_up] = await world.happened("message-undeliverable.v1")
    assert given_up["person"] == OFFICER
    assert given_up["fault"] == "No mail address is known for anna-reed (Reporting officer)."
    assert DIRECTOR in [each["person"] for each in (await world.happened("message-sent.v1"))[2:]]


async def test_an_address_that_is_none_is_undeliverable_and_is_not_written_into_the_record(
    report_overdue: World,
) -> None:
    world = report_overdue
    trap = "anna@example.org\r\nRCPT TO:<victim@example.org>"
    await world.directory.set_address(OFFICER, trap, world.clock.now())
    await world.dispatcher().dispatch_waiting()

    [given_up] = await world.happened("message-undeliverable.v1")
    assert given_up["fault"] == "The address that is known for this person is not a plain mail address."


async def test_two_dispatchers_at_once_send_everything_once(report_overdue: World) -> None:
    world = report_overdue
    counts = await asyncio.gather(*(world.dispatcher().dispatch_waiting() for _ in range(3)))
    assert sum(counts) == 2
    assert {each.times_received for each in world.catcher.messages()} == {1}


async def test_a_message_that_takes_longer_than_its_lease_is_lent_to_nobody_else(
    report_overdue: World,
) -> None:
    """Control: without `_holding`, the second dispatcher sends both messages as well."""
    world, taken = report_overdue, asyncio.Event()
    slow = world.dispatcher(channel=ChannelThatWaits(world.channel(), taken), lease_seconds=0.3)
    sending = asyncio.create_task(slow.dispatch_waiting())
    await until(lambda: len(leases(world)) == 2)
    for _ in range(5):
        before = min(leases(world))
        world.clock.advance_to(world.clock.now() + timedelta(seconds=0.2))
        await until(lambda before=before: min(leases(world)) > before)
        assert await world.dispatcher().dispatch_waiting() == 0
    taken.set()
    assert await sending == 2


class ChannelThatWaits:
    """`mail_server_is_slow`: it takes the letter in the end."""

    name = "smtp"

    def __init__(self, channel: SmtpChannel, taken: asyncio.Event) -> None:
        self._channel, self._taken = channel, taken

    async def hand_over(self, letter: Letter, address: str) -> Handover:
        await self._taken.wait()
        return await self._channel.hand_over(letter, address)


def leases(world: World) -> list[datetime]:
    rows = world.ledger.queued.rows.values()
    return [row.leased_until for row in rows if row.leased_until is not None and not row.settled]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


async def test_however_often_the_record_was_away_its_messages_soon_go_on(report_overdue: World) -> None:
    """Control: with the waits for mail servers, the last try would come minutes after the record is back."""
    world = report_overdue
    dispatcher = world.dispatcher(office=OfficeThatCannotRecord(world.office, times=12), at_once=1)
    for _ in range(6):
        assert await dispatcher.dispatch_waiting() == 2
        world.clock.advance_to(world.clock.now() + timedelta(seconds=10))
    await dispatcher.dispatch_waiting()
    assert await world.outbox.waiting("message") == 0


async def test_it_runs_until_it_is_told_to_stop_and_finishes_what_it_began(notice_issued: World) -> None:
    world, stop = notice_issued, asyncio.Event()
    running = asyncio.create_task(world.dispatcher(poll_seconds=0.05).run(stop))
    await world.go_to("2016-06-06 09:00")
    await world.take_step()
    await until_nothing_waits(world)
    stop.set()
    await running
    assert [each.to for each in world.catcher.messages()] == ["Anna Reed <anna-reed@example.org>"]


async def test_an_outbox_out_of_reach_does_not_end_the_sending(report_overdue: World) -> None:
    world, stop = report_overdue, asyncio.Event()
    dispatcher = world.dispatcher(poll_seconds=0.02)
    outbox = dispatcher._outbox = OutboxOutOfReachAtFirst(world.outbox)
    running = asyncio.create_task(dispatcher.run(stop))
    await until_nothing_waits(world)
    stop.set()
    await running
    assert outbox.refused == 4


class OutboxOutOfReachAtFirst:
    """`outbox_out_of_reach`: the first claims fail, whatever the reason."""

    def __init__(self, outbox: Any) -> None:
        self._outbox, self.refused = outbox, 0

    async def claim(self, *asked: Any) -> Any:
        if self.refused < 4:
            self.refused += 1
            raise LedgerUnreachable("The record could not be reached in time.")
        return await self._outbox.claim(*asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outbox, name)


async def test_a_login_that_fails_is_ours_to_mend_and_gives_no_message_up(
    report_overdue: World,
) -> None:
    world = report_overdue
    wrong = SmtpChannel(world.catcher.host, world.catcher.port, SENDER, username="x", password="y")
    await world.dispatcher(channel=wrong).dispatch_waiting()
    assert await world.happened("message-undeliverable.v1") == []
    assert await world.outbox.waiting("message") == 2


def _json(payload: dict[str, Any]) -> str:
    return orjson.dumps(payload).decode()
