"""What may be chased on one occurrence and what must be; what the engine did is noted as it is seen, and judged then."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from domain.terms.ladders import Rung
from tests.oracle import naive_days as days
from tests.oracle.broken import demand
from tests.oracle.dated import Dated
from tests.oracle.marks import OF_LATENESS, OVER_THEIR_HEADS, Mark

AN_HOUR = timedelta(hours=1)


class Judged(Dated):
    # --- what may be, and what must be ---

    def called_for(self, rung: Rung) -> bool:
        """Whether there is anything left to say with this rung."""
        match rung.chases:
            case None:
                return not self.over and not (rung.do in OVER_THEIR_HEADS and self._notice_taken_back())
            case "owed":
                return not self.over and not self.acknowledged
        task = self.marks.get(rung.chases)
        if task is None or task.how != "sent" or task.over or task.seen:
            return False
        return task.rung.do == "refer" or not self.over

    def _notice_taken_back(self) -> bool:
        return any(mark.rung.do == "overdue" and mark.how == "taken back" for mark in self.marks.values())

    def heard(self, rung: Rung) -> bool:
        """The overdue notice has gone out, and everybody below has been told, or cannot be reached."""
        return self._notice_sent() is not None and all(
            self.settled.issuperset(mark.messages) for mark in self._standing_below(rung)
        )

    def fallen_due(self, now: datetime) -> Iterator[tuple[Rung, datetime]]:
        """What is called for, was not taken and could have been by now."""
        if self.stopped_from is not None and not self.over:
            return
        for rung in self.rungs:
            if rung.id in self.marks or not self.called_for(rung):
                continue
            at = self.earliest(rung)
            if at is not None and at <= now and (rung.do not in OVER_THEIR_HEADS or self.heard(rung)):
                yield rung, at

    def piled_up(self, now: datetime) -> list[str]:
        """What fell due on an earlier day."""
        today = days.day_of(now, self.zone)
        return [rung.id for rung, at in self.fallen_due(now) if days.day_of(at, self.zone) < today]

    @property
    def says_it_is_late(self) -> bool:
        return self._notice_sent() is not None

    def was_sent(self, name: str) -> bool:
        return name in self.marks and self.marks[name].how == "sent"

    def missing(self, now: datetime) -> list[str]:
        """What must have been taken by now, because the clock has been running and it has not."""
        if self.running_since is None:
            return []
        since = self.running_since
        heard = max(since, self.settled_at or since)
        return [
            rung.id
            for rung, at in self.fallen_due(now)
            if self._first_office_hour(max(at, heard if rung.do in OVER_THEIR_HEADS else since)) <= now
        ]

    def comes_too_late(self, rung: Rung, now: datetime) -> bool:
        if rung.id in self.marks or (rung.do, rung.after, rung.chases) != ("remind", "due", None):
            return False
        planned = self.meant_for(rung)
        return planned is not None and planned < now

    # --- what the engine did ---

    def sent(self, name: str, at: datetime, messages: Iterable[str], people: Iterable[str]) -> None:
        """A rung was raised in its turn."""
        rung = self.rung(name)
        where = f"{name} of {self.name} at {at}"
        demand(name not in self.marks, "a rung is raised once", where)
        demand(self.office_hours(at), "steps are taken on working days from the ladder’s hour", where)
        demand(self.called_for(rung), "nothing is chased once it is over", where)
        demand(self.over or self.stopped_from is None, "nothing is chased while the clock is stopped", where)
        if rung.do in OF_LATENESS:
            demand(at > self.due, "nobody is told of lateness before it is due", where)
        if rung.do in OVER_THEIR_HEADS:
            demand(self.heard(rung), "nobody is escalated unheard", where)
        earliest = self.earliest(rung)
        demand(earliest is not None and at >= earliest, "no rung is raised early", f"{where}, not {earliest}")
        if rung.do == "refer":
            self._may_be_referred(rung, where)
        self.marks[name] = Mark(rung, "sent", at, self.meant_for(rung), tuple(messages), frozenset(people))

    def _may_be_referred(self, rung: Rung, where: str) -> None:
        demand(self.must, "only what must be done is referred", where)
        below = self.main[self.main.index(rung) - 1]
        told = below.id in self.marks and self.marks[below.id].how in ("sent", "taken back")
        demand(told, "a referral never overtakes the rung below it", where)

    def brought_up(self, name: str, at: datetime, messages: Iterable[str], people: Iterable[str]) -> None:
        """A person brought it to the next in line before its day. They may: nobody was passed over in silence."""
        rung = self.rung(name)
        demand(name not in self.marks, "a rung is raised once", f"{name} of {self.name} at {at}")
        demand(rung.do == "escalate", "nobody but the engine refers", name)
        demand(not self.over, "nothing is chased once it is over", name)
        self.marks[name] = Mark(rung, "sent", at, self.meant_for(rung), tuple(messages), frozenset(people))

    def left_out(self, names: Iterable[str], at: datetime) -> None:
        """Rungs were recorded as collapsed into a later one."""
        due = {rung.id: earliest for rung, earliest in self.fallen_due(at)}
        late = any(earliest <= at - AN_HOUR for earliest in due.values())
        for name in names:
            rung, where = self.rung(name), f"{name} of {self.name} at {at}"
            demand(name not in self.marks, "what was taken is not left out", where)
            demand(name in due, "only what has fallen due is left out", where)
            demand(
                rung.do not in ("overdue", "refer"),
                "an overdue notice or a referral is never left out",
                where,
            )
            demand(late or rung.do not in OF_LATENESS, "no escalation is left out in calm", where)
            self.marks[name] = Mark(rung, "left out", at, self.meant_for(rung))

    def never_chased(self, names: Iterable[str], now: datetime) -> None:
        """Rungs were recorded as fallen before chasing began, or before the day was set at short notice."""
        for name in names:
            rung, mark = self.rung(name), self.marks.get(name)
            before = mark is not None and mark.how == "never chased"
            demand(
                before or self.comes_too_late(rung, now), "only what is too late to say is not chased", name
            )
            self.marks[name] = Mark(rung, "never chased", now, self.meant_for(rung))

    def taken_back(self, name: str, people: Iterable[str], told_before: set[str]) -> None:
        mark = self._standing(name)
        demand(set(people) == mark.people - told_before, "whoever was told is told that it is over", name)
        mark.how = "taken back"
        self.must_be_taken_back.discard(name)

    def ended(self, name: str, people: Iterable[str], told_before: set[str]) -> None:
        mark = self._standing(name)
        demand(set(people) == mark.people - told_before, "whoever was told is told that it is over", name)
        demand(not mark.over, "an escalation is resolved once", name)
        mark.over = True
        self.must_be_ended.discard(name)

    def _standing(self, name: str) -> Mark:
        mark = self.marks.get(name)
        demand(mark is not None and mark.how == "sent", "only what was sent can be over", name)
        assert mark is not None
        return mark

    def settles(self, message: str, now: datetime) -> None:
        """A message was handed over, or found undeliverable."""
        self.settled.add(message)
        self.settled_at = now
