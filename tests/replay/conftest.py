"""Lives of the Lancashire notice, each rehearsed once, and the whole of what the record holds of them."""

from collections.abc import Awaitable, Callable, Sequence

import pytest

from domain.record import Recorded
from ledger.memory import MemoryLedger
from projections.casebook import Casebook
from projections.past.book import PastBook, book_of
from projections.past.moments import Moments
from tests.lives import life

NOTICE = "lancashire-2016"
Lived = Callable[[str], Awaitable[tuple[MemoryLedger, Casebook]]]


@pytest.fixture(scope="session")
def lived() -> Lived:
    async def once(scenario: str) -> tuple[MemoryLedger, Casebook]:
        book = (await life(scenario)).book
        assert isinstance(book._ledger, MemoryLedger)
        return book._ledger, book

    return once


@pytest.fixture(scope="session")
def past(lived: Lived) -> Callable[[str, Moments], Awaitable[PastBook]]:
    read: dict[str, PastBook] = {}

    async def of(scenario: str, moments: Moments) -> PastBook:
        if scenario not in read:
            ledger, _ = await lived(scenario)
            rows: Sequence[Recorded] = await ledger.read_by(NOTICE)
            read[scenario] = book_of(ledger, rows, moments)
        return read[scenario].as_of(moments)

    return of
