"""`forthwith messages`: what people are sent, how they like to get it, and what has come back."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from activities.delivery.letter import Letter
from activities.delivery.samples import Sample
from domain.refusals import NotFound
from forthwith.commands.opening import notice_from, scenario_from, the_world
from forthwith.commands.words import LinesOfJson
from forthwith.exits import Exit, UsageFault
from forthwith.output import column_for, print_json, print_table, talk
from forthwith.world import World
from projections.deliveries import MessageRow, deliveries

app = cyclopts.App(name="messages", help="What people are sent, and how they like to get it.")


@app.command
def preview(
    topic: Annotated[
        str | None,
        Parameter(help="Which kind, for example `overdue-notice-issued`; all are listed without it."),
    ] = None,
    *,
    notice: Annotated[
        Path | None, Parameter(help="A notice file; the Lancashire notice, if left out.")
    ] = None,
    scenario: Annotated[
        str, Parameter(help="A scenario file, or one that ships, by its name.")
    ] = "two-reports-missed",
    html: Annotated[bool, Parameter(help="Print the HTML instead of the plain text.")] = False,
    json: LinesOfJson = False,
) -> None:
    """Show one letter of each kind as a scenario calls for it, before anybody is sent one. Nothing is recorded."""
    samples = asyncio.run(_samples(notice, scenario))
    if topic is not None:
        _print_one(_one(samples, topic), html=html, json=json)
        return
    if json:
        for each in samples:
            print_json(_as_json(each))
        return
    print_table(
        (column_for("Kind", (each.topic for each in samples)), "To", "Subject"),
        ((each.topic, each.letter.to_name, each.letter.subject) for each in samples),
    )


@app.command
def prefer(
    person: Annotated[str, Parameter(help="The person, as the notice names them.")],
    *,
    digest: Annotated[
        bool, Parameter(help="One mail a day; --no-digest: one for each message.", negative="--no-digest")
    ],
) -> None:
    """Say how a person likes to get messages: each by itself, or one mail a day."""
    asyncio.run(_prefer(person, wanted=digest))
    how = "one mail a day" if digest else "one mail for each message"
    talk.print(f"{person} gets {how} from now on.")


@app.command
def address(
    person: Annotated[str, Parameter(help="The person, as the notice names them.")],
    *,
    to: Annotated[str | None, Parameter(help="Where they are reached from now on.")] = None,
    other: Annotated[
        str | None, Parameter(help="Where else, if that does not take a message; an empty one takes it away.")
    ] = None,
) -> None:
    """Put right where a person is reached. Addresses stay out of the record."""
    if to is None and other is None:
        raise UsageFault("Say where they are reached: --to, --other, or both.")
    if to is not None and not to.strip():
        raise UsageFault("An address cannot be empty.")
    asyncio.run(_address(person, to, other))
    talk.print(f"Where {person} is reached is put right.")


@app.command
def bounced(
    message_id: Annotated[str, Parameter(help="The Message-ID of the mail that came back.")],
    *,
    fault: Annotated[str, Parameter(help="What the mail server said, in a few words.")],
) -> None:
    """Record that a mail which was handed over came back; every message in it counts as undeliverable from now on."""
    talk.print(f"{asyncio.run(_bounced(message_id, fault))} messages are recorded as undeliverable.")


@app.command
def failed(*, json: LinesOfJson = False) -> int:
    """List the messages that did not arrive, about whatever is not over yet. Ends with 7 when there is one."""
    rows = asyncio.run(_failed())
    for occurrence, row in rows if json else ():
        print_json(
            {
                "occurrence": occurrence,
                "message": row.id,
                "person": row.person,
                "role": row.role,
                "channel": row.channel,
                "fault": row.fault,
                "given_up": row.settled_at.isoformat() if row.settled_at else None,
            }
        )
    if not json:
        print_table(
            (column_for("About", (occurrence for occurrence, _ in rows)), "To", "Why it did not arrive"),
            ((occurrence, f"{row.name}, {row.role}", row.fault or "") for occurrence, row in rows),
        )
    return Exit.FOUND_SOMETHING if rows else Exit.OK


async def _failed() -> list[tuple[str, MessageRow]]:
    async with the_world() as world:
        book = world.casebook
        await book.catch_up()
        return [
            (str(case.occurrence.id), row)
            for notice in book.notices()
            for case in book.cases(notice.terms.id)
            if not case.occurrence.is_over
            for row in deliveries(case, book.history(case.occurrence.id))
            if row.delivery == "undeliverable"
        ]


async def _samples(notice: Path | None, scenario: str) -> tuple[Sample, ...]:
    # Imported here, so that the other commands need no rehearsal.
    from forthwith.demo.seeding import demo_notice
    from forthwith.rehearsed_letters import samples_of

    terms = demo_notice() if notice is None else notice_from(notice)
    return await samples_of(terms, scenario_from(scenario).model)


def _one(samples: tuple[Sample, ...], topic: str) -> Sample:
    found = next((each for each in samples if each.topic == topic), None)
    if found is None:
        known = ", ".join(each.topic for each in samples)
        raise NotFound(f"This scenario calls for no message “{topic}”. Those it calls for: {known}.")
    return found


def _print_one(sample: Sample, *, html: bool, json: bool) -> None:
    if json:
        print_json(_as_json(sample))
        return
    sys.stdout.write(_shown(sample.letter, html=html))


def _shown(letter: Letter, *, html: bool) -> str:
    if html:
        return letter.html or ""
    return f"To: {letter.to_name}\nSubject: {letter.subject}\n\n{letter.text}"


def _as_json(sample: Sample) -> dict[str, Any]:
    letter = sample.letter
    return {
        "topic": sample.topic,
        "person": sample.person,
        "role": sample.role,
        "subject": letter.subject,
        "text": letter.text,
        "html": letter.html,
        "link": letter.link,
    }


async def _prefer(person: str, *, wanted: bool) -> None:
    async with the_world() as world:
        await _must_be_known(world, person)
        await world.directory.set_digest(person, wanted, world.clock.now())


async def _address(person: str, to: str | None, other: str | None) -> None:
    async with the_world() as world:
        await _must_be_known(world, person)
        now = world.clock.now()
        if to is not None:
            await world.directory.set_address(person, to.strip(), now)
        if other is not None:
            await world.directory.set_other_address(person, other.strip(), now)


async def _must_be_known(world: World, person: str) -> None:
    await world.casebook.catch_up()
    if not any(person in notice.names for notice in world.casebook.notices()):
        raise NotFound(f"No notice in the record knows a person “{person}”.")


async def _bounced(message_id: str, fault: str) -> int:
    from forthwith.bounces import record_bounce

    async with the_world() as world:
        return await record_bounce(world.casebook, world.office, message_id, fault)
