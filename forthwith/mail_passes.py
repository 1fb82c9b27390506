"""The passes in letters: with which keys they are signed, and whether one was used."""

from datetime import datetime

from activities.delivery.passes import Pass, Passes
from domain.ports import Ledger
from domain.record import Receipt
from forthwith.settings import Settings, state_folder


def link_keys(settings: Settings) -> list[bytes]:
    """Those of the file that is named, newest first, or one of the embedded run's own. Raises OSError."""
    if settings.link_key_file is None:
        return [state_folder(settings).secret("links").encode()]
    lines = settings.link_key_file.read_text("utf-8").splitlines()
    return [line.strip().encode() for line in lines if line.strip()]


def passes_of(settings: Settings) -> Passes:
    """Raises OSError, and ValueError when a key is too short."""
    return Passes(link_keys(settings))


class RecordedPasses:
    """What the desk asks: `desk.ports.MailPasses` on a ledger."""

    def __init__(self, passes: Passes, ledger: Ledger) -> None:
        self._passes, self._ledger = passes, ledger

    def read(self, words: str, now: datetime) -> Pass:
        return self._passes.read(words, now)

    async def receipt_of(self, given: Pass) -> Receipt | None:
        return await self._ledger.receipt_of(given.command)
