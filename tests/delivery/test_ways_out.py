"""What the settings say is what goes out: channels, quiet hours, webhooks; and a wrong setting says what is wrong."""

import asyncio
import json
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from activities.delivery.chat import ChatChannel
from activities.delivery.holding import QuietHours
from activities.delivery.letter import Letter, message_id_for
from activities.delivery.notify import NotifyChannel
from activities.delivery.routes import Routes
from activities.delivery.smtp import SmtpChannel
from activities.webhooks.addresses import AddressRefused
from domain.ports import ChannelFault
from forthwith.channels import channel_of, holding_of
from forthwith.mail_passes import passes_of
from forthwith.mailbox.catcher import MailCatcher
from forthwith.notice_files.faults import FileFaults
from forthwith.settings import Settings
from forthwith.webhook_file import endpoints_in
from tests.delivery.receiver import receiver
from tests.delivery.test_notify import SECRET as NOTIFY_SECRET
from tests.delivery.test_notify import SERVICE, TEMPLATE
from tests.delivery.test_webhooks import NEXT, SECRET

# apprise imports a module that Python has deprecated, for kinds of addresses that are not used here.
AS_APPRISE_IS = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
LETTER = Letter("Anna", "It is due", "Dear Anna,\n\nit is due.\n", message_id_for("m"), NOON)


def test_mail_goes_by_smtp_unless_notify_is_named(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(f"name-{SERVICE}-{NOTIFY_SECRET}\n")
    assert isinstance(channel_of(Settings(), None), SmtpChannel)
    named = Settings(notify_key_file=key, notify_template=TEMPLATE)
    assert isinstance(channel_of(named, None), NotifyChannel)
    with pytest.raises(ValueError, match="FORTHWITH_NOTIFY_TEMPLATE"):
        channel_of(Settings(notify_key_file=key), None)


def test_quiet_hours_are_what_the_settings_say_and_a_demonstration_has_none() -> None:
    assert holding_of(Settings()).quiet == QuietHours(time(18), time(8))
    assert holding_of(Settings(quiet_hours="20:30-07:15")).quiet == QuietHours(time(20, 30), time(7, 15))
    assert holding_of(Settings(quiet_hours="")).quiet is None
    assert holding_of(Settings(demo=True)).quiet is None
    assert holding_of(Settings(digest_at="10:00")).digest_at == time(10)


@pytest.mark.parametrize(
    ("setting", "said"),
    [({"quiet_hours": "night"}, "18:00-08:00"), ({"quiet_hours": "18-25"}, "“25” in FORTHWITH_QUIET_HOURS"),
     ({"digest_at": "noon"}, "“noon” in FORTHWITH_DIGEST_AT"), ({"quiet_hours": "08:00-08:00"}, "different times")],
)  # fmt: skip
def test_a_wrong_hour_says_which_setting_it_is_in(setting: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        holding_of(Settings(**setting))  # type: ignore[arg-type]


def test_the_keys_of_links_are_read_newest_first(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{'n' * 40}\n\n{'o' * 40}\n")
    from activities.delivery.passes import Passes
    from tests.delivery.test_passes import GIVEN, JUNE

    passes = passes_of(Settings(link_key_file=file))
    assert passes.written(GIVEN) == Passes([b"n" * 40]).written(GIVEN)
    assert passes.read(Passes([b"o" * 40]).written(GIVEN), JUNE) == GIVEN


def webhook_file(folder: Path, **changed: object) -> Path:
    file = folder / "webhooks.yaml"
    entry = {
        "name": "case-system",
        "url": "https://hooks.example.org/f",
        "secrets": [NEXT, SECRET],
        **changed,
    }
    file.write_text(json.dumps({"webhooks": [entry]}))
    return file


def test_webhooks_are_read_from_their_file(tmp_path: Path) -> None:
    [found] = endpoints_in(webhook_file(tmp_path, events=["escalation-raised"], notice="lancashire-2016"))
    assert (found.name, found.topics, found.notice) == (
        "case-system",
        {"escalation-raised"},
        "lancashire-2016",
    )
    assert len(found.keys) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"secrets": []}, "secrets"), ({"secrets": ["short"]}, "whsec_"), ({"events": ["no-such"]}, "no-such"),
     ({"colour": "red"}, "colour"), ({"name": "Ä"}, "name")],
)  # fmt: skip
def test_a_wrong_webhook_is_refused_with_its_place_and_without_its_secret(
    tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    with pytest.raises(FileFaults, match=said) as refused:
        endpoints_in(webhook_file(tmp_path, **changed))
    assert SECRET not in str(refused.value)


def test_a_webhook_by_plain_http_is_refused_unless_that_is_allowed(tmp_path: Path) -> None:
    file = webhook_file(tmp_path, url="http://10.0.0.7/hook")
    with pytest.raises(AddressRefused, match="https"):
        endpoints_in(file)
    assert endpoints_in(file, private=True)


@AS_APPRISE_IS
async def test_a_chat_address_goes_to_its_service_and_a_mail_address_to_mail(tmp_path: Path) -> None:
    async with receiver() as there, MailCatcher(tmp_path / "mail") as catcher:
        there.answers = [(200, "{}")]
        routes = channel_of(Settings(apprise="json"), catcher)
        assert isinstance(routes, Routes)
        chat = await routes.hand_over(LETTER, f"json://127.0.0.1:{there.port}/room")
        mail = await routes.hand_over(LETTER, "anna@example.org")
        assert (chat.channel, mail.channel) == ("apprise", "smtp")
        said = json.loads(there.asked[0].body)
        assert (said["title"], said["message"].strip()) == ("It is due", LETTER.text.strip())
        assert len(catcher.messages()) == 1


@AS_APPRISE_IS
@pytest.mark.parametrize(
    ("address", "lasting"), [("slack://token", True), ("json://127.0.0.1:1/nobody", False), ("json://", True)]
)
async def test_what_a_chat_service_does_not_take_is_a_fault_of_that_channel(
    tmp_path: Path, address: str, lasting: bool
) -> None:
    routes = Routes(SmtpChannel("127.0.0.1", 1, "Forthwith <f@example.org>"), ChatChannel(["json"]))
    with pytest.raises(ChannelFault) as refused:
        await asyncio.wait_for(routes.hand_over(LETTER, address), 20)
    assert (refused.value.channel, refused.value.lasting) == ("apprise", lasting)
    assert "token" not in str(refused.value)
