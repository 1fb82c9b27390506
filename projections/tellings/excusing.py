"""More time was asked for, given or refused; the clock was stopped; the ladder was dated anew."""

from datetime import date

from domain.events import excusing
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.words import counted
from projections.tellings.parts import Telling, by_the_end_of, said
from projections.words import capital, long_date, person_in_role, thing

_BECAUSE: dict[excusing.Cause, str] = {
    "extension": "an extension was granted",
    "suspension": "its clock was stopped",
    "holiday": "a working day became a holiday",
    "interpretation": "the notice is read otherwise",
    "variation": "the notice was varied",
    "event moved": "what it depends on has moved",
    "progress updated": "the record of progress was brought up to date",
    "correction": "what it was reckoned from was corrected",
}


def _redated(event: excusing.OccurrenceRedated, notice: Notice, occurrence: Occurrence) -> str:
    what, was = capital(thing(notice, occurrence.facts)), _due_before(event, occurrence)
    if was == event.due_on:
        sentence = (
            f"{what} stays due {by_the_end_of(event.due_on)}, and the steps of its ladder fall on other days"
        )
    else:
        sentence = f"{what} is due {by_the_end_of(event.due_on)} now, and no longer by {long_date(was)}"
    return f"{sentence}, because {_BECAUSE[event.cause]}: {said(event.reason)}"


def _due_before(event: excusing.OccurrenceRedated, occurrence: Occurrence) -> date:
    """The day that was set when it opened, or when it was last dated anew."""
    assert occurrence.opened is not None
    due_on = occurrence.opened.due_on
    for each in occurrence.redated:
        if each == event:
            break
        due_on = each.due_on
    return due_on


def _asked(event: excusing.ExtensionRequested, notice: Notice, occurrence: Occurrence) -> str:
    who, what = (
        person_in_role(notice, event.requested_by, event.requested_as),
        thing(notice, occurrence.facts),
    )
    return f"{who} asked for {what} to be due by {long_date(event.until)}: {said(event.reason)}"


def _granted(event: excusing.ExtensionGranted, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.granted_by, event.granted_as), thing(notice, occurrence.facts)
    return f"{who} granted an extension of {what} until {long_date(event.until)}: {said(event.reason)}"


def _refused(event: excusing.ExtensionRefused, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.refused_by, event.refused_as), thing(notice, occurrence.facts)
    return f"{who} refused an extension of {what}: {said(event.reason)}"


def _stopped(event: excusing.ClockStopped, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.stopped_by, event.stopped_as), thing(notice, occurrence.facts)
    return f"{who} stopped the clock of {what} from {long_date(event.from_day)} on: {said(event.reason)}"


def _restarted(event: excusing.ClockRestarted, notice: Notice, occurrence: Occurrence) -> str:
    who, what = (
        person_in_role(notice, event.restarted_by, event.restarted_as),
        thing(notice, occurrence.facts),
    )
    days = counted(event.working_days, "working day") if event.working_days else "no working day"
    stood = f"{days} did not count" if event.working_days else f"{days} was left out"
    return (
        f"{who} restarted the clock of {what} on {long_date(event.from_day)}; {stood}: {said(event.reason)}"
    )


def _waived(event: excusing.OccurrenceWaived, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.waived_by, event.waived_as), thing(notice, occurrence.facts)
    return f"{who} waived {what}, so that it is owed no more: {said(event.reason)}"


def _withdrawn(event: excusing.OccurrenceWithdrawn, notice: Notice, occurrence: Occurrence) -> str:
    what = capital(thing(notice, occurrence.facts))
    return f"{what} is owed no more, because the notice does not ask for it any more: {said(event.reason)}"


TELLINGS: dict[type, Telling] = {
    excusing.OccurrenceRedated: _redated,
    excusing.ExtensionRequested: _asked,
    excusing.ExtensionGranted: _granted,
    excusing.ExtensionRefused: _refused,
    excusing.ClockStopped: _stopped,
    excusing.ClockRestarted: _restarted,
    excusing.OccurrenceWaived: _waived,
    excusing.OccurrenceWithdrawn: _withdrawn,
}
