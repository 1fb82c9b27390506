"""The past as it was looked at lately: whoever goes from page to page in it waits once.

What was looked at of one notice is forgotten as soon as something happens under it, and of all of them together as soon as
anything happens: then only the one notice is gone through again.
"""

from bisect import bisect_right
from collections import OrderedDict
from datetime import datetime

from projections.casebook import Casebook
from projections.past.book import PastBook
from projections.past.moments import Moments
from projections.past.several import PastOfSeveral
from projections.turns import give_way

MOST = 4
Place = tuple[datetime, int, int | None]


class Lately:
    """The pasts that were looked at last; the one that was asked for longest ago makes way for another."""

    def __init__(self) -> None:
        self._found: OrderedDict[Place, PastBook] = OrderedDict()

    def at(self, place: Place) -> PastBook | None:
        if place in self._found:
            self._found.move_to_end(place)
        return self._found.get(place)

    def keep(self, place: Place, past: PastBook) -> PastBook:
        self._found[place] = past
        if len(self._found) > MOST:
            self._found.popitem(last=False)
        return past


def past_of(book: Casebook, moments: Moments, notice: str, upto: int | None = None) -> PastBook:
    """One notice as of two moments, from what has been read already; up to an event, if that is numbered."""
    entries = book.history(notice)
    known = bisect_right(entries, moments.known_at, key=lambda each: each.recorded)
    # Whatever instant is named, as long as the same events were known then it is the same past.
    place, lately = (moments.as_at, known, upto), book.kept(notice, "lately", None, Lately)
    found = lately.at(place)
    if found is not None:
        return found
    wanted = [each for each in entries if upto is None or each.index <= upto]
    return lately.keep(place, PastBook(book.ledger, wanted, moments, book.state_of))


async def past_of_all(book: Casebook, moments: Moments) -> PastBook:
    """Every notice. Between one and the next, others are answered: a long record takes a while."""
    place = (moments.as_at, book.known_by(moments.known_at), None)
    lately = book.kept_of_all("lately", None, Lately)
    found = lately.at(place)
    if found is not None:
        return found
    parts = []
    for each in book.notices():
        parts.append(past_of(book, moments, each.terms.id))
        await give_way()
    return lately.keep(place, PastOfSeveral(book.ledger, parts, moments))
