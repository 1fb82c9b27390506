"""What a minister has before them, on one sheet."""

from __future__ import annotations

from typing import Any

from desk.deciding import shown_consideration
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.consideration_page import ConsiderationPage

_OF_THE_DECISION = ("consideration-", "decision-")


def decision_sheet(book: Casebook, page: ConsiderationPage) -> dict[str, Any]:
    """The consideration in the words of the desk, who signs, and its events as (index, leaf, kind)."""
    told = book.history(page.case.occurrence.id)
    return {
        "shown": shown_consideration(page, zone_named(page.case.notice.terms.zone)),
        "signatories": page.signatories,
        "events": [
            (each.index, each.record.leaf, each.record.type)
            for each in told
            if each.record.type.startswith(_OF_THE_DECISION)
        ],
    }
