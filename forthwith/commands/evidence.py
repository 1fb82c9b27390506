"""`forthwith evidence`: files that are lodged, read back only if they are what was lodged, and kept in order."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.actor import Actor
from domain.refusals import NotFound
from forthwith.commands.opening import must_exist, occurrence_named, the_world
from forthwith.commands.words import AsJson, LinesOfJson, Manner
from forthwith.exits import Exit, UsageFault
from forthwith.output import print_json, print_table, receipt_line, talk
from forthwith.settings import Settings, evidence_place
from forthwith.world import World
from ledger.evidence.examining import media_type_of
from ledger.evidence.files import EvidenceFiles, EvidenceMismatch, EvidenceMissing
from ledger.evidence.lodging import Intake, lodge, read_limited
from ledger.evidence.sweeping import LodgedFile, erased_events, lodged_files, mismatches, orphans, still_named

app = cyclopts.App(name="evidence", help="Lodge files as evidence, and read them back.")

Hash = Annotated[
    str, Parameter(help="The SHA-256 of a file, or enough of its beginning to tell it from others.")
]


@app.command(name="lodge")
def lodge_file(
    file: Path,
    *,
    for_: Annotated[str, Parameter(name="--for", help="The occurrence: notice/obligation/period.")],
    version: int | None = None,
    how: Manner,
) -> None:
    """Lodge a file with what is owed: it is examined, stored under its SHA-256, and recorded.

    Parameters
    ----------
    file
        The file.
    version
        The version of the report that it supports.
    """
    asyncio.run(_lodge(must_exist(file), for_, version, how))


@app.command(name="list")
def list_files(occurrence: str = "", *, json: LinesOfJson = False) -> None:
    """List the files that were lodged.

    Parameters
    ----------
    occurrence
        Only those of this occurrence.
    """
    asyncio.run(_list(occurrence, json=json))


@app.command
def show(sha256: Hash, *, json: AsJson = False) -> None:
    """Say what a file is, who lodged it with what, and whether it is still what was lodged.

    Parameters
    ----------
    sha256
        The SHA-256 of a file, or enough of its beginning to tell it from others.
    """
    asyncio.run(_show(sha256, json=json))


@app.command
def save(sha256: Hash, file: Path) -> None:
    """Save a file, if it is still what was lodged. Nothing is overwritten.

    Parameters
    ----------
    sha256
        The SHA-256 of a file, or enough of its beginning to tell it from others.
    file
        Where to.
    """
    asyncio.run(_save(sha256, file))


@app.command
def check(*, json: LinesOfJson = False) -> int:
    """Read every file that was lodged and not erased. Ends with 3 where one is missing or another."""
    return asyncio.run(_check(json=json))


@app.command
def sweep(*, remove: bool = False, json: LinesOfJson = False) -> int:
    """Find files that no event names, as a crash may leave them, a day old at least. Ends with 7 where some stay.

    Parameters
    ----------
    remove
        Delete them.
    """
    return asyncio.run(_sweep(remove=remove, json=json))


def evidence_files() -> EvidenceFiles:
    """Where evidence is kept, by the settings; raises UsageFault where that is no place."""
    place = evidence_place(Settings())
    try:
        return EvidenceFiles(place)
    except (ValueError, OSError) as fault:
        raise UsageFault(f"FORTHWITH_EVIDENCE cannot be “{place}”: {str(fault).splitlines()[0]}") from None


async def _lodge(file: Path, occurrence: str, version: int | None, how: Manner) -> None:
    settings, name = Settings(), occurrence_named(occurrence)
    content = read_limited(file, settings.evidence_limit)
    async with the_world() as world:
        if how.dry_run:
            kind = media_type_of(content, settings.evidence_limit)
            talk.print(f"“{file.name}” would be lodged as {kind}. Nothing was changed.", markup=False)
            return
        intake = Intake(evidence_files(), settings.evidence_limit, settings.scan_command)
        command, handled = await lodge(
            world.office, intake, content, file.name, name, Actor("person", how.by), version, how.key
        )
        assert handled.receipt is not None
        line = receipt_line(handled.receipt) | {"sha256": command.sha256, "media_type": command.media_type}
        if how.json:
            print_json(line)
        else:
            receipt = f"Receipt: event {line['first_index']}, leaf {line['leaves'][0]}."
            talk.print(f"Lodged as {command.media_type}, SHA-256 {command.sha256}. {receipt}", markup=False)


async def _list(occurrence: str, *, json: bool) -> None:
    async with the_world() as world:
        found, erased = await _lodged(world)
    wanted = str(occurrence_named(occurrence)) if occurrence else None
    rows = [each for each in found if wanted in (None, each.occurrence)]
    for each in rows if json else ():
        print_json(_line(each, erased))
    if not json:
        print_table(
            ("Event", "File", "Type", "Bytes", "With", "SHA-256"),
            (
                (str(each.index), each.name, each.media_type, str(each.size), each.occurrence, each.sha256)
                for each in rows
            ),
        )


async def _show(sha256: str, *, json: bool) -> None:
    async with the_world() as world:
        found, erased = await _lodged(world)
    each = _chosen(found, sha256)
    line = _line(each, erased)
    if each.index not in erased:
        await evidence_files().get(each.sha256)
    if json:
        print_json(line)
        return
    standing = "It was erased." if each.index in erased else "It is what was lodged."
    sys.stdout.write(
        f"{each.name}\n{each.media_type}, {each.size} bytes\nSHA-256 {each.sha256}\n"
        f"Lodged by {each.lodged_by} with {each.occurrence}, event {each.index}.\n{standing}\n"
    )


async def _save(sha256: str, file: Path) -> None:
    async with the_world() as world:
        found, erased = await _lodged(world)
    each = _chosen(found, sha256)
    if each.index in erased:
        raise NotFound(f"The file of event {each.index} was erased.")
    content = await evidence_files().get(each.sha256)
    try:
        with file.open("xb") as opened:
            opened.write(content)
    except FileExistsError:
        raise UsageFault(f"“{file}” is there already; name another file.") from None
    except OSError as fault:
        raise UsageFault(f"“{file}” cannot be written: {fault.strerror}.") from None
    talk.print(f"Saved to {file}: {len(content)} bytes, as they were lodged.", markup=False)


async def _check(*, json: bool) -> int:
    async with the_world() as world:
        found, erased = await _lodged(world)
    wrong = 0
    async for index, sentence in mismatches(evidence_files(), found, erased):
        wrong += 1
        if json:
            print_json({"code": EvidenceMismatch.code, "index": index, "sentence": sentence})
        else:
            sys.stdout.write(f"{EvidenceMismatch.code} at event {index}: {sentence}\n")
    if not json and not wrong:
        sys.stdout.write(f"{len(found)} files were lodged; every one that was not erased is what it was.\n")
    return Exit.INTEGRITY if wrong else Exit.OK


async def _sweep(*, remove: bool, json: bool) -> int:
    files = evidence_files()
    async with the_world() as world:
        found, erased = await _lodged(world)
    left = await orphans(files, still_named(found, erased), datetime.now(UTC))
    for each in left:
        if remove:
            await files.remove(each.sha256)
        if json:
            print_json({"sha256": each.sha256, "size": each.size, "written": each.written, "removed": remove})
        else:
            sys.stdout.write(f"{each.sha256}: no event names it{'; removed' if remove else ''}.\n")
    if not json and not left:
        sys.stdout.write("No file is kept that no event names.\n")
    return Exit.FOUND_SOMETHING if left and not remove else Exit.OK


async def _lodged(world: World) -> tuple[Sequence[LodgedFile], frozenset[int]]:
    return await lodged_files(world.ledger), await erased_events(world.ledger)


def _chosen(found: Sequence[LodgedFile], beginning: str) -> LodgedFile:
    """The newest event with this file."""
    matching = [each for each in found if beginning and each.sha256.startswith(beginning.lower())]
    if not matching:
        raise EvidenceMissing(f"No file was lodged whose SHA-256 begins with “{beginning}”.")
    if len({each.sha256 for each in matching}) > 1:
        raise UsageFault(
            f"More than one file has a SHA-256 that begins with “{beginning}”; write more of it."
        )
    return matching[-1]


def _line(each: LodgedFile, erased: frozenset[int]) -> dict[str, Any]:
    told = asdict(each)
    return {"event": told.pop("index"), **told, "erased": each.index in erased}
