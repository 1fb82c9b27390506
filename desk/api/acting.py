"""One address for each act, all made of one table: it is asked for, decided by the domain, and answered with a receipt."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import JSONResponse, Response

from desk.api.acts import ON_NOTICE, ON_OCCURRENCE
from desk.api.bearer import Caller, Doer
from desk.api.bodies import body_of
from desk.api.commanding import on_notice, on_occurrence, people_named, require_open
from desk.api.one_event import ReceiptAnswer, receipt_answer
from desk.api.problems import ANYWHERE, documented
from desk.api.reading import Name
from desk.api.repeating import Key, digest_of
from desk.api.shapes import shape_of
from desk.api.versions import IfMatch, versions_in
from desk.permission_table import act_of
from desk.permissions import require
from desk.ports import Handled
from domain.commands import Command, IssueNotice, LodgeEvidence
from domain.effect import Effect, effect_of
from domain.identity import OccurrenceId, command_id
from domain.reach import notice_of
from domain.refusals import NotFound
from domain.requests import REMEMBERED_DAYS
from projections.state.spelling import plain

router = APIRouter()
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        description="Sending an act again with the same key records it once, and answers with the first receipt. "
        f"The same key with something else is 422 (IdempotencyKeyReused). It is remembered for {REMEMBERED_DAYS} days.",
        examples=["7c6f0e7a"],
    ),
]
OnTrial = Annotated[
    bool, Query(description="Say whether it would be allowed, and which days it would move; change nothing.")
]


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """The receipt, or null where there was nothing to record. `effect`: on trial, what it would do to due days."""

    receipt: ReceiptAnswer | None
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Manner:
    """Who does it, and how. `key` tells a repetition; `versions` are those at which it may be done."""

    caller: Caller
    key: Key | None
    versions: frozenset[int] | None
    on_trial: bool

    async def do(self, command: Command) -> Response:
        """201 with the receipt; 200 for what was recorded before, for what changes nothing, and for a trial."""
        self.require(command)
        if self.on_trial:
            return await self._weigh(command)
        await self.require_first_use()
        handled = await self.caller.ports.office.handle(
            command, self.caller.actor, self.command_id, self.versions
        )
        await self._keep_addresses(command)
        return await self.answer(handled)

    @property
    def command_id(self) -> UUID | None:
        return self.key.command if self.key else None

    async def require_first_use(self) -> None:
        """Raises ProblemError where the key was used for something else."""
        if self.key:
            await self.key.require_first_use(self.caller.ports)

    def require(self, command: Command) -> None:
        """Raises Forbidden or NotFound where the table of permissions does not allow it."""
        request = self.caller.request
        request.state.act = act_of(command)
        require(request, act_of(command), None if isinstance(command, IssueNotice) else notice_of(command))

    async def answer(self, handled: Handled) -> Response:
        receipt = handled.receipt
        if receipt is None:
            return JSONResponse({"receipt": None, "effect": None})
        if self.key:
            await self.key.settle(self.caller.ports, repeated=receipt.repeated)
        body = {"receipt": plain(receipt_answer(receipt)), "effect": None}
        where = {"Location": f"/api/v1/events/{receipt.first_index}"}
        return JSONResponse(body, 200 if receipt.repeated else 201, where)

    async def _weigh(self, command: Command) -> Response:
        ports = self.caller.ports
        case, drafts = await ports.office.weighed(command, self.caller.actor, self.versions)
        effect = None if isinstance(command, IssueNotice) else effect_of(case, drafts, ports.clock_now())
        return JSONResponse({"receipt": None, "effect": plain(effect)})

    async def _keep_addresses(self, command: Command) -> None:
        directory = self.caller.ports.directory
        for person in people_named(command) if directory else ():
            if directory and person.email:
                await directory.set_address(person.id, person.email, self.caller.ports.clock_now())


async def _manner(
    caller: Doer, idempotency_key: IdempotencyKey = None, if_match: IfMatch = None, trial: OnTrial = False
) -> Manner:
    key = None
    if idempotency_key:
        name = command_id("api", str(caller.token.id), idempotency_key)
        key = Key(name, await digest_of(caller.request, caller.ports.secret))
    return Manner(caller, key, versions_in(if_match), trial)


How = Annotated[Manner, Depends(_manner)]


def _add_notice_act(name: str, kind: type) -> None:
    sent = body_of(kind)

    async def act(how: How, notice: Name, body: sent) -> Response:  # type: ignore[valid-type]
        return await how.do(await on_notice(how.caller, kind, notice, body))

    _add(f"/notices/{{notice}}/acts/{name}", name, kind, act)


def _add_occurrence_act(name: str, kind: type) -> None:
    sent = body_of(kind)

    async def act(how: How, notice: Name, obligation: Name, period: Name, body: sent) -> Response:  # type: ignore[valid-type]
        occurrence = OccurrenceId(notice, obligation, period)
        if kind is LodgeEvidence:
            return await _lodge(how, occurrence, body)
        return await how.do(await on_occurrence(how.caller, kind, occurrence, body))

    _add(f"/notices/{{notice}}/occurrences/{{obligation}}/{{period}}/acts/{name}", name, kind, act)


async def _lodge(how: Manner, name: OccurrenceId, body: Any) -> Response:
    """A file is examined and kept before it is recorded, so it goes another way."""
    caller, content = how.caller, body.content
    await require_open(caller, name)
    digest = sha256(content).hexdigest()
    command = LodgeEvidence(name, digest, body.name, "application/octet-stream", len(content), body.version)
    if how.on_trial:
        return await how.do(command)
    how.require(command)
    if caller.ports.lodge is None:
        raise NotFound("No files are taken here.")
    await how.require_first_use()
    handled = await caller.ports.lodge(
        content, body.name, name, caller.actor, body.version, how.command_id, how.versions
    )
    return await how.answer(handled)


def _add(path: str, name: str, kind: type, act: Any) -> None:
    router.add_api_route(
        path,
        act,
        methods=["POST"],
        operation_id=name,
        summary=name.replace("-", " ").capitalize(),
        description=kind.__doc__ if kind.__doc__ and not kind.__doc__.startswith(kind.__name__) else None,
        tags=["Acts"],
        status_code=201,
        response_model=shape_of(ActAnswer),
        responses={200: {"model": shape_of(ActAnswer), "description": "Nothing new was recorded"}}
        | ANYWHERE
        | documented(400, 409, 412, 413),
    )


for each, command in ON_NOTICE.items():
    _add_notice_act(each, command)
for each, command in ON_OCCURRENCE.items():
    _add_occurrence_act(each, command)
