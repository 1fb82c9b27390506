"""`forthwith publish`, `checkpoint`, `prove`: the log that outsiders can check. No Temporal here."""

import asyncio
import json as json_text
import signal
import sys
from pathlib import Path
from typing import Any

from forthwith.exits import Exit, UsageFault
from forthwith.log_places import LogPlaces, log_places
from forthwith.output import print_json, talk
from forthwith.settings import Settings, publisher_url
from ledger.connection import Database
from ledger.log.asking import Witnesses
from ledger.log.checkpoint import SignedCheckpoint
from ledger.log.folder import LogFolder
from ledger.log.fresh import StoredEvents
from ledger.log.keyring import Keyring
from ledger.log.policy import Policy, UnfitPolicy, read_policy
from ledger.log.published import PublishedLog, completed_text
from ledger.log.publisher import Cosign, Places, Publisher, run, without_witnesses
from ledger.log.state import StateFile

SHORTEST_PAUSE = 0.2


def publish(*, once: bool = False, restore_tiles: bool = False) -> int:
    """Sign what the record holds and publish it: at once when something is recorded, until stopped.

    Before it signs, it hashes the stored bytes again and checks that they go on from what it signed last. Where they do
    not, it signs nothing and ends with 3.

    Parameters
    ----------
    once
        Publish what there is, and end.
    restore_tiles
        Write the tiles anew that are missing from the folder, if the record is the one that was signed.
    """
    settings = Settings()
    where, places = publisher_url(settings), log_places(settings)
    return asyncio.run(_publish(where, places, once=once, restore_tiles=restore_tiles))


def checkpoint(*, json: bool = False) -> None:
    """Print the newest signed checkpoint of the log.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    newest = PublishedLog(log_places(Settings()).folder).newest()
    if json:
        print_json(_told(newest))
    else:
        sys.stdout.write(str(newest))


def prove(index: int, *, receipt: Path | None = None, to: Path | None = None) -> None:
    """Prove that an event is in the published log: a text file that anybody can check without us.

    Parameters
    ----------
    index
        The event, by its number in the record.
    receipt
        A receipt that was kept, as an act prints it with --json. It is printed again, completed with the checkpoint and a
        proof for each of its events.
    to
        A file to write, instead of printing.
    """
    log = PublishedLog(log_places(Settings()).folder)
    proof = log.proof(index)
    text = str(proof) if receipt is None else completed_text(log.completed(_receipt_in(receipt, index)))
    if to is None:
        sys.stdout.write(text)
    else:
        to.write_text(text, "utf-8")
        talk.print(f"Written to {to}.", markup=False)


async def _publish(url: str, places: LogPlaces, *, once: bool, restore_tiles: bool) -> int:
    policy = _policy_of(places)
    cosign: Cosign = Witnesses(policy, _warn) if policy else without_witnesses
    state = StateFile(places.state)
    with state.held():
        async with Database(url, connections=2) as database:
            keyring = Keyring(places.keys, places.origin)
            publisher = Publisher(
                Places(StoredEvents(database), LogFolder(places.folder), state, keyring), cosign
            )
            await publisher.start(restore_tiles=restore_tiles)
            if once:
                return _tell_once(await publisher.publish(), publisher.size)
            await _until_stopped(publisher, database)
            return Exit.OK


async def _until_stopped(publisher: Publisher, database: Database) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    with database.wakeups.bell() as bell:

        def end() -> None:
            stop.set()
            bell.ring()

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end)
        talk.print(f"Publishing; {publisher.size} events were signed before.")
        await run(publisher, bell, stop, SHORTEST_PAUSE, _warn)


def _policy_of(places: LogPlaces) -> Policy | None:
    if places.policy is None:
        return None
    policy = read_policy(places.policy)
    if policy.logs and places.origin not in {each.name for each in policy.logs}:
        raise UnfitPolicy(f"The policy {places.policy} does not list the log “{places.origin}”.")
    return policy


def _tell_once(signed: SignedCheckpoint | None, size: int) -> int:
    if signed is not None:
        talk.print(f"Published: {signed.size} events.")
    elif size:
        talk.print("Signed, but not published: too few witnesses answer.", style="red")
        return Exit.UNREACHABLE
    else:
        talk.print("The record holds no event yet; there is nothing to publish.")
    return Exit.OK


def _told(signed: SignedCheckpoint) -> dict[str, Any]:
    return {
        "origin": signed.checkpoint.origin,
        "size": signed.size,
        "root": signed.root.hex(),
        "signed_by": [each.name for each in signed.note.signatures],
        "note": str(signed),
    }


def _receipt_in(file: Path, index: int) -> dict[str, Any]:
    try:
        receipt: dict[str, Any] = json_text.loads(file.read_text("utf-8"))
        places = range(int(receipt["first_index"]), int(receipt["first_index"]) + len(receipt["leaves"]))
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no receipt “{file}”.") from None
    except (ValueError, KeyError, TypeError):
        raise UsageFault(f"“{file}” holds no receipt. A receipt is what an act prints with --json.") from None
    if index not in places:
        raise UsageFault(f"“{file}” is the receipt of event {places.start}, not of event {index}.")
    return receipt


def _warn(sentence: str) -> None:
    talk.print(sentence, style="yellow", markup=False)
