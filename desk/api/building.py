"""Notice files that are not in the record yet: checked, and lived through. Nothing is recorded and nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import JSONResponse, Response

from desk.api.bearer import Caller, Reader
from desk.api.bodies import Body
from desk.api.problems import ANYWHERE, ProblemError
from desk.api.shapes import shape_of
from desk.building import CutShort, FileFault, FileRead, NoticeBuilder, RehearsedNotice, Story
from desk.permissions import require
from domain.notice.as_issued import as_issued
from domain.notice.clashes import APART, MOST_APART, Kind, clashes, told
from domain.notice.load import dues
from domain.notice.schedule import expected
from domain.notice.state import Notice
from domain.refusals import NotFound
from projections.state.spelling import plain

router = APIRouter(prefix="/notice-files", tags=["Notice files"], responses=ANYWHERE)
LONGEST = 256_000
FileText = Annotated[
    str, Field(max_length=LONGEST, description="The notice file: YAML, or JSON, which is YAML too.")
]


class ToCheck(Body):
    """`apart`: two due days of one party that are fewer working days apart clash."""

    text: FileText
    apart: int = Field(APART, ge=1, le=MOST_APART)


class ToRehearse(Body):
    """`undone`: where everybody acts, an obligation that nobody does anything about."""

    text: FileText
    story: Story = "nobody-acts"
    undone: str | None = Field(None, max_length=200)


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something that the notice would call for. `projected`: it hangs on what has not happened yet."""

    occurrence: str
    title: str
    clause: str
    obligor: str
    due_on: date
    projected: bool


@dataclass(frozen=True, slots=True)
class ClashRow:
    """A hint, not a fault: see docs/decisions/0029-notices-are-drafted-beside-the-record.md."""

    kind: Kind
    on: date
    sentence: str
    occurrences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileChecked:
    """Either everything that is wrong with the file, or what it comes to."""

    sound: bool
    faults: tuple[FileFault, ...]
    notice: str | None
    title: str | None
    due: tuple[DueRow, ...]
    clashes: tuple[ClashRow, ...]


@router.post("/check", response_model=shape_of(FileChecked))
async def check_notice_file(caller: Reader, body: ToCheck) -> Response:
    """Every fault with its line and its place; of a sound file what falls due when, and what clashes."""
    read = await _read(caller, body.text)
    if read.terms is None:
        return JSONResponse(plain(FileChecked(False, read.faults, None, None, (), ())))
    notice = as_issued(read.terms)
    return JSONResponse(plain(_checked(notice, body.apart)))


@router.post("/rehearse", response_model=shape_of(RehearsedNotice))
async def rehearse_notice_file(caller: Reader, body: ToRehearse) -> Response:
    """The whole life of the notice, by the rules that would chase it, and what became of everything that was owed."""
    read = await _read(caller, body.text)
    if read.terms is None:
        faults = [f"Line {each.line}, {each.place or 'the file'}: {each.sentence}" for each in read.faults]
        raise ProblemError(422, "NoticeUnsound", "The notice file cannot be used as it is.", faults=faults)
    if body.undone is not None and body.undone not in {each.id for each in read.terms.obligations}:
        raise ProblemError(422, "NotUnderstood", f"The notice has no obligation “{body.undone}”.")
    left = body.undone if body.story == "everybody-in-time" else None
    try:
        played = await _builder(caller).rehearse(read.terms, body.story, left)
    except CutShort as fault:
        raise ProblemError(503, "CutShort", str(fault)) from fault
    return JSONResponse(plain(played))


async def _read(caller: Caller, text: str) -> FileRead:
    caller.request.state.act = "build-notice"
    require(caller.request, "build-notice")
    try:
        return await _builder(caller).read(text)
    except CutShort as fault:
        raise ProblemError(503, "CutShort", str(fault)) from fault


def _builder(caller: Caller) -> NoticeBuilder:
    if caller.ports.builder is None:
        raise NotFound("No notices are built here.")
    return caller.ports.builder


def _checked(notice: Notice, apart: int) -> FileChecked:
    due = expected(notice)
    names = {each.id: each.name for each in notice.parties}
    found = clashes(dues(due), notice.working_days, apart)
    return FileChecked(
        sound=True,
        faults=(),
        notice=notice.terms.id,
        title=notice.terms.title,
        due=tuple(
            DueRow(
                f"{each.id.obligation}/{each.id.period}",
                each.title,
                each.obligation.clause,
                each.obligation.obligor,
                each.due_on,
                each.projected,
            )
            for each in due
        ),
        clashes=tuple(
            ClashRow(each.kind, each.on, told(each, names), tuple(thing.occurrence for thing in each.things))
            for each in found
        ),
    )
