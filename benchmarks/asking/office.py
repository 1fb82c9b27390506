"""The record of a large office: the same half year under many notices, in the middle of which the clock stands.

Each council has its own people; those of the Department work on every notice, so that each of them has thousands of tasks.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

import asyncpg
from reading.ground import COLUMNS, NOTICE, a_year, notice_named, row_of

from desk.doing import may_submit
from domain.case import Case
from domain.clock import ClockSpec
from domain.identity import OccurrenceId
from domain.record import Recorded
from ledger.instance import set_instance
from ledger.memory import MemoryLedger
from projections.past.book import book_of
from projections.past.moments import EVERYTHING
from projections.tasks import all_tasks

STANDS_AT = datetime(2016, 10, 13, 11, tzinfo=UTC)
OF_COUNCILS = (
    "priya-nandra", "helen-marsh", "duncan-ashworth", "margaret-oduya", "tomasz-wilk", "ruth-pemberton",
)  # fmt: skip
WRITER = "priya-nandra"
OF_THE_DEPARTMENT = ("imogen-hartley", "callum-reyes", "david-achebe", "fiona-laidlaw")


class Office:
    """`notices`: their names. `tasks` are open in all of them together; `events` are in the record."""

    def __init__(self, half_year: Sequence[Recorded], tasks_wanted: int) -> None:
        self.half_year = half_year
        self._book = book_of(MemoryLedger(), half_year, EVERYTHING)
        each = len(all_tasks(self._book, NOTICE, STANDS_AT))
        self.notices = [notice_named(number) for number in range(-(-tasks_wanted // each))]
        self.tasks = each * len(self.notices)
        self.events = len(half_year) * len(self.notices)

    def writers(self, reports: int) -> list[str]:
        """As many people as owe so many reports that have not come."""
        needed = -(-reports // len(self._owed()))
        return [person_of(WRITER, notice) for notice in self.notices[:needed]]

    def reports(self, writers: Sequence[str]) -> Iterator[tuple[str, OccurrenceId, tuple[str, ...]]]:
        """Each writer in turn, what they owe, and the sections that it has to have."""
        for case in self._owed():
            facts, name = case.occurrence.facts, case.occurrence.id
            sections = tuple(each.id for each in facts.sections if each.required)
            for writer in writers:
                notice = f"lancashire-{writer.removeprefix(f'{WRITER}-')}"
                yield writer, OccurrenceId(notice, name.obligation, name.period), sections

    def _owed(self) -> list[Case]:
        return [
            case
            for case in self._book.cases(NOTICE)
            if case.occurrence.facts.kind == "recurring-report" and may_submit(case, WRITER, STANDS_AT)
        ]

    async def settle_in(self, owner_dsn: str) -> None:
        """Write the record with the owner's rights, as appending it would have left it."""
        await set_instance(owner_dsn, "simulated", ClockSpec(STANDS_AT, datetime.now(UTC)))
        owner = await asyncpg.connect(owner_dsn)
        try:
            await self._write(owner)
        finally:
            await owner.close()

    async def _write(self, owner: asyncpg.Connection) -> None:
        for number, name in enumerate(self.notices):
            first = number * len(self.half_year) + 1
            rows = [
                row_of(first + place, each, partial(_renamed, name=name))
                for place, each in enumerate(self.half_year)
            ]
            await _copy(owner, "events", COLUMNS, rows)
        await owner.execute(
            "INSERT INTO forthwith.streams (stream, version) "
            "SELECT stream, max(version) FROM forthwith.events GROUP BY stream"
        )
        await owner.execute(
            "UPDATE forthwith.head SET size = $1, recorded = $2", self.events, self.half_year[-1].recorded
        )
        await owner.execute("VACUUM ANALYZE forthwith.events")
        await owner.execute("VACUUM ANALYZE forthwith.streams")


def person_of(person: str, notice: str) -> str:
    """Somebody of the council that this notice was given to."""
    return f"{person}-{notice.removeprefix('lancashire-')}"


async def an_office(tasks_wanted: int) -> Office:
    """Two reports were missed, and the matter has come before those who decide."""
    year = await a_year("two-reports-missed")
    return Office([each for each in year if each.recorded <= STANDS_AT], tasks_wanted)


def _renamed(text: str, name: str) -> str:
    for person in OF_COUNCILS:
        text = text.replace(person, person_of(person, name))
    return text.replace(NOTICE, name)


async def _copy(
    owner: asyncpg.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> None:
    await owner.copy_records_to_table(table, schema_name="forthwith", columns=columns, records=rows)
