"""The past of a notice: what is different between two moments, the history step by step, and the state at an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from desk.api.bearer import Caller, Reader
from desk.api.one_event import LARGEST
from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE, ProblemError
from desk.api.reading import Name, as_seen, reading_now, sees_all_of
from desk.api.shapes import Page, shape_of
from domain.refusals import NotFound
from projections.casebook import Casebook
from projections.differences import Difference, View, differences
from projections.past.lately import past_of
from projections.past.moments import EVERYTHING, Moments
from projections.past.naming import moments_named
from projections.replaying import ReplayStep, replay_steps
from projections.standing_then import StandingThen, standing_then
from projections.state.digest import state_digest
from projections.state.spelling import plain

router = APIRouter(prefix="/notices/{notice}", tags=["Looking back"], responses=ANYWHERE)
Day = Annotated[str, Query(max_length=40, examples=["2016-10-14", "2016-10-14T09:00Z"])]
Known = Annotated[
    str | None, Query(max_length=40, description="As it was known then; as it is known now, if left out.")
]
Until = Annotated[str | None, Query(max_length=40, description="Now, if left out.")]
To = Annotated[
    int | None,
    Query(ge=1, le=LARGEST, description="Up to this event of the record; to its end, if left out."),
]


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """`digest`: SHA-256 over all that the record says there (docs/replaying.md), equal wherever it is worked out from the
    same events; null where something of the notice is hidden from whoever asks, because they cannot work out the same.
    `judged`: the moment at which things are judged, that of the event."""

    notice: str
    event: int
    judged: datetime
    standing: StandingThen
    sentence: str
    digest: str | None


@router.get("/diff", response_model=Page[shape_of(Difference)])  # type: ignore[misc]
async def diff(
    caller: Reader,
    notice: Name,
    since: Day,
    until: Until = None,
    since_known: Known = None,
    until_known: Known = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """What is different between two moments, in the order of time: what opened, fell overdue, came, moved, was decided."""
    read = await reading_now(caller)
    zone = read.book.notice(notice).terms.zone
    sides = [
        moments_named(as_at, known, zone, read.now, names)
        for as_at, known, names in (
            (since, since_known, ("since", "since_known")),
            (until, until_known, ("until", "until_known")),
        )
    ]
    before, after = (View(_past(caller, notice, each), each.as_at) for each in sides)
    if before.now > after.now:
        raise ProblemError(
            422, "NotUnderstood", "`since` comes after `until`; the earlier moment is `since`."
        )
    found = enumerate(differences(before, after, notice))
    return page_of(found, lambda pair: (pair[0],), cursor, limit, lambda pair: plain(pair[1]))


@router.get("/replay", response_model=Page[shape_of(ReplayStep)])  # type: ignore[misc]
async def replay(
    caller: Reader, notice: Name, to: To = None, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """The history told again, event by event, each with where the notice stood once it had been recorded."""
    await _require_event(caller, notice, to)
    book = _past(caller, notice, EVERYTHING, to)
    return page_of(replay_steps(book, notice), lambda step: (step.index,), cursor, limit, plain)


@router.get("/state", response_model=shape_of(StateAnswer))
async def state(caller: Reader, notice: Name, to: To = None) -> Response:
    """Where the notice stood after an event, with the digest of that state."""
    await _require_event(caller, notice, to)
    book = _past(caller, notice, EVERYTHING, to)
    history = book.history(notice)
    if not history:
        raise NotFound("The notice had not been issued then.")
    last, then = history[-1], standing_then(book, notice, history[-1].recorded)
    answer = StateAnswer(
        notice=notice,
        event=last.index,
        judged=last.recorded,
        standing=then,
        sentence=then.sentence,
        digest=state_digest(book, notice, last.recorded) if sees_all_of(caller, notice) else None,
    )
    return JSONResponse(plain(answer))


def _past(caller: Caller, notice: str, moments: Moments, upto: int | None = None) -> Casebook:
    return as_seen(caller, past_of(caller.ports.casebook, moments, notice, upto))


async def _require_event(caller: Caller, notice: str, to: int | None) -> None:
    """Raises NotFound where the notice is not open to whoever asks, or where the record does not reach so far."""
    book = (await reading_now(caller)).book
    book.notice(notice)
    if to is not None and to > book.position:
        raise NotFound(f"The record holds no event {to}; its last is {book.position}.")
