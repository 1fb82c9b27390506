"""What people are sent, shown from a record: that of the desk, or one that a scenario has lived through."""

from collections.abc import Sequence

from activities.delivery.passes import Passes
from activities.delivery.samples import Sample, Sampler
from domain.ports import Ledger
from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import Scenario

ADDRESS = "https://forthwith.example"
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


async def samples_of(terms: NoticeFile, scenario: Scenario) -> tuple[Sample, ...]:
    """The letters for which a scenario calls; raises ScenarioFault."""
    rehearsal = await rehearse(terms, scenario, "pure")
    sampler = Sampler(ADDRESS, PRETENDED)
    sampler.take(rehearsal.events)
    return sampler.samples()
