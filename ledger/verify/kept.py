"""Receipts that people have kept, held against the record.

They are the only thing that shows the removal of the newest events: whoever removes these from a database can remove from
it everything else that would tell of them.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from ledger import sql_files
from ledger.canonical import leaf_hash
from ledger.verify.verdict import Findings


class UnreadableReceipt(ValueError):
    """A file that should hold receipts, and does not; the sentence names the file."""


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """As every act answers it: the command, its first position, and the leaf hashes from there on, in hexadecimal."""

    command: str
    first_index: int
    leaves: tuple[str, ...]


def read_receipts(folder: Path) -> tuple[KeptReceipt, ...]:
    """Every receipt in the `.json` files of a folder, one or several to a file, a line each; raises UnreadableReceipt."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UnreadableReceipt(f"There is no receipt (a file ending in .json) in “{folder}”.")
    return tuple(receipt for file in files for receipt in _in_file(file))


async def check_kept(connection: asyncpg.Connection, kept: Sequence[KeptReceipt], findings: Findings) -> None:
    """A finding for every receipt whose events are not there as they were."""
    rows = await connection.fetch(sql_files.query("verify_leaves_at"), sorted(places_of(kept)))
    there = {row["index"]: (leaf_hash(row["canonical"]).hex(), row["command_id"]) for row in rows}
    compare(kept, there.get, findings)


def places_of(kept: Sequence[KeptReceipt]) -> set[int]:
    """The positions that the receipts speak of."""
    return {place for each in kept for place in _places(each)}


def compare(
    kept: Sequence[KeptReceipt], at: Callable[[int], tuple[str, str] | None], findings: Findings
) -> None:
    """Hold receipts against the log; `at` gives leaf hash (hexadecimal) and command of a position, or None."""
    for each in kept:
        for place, leaf in zip(_places(each), each.leaves, strict=True):
            there = at(place)
            if there != (leaf, each.command):
                what = "no event" if there is None else "another event"
                findings.add(
                    "RECEIPT_UNMATCHED",
                    place,
                    f"A receipt that was kept says that command {each.command} is event {place}; the record has {what} there.",
                )
                break


def _places(receipt: KeptReceipt) -> range:
    return range(receipt.first_index, receipt.first_index + len(receipt.leaves))


def _in_file(file: Path) -> Iterator[KeptReceipt]:
    try:
        text = file.read_text("utf-8")
        lines = (
            [text]
            if text.lstrip().startswith("{\n")
            else [line for line in text.splitlines() if line.strip()]
        )
        yield from (_receipt(json.loads(line)) for line in lines)
    except (OSError, ValueError, TypeError, KeyError):
        raise UnreadableReceipt(
            f"“{file}” holds no receipt. A receipt is what an act prints with --json, with `command`, `first_index` and "
            "`leaves`."
        ) from None


def _receipt(told: dict[str, Any]) -> KeptReceipt:
    leaves = tuple(told["leaves"])
    if not leaves or not all(isinstance(each, str) and len(each) == 64 for each in leaves):
        raise ValueError("no leaves")
    return KeptReceipt(str(told["command"]), int(told["first_index"]), leaves)
