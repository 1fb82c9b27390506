"""Timestamps of third parties (RFC 3161) that lie in a bag: each is over a checkpoint from which the bag's goes on.

The checkpoint must be of this log, whoever signed it: what counts is that an authority has seen its root at that time.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec

from ledger.log.checkpoint import checkpoint_in
from ledger.log.notes import UnsoundNote, parse
from ledger.verify.bag import Bag
from ledger.verify.signatures import Judged, Trust
from ledger.verify.verdict import Findings

AUTHORITY = "a timestamp authority"
NO_TIMESTAMPS = "Certificates of timestamp authorities were given (--roots), but the bag holds no timestamp."
NOT_LOOKED_AT = (
    "The timestamps in the bag were not looked at: that needs an extra package (pip install 'forthwith[timestamp]') or "
    "openssl ts -verify."
)
BY_NOBODY = "The timestamps in the bag fit it, but who made them was not looked at: no certificates of authorities were given (--roots)."
_file = re.compile(r"data/timestamps/(\d+)\.(?:checkpoint|tsr)", re.ASCII).fullmatch


def judge_timestamps(bag: Bag, trust: Trust, findings: Findings) -> list[Judged]:
    """The checkpoints that were stamped, each with the time that a trusted authority gives for it."""
    sizes = sorted({int(found[1]) for name in bag.names if (found := _file(name))})
    if not sizes:
        findings.incomplete.extend([NO_TIMESTAMPS] if trust.authorities else [])
    elif not _installed():
        findings.notes.append(NOT_LOOKED_AT)
    elif not trust.authorities:
        findings.notes.append(BY_NOBODY)
    return list(_judged(bag, sizes, trust, findings))


def _judged(bag: Bag, sizes: list[int], trust: Trust, findings: Findings) -> Iterator[Judged]:
    for size in sizes:
        which = f"The timestamped checkpoint of {size} events"
        note, token = (bag.read(f"data/timestamps/{size}.{kind}") for kind in ("checkpoint", "tsr"))
        try:
            checkpoint = checkpoint_in(parse(note))
            at = _stamped_at(token, note, trust)
        except UnsoundNote:
            findings.add(
                "BAD_SIGNATURE", None, f"{which} is not what an authority that you trust has stamped."
            )
        else:
            yield Judged(which, checkpoint, {AUTHORITY: int(at.timestamp())} if at else {})


def _stamped_at(token: bytes, note: bytes, trust: Trust) -> datetime | None:
    """None where nobody vouches for the time. Raises UnsoundStamp."""
    if not _installed():
        return None
    from ledger.log import stamping

    if trust.authorities:
        return stamping.stamped_at(token, note, trust.authorities)
    stamping.stamped_by_its_word(token, note)
    return None


def _installed() -> bool:
    return find_spec("rfc3161_client") is not None
