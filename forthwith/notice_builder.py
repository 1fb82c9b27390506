"""Reads, rehearses and writes notice files for the desk, each in a process of its own: one at a time, with an end to it."""

import asyncio
import os
import sys
from collections import OrderedDict
from hashlib import sha256
from typing import Any, TypeVar

import orjson
import structlog
from pydantic import TypeAdapter

from desk.building import CutShort, FileRead, RehearsedNotice, Story
from domain.terms.notice_file import NoticeFile

TRIAL = "forthwith.notice_trial"
LARGEST = 256_000  # as `forthwith.notice_files.reading` has it, which the engine does not carry; a test holds them together
SECONDS = 40
MOST_WAITING = 6
REMEMBERED = 16
# What a trial may know of its surroundings: no password and no address is among it.
SURROUNDINGS = ("PATH", "PYTHONPATH", "LANG", "VIRTUAL_ENV")

Answer = TypeVar("Answer")
log = structlog.get_logger("forthwith.notice_builder")

TOO_LONG = (
    "Looking at this notice took longer than it may, or more memory, and was stopped. Make the notice smaller, or use "
    "`forthwith rehearse` on the command line, where there is no limit."
)
NO_TURN = "Several notices are being looked at just now. Nothing was lost; try again in a minute."


class TrialBuilder:
    """A `desk.building.NoticeBuilder`. What was read a moment ago is remembered, by the hash of its text."""

    largest = LARGEST

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0
        self._read: OrderedDict[bytes, FileRead] = OrderedDict()

    async def read(self, text: str) -> FileRead:
        digest = sha256(text.encode("utf-8", "surrogatepass")).digest()
        if digest not in self._read:
            self._read[digest] = await self._answer(FileRead, {"do": "read", "text": _sendable(text)})
            while len(self._read) > REMEMBERED:
                self._read.popitem(last=False)
        self._read.move_to_end(digest)
        return self._read[digest]

    async def rehearse(self, terms: NoticeFile, story: Story, undone: str | None = None) -> RehearsedNotice:
        errand = {"do": "rehearse", "terms": _plain(terms), "story": story, "undone": undone}
        return await self._answer(RehearsedNotice, errand)

    async def written(self, terms: NoticeFile) -> str:
        return await self._answer(str, {"do": "write", "terms": _plain(terms)})

    async def _answer(self, kind: type[Answer], errand: dict[str, Any]) -> Answer:
        if self._waiting >= MOST_WAITING:
            raise CutShort(NO_TURN)
        self._waiting += 1
        try:
            async with self._turn:
                return TypeAdapter(kind).validate_json(await self._tried(orjson.dumps(errand)))
        finally:
            self._waiting -= 1

    async def _tried(self, errand: bytes) -> bytes:
        trial = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            TRIAL,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in SURROUNDINGS if name in os.environ},
        )
        try:
            async with asyncio.timeout(self._seconds):
                answer, complaint = await trial.communicate(errand)
        except TimeoutError:
            raise CutShort(TOO_LONG) from None
        finally:
            if trial.returncode is None:
                trial.kill()
                await trial.wait()
        if trial.returncode != 0:
            log.warning(
                "a notice could not be looked at", code=trial.returncode, fault=complaint.decode()[-2000:]
            )
            raise CutShort(TOO_LONG)
        return answer


def _plain(terms: NoticeFile) -> Any:
    return terms.model_dump(mode="json")


def _sendable(text: str) -> str:
    """Half a character cannot be sent on; the reader names what stands in its place."""
    return text.encode("utf-8", "replace").decode()
