"""Handing letters over by SMTP (RFC 5321), one connection for each."""

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address

import aiosmtplib

from activities.delivery.answers import for_the_record
from activities.delivery.letter import Letter
from activities.delivery.wire import UnfitForMail, mail_bytes, sender_address
from domain.ports import ChannelFault, Handover

# The server wants a login, or refuses ours: our settings are wrong, not this letter.
_OURS_TO_MEND = frozenset({530, 534, 535, 538})
_STEPS_AT_MOST = 6


@dataclass(frozen=True, slots=True)
class SmtpSecurity:
    """`start_tls`: True demands it, False never asks, None takes it where it is offered.

    `tls` opens the connection encrypted (port 465) and rules `start_tls` out.
    """

    start_tls: bool | None = None
    tls: bool = False
    check_certificate: bool = True


class SmtpChannel:
    """A mail server that takes letters. `timeout` is in seconds for each step of the exchange."""

    name = "smtp"

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        *,
        security: SmtpSecurity | None = None,
        username: str | None = None,
        password: str | None = None,
        timeout: float = 10.0,
    ) -> None:
        self.host, self.port, self.timeout = host, port, timeout
        self.sender: Address = sender_address(sender)
        self._security = security or SmtpSecurity()
        self._username, self._password = username, password

    async def hand_over(self, letter: Letter, address: str) -> Handover:
        """The server's answer once it has taken the letter; raises ChannelFault with a sentence."""
        try:
            written = mail_bytes(letter, self.sender, address)
        except UnfitForMail as fault:
            raise ChannelFault(str(fault), lasting=True) from None
        answer = await self._exchange(written, address)
        return Handover(
            self.name, letter.message_id, hashlib.sha256(written).hexdigest(), for_the_record(answer)
        )

    async def _exchange(self, written: bytes, address: str) -> str:
        client = self._client()
        try:
            # Each step has its own limit; this one is for a server that answers each at the last moment.
            async with asyncio.timeout(_STEPS_AT_MOST * self.timeout):
                await self._connect(client)
                _, answer = await client.sendmail(self.sender.addr_spec, [address], written)
        except (aiosmtplib.SMTPException, OSError, ValueError) as fault:
            client.close()
            raise _fault_of(fault) from fault
        except BaseException:
            client.close()
            raise
        # The letter is taken. Whatever goes wrong in saying goodbye must not have it sent again.
        with suppress(aiosmtplib.SMTPException, OSError):
            await client.quit()
        client.close()
        return answer

    async def _connect(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.connect()
        except aiosmtplib.SMTPResponseException as fault:
            raise ChannelFault(
                f"The mail server does not serve us: {_answer(fault.code, fault.message)}", lasting=False
            ) from fault

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self._username,
            password=self._password,
            # Left out, aiosmtplib looks up this machine's own name: that can hang, and tells it to strangers.
            local_hostname=self.sender.domain,
            timeout=self.timeout,
            use_tls=self._security.tls,
            start_tls=False if self._security.tls else self._security.start_tls,
            validate_certs=self._security.check_certificate,
        )


def _fault_of(fault: Exception) -> ChannelFault:
    if isinstance(fault, aiosmtplib.SMTPRecipientsRefused) and fault.recipients:
        return _fault_of(fault.recipients[0])
    if isinstance(fault, aiosmtplib.SMTPResponseException):
        lasting = 500 <= fault.code < 600 and fault.code not in _OURS_TO_MEND
        what = "The mail server refused it" if lasting else "The mail server did not take it for now"
        return ChannelFault(f"{what}: {_answer(fault.code, fault.message)}", lasting=lasting)
    if isinstance(fault, TimeoutError | aiosmtplib.SMTPTimeoutError):
        return ChannelFault("The mail server did not answer in time.", lasting=False)
    return ChannelFault(f"The mail server could not be reached: {for_the_record(str(fault))}", lasting=False)


def _answer(code: int, message: str) -> str:
    return for_the_record(f"{code} {message}")
