"""A consideration as commands print it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.events.deciding import Signatory
from domain.notice.state import Notice
from domain.occurrence.consideration import Consideration, Representation
from domain.time.words import plain_date
from domain.who import day_words, today


def consideration_rows(notice: Notice, found: Consideration) -> Iterator[tuple[str, str]]:
    """Each thing that happened, with its day, in the order in which it has to happen."""
    opened = found.opened
    about = f" It is about {', '.join(opened.matters)}." if opened.matters else ""
    yield day_words(notice, opened.opened_at), f"Opened: {opened.because}{about}"
    if found.invited:
        yield (
            day_words(notice, found.invited.invited_at),
            f"Representations invited until {plain_date(found.invited.until)}.",
        )
    for each in found.representations:
        yield from _heard(notice, each)
    if found.proposed and not found.decided:
        yield (
            day_words(notice, found.proposed.proposed_at),
            f"Proposed to {found.proposed.option}, signed by {_signed(found.proposed.signed)}: {found.proposed.reasons}",
        )
    if found.decided:
        by = " and ".join(_signed(each) for each in found.decided.signatories)
        told = f"Decided to {found.decided.option} ({found.decided.law}), signed by {by}: {found.decided.reasons}"
        yield plain_date(found.decided.decided_on), told
    if found.issued:
        yield plain_date(found.issued.issued_on), "Issued."
    if found.published:
        yield plain_date(found.published.published_on), "Published."
    for noted in found.corrected:
        yield (
            "since then",
            f"Corrected in {noted.stream}, event {noted.version}: {noted.field} was “{noted.was}”.",
        )


def _heard(notice: Notice, each: Representation) -> Iterator[tuple[str, str]]:
    late = ", late" if each.made.late else ""
    made = f"Representations {each.made.number}{late}: {each.made.text}"
    yield day_words(notice, each.made.made_at), made
    if each.answered:
        yield (
            day_words(notice, each.answered.answered_at),
            f"Representations {each.made.number} answered: {each.answered.reasons}",
        )


def _signed(signatory: Signatory) -> str:
    return f"{signatory.name} ({signatory.role})"


def consideration_line(notice: Notice, found: Consideration) -> dict[str, Any]:
    """The same for programs; null where it has not happened."""
    decided = found.decided
    return {
        "because": found.opened.because,
        "matters": list(found.opened.matters),
        "options": list(found.opened.options),
        "opened_on": _day(today(notice, found.opened.opened_at)),
        "invited_until": _day(found.invited.until if found.invited else None),
        "representations": [
            {
                "number": each.made.number,
                "text": each.made.text,
                "late": each.made.late,
                "answer": each.answered.reasons if each.answered else None,
            }
            for each in found.representations
        ],
        "proposed": found.proposed.option if found.proposed else None,
        "decided": decided.option if decided else None,
        "reasons": decided.reasons if decided else None,
        "law": decided.law if decided else None,
        "signatories": [each.person for each in decided.signatories] if decided else [],
        "decided_on": _day(decided.decided_on if decided else None),
        "issued_on": _day(found.issued.issued_on if found.issued else None),
        "published_on": _day(found.published.published_on if found.published else None),
        "corrected_since": len(found.corrected),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
