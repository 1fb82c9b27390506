"""A real HTTP server on loopback that answers as it is told, and keeps what it was sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from forthwith.embedded.ports import choose_port, give_back


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are used up one by one; the last stays."""

    port: int
    answers: list[tuple[int, str]] = field(default_factory=lambda: [(204, "")])
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip()
                for name, _, value in (line.partition(":") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            self.asked.append(Asked(head[0].split()[1], headers, body))
            status, said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            location = "location: http://127.0.0.1:1/\r\n" if 300 <= status < 400 else ""
            writer.write(
                f"HTTP/1.1 {status} X\r\ncontent-length: {len(said)}\r\n{location}connection: close\r\n\r\n{said}".encode()
            )
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    port = choose_port()
    there = Receiver(port)
    server = await asyncio.start_server(there.serve, "127.0.0.1", port)
    try:
        yield there
    finally:
        server.close()
        await server.wait_closed()
        give_back(port)
