"""`forthwith replay`: the history up to an event, and the state there; the digest of it; what a decider could see."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from cyclopts import Parameter
from cyclopts.validators import Number

from domain.refusals import NotFound
from domain.values import write_instant
from forthwith.commands.decided import tell_decisions
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import occurrence_named, the_world
from forthwith.commands.reading import Reading, issued, read_notice_at
from forthwith.commands.stepping import walk
from forthwith.commands.words import LinesOfJson, NoticeName
from forthwith.exits import UsageFault
from forthwith.output import day_text, print_json, print_table, talk
from projections.decision_replay import decisions_on
from projections.past.book import PastBook
from projections.past.moments import END_OF_TIME, Moments
from projections.replaying import ReplayStep, replay_steps
from projections.standing_then import StandingThen, standing_then
from projections.state.digest import state_digest


def replay(
    notice: NoticeName,
    *,
    to: Annotated[
        int | None,
        Parameter(help="Up to this event of the record; to its end, if left out.", validator=Number(gte=1)),
    ] = None,
    digest: Annotated[bool, Parameter(help="Print the digest of the state there, and nothing else.")] = False,
    decision: Annotated[
        str | None,
        Parameter(help="Show what could be seen when this occurrence, or the notice itself, was decided on."),
    ] = None,
    step: Annotated[bool, Parameter(help="Walk from event to event, forward and back.")] = False,
    when: When = NOW,
    json: LinesOfJson = False,
) -> None:
    """Tell the history again up to an event, and where the notice stood there."""
    if sum((digest, decision is not None, step)) > 1:
        raise UsageFault("Of --digest, --decision and --step, one can be given.")
    if decision is not None and when.as_at is not None:
        raise UsageFault("--decision goes back to the moment of the decision by itself; leave --as-at out.")
    asyncio.run(_replay(notice, to, when, digest=digest, decision=decision, step=step, json=json))


async def _replay(
    notice: str, to: int | None, when: When, *, digest: bool, decision: str | None, step: bool, json: bool
) -> None:
    async with the_world() as world:
        size = (await world.ledger.head()).size
        if to is not None and to > size:
            raise NotFound(f"The record holds no event {to}; its last is {size}.")
        read = await read_notice_at(world, notice, when)
    if decision is not None:
        about = notice if decision == notice else occurrence_named(decision)
        found = decisions_on(read.whole.as_of(_known(read), to), about)
        tell_decisions(found, read.zone, json=json)
        return
    read = _up_to(read, notice, to, when)
    if digest:
        _tell_digest(read, notice, json=json)
    elif step:
        walk(tuple(_steps(read, notice, to)), read.zone, json=json)
    else:
        _tell(read, notice, tuple(_steps(read, notice, to)), json=json)


def _known(read: Reading) -> Moments:
    """All that was known, whenever it took effect."""
    return Moments(END_OF_TIME, read.moments.known_at)


def _up_to(read: Reading, notice: str, to: int | None, when: When) -> Reading:
    """Judged when the last event was recorded, unless another moment was asked for. Raises NotFound."""
    moments = read.moments if when.is_given else Moments(END_OF_TIME, END_OF_TIME)
    book = read.whole.as_of(moments, to)
    issued(book, notice)
    return replace(read, book=book, now=read.now if when.is_given else _last(book, notice))


def _last(book: PastBook, notice: str) -> datetime:
    return book.history(notice)[-1].recorded


def _steps(read: Reading, notice: str, to: int | None) -> Iterator[ReplayStep]:
    told = replay_steps(read.whole.as_of(Moments(END_OF_TIME, read.book.moments.known_at), to), notice)
    return (each for each in told if each.effective <= read.book.moments.as_at)


def _tell_digest(read: Reading, notice: str, *, json: bool) -> None:
    found, last = state_digest(read.book, notice, read.now), read.book.history(notice)[-1].index
    if json:
        print_json({"notice": notice, "event": last, "judged": write_instant(read.now), "digest": found})
        return
    talk.print(f"The state after event {last}, judged on {day_text(read.now, read.zone)}:", markup=False)
    sys.stdout.write(f"{found}\n")


def _tell(read: Reading, notice: str, steps: Sequence[ReplayStep], *, json: bool) -> None:
    then = standing_then(read.book, notice, read.now)
    if json:
        for each in steps:
            print_json(step_line(each))
        print_json({"judged": write_instant(read.now), **state_line(then)})
        return
    print_table(
        ("No.", "Recorded", "What happened"),
        ((str(each.index), day_text(each.recorded, read.zone), each.sentence) for each in steps),
    )
    sys.stdout.write(f"\nSo it stood on {day_text(read.now, read.zone)}: {then.sentence}\n")
    for words, names in (("open", then.open), ("overdue", then.overdue), ("escalated", then.escalated)):
        for name in names:
            sys.stdout.write(f"{words:<10} {name}\n")


def step_line(step: ReplayStep) -> dict[str, Any]:
    return {
        "index": step.index,
        "type": step.type,
        "recorded": write_instant(step.recorded),
        "effective": write_instant(step.effective),
        "occurrence": str(step.occurrence) if step.occurrence else None,
        "sentence": step.sentence,
        "open": len(step.then.open),
        "overdue": len(step.then.overdue),
        "escalated": len(step.then.escalated),
    }


def state_line(then: StandingThen) -> dict[str, list[str]]:
    return {
        "open": [str(each) for each in then.open],
        "overdue": [str(each) for each in then.overdue],
        "escalated": [str(each) for each in then.escalated],
    }
