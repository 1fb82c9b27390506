"""What people are sent, shown from the record."""

from collections.abc import Sequence

from activities.delivery.passes import Passes
from activities.delivery.samples import Sample, Sampler
from domain.ports import Ledger

# A pass in a letter that nobody is sent opens nothing: its key is known to everybody.
PRETENDED = Passes([b"a key that everybody knows, for letters that nobody is sent"])


class RecordedLetters:
    """`desk.ports.Letters` of a record; it reads on from where it stopped."""

    def __init__(self, ledger: Ledger, links: str) -> None:
        self._ledger, self._sampler, self._read = ledger, Sampler(links, PRETENDED), 0

    async def samples(self) -> Sequence[Sample]:
        while events := await self._ledger.read(self._read):
            self._sampler.take(events)
            self._read = events[-1].index
        return self._sampler.samples()
