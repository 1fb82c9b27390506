"""What people are sent, shown from a scenario that is lived through in memory."""

from activities.delivery.samples import Sample, Sampler
from domain.terms.notice_file import NoticeFile
from forthwith.letter_samples import PRETENDED
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import Scenario

ADDRESS = "https://forthwith.example"


async def samples_of(terms: NoticeFile, scenario: Scenario) -> tuple[Sample, ...]:
    """The letters for which a scenario calls; raises ScenarioFault."""
    rehearsal = await rehearse(terms, scenario, "pure")
    sampler = Sampler(ADDRESS, PRETENDED)
    sampler.take(rehearsal.events)
    return sampler.samples()
