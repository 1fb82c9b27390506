"""Verification of an exported record by whoever was given it: no database, no network."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import orjson

from ledger.log.keys import UnfitKey, VerifierKey
from ledger.log.policy import parse_policy
from ledger.verify.bag import Bag
from ledger.verify.commitments import Shown, Withheld
from ledger.verify.history import History
from ledger.verify.kept import KeptReceipt, compare, places_of
from ledger.verify.payload import check_evidence, check_manifest, check_tiles
from ledger.verify.signatures import KEPT, NO_KEY, Judged, Trust, check_quorum, check_root, judge, limits
from ledger.verify.timestamps import judge_timestamps
from ledger.verify.verdict import Findings, Verdict

Progress = Callable[[int, int], None]
_EVENTS = "data/events.jsonl"


def verify_bag(
    path: Path,
    trust: Trust,
    on_progress: Progress = lambda _done, _of: None,
    kept: Sequence[KeptReceipt] = (),
    checkpoint: bytes | None = None,
) -> Verdict:
    """Everything that a bag says, held against itself and against what the verifier brings along.

    `kept` and `checkpoint` are what was kept from earlier. Raises NoBag, UnfitPolicy, UnfitKey, OSError.
    """
    with Bag(path) as bag:
        return _verify(bag, trust, on_progress, kept, checkpoint)


def _verify(
    bag: Bag, trust: Trust, on_progress: Progress, kept: Sequence[KeptReceipt], checkpoint: bytes | None
) -> Verdict:
    findings = Findings()
    trust = _completed(bag, trust, findings)
    judged = judge(bag.read("data/checkpoint"), "The bag's checkpoint", trust, findings)
    notes = [judged]
    if checkpoint is not None:
        notes.append(judge(checkpoint, KEPT, trust, findings))
    if judged and trust.policy:
        check_quorum(judged, trust.policy, findings)
    readable = [each for each in notes if each] + judge_timestamps(bag, trust, findings)
    history = History(findings, [limit for each in readable for limit in limits(each)], places_of(kept))
    whole = _read_events(bag, history, judged, on_progress, findings)
    for each in readable:
        size = each.checkpoint.size
        root = history.tree.root(size) if size <= history.size else None
        check_root(each, history.size, root, findings)
    files = _check_payload(bag, history, whole, findings)
    compare(kept, history.at, findings)
    return _verdict(history, judged, len(files), findings)


def _completed(bag: Bag, trust: Trust, findings: Findings) -> Trust:
    """What the verifier did not bring is taken from the bag, which proves less, and is told."""
    keys, policy = tuple(trust.log_keys), trust.policy
    if policy is not None:
        keys += tuple(policy.logs)
    elif "data/policy" in bag.names:
        policy = parse_policy(bag.read("data/policy"))
    if not keys:
        findings.incomplete.append(NO_KEY)
        keys = tuple(_keys_in(bag))
    return Trust(keys, policy, trust.authorities)


def _keys_in(bag: Bag) -> Iterator[VerifierKey]:
    for line in bag.read("data/keys.txt").decode("utf-8", "replace").splitlines():
        if line.strip():
            with suppress(UnfitKey):
                yield VerifierKey.parse(line)


def _read_events(
    bag: Bag, history: History, judged: Judged | None, on_progress: Progress, findings: Findings
) -> str:
    """Give the lines that are signed to `history`; the hash of the whole file, for the manifest."""
    expected = judged.checkpoint.size if judged else sys.maxsize
    whole, rest, beyond = sha256(), b"", False
    for chunk in bag.chunks(_EVENTS):
        whole.update(chunk)
        lines = (rest + chunk).split(b"\n")
        rest = lines.pop()
        beyond |= history.size + len(lines) > expected
        history.take(lines[: expected - history.size])
        on_progress(history.size, expected)
    if rest and history.size < expected:
        history.take([rest])
    elif rest:
        beyond = True
    if beyond:
        findings.add(
            "ROOT_MISMATCH",
            expected + 1,
            f"The events after event {expected} stand under no signature.",
        )
    return whole.hexdigest()


def _check_payload(bag: Bag, history: History, whole: str, findings: Findings) -> dict[int, str]:
    """Everything beside the events; returns the files of evidence that must be there, by event."""
    check_tiles(bag, history.tree, findings)
    shown = (Shown(index, told.get("disclosure")) for index, told in _lines(bag, "data/disclosures.jsonl"))
    withheld = [
        Withheld(index, str(told.get("digest")), told.get("exemption"))
        for index, told in _lines(bag, "data/withheld.jsonl")
    ]
    history.commitments.check(shown, withheld, findings)
    lodged = history.lodged.wanted({each.index for each in withheld if each.index is not None})
    check_evidence(bag, lodged, findings)
    check_manifest(bag, {_EVENTS: whole}, findings)
    return lodged


def _lines(bag: Bag, name: str) -> Iterator[tuple[int | None, dict[str, str]]]:
    """Each line with the index that it names; a line that cannot be read has None."""
    for line in bag.read(name).split(b"\n"):
        if not line.strip():
            continue
        told = None
        with suppress(orjson.JSONDecodeError):
            told = orjson.loads(line)
        fit = type(told) is dict and type(told.get("index")) is int
        yield (told["index"], told) if told and fit else (None, {})


def _verdict(history: History, judged: Judged | None, files: int, findings: Findings) -> Verdict:
    found = findings.in_log_order()
    return Verdict(
        not found,
        judged.checkpoint.size if judged else 0,
        history.tree.root(history.size).hex(),
        history.size,
        len(history.streams),
        found,
        findings.unlisted,
        judged.checkpoint.origin if judged else None,
        tuple(findings.incomplete),
        tuple(findings.notes),
        files,
    )
