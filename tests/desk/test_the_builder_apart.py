"""Notices that are looked at in a process of its own, with an end to it."""

import asyncio
import os
from pathlib import Path

import pytest

from desk.building import CutShort
from forthwith.notice_builder import LARGEST, MOST_WAITING, TrialBuilder
from forthwith.notice_files.reading import LIMIT_BYTES
from tests.lives import NOTICES, the_notice

pytestmark = pytest.mark.slow
WARNING = (NOTICES / "care-quality-warning.yaml").read_text("utf-8")


async def test_it_is_read_rehearsed_and_written_like_in_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORTHWITH_DATABASE_URL", "postgresql://nowhere")
    builder = TrialBuilder()
    read, broken = await builder.read(WARNING), await builder.read("notice: [")
    assert read.terms is not None
    assert broken.terms is None
    assert (broken.faults[0].line, broken.faults[0].words) == (1, "notice: [")
    assert await builder.read(WARNING) is read, "what was read a moment ago is not read again"
    played = await builder.rehearse(read.terms, "nobody-acts")
    assert played.fates[0].steps
    assert (await builder.read(await builder.written(read.terms))).terms == read.terms


async def test_what_takes_too_long_is_stopped_and_leaves_nothing_behind() -> None:
    builder = TrialBuilder(seconds=0.01)
    with pytest.raises(CutShort, match="took longer than it may"):
        await builder.rehearse(the_notice(), "nobody-acts")
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("utf-8").split()
    told = [Path(f"/proc/{each}/cmdline").read_bytes() for each in children]
    assert [each for each in told if b"notice_trial" in each] == []


async def test_what_ends_badly_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forthwith.notice_builder.SURROUNDINGS", ())
    monkeypatch.setattr("forthwith.notice_builder.TRIAL", "forthwith.no_such_trial")
    with pytest.raises(CutShort, match="was stopped"):
        await TrialBuilder().read(WARNING)


async def test_so_many_wait_for_their_turn_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    builder, release = TrialBuilder(), asyncio.Event()

    async def slow(errand: bytes) -> bytes:
        del errand
        await release.wait()
        return b'"written"'

    monkeypatch.setattr(builder, "_tried", slow)
    waiting = [asyncio.ensure_future(builder.written(the_notice())) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(CutShort, match="try again in a minute"):
        await builder.written(the_notice())
    release.set()
    assert await asyncio.gather(*waiting) == ["written"] * MOST_WAITING


def test_the_desk_takes_what_the_reader_takes() -> None:
    assert LARGEST == LIMIT_BYTES
