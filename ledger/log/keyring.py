"""The keys that a log signs with: files in one folder, and what its own record says about them.

A new key takes the place of an old one by an event, `log-key-rotated.v1` in the stream `log/keys`; until the overlap that
the event names is over, both sign.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ledger.log.keys import FileSigner, Signer, UnfitKey, VerifierKey, new_key, signer_from

_ENDING = ".key"


@dataclass(frozen=True, slots=True)
class Rotation:
    """`key` signs from now on; `replaces` until `overlap_until`. Both are vkeys."""

    key: str
    replaces: str
    overlap_until: datetime

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Rotation":
        """From the data of the event."""
        return cls(data["key"], data["replaces"], datetime.fromisoformat(data["overlap_until"]))


class Keyring:
    """The private keys of one log, which all bear its origin as their name."""

    def __init__(self, folder: Path, origin: str) -> None:
        self.folder, self.origin = folder, origin

    def signers(self) -> tuple[FileSigner, ...]:
        """All keys that lie there for this log, by file name; raises UnfitKey."""
        found = (signer_from(file) for file in sorted(self.folder.glob(f"*{_ENDING}")))
        return tuple(each for each in found if each.key.name == self.origin)

    def public(self) -> tuple[VerifierKey, ...]:
        return tuple(each.key for each in self.signers())

    def new(self) -> VerifierKey:
        """Make one more key, in a file of its own."""
        number = 1 + len(list(self.folder.glob(f"*{_ENDING}")))
        return new_key(self.folder / f"{number:04}{_ENDING}", self.origin)


def in_use(
    signers: Sequence[FileSigner],
    rotations: Sequence[Rotation],
    signed_last: Iterable[VerifierKey],
    now: datetime,
) -> tuple[Signer, ...]:
    """The keys that sign now; raises UnfitKey when there is none, or when the record does not say which.

    A key that was made and is not yet in the record does not sign.
    """
    introduced = {each.key for each in rotations} | {str(each) for each in signed_last}
    retired = {each.replaces for each in rotations if each.overlap_until <= now}
    retired -= {each.key for each in rotations[-1:]}
    known = [each for each in signers if str(each.key) in introduced]
    if not introduced or (not known and not rotations):
        known = list(signers)
        if len(known) > 1:
            raise UnfitKey(
                "There are several keys, and the record does not say which of them signs. Keep one."
            )
    found = tuple(each for each in known if str(each.key) not in retired)
    if not found:
        raise UnfitKey("The log has no key to sign with. Make one with `forthwith keys new`.")
    return found
