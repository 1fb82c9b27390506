"""Which messages wait, and until when: quiet hours, days on which nobody works, and one mail a day.

Nothing waits past an instant that the notice attaches something to: what is due, and the next rung of the ladder,
which must not fall before whoever is told below it has had their message.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from activities.delivery.call import Call
from domain.case import Case
from domain.chasing.timing import falls_at
from domain.events.kinds import kind_of
from domain.notice.state import Notice
from domain.time.zones import at_local, local_date, to_local

OWN_ACTS = ("task-acknowledged", "report-submitted")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` to `end` by the clocks of the notice's zone, and on days that are no working days, nobody is disturbed.

    `begin` after `end` is a night; both must differ.
    """

    begin: time
    end: time

    def __post_init__(self) -> None:
        if self.begin == self.end:
            raise ValueError("Quiet hours must begin and end at different times.")

    def over_at(self, notice: Notice, now: datetime) -> datetime:
        """`now` if somebody may be disturbed now, or else the next working morning."""
        zone, calendar = notice.terms.zone, notice.working_days
        today, hour = local_date(now, zone), to_local(now, zone).time()
        if calendar.is_working_day(today) and not self._holds(hour):
            return now
        if calendar.is_working_day(today) and hour < self.end:
            return max(now, at_local(today, self.end, zone))
        return at_local(calendar.next_working_day(today + timedelta(days=1)), self.end, zone)

    def _holds(self, hour: time) -> bool:
        if self.begin < self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


@dataclass(frozen=True, slots=True)
class Hold:
    """`until` when it waits; `bundled` when it then goes out in one mail with others."""

    until: datetime
    bundled: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """The rules of one office. `digest_at`: the hour of the one mail a day, on working days, after the ladder's hour."""

    quiet: QuietHours | None = None
    digest_at: time = time(9, 30)

    def hold(self, case: Case, call: Call, now: datetime, *, digest: bool) -> Hold | None:
        """Until when a message waits; None when it goes out now."""
        if _answers_its_reader(case, call):
            return None
        hold = self.digest(case.notice, now) if digest else self._quiet(case.notice, now)
        return None if hold is None or passes_an_instant(case, now, hold.until) else hold

    def _quiet(self, notice: Notice, now: datetime) -> Hold | None:
        until = self.quiet.over_at(notice, now) if self.quiet else now
        return Hold(until) if until > now else None

    def digest(self, notice: Notice, now: datetime) -> Hold:
        """The next mail of all."""
        zone, calendar = notice.terms.zone, notice.working_days
        day = calendar.next_working_day(local_date(now, zone))
        if at_local(day, self.digest_at, zone) <= now:
            day = calendar.next_working_day(day + timedelta(days=1))
        return Hold(at_local(day, self.digest_at, zone), bundled=True)


def passes_an_instant(case: Case, now: datetime, until: datetime) -> bool:
    """Whether something that counts falls after `now` and before, or at, the end of the wait."""
    occurrence = case.occurrence
    if occurrence.is_over:
        return False
    instants = [occurrence.facts.due]
    instants += [
        at
        for each in occurrence.rungs
        if each.status == "waiting" and (at := falls_at(case.notice, occurrence, each)) is not None
    ]
    return any(now < at <= until for at in instants)


def _answers_its_reader(case: Case, call: Call) -> bool:
    """A receipt for what the reader has just done is an answer, and disturbs nobody."""
    if call.topic not in OWN_ACTS:
        return False
    return any(
        kind_of(event).topic.partition(".v")[0] == call.topic
        and any(each.id == call.id and each.person == call.person for each in getattr(event, "messages", ()))
        and call.person in (getattr(event, "acknowledged_by", None), getattr(event, "submitted_by", None))
        for event in case.occurrence.history
    )
