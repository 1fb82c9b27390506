"""What lies in a bag beside the events: tiles, evidence, and the manifest over all files."""

from collections.abc import Mapping

from ledger.log.tiles import HASH, WIDTH, parse_path
from ledger.verify.bag import Bag
from ledger.verify.levels import Levels
from ledger.verify.verdict import Code, Findings

_EVIDENCE = "data/evidence/"
_MANIFEST, _TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"


def check_tiles(bag: Bag, tree: Levels, findings: Findings) -> None:
    """Every hash of every tile against the tree over the events; the first difference of each kind is told."""
    leaves: list[int] = []
    nodes: list[int] = []
    for name in sorted(bag.names):
        tile = parse_path(name.removeprefix("data/")) if name.startswith("data/tile/") else None
        if tile is None:
            continue
        first = tile.number * WIDTH
        here = tree.levels[tile.level][first : first + WIDTH] if tile.level < len(tree.levels) else []
        held = bag.read(name)
        wrong = [
            (first + at) * WIDTH**tile.level + 1
            for at, expected in enumerate(here[: len(held) // HASH])
            if held[at * HASH : (at + 1) * HASH] != expected
        ]
        (nodes if tile.level else leaves).extend(wrong[:1])
    if leaves:
        at = min(leaves)
        findings.add(
            "LEAF_HASH",
            at,
            f"The bytes of event {at} do not have the hash that its tile holds; it is the first.",
        )
    elif nodes:
        at = min(nodes)
        findings.add("ROOT_MISMATCH", at, f"From event {at} on the tiles are not those of the events.")


def check_manifest(bag: Bag, known: dict[str, str], findings: Findings) -> None:
    """Every file of the payload against the manifest; `known` holds hashes that have been made already."""
    if _MANIFEST not in bag.names:
        findings.add("PROJECTION_DRIFT", None, f"The bag has no {_MANIFEST}.")
    else:
        payload = {name for name in bag.names if name.startswith("data/")}
        _check_listed(bag, _listed(bag, _MANIFEST), payload, known, findings)
    if _TAGS in bag.names:
        _check_listed(bag, _listed(bag, _TAGS), set(), known, findings)


def check_evidence(bag: Bag, lodged: Mapping[int, str], findings: Findings) -> None:
    """Evidence is filed under its hash, and what an event has lodged is there; `lodged`: SHA-256 by event."""
    names = sorted(name for name in bag.names if name.startswith(f"{_EVIDENCE}sha256/"))
    for name in names:
        held = name.rpartition("/")[2]
        if bag.hash(name) != held:
            findings.add(
                "EVIDENCE_MISMATCH", None, f"The file “{held}” does not have the hash that is its name."
            )
    there = {name.rpartition("/")[2] for name in names}
    for index, digest in lodged.items():
        if digest not in there:
            findings.add(
                "EVIDENCE_MISMATCH",
                index,
                f"The file that event {index} has lodged is not in the bag, and is neither erased nor withheld.",
            )


def _listed(bag: Bag, manifest: str) -> dict[str, str]:
    lines = bag.read(manifest).decode("utf-8", "replace").splitlines()
    pairs = (line.split(None, 1) for line in lines)
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _check_listed(
    bag: Bag, told: dict[str, str], files: set[str], known: dict[str, str], findings: Findings
) -> None:
    for name in sorted(files | told.keys()):
        if name not in bag.names:
            what = "is named in the manifest, but not there"
        elif name not in told:
            what = "is not in the manifest"
        elif told[name] != (known.get(name) or bag.hash(name)):
            what = "is not what the manifest says"
        else:
            continue
        code: Code = "EVIDENCE_MISMATCH" if name.startswith(_EVIDENCE) else "PROJECTION_DRIFT"
        findings.add(code, None, f"“{name}” {what}.")
