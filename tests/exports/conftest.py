"""States of the world: the shipped scenarios as they were rehearsed, and a log that has signed for one of them."""

from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import pytest

from domain.record import Recorded
from domain.terms.notice_file import NoticeFile
from forthwith.bagging import Material
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.run import Rehearsal, rehearse
from ledger.export.withholding import Disclosure
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.keys import LOG, FileSigner
from ledger.privacy.disclosing import disclosures_for
from ledger.verify.tree import Tree
from projections.exports.model import ObjectLog
from projections.exports.objects import object_log
from projections.exports.source import Source
from tests.log.authority import authority  # noqa: F401 - a fixture of two rooms
from tests.rehearsal.conftest import NOTICES, scenario_named

NOTICE = "lancashire-2016"
Played = Callable[[str], Awaitable[Rehearsal]]


@pytest.fixture(scope="session")
def lancashire() -> NoticeFile:
    return read_notice(NOTICES / "lancashire-2016.yaml")


@pytest.fixture(scope="session")
def played(lancashire: NoticeFile) -> Played:
    """Each scenario is played once for all tests that look at it."""
    known: dict[str, Rehearsal] = {}

    async def play(name: str) -> Rehearsal:
        if name not in known:
            known[name] = await rehearse(lancashire, scenario_named(name), "pure")
        return known[name]

    return play


@pytest.fixture(scope="session")
async def two_missed(played: Played) -> Rehearsal:
    return await played("two-reports-missed")


@pytest.fixture(scope="session")
async def corrected(played: Played) -> Rehearsal:
    return await played("wrong-date-corrected")


@pytest.fixture(scope="session")
def source(two_missed: Rehearsal) -> Source:
    return Source(two_missed.book)


@pytest.fixture(scope="session")
def log(source: Source) -> ObjectLog:
    return object_log(source)


def in_log_order(rehearsal: Rehearsal) -> list[Recorded]:
    return sorted(rehearsal.events, key=lambda each: each.index)


SIGNER = FileSigner("forthwith.invalid/log", LOG, bytes(range(32)))
KEYS = f"{SIGNER.key}\n".encode()


def signed_over(events: list[Recorded]) -> bytes:
    """The checkpoint of a log that holds these events."""
    tree = Tree()
    tree.extend([sha256(b"\x00" + each.canonical).digest() for each in events])
    return str(sign(Checkpoint(SIGNER.key.name, len(events), tree.root()), [SIGNER])).encode()


@pytest.fixture
async def material(two_missed: Rehearsal) -> Material:
    events = in_log_order(two_missed)
    ledger: Any = two_missed.book._ledger
    disclosures = [Disclosure(**each) async for each in disclosures_for(ledger)]
    return Material(events=events, checkpoint=signed_over(events), keys=KEYS, disclosures=disclosures)
