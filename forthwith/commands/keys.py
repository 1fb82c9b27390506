"""`forthwith keys`: the keys that sign the log."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from domain.actor import Actor
from forthwith.commands.opening import the_world
from forthwith.commands.words import AsJson, LinesOfJson
from forthwith.exits import UsageFault
from forthwith.log_places import log_places
from forthwith.output import print_json, print_table, receipt_line, talk
from forthwith.settings import Settings
from ledger.log.keyring import Keyring
from ledger.log.keys import WITNESS, VerifierKey, new_key
from ledger.log.rotating import Rotated
from ledger.log.rotating import rotate as rotate_key

app = cyclopts.App(
    name="keys", help="Make the keys that sign the log, list them, and put a new one in the place of the old."
)


@app.command
def new(
    *,
    witness: Annotated[str | None, Parameter(help="Make the key of a witness of that name instead.")] = None,
    to: Annotated[Path | None, Parameter(help="The file of a witness's key.")] = None,
    json: AsJson = False,
) -> None:
    """Make the first key of the log, in a file that its owner alone can read, and print its public half."""
    if witness is not None:
        if to is None:
            raise UsageFault("Say with --to in which file the witness's key shall lie.")
        try:
            _tell(new_key(to, witness, WITNESS), json=json)
        except FileExistsError:
            raise UsageFault(f"“{to}” is there already; a key is never written over.") from None
        return
    keyring = _keyring()
    if keyring.public():
        raise UsageFault("The log has a key already. `forthwith keys rotate` puts a new one in its place.")
    _tell(keyring.new(), json=json)


@app.command(name="list")
def show(*, json: LinesOfJson = False) -> None:
    """List the public halves of the log's keys, oldest first."""
    keys = _keyring().public()
    for key in keys if json else ():
        print_json({"name": key.name, "id": key.id.hex(), "vkey": str(key)})
    if not json:
        print_table(("Key",), ((str(key),) for key in keys))


@app.command
def rotate(
    *,
    by: Annotated[str, Parameter(help="Your identifier: you keep a notice of this record for its issuer.")],
    overlap_days: Annotated[int, Parameter(help="For how many days the old key signs as well.")] = 30,
    json: Annotated[bool, Parameter(help="Print the receipt as one JSON object.")] = False,
) -> None:
    """Put a new key in the place of the newest one. The record says so, and for a while both sign."""
    if overlap_days < 0:
        raise UsageFault("--overlap-days cannot be less than 0.")
    rotated = asyncio.run(_rotate(Actor("person", by), timedelta(days=overlap_days)))
    if json:
        print_json(receipt_line(rotated.receipt) | {"vkey": str(rotated.key)})
    else:
        _tell(rotated.key, json=False)
        first, leaf = rotated.receipt.first_index, rotated.receipt.leaves[0]
        talk.print(f"It signs from the next checkpoint on. Receipt: event {first}, leaf {leaf}.")


async def _rotate(by: Actor, overlap: timedelta) -> Rotated:
    async with the_world() as world:
        return await rotate_key(world.office, _keyring(), by, overlap)


def _keyring() -> Keyring:
    places = log_places(Settings())
    return Keyring(places.keys, places.origin)


def _tell(key: VerifierKey, *, json: bool) -> None:
    if json:
        print_json({"name": key.name, "id": key.id.hex(), "vkey": str(key)})
    else:
        print(key)  # noqa: T201 - the data of this command
