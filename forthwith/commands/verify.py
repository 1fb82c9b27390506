"""`forthwith verify`: is the record what it was when it was written?"""

import asyncio
import sys
from dataclasses import asdict
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
from cryptography.x509 import Certificate

from forthwith.commands.evidence import evidence_files
from forthwith.commands.stamping import NEEDS_EXTRA, authorities_in
from forthwith.exits import Exit, UsageFault
from forthwith.output import print_json, talk
from forthwith.progress import progress
from forthwith.settings import NothingRuns, Settings, application_url, evidence_place, projector_url
from ledger.evidence.files import EvidenceFiles
from ledger.log.keys import UnfitKey, VerifierKey
from ledger.log.policy import Policy, UnfitPolicy, read_policy
from ledger.privacy.checking import values_of
from ledger.privacy.sealing import keyring_from
from ledger.verify.bag import NoBag
from ledger.verify.beside import Compared, ReadModels
from ledger.verify.kept import KeptReceipt, UnreadableReceipt, read_receipts
from ledger.verify.signatures import Trust
from ledger.verify.verdict import Verdict
from ledger.verify.verify import Beside
from ledger.verify.verify import verify as examine
from ledger.verify.verify_bag import verify_bag
from projections.tables.models.all import PROJECTIONS
from projections.tables.rebuild import rebuild

if TYPE_CHECKING:
    from ledger.bridge.deep import DeepVerdict


def verify(
    *,
    bag: Path | None = None,
    vkey: tuple[str, ...] = (),
    policy: Path | None = None,
    checkpoint: Path | None = None,
    receipts: Path | None = None,
    roots: Path | None = None,
    skip_evidence: bool = False,
    deep: bool = False,
    json: bool = False,
) -> int:
    """Verify the record, or a bag that was exported from it: every event is hashed again and compared with all beside it.

    Ends with 0 when it is sound, with 3 when there is a finding (the first one is the first fault), and with 7 when there
    is none but something that was needed was not given.

    Parameters
    ----------
    bag
        Verify this exported bag, a folder or a zip, instead of the database.
    vkey
        A verifier key that you trust, or a file of them; can be repeated.
    policy
        A file in the form of C2SP tlog-policy: which logs, and which witnesses must have cosigned.
    checkpoint
        A signed checkpoint that you kept: the record must still go on from it.
    receipts
        A folder of receipts that were kept, as acts print them with --json. They show what nothing inside the database
        can show: that its newest events were removed.
    roots
        A file with the certificates (PEM) of the timestamp authorities that you trust. For a bag that holds timestamps.
    skip_evidence
        Do not read the files that were lodged as evidence. Otherwise each is compared with its hash, in the place that
        FORTHWITH_EVIDENCE or an embedded run names; in a bag they are always read.
    deep
        Also build all read models anew and compare, and rebuild every notice and occurrence a second time, by the
        eventsourcing library.
    json
        Print one JSON object.
    """
    kept, note = _kept(receipts), _note(checkpoint)
    trust = Trust(verifier_keys(vkey), _policy(policy), _authorities(roots, bag))
    if bag is not None:
        return _answer(_examine_bag(bag, trust, kept, note, deep=deep), None, json=json)
    settings = Settings()
    where = application_url(settings)
    values = values_of(keyring_from(settings.privacy_key_file))
    beside = Beside(
        kept, note, trust, values, _read_models() if deep else None, None if skip_evidence else _evidence(settings),
        not skip_evidence,
    )  # fmt: skip
    with progress("Verifying") as on_progress:
        verdict = asyncio.run(examine(where, on_progress, beside=beside))
    return _answer(verdict, _rebuild_twice(where) if deep and verdict.sound else None, json=json)


def _answer(verdict: Verdict, rebuilt: "DeepVerdict | None", *, json: bool) -> int:
    if json:
        print_json(asdict(verdict) | ({"rebuilt": asdict(rebuilt)} if rebuilt else {}))
    else:
        _tell(verdict)
        _tell_rebuilt(rebuilt)
    if not verdict.sound or (rebuilt and not rebuilt.same):
        return Exit.INTEGRITY
    return Exit.FOUND_SOMETHING if verdict.incomplete else Exit.OK


def _examine_bag(
    bag: Path, trust: Trust, kept: tuple[KeptReceipt, ...], note: bytes | None, *, deep: bool
) -> Verdict:
    if deep:
        raise UsageFault("--deep rebuilds the database; a bag is always examined to the last letter.")
    if not bag.exists():
        raise FileNotFoundError(f"There is no bag “{bag}”.")
    try:
        with progress("Verifying") as on_progress:
            return verify_bag(bag, trust, on_progress, kept, note)
    except (NoBag, UnfitPolicy, UnfitKey) as fault:
        raise UsageFault(str(fault)) from None


def verifier_keys(given: tuple[str, ...]) -> tuple[VerifierKey, ...]:
    """Keys as they are given, or files of them. Raises UsageFault, FileNotFoundError."""
    try:
        return tuple(VerifierKey.parse(line) for each in given for line in _lines(each))
    except UnfitKey as fault:
        raise UsageFault(str(fault)) from None


def _lines(given: str) -> list[str]:
    """A key itself, or the keys in a file, one a line."""
    if "+" in given and not Path(given).is_file():
        return [given]
    if not Path(given).is_file():
        raise FileNotFoundError(f"There is no file of keys “{given}”.")
    lines = Path(given).read_text("utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def _policy(file: Path | None) -> Policy | None:
    try:
        return read_policy(file) if file else None
    except UnfitPolicy as fault:
        raise UsageFault(str(fault)) from None


def _note(file: Path | None) -> bytes | None:
    if file is not None and not file.is_file():
        raise FileNotFoundError(f"There is no checkpoint “{file}”.")
    return file.read_bytes() if file else None


def _authorities(roots: Path | None, bag: Path | None) -> tuple[Certificate, ...]:
    if roots is None:
        return ()
    if bag is None:
        raise UsageFault("--roots is for the timestamps in a bag: name the bag with --bag.")
    if find_spec("rfc3161_client") is None:
        raise UsageFault(NEEDS_EXTRA)
    return authorities_in(roots)


def _evidence(settings: Settings) -> EvidenceFiles | None:
    """Where evidence is kept; None on a machine that does not say so."""
    embedded = settings.application_url is None
    if settings.evidence or embedded or Path(evidence_place(settings)).is_dir():
        return evidence_files()
    return None


def _kept(folder: Path | None) -> tuple[KeptReceipt, ...]:
    if folder is None:
        return ()
    if not folder.is_dir():
        raise FileNotFoundError(f"There is no folder “{folder}”.")
    try:
        return read_receipts(folder)
    except UnreadableReceipt as fault:
        raise UsageFault(str(fault)) from None


def _read_models() -> ReadModels | None:
    """Builds the read models anew and compares, where this machine knows the login that keeps them."""
    try:
        where = projector_url(Settings())
    except NothingRuns:
        talk.print(
            "The read models are not compared: FORTHWITH_PROJECTOR_URL names no login that keeps them."
        )
        return None
    return partial(_compare, where)


async def _compare(where: str) -> Compared:
    connection = await asyncpg.connect(where, timeout=10, server_settings={"timezone": "UTC", "jit": "off"})
    try:
        found = await rebuild(connection, PROJECTIONS, compare=True)
    finally:
        await connection.close()
    return Compared(found.position, found.unequal)


def _rebuild_twice(where: str) -> "DeepVerdict":
    # Imported only here: on import the library changes the standard library's dataclasses for the whole process.
    from ledger.bridge.deep import deep_verify

    with progress("Rebuilding") as on_progress:
        return deep_verify(where, on_progress)


def _tell_rebuilt(rebuilt: "DeepVerdict | None") -> None:
    if rebuilt is None:
        return
    sys.stdout.write(f"{rebuilt.events:,} events in {rebuilt.streams:,} streams rebuilt twice\n")
    if rebuilt.same:
        sys.stdout.write("Both ways give the same.\n")
    for each in rebuilt.differences:
        sys.stdout.write(f"{each.stream}: {each.sentence}\n")


def _tell(verdict: Verdict) -> None:
    sys.stdout.write(
        f"{verdict.events_checked:,} events in {verdict.streams:,} streams\nroot {verdict.root}\n"
    )
    for finding in verdict.findings:
        place = "" if finding.index is None else f" at event {finding.index}"
        sys.stdout.write(f"{finding.code}{place}: {finding.sentence}\n")
    if verdict.unlisted:
        sys.stdout.write(f"{verdict.unlisted:,} more findings are not listed.\n")
    if verdict.files_checked:
        files = "1 file was" if verdict.files_checked == 1 else f"{verdict.files_checked:,} files were"
        sys.stdout.write(f"{files} lodged as evidence and looked at.\n")
    for sentence in (*verdict.incomplete, *verdict.notes):
        sys.stdout.write(f"{sentence}\n")
    if not verdict.sound:
        talk.print(
            "The record is not what it was when it was written. The first finding is the first fault.",
            style="red",
        )
    elif not verdict.incomplete:
        sys.stdout.write("The record is sound: no finding.\n")
