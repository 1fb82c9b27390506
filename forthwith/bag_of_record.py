"""The bag of the whole record, up to the newest published checkpoint, as one zip file in pieces."""

from collections.abc import Iterator

from desk.auditing import NoBagYet
from forthwith.bag_evidence import evidence_for
from forthwith.bagging import Material, about, bag_files
from forthwith.log_places import log_places
from forthwith.settings import Settings, evidence_place
from forthwith.world import World
from ledger.evidence.files import EvidenceFiles, EvidenceMismatch, EvidenceMissing
from ledger.export.bagit import zip_parts
from ledger.export.checkpoint import UnfitCheckpoint, read_stated
from ledger.export.events import TooFewEvents, read_into
from ledger.export.on_disk import EventsOnDisk
from ledger.export.withholding import Disclosure
from ledger.log.faults import NotInLog
from ledger.log.published import PublishedLog
from ledger.log.stamps import kept_stamps
from ledger.privacy.disclosing import disclosures_for


async def bag_of_record(world: World, settings: Settings) -> tuple[int, Iterator[bytes]]:
    """How many events it holds, and its bytes. Raises NoBagYet."""
    try:
        material = await _material(world, settings)
        return len(material.events), zip_parts(await bag_files(material), about(material))
    except (NotInLog, TooFewEvents, UnfitCheckpoint, EvidenceMissing, EvidenceMismatch) as fault:
        raise NoBagYet(str(fault)) from None


async def _material(world: World, settings: Settings) -> Material:
    places = log_places(settings)
    published = PublishedLog(places.folder)
    checkpoint, events = str(published.newest()).encode(), EventsOnDisk()
    await read_into(events, world.ledger, read_stated(checkpoint).size)
    files = EvidenceFiles(evidence_place(settings))
    return Material(
        events=events,
        checkpoint=checkpoint,
        keys=published.keys().encode(),
        policy=places.policy.read_bytes() if places.policy else None,
        disclosures=await _disclosed(world, len(events)),
        evidence=await evidence_for(world.ledger, files, events, ()),
        stamps=kept_stamps(places.folder, len(events)),
    )


async def _disclosed(world: World, size: int) -> list[Disclosure]:
    found: list[Disclosure] = []
    async for each in disclosures_for(world.ledger):
        if each["index"] > size:
            break
        found.append(Disclosure(each["index"], each["disclosure"]))
    return found
