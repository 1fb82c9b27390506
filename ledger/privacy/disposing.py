"""What the rules of retention say is due for erasure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.notice.state import Notice
from ledger.postgres import PostgresLedger
from ledger.privacy.kept import KeptValue, kept_values
from ledger.privacy.retention import Retention, Rule


@dataclass(frozen=True, slots=True)
class Due:
    """Values of one notice that one rule disposes of; `held` says why they stay nevertheless."""

    notice: str
    ended: date
    rule: Rule
    values: tuple[KeptValue, ...]
    held: str | None


async def due_for_erasure(
    ledger: PostgresLedger, notices: Iterable[Notice], retention: Retention, today: date
) -> Sequence[Due]:
    """Of every notice that has ended, what a rule has run out for."""
    found = []
    for notice in notices:
        ended = end_of(notice)
        if ended is None:
            continue
        by_rule: dict[Rule, list[KeptValue]] = {}
        for value in await kept_values(ledger, notice=notice.terms.id):
            rule = retention.rule_for(value.type)
            if rule is not None and rule.is_due(ended, today):
                by_rule.setdefault(rule, []).append(value)
        held = retention.holds.get(notice.terms.id)
        found += [Due(notice.terms.id, ended, rule, tuple(values), held) for rule, values in by_rule.items()]
    return found


def end_of(notice: Notice) -> date | None:
    """The day on which a notice ended for good, after-care included; None while it runs."""
    if notice.closed is not None:
        return notice.closed.closed_at.date()
    if notice.superseded is not None:
        return notice.superseded.decided_on
    if notice.lifted is not None and not notice.lifted.kept:
        return notice.lifted.issued_on
    return None
