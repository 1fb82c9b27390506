"""A mail server on loopback that keeps every mail in a folder and passes none on."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from weakref import WeakSet

from aiosmtpd.smtp import SMTP, Envelope, Session

from forthwith.embedded.ports import LOOPBACK, choose_port, give_back
from forthwith.mailbox.folder import CaughtMail, MailFolder

LARGEST = 1_000_000
PATIENCE_WITH_CLIENTS = 30


class MailCatcher:
    """Runs in the loop that starts it. `port` 0 becomes a free one below 32768; `largest` is in bytes."""

    def __init__(self, folder: Path, host: str = LOOPBACK, port: int = 0, *, largest: int = LARGEST) -> None:
        self.host, self.port, self.largest = host, port, largest
        self.mail = MailFolder(folder)
        self._server: asyncio.Server | None = None
        self._conversations: WeakSet[SMTP] = WeakSet()
        self._chose_port = port == 0

    async def start(self) -> None:
        """Listen; raises OSError when the port is taken."""
        if self._chose_port and self.port == 0:
            self.port = choose_port()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._converse, self.host, self.port)

    async def stop(self) -> None:
        """Stop listening and end every conversation."""
        if self._server is None:
            return
        self._server.close()
        for conversation in list(self._conversations):
            if conversation.transport is not None:
                conversation.transport.close()
        await self._server.wait_closed()
        self._server = None
        if self._chose_port:
            give_back(self.port)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def messages(self) -> list[CaughtMail]:
        """Everything caught, newest first."""
        return self.mail.messages()

    def message(self, name: str) -> CaughtMail | None:
        """One mail by its id, or None."""
        return self.mail.message(name)

    def _converse(self) -> SMTP:
        conversation = SMTP(
            _Keeper(self.mail),
            data_size_limit=self.largest,
            hostname="localhost",
            ident="Forthwith mailbox",
            timeout=PATIENCE_WITH_CLIENTS,
            loop=asyncio.get_running_loop(),
        )
        self._conversations.add(conversation)
        return conversation


class _Keeper:
    """What aiosmtpd asks of its handler; the name of the method is aiosmtpd's."""

    def __init__(self, mail: MailFolder) -> None:
        self._mail = mail

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        content: Any = envelope.content
        written = content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
        try:
            name = self._mail.keep(written)
        except OSError:
            return "452 The mailbox cannot keep it now; try again later"
        return f"250 Kept as {name}"
