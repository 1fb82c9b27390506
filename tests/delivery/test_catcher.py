"""The local mailbox keeps what it is sent, once, and lets nothing out of its folder."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiosmtplib
import pytest

from activities.delivery.letter import Letter, message_id_for
from activities.delivery.smtp import SmtpChannel
from domain.ports import ChannelFault
from forthwith.mailbox.catcher import MailCatcher
from forthwith.mailbox.folder import MailFolder
from tests.delivery.conftest import SENDER

MORNING = datetime(2016, 6, 15, 8, tzinfo=UTC)


def letter(message: str, at: datetime = MORNING) -> Letter:
    return Letter("Anna Reed", f"About {message}", "Dear Anna,\n\nit is due.\n", message_id_for(message), at)


def channel(catcher: MailCatcher) -> SmtpChannel:
    return SmtpChannel(catcher.host, catcher.port, SENDER)


async def send_raw(catcher: MailCatcher, content: bytes) -> None:
    async with aiosmtplib.SMTP(
        hostname=catcher.host, port=catcher.port, local_hostname="localhost"
    ) as client:
        await client.sendmail("a@example.org", ["b@example.org"], content)


async def test_it_listens_on_loopback_below_the_ports_of_outgoing_connections(catcher: MailCatcher) -> None:
    assert catcher.host == "127.0.0.1"
    assert 1024 < catcher.port < 32768


async def test_mail_is_there_newest_first_and_by_its_id(catcher: MailCatcher) -> None:
    await channel(catcher).hand_over(letter("the newer", MORNING + timedelta(hours=1)), "anna@example.org")
    await channel(catcher).hand_over(letter("the older"), "anna@example.org")

    newer, older = catcher.messages()
    assert (newer.subject, older.subject) == ("About the newer", "About the older")
    assert older.to == "Anna Reed <anna@example.org>"
    assert older.text == "Dear Anna,\n\nit is due.\n"
    assert older.date == MORNING
    assert older.message_id == message_id_for("the older")
    assert catcher.message(older.id) == older


async def test_the_hash_that_is_recorded_is_that_of_the_bytes_which_arrived(
    catcher: MailCatcher, tmp_path: Path
) -> None:
    handover = await channel(catcher).hand_over(letter("a"), "anna@example.org")
    [kept] = (tmp_path / "mailbox").glob("*.eml")
    assert handover.content_sha256 == hashlib.sha256(kept.read_bytes()).hexdigest()
    assert handover.answer.startswith("Kept as") or handover.answer.startswith("250")


async def test_the_same_message_id_again_is_one_mail_counted_twice(catcher: MailCatcher) -> None:
    for _ in range(2):
        await channel(catcher).hand_over(letter("a"), "anna@example.org")
    [mail] = catcher.messages()
    assert mail.times_received == 2


async def test_what_was_caught_is_still_there_after_a_new_start(catcher: MailCatcher, tmp_path: Path) -> None:
    await channel(catcher).hand_over(letter("a"), "anna@example.org")
    await catcher.stop()
    async with MailCatcher(tmp_path / "mailbox") as again:
        assert [mail.subject for mail in again.messages()] == ["About a"]
    assert [mail.subject for mail in MailFolder(tmp_path / "mailbox").messages()] == ["About a"]


@pytest.mark.parametrize(
    "name", ["../secret", "..", "", "/etc/passwd", "a" * 31, "A" * 32, "0" * 32, "\x00" * 32]
)
async def test_a_name_that_is_none_of_ours_finds_nothing(
    catcher: MailCatcher, tmp_path: Path, name: str
) -> None:
    (tmp_path / "secret.eml").write_text("Subject: secret\n\n")
    await channel(catcher).hand_over(letter("a"), "anna@example.org")
    assert catcher.message(name) is None


async def test_a_message_id_that_looks_like_a_path_stays_in_the_folder(
    catcher: MailCatcher, tmp_path: Path
) -> None:
    await send_raw(catcher, b"Message-ID: <../../outside>\r\nSubject: x\r\n\r\nhello\r\n")
    assert [mail.message_id for mail in catcher.messages()] == ["<../../outside>"]
    assert {path.parent for path in tmp_path.rglob("*") if path.is_file()} == {tmp_path / "mailbox"}


@pytest.mark.parametrize(
    "content",
    [
        b"\r\nonly a text\r\n",
        b"Date: never\r\nSubject: =?broken?=\r\nContent-Type: text/plain; charset=nowhere\r\n\r\n\xff\r\n",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--y\r\n",
        b"To: =?utf-8?b?\xff?= <,>;:@\r\nSubject: \r\nFrom: (((\r\nMessage-ID: <[\r\n\r\nx\r\n",
    ],
)
async def test_a_malformed_mail_is_kept_and_can_be_looked_at(catcher: MailCatcher, content: bytes) -> None:
    await send_raw(catcher, content)
    [mail] = catcher.messages()
    assert catcher.message(mail.id) == mail


async def test_mail_that_is_too_large_is_refused_for_good(tmp_path: Path) -> None:
    async with MailCatcher(tmp_path / "small", largest=200) as small:
        with pytest.raises(ChannelFault, match="refused") as fault:
            await channel(small).hand_over(letter("a"), "anna@example.org")
        assert fault.value.lasting
        assert small.messages() == []


async def test_a_stopped_catcher_can_be_started_again_on_its_port(catcher: MailCatcher) -> None:
    port = catcher.port
    await catcher.stop()
    with pytest.raises(ChannelFault) as fault:
        await channel(catcher).hand_over(letter("a"), "anna@example.org")
    assert not fault.value.lasting
    await catcher.start()
    assert catcher.port == port
    await channel(catcher).hand_over(letter("a"), "anna@example.org")
    assert len(catcher.messages()) == 1
