"""GOV.UK Notify: what it is asked, who says so, and what its refusals mean. The server is real; only its answers are ours."""

import hashlib
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from activities.delivery.letter import Letter, message_id_for
from activities.delivery.notify import NotifyChannel, NotifyKey
from domain.clock import SteppedClock
from domain.ports import ChannelFault
from tests.delivery.conftest import World
from tests.delivery.receiver import Receiver, receiver

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = NotifyKey.parse(f"our_key-with-dashes-{SERVICE}-{SECRET}\n")
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
LETTER = Letter(
    "Anna",
    "It is due",
    "Dear Anna,\n\nit\nis due.\n",
    message_id_for("m"),
    NOON,
    flowed="Dear Anna,\n\nit is due.\n",
)
TAKEN = (201, json.dumps({"id": "740e5834-3a29-46b4-9a6f-16142fde533a"}))


@pytest.fixture
async def notify() -> AsyncIterator[Receiver]:
    async with receiver() as there:
        there.answers = [TAKEN]
        yield there


def channel(there: Receiver) -> NotifyChannel:
    return NotifyChannel(KEY, TEMPLATE, there.url, clock=SteppedClock(NOON))


async def test_notify_is_asked_for_one_mail_with_the_words_of_the_letter(notify: Receiver) -> None:
    handover = await channel(notify).hand_over(LETTER, "anna@example.org")
    [asked] = notify.asked
    assert asked.path == "/v2/notifications/email"
    assert json.loads(asked.body) == {
        "email_address": "anna@example.org",
        "template_id": TEMPLATE,
        "personalisation": {"subject": "It is due", "body": "Dear Anna,\n\nit is due.\n"},
        "reference": LETTER.message_id[1:-1],
    }
    assert handover.answer == "201 GOV.UK Notify took it as 740e5834-3a29-46b4-9a6f-16142fde533a"
    assert handover.content_sha256 == hashlib.sha256(asked.body).hexdigest()


async def test_its_token_is_one_that_a_library_of_others_accepts(notify: Receiver) -> None:
    await channel(notify).hand_over(LETTER, "anna@example.org")
    words = notify.asked[0].headers["authorization"].removeprefix("Bearer ")
    token = jwt.decode(words, OctKey.import_key(SECRET), algorithms=["HS256"])
    assert token.claims == {"iss": SERVICE, "iat": int(NOON.timestamp())}


@pytest.mark.parametrize(
    ("status", "lasting"), [(400, True), (404, True), (403, False), (429, False), (500, False), (503, False)]
)
async def test_what_notify_refuses_is_lasting_only_where_the_letter_is_at_fault(
    notify: Receiver, status: int, lasting: bool
) -> None:
    notify.answers = [
        (status, json.dumps({"errors": [{"error": "X", "message": "not valid for b@example.org"}]}))
    ]
    with pytest.raises(ChannelFault, match=f"{status} not valid for") as refused:
        await channel(notify).hand_over(LETTER, "anna@example.org")
    assert refused.value.lasting is lasting
    assert "b@example.org" not in str(refused.value)


async def test_an_answer_that_is_no_json_is_told_with_its_status(notify: Receiver) -> None:
    notify.answers = [(502, "<html>")]
    with pytest.raises(ChannelFault, match="502"):
        await channel(notify).hand_over(LETTER, "anna@example.org")


async def test_nobody_there_is_tried_again(notify: Receiver) -> None:
    nowhere = NotifyChannel(KEY, TEMPLATE, "http://127.0.0.1:1")
    with pytest.raises(ChannelFault, match="could not be reached") as refused:
        await nowhere.hand_over(LETTER, "anna@example.org")
    assert not refused.value.lasting


@pytest.mark.parametrize("text", ["", "key", f"{SERVICE}", f"name-{SERVICE}-{SECRET}x"])
def test_what_is_no_key_is_refused_without_telling_it(text: str) -> None:
    with pytest.raises(ValueError, match="no API key") as refused:
        NotifyKey.parse(text)
    assert SECRET not in str(refused.value)
    assert SECRET not in repr(KEY)


async def test_a_notice_is_sent_through_notify_and_recorded_with_its_answer(
    report_overdue: World, notify: Receiver
) -> None:
    world = report_overdue
    await world.dispatcher(channel=channel(notify)).dispatch_waiting()
    assert len(notify.asked) == 2
    overdue = [each for each in await world.happened("message-sent.v1") if each["rung"] == "overdue"]
    assert {each["channel"] for each in overdue} == {"notify"}
    body = json.loads(notify.asked[0].body)["personalisation"]["body"]
    assert "# What you can do" in body
    assert "Due: by the end of Tuesday 14 June 2016" in body
