"""The whole notice, as somebody follows it who reads the notice and not the engine.

It is told what people did, and shown what the engine recorded; whatever the rules forbid, or demand and do not find,
is a `RuleBroken`. It may not import how the engine reckons: it has its own days, its own months, its own ladder.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.case import Draft
from domain.events import chasing, excusing, handing, owing
from domain.occurrence.state import Occurrence
from tests.oracle import naive_days as days
from tests.oracle.broken import demand
from tests.oracle.told import Told
from tests.oracle.watched import Watched


class Oracle(Told):
    def sees(self, drafts: Iterable[Draft], now: datetime) -> None:
        told: dict[str, set[str]] = {}
        for draft in drafts:
            for message in getattr(draft.event, "messages", ()):
                demand(message.id not in self.message_ids, "a message is called for once", message.id)
                self.message_ids.add(message.id)
            if draft.stream.startswith("occ/"):
                self._sees(draft.stream.removeprefix("occ/"), draft.event, told, now)
        for watched in self.watched.values():
            unsaid = watched.must_be_taken_back or watched.must_be_ended
            demand(not unsaid, "what never was late is withdrawn, what is late no more is resolved",
                   f"{sorted(unsaid)} of {watched.name}")  # fmt: skip

    def _sees(self, name: str, event: object, told: dict[str, set[str]], now: datetime) -> None:
        demand(name in self.watched, "nothing opens before its time", f"{name}: {type(event).__name__}")
        watched = self.watched[name]
        before = told.setdefault(name, set())
        match event:
            case owing.OccurrenceOpened():
                self._opened(watched, event, now)
            case chasing.RungsNotChased():
                watched.never_chased(event.rungs, now)
            case chasing.RungsCollapsed():
                watched.left_out(event.rungs, now)
            case chasing.RungRaised():
                self._raised(watched, event, now)
            case chasing.EscalationResolved():
                people = {each.person for each in event.messages}
                watched.ended(event.rung, people, before)
                before |= people
            case handing.RungWithdrawn():
                people = {each.person for each in event.messages}
                watched.taken_back(event.rung, people, before)
                before |= people
            case excusing.OccurrenceRedated():
                demand(event.due_on == watched.due_on, "it is due on the day that the rules give",
                       f"{name}: {event.due_on}, not {watched.due_on}")  # fmt: skip

    def _opened(self, watched: Watched, event: owing.OccurrenceOpened, now: datetime) -> None:
        demand(event.opens <= now, "nothing opens before its time", watched.name)
        found, right = (event.opens, event.due_on), (watched.opens, watched.due_on)
        demand(
            found == right,
            "it is due on the day that the rules give",
            f"{watched.name}: {found}, not {right}",
        )
        demand(event.due == watched.due, "a day ends at its last second", watched.name)
        right_plan = [(rung, watched.meant_for(rung)) for rung in watched.rungs]
        plan = [(each.rung, each.at) for each in event.plan]
        demand(plan == right_plan, "an occurrence opens with the plan of its own ladder", watched.name)

    def _raised(self, watched: Watched, event: chasing.RungRaised, now: datetime) -> None:
        where = f"{event.rung} of {watched.name}"
        demand(event.raised_at == now, "a step is recorded when it is taken", where)
        self._right_people(watched, event, now)
        by_choice = getattr(event, "chosen_by", None) is not None
        note = watched.brought_up if by_choice else watched.sent
        note(event.rung, now, [each.id for each in event.messages], [each.person for each in event.messages])

    def _right_people(self, watched: Watched, event: chasing.RungRaised, now: datetime) -> None:
        today = days.day_of(now, self.zone)
        rung, where = watched.rung(event.rung), f"{event.rung} of {watched.name}"
        right = set().union(*(self.acting(role, today) for role in rung.to))
        people = [each.person for each in event.messages]
        demand(set(people) == right and len(people) == len(right), "those whom the ladder names are told",
               f"{where}: {people}, not {sorted(right)}")  # fmt: skip
        demand(all(each.role in rung.to for each in event.messages), "people are told in their role", where)
        vacant = {role for role in rung.to if not self.acting(role, today)}
        demand(set(event.vacant) == vacant, "a role that nobody holds is named", where)
        recipient = self.terms.notice.recipient
        if watched.owner != recipient and rung.do in ("overdue", "escalate", "refer"):
            strangers = [each for each in people if self.acts_only_for(each, recipient, today)]
            demand(not strangers, "nobody is told of what others owe", f"{where}: {strangers}")

    # --- and whether that is all ---

    def agrees(self, recorded: Mapping[str, Occurrence], now: datetime) -> None:
        """Nothing is missing that the rules demand by now, and what is owed when is the same on both sides."""
        if self.running:
            unopened = [
                each
                for each in self.foreseen()
                if each.opens <= now and self.name_of(each) not in self.watched
            ]
            demand(not unopened, "no period is lost", unopened)
        for name, watched in self.watched.items():
            demand(name in recorded, "no period is lost", name)
            facts, occurrence = recorded[name].facts, recorded[name]
            demand(facts.due_on == watched.due_on, "it is due on the day that the rules give",
                   f"{name}: {facts.due_on}, not {watched.due_on}")  # fmt: skip
            demand(occurrence.is_met == watched.met, "what has come is met", name)
            missing = watched.missing(now)
            demand(not missing, "no step is lost", f"{missing} of {name} at {now}")
