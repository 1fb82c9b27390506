"""Webhooks: signed so that the reference library accepts them, told in order, once, and never into a private network."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from activities.delivery.patience import Patience
from activities.webhooks.addresses import AddressRefused, examined, is_public
from activities.webhooks.sending import Caller, Endpoint, NotTaken
from activities.webhooks.signing import key_of, signed_headers
from activities.webhooks.telling import Teller, message_of
from domain.clock import SteppedClock
from ledger.webhooks import MemoryWebhooks
from tests.delivery.conftest import LINKS, REPORT, World
from tests.delivery.receiver import Receiver, receiver

SECRET, NEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
PRIVATE = Caller(private=True)


@pytest.fixture
async def there() -> AsyncIterator[Receiver]:
    async with receiver() as standing:
        yield standing


def endpoint(there: Receiver, **changes: object) -> Endpoint:
    return replace(Endpoint("case-system", f"{there.url}/hooks?of=us", (key_of(SECRET),)), **changes)  # type: ignore[arg-type]


def teller(world: World, at: Endpoint, book: MemoryWebhooks, clock: SteppedClock | None = None) -> Teller:
    return Teller(at, world.ledger, book, PRIVATE, LINKS, clock=clock or SteppedClock(world.clock.now()))


@pytest.mark.parametrize("secret", [SECRET, NEXT])
async def test_the_reference_library_accepts_the_signature_under_the_old_key_and_the_new(
    there: Receiver, secret: str
) -> None:
    await PRIVATE.call(endpoint(there, keys=(key_of(NEXT), key_of(SECRET))), "evt_1", '{"é":1}'.encode())
    [asked] = there.asked
    assert asked.path == "/hooks?of=us"
    assert asked.headers["host"] == f"127.0.0.1:{there.port}"
    assert Webhook(secret).verify(asked.body, asked.headers) == {"é": 1}


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp", "body"])
def test_whatever_is_changed_on_the_way_is_noticed(changed: str) -> None:
    body = b'{"a":1}'
    headers = signed_headers((key_of(SECRET),), "evt_1", datetime.now(UTC), body)
    if changed == "body":
        body = b'{"a":2}'
    else:
        headers[changed] = {
            "webhook-id": "evt_2",
            "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1),
        }[changed]
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, headers)


def test_an_old_call_played_again_is_refused() -> None:
    headers = signed_headers((key_of(SECRET),), "evt_1", datetime.now(UTC) - timedelta(minutes=6), b"{}")
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(SECRET).verify(b"{}", headers)


@pytest.mark.parametrize(
    "secret", ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_???"]
)
def test_what_is_no_secret_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="24 to 64 random bytes"):
        key_of(secret)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::", "64:ff9b::a00:1",
        "ff02::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known_as_such(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]
)
def test_a_public_address_is_known_as_such(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://2130706433/", "https://0x7f.1/",
     "http://example.org/", "file:///etc/passwd", "https://", "https://a:b@example.org/", "https://example.org:99999/",
     "https://[::1"],
)  # fmt: skip
async def test_a_webhook_never_leads_into_a_private_network(url: str) -> None:
    with pytest.raises((AddressRefused, NotTaken)):
        await examined(url)
    with pytest.raises(NotTaken):
        await Caller().call(Endpoint("x", url, (key_of(SECRET),)), "evt_1", b"{}")


async def test_a_name_is_looked_up_once_and_that_answer_is_connected_to(
    there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers one thing to the check and another to the connection gains nothing."""
    looked_up: list[str] = []

    async def rebinding(self: object, host: str, port: int, **more: object) -> list[object]:
        looked_up.append(str(host))
        first = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.9"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (first, port))]

    place = None
    with monkeypatch.context() as patch:
        patch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", rebinding)
        place = await examined(f"http://rebinding.example:{there.port}/hooks", private=True)
    assert looked_up == ["rebinding.example"]
    assert place.url == f"http://127.0.0.1:{there.port}/hooks"
    assert (place.host, place.name) == (f"rebinding.example:{there.port}", "rebinding.example")


async def test_one_private_answer_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def both(self: object, host: str, port: int, **more: object) -> list[object]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port))
            for each in ("93.184.215.14", "10.0.0.1")
        ]

    with monkeypatch.context() as patch:
        patch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", both)
        with pytest.raises(AddressRefused, match="not public"):
            await examined("https://example.org/")


async def test_a_redirect_is_not_followed(there: Receiver) -> None:
    there.answers = [(302, "")]
    with pytest.raises(NotTaken, match="302"):
        await PRIVATE.call(endpoint(there), "evt_1", b"{}")
    assert len(there.asked) == 1


async def test_a_receiver_hears_each_event_that_it_asked_for_in_order_and_once(
    notice_issued: World, there: Receiver
) -> None:
    world, book = notice_issued, MemoryWebhooks()
    at = endpoint(there, topics=frozenset({"overdue-notice-issued", "escalation-raised"}))
    first = await teller(world, at, book).tell_waiting()
    assert (first.told, there.asked) == ((await world.ledger.head()).size, [])
    await world.go_to("2016-06-01 09:00")
    await world.chase_until("2016-06-24 09:00")
    for _ in range(2):
        await teller(world, at, book).tell_waiting()
    told = [json.loads(asked.body) for asked in there.asked]
    assert [each["type"] for each in told] == [
        "overdue-notice-issued.v1",
        "escalation-raised.v1",
        "escalation-raised.v1",
    ]
    assert told[0]["data"]["occurrence"] == str(REPORT)
    assert told[0]["data"]["link"] == f"{LINKS}/events/{told[0]['data']['index']}"
    assert not any(
        name in asked.body.decode() for asked in there.asked for name in ("anna-reed", "Anna", "ben-okafor")
    )


async def test_what_is_not_taken_is_tried_again_under_the_same_id_and_nothing_overtakes_it(
    report_overdue: World, there: Receiver
) -> None:
    world, book = report_overdue, MemoryWebhooks()
    await book.keep(
        "case-system", replace(await teller(world, endpoint(there), MemoryWebhooks()).tell_waiting(), told=0)
    )
    there.answers = [(500, ""), (204, "")]
    state = await teller(world, endpoint(there), book).tell_waiting()
    assert (state.told, state.tries, state.fault) == (0, 1, "The receiver answered 500.")
    state = await teller(world, endpoint(there), book).tell_waiting()
    size = (await world.ledger.head()).size
    assert (state.told, state.tries, state.fault) == (size, 0, None)
    ids = [asked.headers["webhook-id"] for asked in there.asked]
    events = await world.ledger.read(0)
    assert ids == [message_of(events[0]), *(message_of(each) for each in events)]
    assert len(set(ids)) == size


async def test_one_event_that_is_refused_for_days_is_passed_over_and_counted(
    notice_issued: World, there: Receiver
) -> None:
    world, book, clock = notice_issued, MemoryWebhooks(), SteppedClock(notice_issued.clock.now())
    await book.keep(
        "case-system", replace(await teller(world, endpoint(there), MemoryWebhooks()).tell_waiting(), told=0)
    )
    there.answers = [*[(400, "")] * 6, (204, "")]
    patience, tries = Patience(), 0
    while (state := await teller(world, endpoint(there), book, clock).tell_waiting()).tries:
        tries += 1
        clock.advance_to(clock.now() + timedelta(hours=12))
        assert tries < 20
    assert (state.passed_over, state.told) == (1, (await world.ledger.head()).size)
    assert tries >= patience.fewest_tries - 1


async def test_a_receiver_that_wants_no_more_is_called_no_more(
    report_overdue: World, there: Receiver
) -> None:
    world, book = report_overdue, MemoryWebhooks()
    await book.keep(
        "case-system", replace(await teller(world, endpoint(there), MemoryWebhooks()).tell_waiting(), told=0)
    )
    there.answers = [(410, "")]
    for _ in range(3):
        state = await teller(world, endpoint(there), book).tell_waiting()
    assert state.closed_at is not None
    assert len(there.asked) == 1
    await teller(world, endpoint(there), book).run(asyncio.Event())


async def test_a_running_teller_tells_what_is_recorded_and_stops_when_it_is_told(
    notice_issued: World, there: Receiver
) -> None:
    world, book, stop = notice_issued, MemoryWebhooks(), asyncio.Event()
    await teller(world, endpoint(there), book).tell_waiting()
    running = asyncio.create_task(
        Teller(endpoint(there), world.ledger, book, PRIVATE, LINKS, poll_seconds=0.02).run(stop)
    )
    await world.go_to("2016-06-15 09:00")
    await world.take_step()
    size = (await world.ledger.head()).size
    while (await book.state("case-system")).told < size:  # type: ignore[union-attr]
        await asyncio.sleep(0.01)
    stop.set()
    await running
    assert json.loads(there.asked[-1].body)["data"]["index"] == size
