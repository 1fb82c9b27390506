"""Who may see what? What the walls around the read models know: see `ledger/sql/migrations/0036_walls.sql`."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import orjson

from domain.case import Case
from domain.notice.secrecy import hidden_from
from domain.notice.state import Notice
from projections.tables.happened import NOTICE, Happened
from projections.tables.table import Change, Put, Table

RIGHTS = Table("rights", ("notice", "zone", "people", "holdings", "obligations"), listed=(2,), retold=True)
SECRECY = Table("secrecy", ("occurrence", "notice", "hidden_from"), listed=(2,))
_A_DAY = timedelta(days=1)


class RightsUnderEach:
    """Of every notice: who acts for which parties from when until when, and what is hidden from which."""

    name, tables, needs_cases, settles = "rights", (RIGHTS, SECRECY), True, True

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]:
        assert case is not None
        if not happened.subject.startswith(NOTICE) or not case.notice.is_issued:
            return
        notice = case.notice
        held = list(_holdings(notice))
        yield Put(
            RIGHTS,
            (
                notice.terms.id, notice.terms.zone, tuple(dict.fromkeys(each["person"] for each in held)),
                orjson.dumps(held).decode(),
                orjson.dumps({each.id: each.hidden_from for each in notice.obligations}).decode(),
            ),
        )  # fmt: skip

    def settle(self, case: Case) -> Iterable[Put]:
        occurrence = case.occurrence
        hidden = tuple(dict.fromkeys(hidden_from(case.notice, occurrence)))
        yield Put(SECRECY, (str(occurrence.id), occurrence.facts.notice, hidden))


def _holdings(notice: Notice) -> Iterator[dict[str, Any]]:
    """One for each person and each stretch of days in which they act for the same parties; the last has no end."""
    turns = sorted(_turns(notice))
    for person in sorted(
        {*(each.person for each in notice.appointments), *(each.to for each in notice.delegations)}
    ):
        for since, following in zip(turns, [*turns[1:], None], strict=True):
            parties = sorted({notice.role(role).party for role in notice.roles_of(person, since)})
            if parties:
                until = following - _A_DAY if following else None
                yield {"person": person, "since": since, "until": until, "parties": parties}


def _turns(notice: Notice) -> set[date]:
    """The days on which somebody's roles may change."""
    appointed = ((each.since, each.until) for each in notice.appointments)
    delegated = ((each.since, each.until) for each in notice.delegations)
    stretches = (*appointed, *delegated)
    after = (until + _A_DAY for _, until in stretches if until is not None and until < date.max)
    return {since for since, _ in stretches}.union(after)
