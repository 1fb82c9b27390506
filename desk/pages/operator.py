"""How the service is: its parts, the clocks, what waits to be sent, the read models, the last backup."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from desk.operating import Operations, ReadModelState, Unreachable, WebhookNow
from desk.render import render
from desk.signing_in import current_persona, ports_of
from domain.refusals import NotFound

router = APIRouter(include_in_schema=False, dependencies=[Depends(current_persona)])
WEBHOOKS = ("Webhook", "Told up to event", "Behind", "How it is")
UNREACHABLE = ("Person", "Messages", "The last on", "Because")
READ_MODELS = ("Read model", "Up to event", "Behind", "Last proven equal", "Health")


@router.get("/operator")
async def operator(request: Request) -> Response:
    """As it is now; this page has no past."""
    asked = ports_of(request).operator
    if asked is None:
        raise NotFound("Nothing is known here of how the service is run.")
    found = await asked.look()
    return await render(
        request,
        "operator.html",
        services=[
            [name.capitalize(), "Answers" if well else "Does not answer"]
            for name, well in found.services.items()
        ],
        well=_is_well(found),
        facts=_facts(found),
        missing=found.clocks.missing if found.clocks else (),
        late=found.clocks.late if found.clocks else (),
        webhook_columns=WEBHOOKS,
        webhooks=[_webhook(each) for each in found.webhooks or ()],
        unreachable_columns=UNREACHABLE,
        unreachable=[_unreachable(each) for each in found.unreachable],
        columns=READ_MODELS,
        read_models=[_model(each) for each in found.read_models or ()],
        faults=found.faults,
    )


def _is_well(found: Operations) -> bool:
    clocks, models = found.clocks, found.read_models
    return (
        all(found.services.values())
        and not found.faults
        and clocks is not None
        and not (clocks.missing or clocks.late)
        and all(each.trouble is None for each in models or ())
        and all(each.trouble is None for each in found.webhooks or ())
        and not found.unreachable
    )


def _facts(found: Operations) -> list[tuple[str, str | None]]:
    clocks = found.clocks
    alive = f"{clocks.expected - len(clocks.missing)} of {clocks.expected} live" if clocks else "Not known"
    return [
        ("Events in the record", f"{found.size:,}"),
        ("Clocks", alive),
        ("Clocks to be told that something happened", _count(found.pokes_waiting)),
        ("Letters waiting to be sent", _count(found.messages_waiting)),
        ("Of these refused for now", _count(found.messages_refused)),
        (
            "Last backup",
            _utc(found.last_backup) if found.last_backup else "This service is not told of backups",
        ),
    ]


def _count(count: int | None) -> str:
    return "Not known" if count is None else f"{count:,}"


def _utc(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _model(each: ReadModelState) -> list[Any]:
    proven = _utc(each.proven_at) if each.proven_at else "Never"
    return [each.name, f"{each.position:,}", f"{each.behind:,}", proven, each.trouble or _pace(each)]


def _webhook(each: WebhookNow) -> list[str]:
    return [each.name, f"{each.told:,}", f"{each.behind:,}", each.trouble or "Well"]


def _unreachable(each: Unreachable) -> list[str]:
    return [each.name, str(each.count), _utc(each.at) if each.at else "", each.fault]


def _pace(each: ReadModelState) -> str:
    """It is no fault of a read model that nobody keeps it up: it can be built from the first event at any time."""
    if each.behind == 0:
        return "Well"
    return "On its way" if each.position else "Nobody keeps it up"
