"""Reports that are written and read over, and wait for their last click."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asking.office import Office
from asking.people import Person
from desk.addresses import task_page

WORDS = "What was planned for this month has been done; what remains is told under the plan. " * 3


@dataclass(frozen=True, slots=True)
class ReadyReport:
    """`form`: what its last page would send."""

    author: Person
    address: str
    form: Mapping[str, str]

    async def send(self) -> None:
        """To the redirect, which leads to the receipt."""
        where = await self.author.send(self.address, dict(self.form))
        assert where.startswith("/receipts/"), where


async def ready_reports(
    office: Office, people: Mapping[str, Person], writers: Sequence[str], count: int
) -> list[ReadyReport]:
    """Each section saved through its own form, and the whole checked once."""
    found = []
    for writer, occurrence, sections in office.reports(writers):
        if len(found) == count:
            break
        author, address = people[writer], f"{task_page(occurrence, 'owed')}/submit"
        for section in sections:
            form = await author.fields(f"{address}/sections/{section}")
            await author.send(f"{address}/sections/{section}", {**form, "text": WORDS})
        found.append(ReadyReport(author, address, await author.fields(f"{address}/check")))
    return found
