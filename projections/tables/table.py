"""What a read model is made of: tables, the rows that events put in them, and the question it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from domain.case import Case
from projections.tables.happened import Happened

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` in the order of the rows, the first `keys` of them being its key. `listed`: places of columns that hold
    lists of identifiers. `amends`: places of the columns that a later event may fill in, where there are such. `retold`:
    a later event tells a whole row again.
    """

    name: str
    columns: tuple[str, ...]
    keys: int = 1
    listed: tuple[int, ...] = ()
    amends: tuple[int, ...] = ()
    retold: bool = False

    def key(self, row: Row) -> Row:
        return row[: self.keys]


class Put(NamedTuple):
    """A row, in the place of the one with the same key."""

    table: Table
    row: Row


class Amend(NamedTuple):
    """The values of a table's `amends`, for the row of that key."""

    table: Table
    key: Row
    values: Row


Change = Put | Amend


class Projection(Protocol):
    """One question. `tell` is asked for every event, right after it was folded; `settle` for every occurrence that has
    changed, as often or as seldom as suits: its rows follow from the state alone.

    `needs_cases` says whether events have to be folded for it; otherwise `tell` is given no case.
    """

    @property
    def name(self) -> str: ...

    @property
    def tables(self) -> tuple[Table, ...]: ...

    @property
    def needs_cases(self) -> bool: ...

    @property
    def settles(self) -> bool: ...

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]: ...

    def settle(self, case: Case) -> Iterable[Put]: ...
