"""A mail server that is silent, insecure or unwilling does nothing to a message that cannot be mended."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from activities.delivery.letter import Letter, message_id_for
from activities.delivery.smtp import SmtpChannel, SmtpSecurity
from domain.ports import ChannelFault
from forthwith.embedded.ports import choose_port, give_back
from forthwith.mailbox.catcher import MailCatcher
from tests.delivery.conftest import SENDER

LETTER = Letter("Anna Reed", "Due", "Dear Anna,\n", message_id_for("a"), datetime(2016, 6, 15, 8, tzinfo=UTC))
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(converse: Conversation) -> AsyncIterator[int]:
    port = choose_port()

    async def until_the_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await converse(reader, writer)
        writer.close()

    server = await asyncio.start_server(until_the_end, "127.0.0.1", port)
    try:
        yield port
    finally:
        server.close()
        await server.wait_closed()
        give_back(port)


def says(*answers: bytes, body: bytes | None = None) -> Conversation:
    """Greets, gives one answer to each line and one to the text of a mail, and hangs up."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hello\r\n")
        for answer in answers:
            await reader.readline()
            writer.write(answer + b"\r\n")
        if body is not None:
            await reader.readuntil(b"\r\n.\r\n")
            writer.write(body + b"\r\n")
        await writer.drain()

    return converse


async def faulted(channel: SmtpChannel) -> ChannelFault:
    with pytest.raises(ChannelFault) as fault:
        await channel.hand_over(LETTER, "anna@example.org")
    return fault.value


async def test_a_server_that_stays_silent_is_left_after_the_time_limit() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_server(silent) as port:
        fault = await faulted(SmtpChannel("127.0.0.1", port, SENDER, timeout=0.1))
    assert not fault.lasting
    assert str(fault) == "The mail server did not answer in time."


@pytest.mark.parametrize(
    "greeting", [b"554 We serve nobody\r\n", b"421 Too busy\r\n", b"nonsense\r\n", b"\x00" * 5000 + b"\n"]
)
async def test_a_server_that_does_not_serve_us_is_asked_again_later(greeting: bytes) -> None:
    async def unwilling(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        await writer.drain()

    async with raw_server(unwilling) as port:
        fault = await faulted(SmtpChannel("127.0.0.1", port, SENDER, timeout=1))
    assert not fault.lasting


async def test_a_server_that_takes_the_mail_and_vanishes_has_taken_it() -> None:
    taken = says(b"250 hello", b"250 sender", b"250 recipient", b"354 go on", body=b"250 queued as 77")
    async with raw_server(taken) as port:
        handover = await SmtpChannel("127.0.0.1", port, SENDER, timeout=1).hand_over(
            LETTER, "anna@example.org"
        )
    assert handover.answer == "queued as 77"


async def test_where_encryption_is_demanded_nothing_is_sent_without_it(catcher: MailCatcher) -> None:
    channel = SmtpChannel(catcher.host, catcher.port, SENDER, security=SmtpSecurity(start_tls=True))
    fault = await faulted(channel)
    assert not fault.lasting
    assert catcher.messages() == []


async def test_a_password_that_is_refused_is_ours_to_mend() -> None:
    async with raw_server(says(b"250-hello\r\n250 AUTH PLAIN", b"535 5.7.8 Wrong")) as port:
        fault = await faulted(SmtpChannel("127.0.0.1", port, SENDER, username="x", password="y"))
    assert not fault.lasting
    assert str(fault) == "The mail server does not serve us: 535 5.7.8 Wrong"


async def test_a_password_that_is_asked_for_and_missing_is_ours_to_mend() -> None:
    async with raw_server(says(b"250 hello", b"530 5.7.0 Authentication required", b"250 reset")) as port:
        fault = await faulted(SmtpChannel("127.0.0.1", port, SENDER))
    assert not fault.lasting
    assert str(fault) == "The mail server did not take it for now: 530 5.7.0 Authentication required"
