"""A notice builder that does its work in the process of the tests: a process of its own takes a second to start."""

from __future__ import annotations

import asyncio
from functools import cache

from desk.building import FileRead, RehearsedNotice, Story
from domain.terms.notice_file import NoticeFile
from forthwith.notice_builder import LARGEST
from forthwith.notice_trial import read, rehearsed, written


@cache
def _read(text: str) -> FileRead:
    return read(text)


class BuilderInHere:
    """A `desk.building.NoticeBuilder` without limits."""

    largest = LARGEST

    async def read(self, text: str) -> FileRead:
        return _read(text)

    async def rehearse(self, terms: NoticeFile, story: Story, undone: str | None = None) -> RehearsedNotice:
        return await asyncio.to_thread(rehearsed, terms, story, undone)

    async def written(self, terms: NoticeFile) -> str:
        return written(terms)
