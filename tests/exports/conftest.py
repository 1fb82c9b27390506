"""States of the world: the shipped scenarios as they were rehearsed, and a log that has signed for one of them."""

import shutil
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from domain.record import Recorded
from domain.terms.notice_file import NoticeFile
from forthwith.bagging import Material, about, bag_files
from forthwith.rehearsal.run import Rehearsal
from ledger.export.bagit import write_folder
from ledger.export.withholding import Disclosure
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.keys import LOG, FileSigner
from ledger.privacy.disclosing import disclosures_for
from ledger.verify.tree import Tree
from projections.exports.model import ObjectLog
from projections.exports.objects import object_log
from projections.exports.source import Source
from tests.lives import life, the_notice
from tests.log.authority import authority  # noqa: F401 - a fixture of two rooms

NOTICE = "lancashire-2016"
Played = Callable[[str], Awaitable[Rehearsal]]


@pytest.fixture(scope="session")
def lancashire() -> NoticeFile:
    return the_notice()


@pytest.fixture(scope="session")
def played() -> Played:
    return life


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


@pytest.fixture(scope="session")
async def bag_as_written(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bag of all this, for tests that only read it."""
    to = tmp_path_factory.mktemp("written") / "bag"
    write_folder(await bag_files(material), about(material), to)
    return to


@pytest.fixture
def own_bag(bag_as_written: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(bag_as_written, tmp_path / "bag")
    return tmp_path / "bag"


@pytest.fixture(scope="session")
async def material(two_missed: Rehearsal) -> Material:
    events = in_log_order(two_missed)
    ledger: Any = two_missed.book._ledger
    disclosures = [Disclosure(**each) async for each in disclosures_for(ledger)]
    return Material(events=events, checkpoint=signed_over(events), keys=KEYS, disclosures=disclosures)
