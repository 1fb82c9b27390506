"""What belongs to the token's person: where they are signed in, the addresses of their calendars, how they like messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse, Response

from desk.api.bearer import Caller, Doer, Reader
from desk.api.problems import ANYWHERE, ProblemError, documented
from desk.api.shapes import shape_of
from desk.feeds.following import may_follow
from desk.feeds.secret_address import digest_of, feed_path, new_secret
from desk.permissions import require
from desk.sessions import NAME_DIGITS, visit_of
from domain.ports import Directory, Feed, Feeds
from domain.refusals import NotFound
from projections.state.spelling import plain

OWN = "manage-own-access"
CHANGED = documented(400, 413)
router = APIRouter(prefix="/me", tags=["What is one's own"], responses=ANYWHERE)
SessionName = Annotated[str, Path(pattern=f"^[0-9a-f]{{{NAME_DIGITS}}}$")]


@dataclass(frozen=True, slots=True)
class SessionRow:
    """Where the person is signed in at the desk. `session` tells them apart and opens none."""

    session: str
    device: str
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A calendar that has an address in force: of everything that is the person's, or of one notice."""

    feed: UUID
    notice: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class FeedMade:
    """`path`: where the calendar is, at the desk. It is shown this once."""

    feed: UUID
    path: str


@dataclass(frozen=True, slots=True)
class MessageWish:
    """`digest`: one mail a day instead of one for each message."""

    digest: bool


@dataclass(frozen=True, slots=True)
class Done:
    """`done`: it is so now, whether or not it was before."""

    done: bool = True


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewFeed(_Sent):
    """`replacing`: the address that it is to take the place of, if one is in force."""

    notice: str | None = Field(
        None, max_length=100, description="Of one notice; of everything that is theirs, if left out."
    )
    replacing: UUID | None = None


class NewWish(_Sent):
    digest: bool


@router.get("/sessions", response_model=list[shape_of(SessionRow)])  # type: ignore[misc]
async def sessions(caller: Reader) -> Response:
    """Those that are not over, the newest first."""
    found = await visit_of(caller.request).store.listed(caller.token.person)
    return JSONResponse(plain([SessionRow(each.name, each.device, each.since, each.seen) for each in found]))


@router.post("/sessions/end-all", response_model=shape_of(Done))
async def end_all(caller: Doer) -> Response:
    """Sign the person out everywhere. Tokens stay good."""
    _require(caller)
    await visit_of(caller.request).store.forget_persona(caller.token.person)
    return JSONResponse(plain(Done()))


@router.post("/sessions/{session}/end", response_model=shape_of(Done))
async def end_one(caller: Doer, session: SessionName) -> Response:
    """Sign the person out in one place; only sessions of their own can be named."""
    _require(caller)
    await visit_of(caller.request).store.end(caller.token.person, session)
    return JSONResponse(plain(Done()))


@router.get("/feeds", response_model=list[shape_of(FeedRow)])  # type: ignore[misc]
async def feeds(caller: Reader) -> Response:
    """The one for everything first. Their addresses cannot be shown."""
    found = await _feeds(caller).of(caller.token.person)
    return JSONResponse(
        plain([{"feed": str(each.id), "notice": each.notice, "made_at": each.made_at} for each in found])
    )


@router.post(
    "/feeds", status_code=201, response_model=shape_of(FeedMade), responses=CHANGED | documented(409)
)
async def make_feed(caller: Doer, body: NewFeed) -> Response:
    """Make an address. Where one is in force already, name it in `replacing`."""
    _require(caller)
    await caller.ports.casebook.catch_up()
    now, secret, notice = caller.ports.clock_now(), new_secret(), body.notice
    if caller.token.notice not in {None, notice} or not may_follow(
        caller.ports.casebook, notice, caller.token.person, now
    ):
        raise NotFound("They hold no role there.")
    feed = Feed(uuid4(), caller.token.person, notice, now)
    if not await _feeds(caller).make(feed, digest_of(secret), body.replacing):
        raise ProblemError(
            409, "FeedInForce", "An address for this is in force already. Name it in `replacing`."
        )
    return JSONResponse({"feed": str(feed.id), "path": feed_path(secret)}, 201)


@router.post("/feeds/{feed}/revoke", response_model=shape_of(Done))
async def revoke_feed(caller: Doer, feed: UUID) -> Response:
    """End an address of one's own; of any other nothing is said and nothing happens."""
    _require(caller)
    await _feeds(caller).revoke(caller.token.person, feed, caller.ports.clock_now())
    return JSONResponse(plain(Done()))


@router.get("/messages", response_model=shape_of(MessageWish))
async def message_wish(caller: Reader) -> Response:
    """How the person likes to get messages."""
    return JSONResponse({"digest": await _directory(caller).wants_digest(caller.token.person)})


@router.put("/messages", response_model=shape_of(MessageWish), responses=CHANGED)
async def wish(caller: Doer, body: NewWish) -> Response:
    """It holds for what is called for from now on."""
    _require(caller)
    await _directory(caller).set_digest(caller.token.person, body.digest, caller.ports.clock_now())
    return JSONResponse({"digest": body.digest})


def _require(caller: Caller) -> None:
    """Raises Forbidden where the table of permissions does not allow it."""
    caller.request.state.act = OWN
    require(caller.request, OWN)


def _feeds(caller: Caller) -> Feeds:
    if caller.ports.feeds is None:
        raise NotFound("There are no calendars at this desk.")
    return caller.ports.feeds


def _directory(caller: Caller) -> Directory:
    if caller.ports.directory is None:
        raise NotFound("Nobody is reached from this desk.")
    return caller.ports.directory
