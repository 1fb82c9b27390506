"""Rows that one read model is to have, gathered from many events before any is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from projections.tables.table import Amend, Change, Put, Row, Table


@dataclass(slots=True)
class Rows:
    """`told` come from single events, `amended` fill in rows written earlier, `settled` are all that an occurrence has."""

    told: dict[Table, dict[Row, Row]] = field(default_factory=dict)
    amended: dict[Table, dict[Row, Row]] = field(default_factory=dict)
    settled: dict[str, list[Put]] = field(default_factory=dict)

    def tell(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if isinstance(change, Amend):
                self._amend(change)
            else:
                self.told.setdefault(change.table, {})[change.table.key(change.row)] = change.row

    def settle(self, occurrence: str, rows: list[Put]) -> None:
        self.settled[occurrence] = rows

    def by_table(self) -> dict[Table, list[Row]]:
        """Whole rows: a table is filled either from single events or from states, never from both."""
        found = {table: list(rows.values()) for table, rows in self.told.items() if rows}
        for rows in self.settled.values():
            for table, row in rows:
                found.setdefault(table, []).append(row)
        return found

    def _amend(self, change: Amend) -> None:
        table = change.table
        row = self.told.get(table, {}).get(change.key)
        if row is None:
            self.amended.setdefault(table, {})[change.key] = change.values
            return
        filled = list(row)
        for place, value in zip(table.amends, change.values, strict=True):
            filled[place] = value
        self.told[table][change.key] = tuple(filled)
