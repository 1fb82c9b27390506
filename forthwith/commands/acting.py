"""How every command that changes something is carried out: told on trial, or recorded and answered with a receipt."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from domain.actor import Actor
from domain.commands import Command
from domain.effect import Effect, effect_of
from domain.identity import OccurrenceId
from domain.refusals import NotFound, Refused
from domain.time.zones import local_date
from forthwith.commands.opening import the_world
from forthwith.commands.words import Manner
from forthwith.exits import UsageFault
from forthwith.notice_files.plain_words import in_plain_words
from forthwith.notice_files.yaml_model import shapes_of
from forthwith.output import column_for, print_json, print_table, receipt_line, talk
from forthwith.world import World

Ask = Callable[[World], Awaitable[Command]]
Afterwards = Callable[[World], Awaitable[None]]
Stated = TypeVar("Stated", bound=BaseModel)


def act(
    ask: Command | Ask,
    how: Manner,
    done: str,
    *,
    moves_days: bool = False,
    afterwards: Afterwards | None = None,
) -> None:
    """Do it, or say what would come of it. `moves_days`: what is moved by it is told before it is taken."""
    try:
        answer = asyncio.run(_handle(ask, how, moves_days=moves_days, afterwards=afterwards))
    except (NotFound, Refused) as fault:
        fault.add_note("What is open, and for whom, says `forthwith task list`.")
        raise
    if how.json:
        print_json(answer)
    elif how.dry_run:
        _tell_what_would_be(answer.get("effect"))
    elif "leaves" in answer:
        talk.print(
            f"{done} Receipt: event {answer['first_index']}, leaf {answer['leaves'][0]}.", markup=False
        )
    else:
        talk.print("Nothing had to be changed.")


def on_the_day(notice: str, make: Callable[[date], Command]) -> Ask:
    """A command that needs to know which day it is where the notice runs."""

    async def ask(world: World) -> Command:
        terms = (await world.office.notice(notice)).terms
        return make(local_date(world.clock.now(), terms.zone))

    return ask


def stated(term: type[Stated], **words: Any) -> Stated:
    """What was typed, as a part of a notice; raises UsageFault with what is wrong with it."""
    try:
        return term(**words)
    except ValidationError as error:
        place, sentence = in_plain_words(dict(error.errors(include_url=False)[0]), shapes_of(term), words)
        raise UsageFault(f"{'.'.join(map(str, place))}: {sentence}") from None


async def _handle(
    ask: Command | Ask, how: Manner, *, moves_days: bool, afterwards: Afterwards | None
) -> dict[str, Any]:
    """The receipt; what would come of it, when nothing was to be changed; or nothing, when nothing was."""
    async with the_world() as world:
        by = Actor("person", how.by)
        command = await ask(world) if callable(ask) else ask
        if how.dry_run:
            case, drafts = await world.office.weighed(command, by)
            if not moves_days:
                return {"allowed": True}
            return {"allowed": True, "effect": _effect(effect_of(case, drafts, world.clock.now()))}
        handled = await world.office.handle(command, by, how.key)
        if afterwards is not None:
            await afterwards(world)
        return {} if handled.receipt is None else receipt_line(handled.receipt)


def _tell_what_would_be(effect: dict[str, Any] | None) -> None:
    moved = effect["moved"] if effect else ()
    if moved:
        names = column_for("Occurrence", (each["occurrence"] for each in moved))
        rows = ((each["occurrence"], each["was"] or "not owed", each["now"] or "not owed") for each in moved)
        print_table((names, "Due now", "Due then"), rows)
    says = f" {effect['sentence']}" if effect else ""
    talk.print(f"It would be allowed.{says} Nothing was changed.", markup=False)


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "sentence": effect.sentence,
        "moved": [
            {"occurrence": str(each.occurrence), "was": _day(each.was), "now": _day(each.now)}
            for each in effect.moved
        ],
        "timely": _names(effect.timely),
        "late": _names(effect.late),
        "withdrawn": _names(effect.withdrawn),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _names(occurrences: tuple[OccurrenceId, ...]) -> list[str]:
    return [str(each) for each in occurrences]
