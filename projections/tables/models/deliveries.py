"""Which messages were called for, and what became of each? Made from single events, without folding anything."""

from collections.abc import Iterable
from dataclasses import fields

from domain.case import Case
from domain.events.delivery import MessageSent, MessageUndeliverable
from domain.events.kinds import BY_TOPIC, KINDS
from projections.tables.happened import OCCURRENCE, Happened
from projections.tables.table import Amend, Change, Put, Table

DELIVERIES = Table(
    "deliveries",
    (
        "message", "notice", "occurrence", "index", "about", "person", "role", "called_for", "delivery", "settled_at",
        "channel", "answer", "fault",
    ),
    amends=(8, 9, 10, 11, 12),
)  # fmt: skip
_CALLING = frozenset(kind.topic for kind in KINDS if "messages" in (each.name for each in fields(kind.shape)))
_ENDING = frozenset(kind.topic for kind in KINDS if kind.shape in (MessageSent, MessageUndeliverable))


class DeliveryOfEach:
    """Every message."""

    name, tables, needs_cases, settles = "deliveries", (DELIVERIES,), False, False

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]:  # noqa: ARG002 - it needs none
        topic = happened.type
        if topic in _CALLING:
            return _called_for(happened)
        if topic in _ENDING:
            return (_settled(happened.event),)
        # Of a kind that is not in the list nobody can say whether it calls for messages: reading it raises, or lifts it.
        return _called_for(happened) if topic not in BY_TOPIC else ()

    def settle(self, case: Case) -> Iterable[Put]:  # noqa: ARG002 - nothing depends on the state
        return ()


def _called_for(happened: Happened) -> list[Change]:
    event = happened.event
    if isinstance(event, MessageSent | MessageUndeliverable):
        return [_settled(event)]
    name, notice = happened.subject.removeprefix(OCCURRENCE), happened.under
    return [
        Put(
            DELIVERIES,
            (
                each.id, notice, name, happened.index, happened.type, each.person, each.role, happened.time,
                "waiting to be sent", None, None, None, None,
            ),
        )
        for each in getattr(event, "messages", ())
    ]  # fmt: skip


def _settled(event: MessageSent | MessageUndeliverable) -> Amend:
    if isinstance(event, MessageSent):
        return Amend(DELIVERIES, (event.message,), ("sent", event.sent_at, event.channel, event.answer, None))
    values = ("undeliverable", event.given_up_at, event.channel, None, event.fault)
    return Amend(DELIVERIES, (event.message,), values)
