"""The messages that an occurrence called for, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Literal

from domain.case import Case
from domain.events import chasing, delivery
from projections.casebook import Casebook, Entry
from projections.corrected import tell_entry
from projections.words import person_name, role_title

Delivery = Literal["waiting to be sent", "sent", "undeliverable"]


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message. `about` tells the event that called for it; `index` is that event's place in the record.

    `answer` is the provider's, `fault` why it could not be delivered; `settled_at` when either was recorded.
    """

    id: str
    index: int
    about: str
    person: str
    name: str
    role: str
    called_for: datetime
    delivery: Delivery
    settled_at: datetime | None
    channel: str | None
    answer: str | None
    fault: str | None


def deliveries(case: Case, history: Sequence[Entry]) -> tuple[MessageRow, ...]:
    """In the order in which they were called for. `history` is the occurrence's own."""
    ends = {
        entry.event.message: entry.event
        for entry in history
        if isinstance(entry.event, delivery.MessageSent | delivery.MessageUndeliverable)
    }
    return tuple(
        _row(case, entry, message, ends.get(message.id))
        for entry in history
        for message in getattr(entry.event, "messages", ())
    )


def deliveries_under(book: Casebook, notice: str) -> tuple[tuple[Case, MessageRow], ...]:
    """Every message that was called for under a notice, with what it was about; the newest first. Raises NotFound."""
    found = [
        (case, row)
        for case in book.cases(notice)
        for row in deliveries(case, book.history(case.occurrence.id))
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].index, pair[1].id), reverse=True))


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody whose last message did not arrive. `count`: how many have not since one did; `last` is the newest of them."""

    person: str
    name: str
    count: int
    last: MessageRow


def unreached(book: Casebook, notice: str) -> tuple[Unreached, ...]:
    """Whom messages do not reach any more, by name. Raises NotFound."""
    ended: dict[str, list[MessageRow]] = {}
    for _, row in deliveries_under(book, notice):
        if row.settled_at is not None:
            ended.setdefault(row.person, []).append(row)
    found = []
    for person, rows in ended.items():
        newest_first = sorted(rows, key=lambda row: row.settled_at or row.called_for, reverse=True)
        lost = list(takewhile(lambda row: row.delivery == "undeliverable", newest_first))
        if lost:
            found.append(Unreached(person, lost[0].name, len(lost), lost[0]))
    return tuple(sorted(found, key=lambda each: each.name))


def _row(
    case: Case,
    entry: Entry,
    message: chasing.Message,
    end: delivery.MessageSent | delivery.MessageUndeliverable | None,
) -> MessageRow:
    sent = end if isinstance(end, delivery.MessageSent) else None
    lost = end if isinstance(end, delivery.MessageUndeliverable) else None
    return MessageRow(
        id=message.id,
        index=entry.index,
        about=tell_entry(entry, case.notice, case.occurrence),
        person=message.person,
        name=person_name(case.notice, message.person),
        role=role_title(case.notice, message.role),
        called_for=entry.recorded,
        delivery="sent" if sent else "undeliverable" if lost else "waiting to be sent",
        settled_at=sent.sent_at if sent else lost.given_up_at if lost else None,
        channel=end.channel if end else None,
        answer=sent.answer if sent else None,
        fault=lost.fault if lost else None,
    )
