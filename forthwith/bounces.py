"""Mail that was taken by a server and came back later: found by its Message-ID, and recorded for each message in it."""

import hmac
from dataclasses import dataclass, field
from pathlib import Path

from activities.delivery.answers import for_the_record
from domain.commands import RecordMessageUndeliverable
from domain.events.delivery import MessageSent
from domain.identity import OccurrenceId
from domain.ports import Handles
from domain.refusals import NotFound
from projections.casebook import Casebook

FEWEST_CHARACTERS = 32


async def record_bounce(book: Casebook, office: Handles, message_id: str, fault: str) -> int:
    """How many messages were in it; raises NotFound. Telling it twice records it once."""
    await book.catch_up()
    found = sent_in(book, message_id.strip().strip("<>"))
    if not found:
        raise NotFound(f"No mail with the Message-ID {message_id} was sent.")
    for occurrence, sent in found:
        await office.handle(
            RecordMessageUndeliverable(
                occurrence, sent.message, sent.channel, for_the_record(fault), bounced=True
            )
        )
    return len(found)


def sent_in(book: Casebook, message_id: str) -> list[tuple[OccurrenceId, MessageSent]]:
    """What went out in one mail; `message_id` without its brackets."""
    return [
        (case.occurrence.id, event)
        for notice in book.notices()
        for case in book.cases(notice.terms.id)
        for event in case.occurrence.history
        if isinstance(event, MessageSent) and event.message_id.strip("<>") == message_id
    ]


@dataclass(frozen=True, slots=True)
class ReportsOfNotify:
    """`desk.ports.DeliveryReports`, for whoever presents one token."""

    book: Casebook
    office: Handles
    token: str = field(repr=False)

    def accepts(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())

    async def bounced(self, message_id: str, fault: str) -> int:
        return await record_bounce(self.book, self.office, message_id, fault)


def reports_of_notify(file: Path | None, book: Casebook, office: Handles) -> ReportsOfNotify | None:
    """Raises OSError, and ValueError when the token is too short to be one."""
    if file is None:
        return None
    token = file.read_text("utf-8").strip()
    if len(token) < FEWEST_CHARACTERS:
        raise ValueError(f"The token in {file} must have at least {FEWEST_CHARACTERS} characters.")
    return ReportsOfNotify(book, office, token)
