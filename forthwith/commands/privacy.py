"""`forthwith privacy`: what is kept about people outside the hashed record, erasing it, and how long it is kept."""

import asyncio
from collections.abc import Sequence

import cyclopts

from forthwith.commands import retention
from forthwith.commands.erasing import (
    Authority,
    Because,
    By,
    DryRun,
    Json,
    remove_files,
    said,
    somebody,
    tell_receipt,
)
from forthwith.commands.opening import the_world
from forthwith.commands.reapplying import reapply
from forthwith.commands.words import LinesOfJson
from forthwith.exits import UsageFault
from forthwith.output import print_json, print_table, receipt_line, talk
from ledger.privacy.batch import PERSON
from ledger.privacy.erasure import Eraser, Why
from ledger.privacy.kept import KeptValue, kept_values

app = cyclopts.App(name="privacy")
app.command(reapply)
app.command(retention.hold)
app.command(retention.release)
app.command(retention.app)


@app.command(name="list")
def list_values(subject: str = "", *, json: LinesOfJson = False) -> None:
    """List what is kept about people: names and free text, each with its event.

    Parameters
    ----------
    subject
        A person (what is kept of them, and the texts that they wrote), or a notice; everything, if left out.
    """
    asyncio.run(_list(subject, json=json))


@app.command
def erase(
    *,
    event: int | None = None,
    person: str | None = None,
    by: By,
    reason: Because,
    authority: Authority,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Erase what one event withholds, or what is kept of one person; the record says that it was done.

    Parameters
    ----------
    event
        The number of the event whose texts and names are erased.
    person
        The person whose name is erased wherever it stands, with their address; texts that they wrote stay.
    """
    if (event is None) == (person is None):
        raise UsageFault("Say what is to be erased: either --event or --person.")
    why = Why(somebody(by), said("reason", reason), said("authority", authority))
    asyncio.run(_erase(event, person, why, dry_run=dry_run, json=json))


async def _list(subject: str, *, json: bool) -> None:
    async with the_world() as world:
        await world.casebook.catch_up()
        values: Sequence[KeptValue]
        if subject and any(each.terms.id == subject for each in world.casebook.notices()):
            values = await kept_values(world.ledger, notice=subject)
        elif subject:
            theirs = await kept_values(world.ledger, subject=PERSON + subject)
            written = await kept_values(world.ledger, subject=f"person:{subject}")
            values = sorted({*theirs, *written}, key=lambda each: (each.index, each.digest))
        else:
            values = await kept_values(world.ledger)
        _show(values, json=json)
        address = await world.directory.address_of(subject) if subject else None
        if address and json:
            print_json({"person": subject, "address": address})
        elif address:
            talk.print(f"Besides, the directory holds an address: {address}", markup=False)


async def _erase(event: int | None, person: str | None, why: Why, *, dry_run: bool, json: bool) -> None:
    async with the_world() as world:
        if dry_run:
            values = await kept_values(
                world.ledger, index=event or 0, subject=PERSON + person if person else ""
            )
            _show(values, json=json)
            talk.print("Nothing was erased.")
            return
        eraser = Eraser(world.ledger, world.clock)
        receipts = await (
            eraser.of_event(event, why) if event is not None else eraser.of_person(str(person), why)
        )
        for receipt in receipts:
            tell_receipt(receipt_line(receipt), "Erased.", json=json)
        if event is not None:
            await remove_files(world, [event])


def _show(values: Sequence[KeptValue], *, json: bool) -> None:
    if json:
        for each in values:
            print_json(
                {"event": each.index, "type": each.type, "person": each.person, "by": each.by, "field": each.field,
                 "text": each.text, "digest": each.digest}
            )  # fmt: skip
        return
    rows = (
        (str(each.index), each.type, each.field or "", each.person or "", _short(each.text))
        for each in values
    )
    print_table(("Event", "Kind", "Field", "Of", "What it says"), rows)


def _short(text: str | None) -> str:
    if text is None:
        return "cannot be opened"
    return text if len(text) <= 60 else f"{text[:57]}..."
