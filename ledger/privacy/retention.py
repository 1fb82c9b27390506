"""How long personal values are kept after a notice has ended, and what must be kept meanwhile: recorded as events.

Source: the Code of Practice on the management of records issued under section 46 of the Freedom of Information Act 2000
(July 2021), part 2: know what is held, keep it as long as it is needed, dispose of it by rule, and show the disposal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from dateutil.relativedelta import relativedelta

from domain.actor import Actor
from domain.clock import Clock
from domain.events.of_the_record import (
    LEGAL_HOLD_LIFTED,
    LEGAL_HOLD_PLACED,
    RETENTION,
    RETENTION_RULE_SET,
)
from domain.ports import Ledger
from domain.record import Append, Conflict, Envelope, Receipt, StreamWrite
from domain.values import tidy, write_instant

EVERYTHING = "all"
_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """What events of a kind withhold is erased so many months after the end of their notice. `kind`: a topic, or ``all``."""

    kind: str
    months: int
    reason: str
    authority: str

    def is_due(self, ended: date, today: date) -> bool:
        return ended + relativedelta(months=self.months) <= today


@dataclass(frozen=True, slots=True)
class Retention:
    """The rules in force by kind, and the notices that are held with the reason. `version`: of their stream."""

    version: int = 0
    rules: Mapping[str, Rule] = field(default_factory=dict)
    holds: Mapping[str, str] = field(default_factory=dict)

    def rule_for(self, kind: str) -> Rule | None:
        """That of the kind itself, or that for all."""
        return self.rules.get(kind) or self.rules.get(EVERYTHING)


async def retention_of(ledger: Ledger) -> Retention:
    """As it stands now."""
    rules: dict[str, Rule] = {}
    holds: dict[str, str] = {}
    version = 0
    for each in await ledger.read_stream(RETENTION):
        version, data = each.version, each.envelope.data
        if each.type == RETENTION_RULE_SET:
            rules[data["kind"]] = Rule(data["kind"], data["months"], data["reason"], data["authority"])
        elif each.type == LEGAL_HOLD_PLACED:
            holds[data["notice"]] = data["reason"]
        elif each.type == LEGAL_HOLD_LIFTED:
            holds.pop(data["notice"], None)
    return Retention(version, rules, holds)


class Keeper:
    """Records rules and holds."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def set_rule(self, rule: Rule, by: str) -> Receipt:
        reason, authority = tidy(rule.reason), tidy(rule.authority)
        data = {"kind": rule.kind, "months": rule.months, "reason": reason, "authority": authority}
        return await self._record(RETENTION_RULE_SET, data, by, authority)

    async def hold(self, notice: str, reason: str, by: str) -> Receipt:
        return await self._record(LEGAL_HOLD_PLACED, {"notice": notice, "reason": tidy(reason)}, by, None)

    async def release(self, notice: str, reason: str, by: str) -> Receipt:
        return await self._record(LEGAL_HOLD_LIFTED, {"notice": notice, "reason": tidy(reason)}, by, None)

    async def _record(self, topic: str, data: dict[str, object], by: str, authority: str | None) -> Receipt:
        for attempt in range(_ATTEMPTS):
            now: datetime = self._clock.now()
            version = (await self._ledger.streams(RETENTION)).get(RETENTION, 0)
            said = {**data, "recorded_by": by, "recorded_at": write_instant(now)}
            event = Envelope(uuid4(), topic, now, Actor("person", by), said, authority=authority)
            told = now if self._clock.simulated else None
            try:
                return await self._ledger.append(
                    Append(uuid4(), (StreamWrite(RETENTION, version, (event,)),), told=told)
                )
            except Conflict:
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")
