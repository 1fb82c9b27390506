"""Time: the clock stopped and started again, what is owed no more, and a step of the ladder taken back."""

from __future__ import annotations

from collections.abc import Callable

from desk.acts.fields import Choice, Day, Field, Option, Words
from desk.acts.form import ActForm, always
from desk.acts.place import Place
from desk.words import moment
from domain.commands import RestartClock, StopClock, WaiveOccurrence, WithdrawRung
from domain.time.words import plain_date
from domain.time.zones import zone_named
from projections.ladder_steps import ladder_steps


def _from_day(legend: str) -> Callable[[Place], tuple[Field, ...]]:
    return always(
        Day("from_day", legend, "Enter the day", "Today or earlier; the day itself is included."),
        Words("reason", "Why?", "Say why", "Whoever reads the due day reads this too.", 3),
    )


def _stopped(place: Place) -> str | None:
    stop = place.occurrence.stopped
    return f"The clock was stopped from {plain_date(stop.from_day)} on: {stop.reason}" if stop else None


def _raised(place: Place) -> tuple[Field, ...]:
    zone = zone_named(place.notice.terms.zone)
    options = tuple(
        Option(each.rung, each.what, moment(each.when, zone) if each.when else None)
        for each in ladder_steps(place.case, place.now)
        if each.status == "raised"
    )
    return (
        Choice(
            "rung",
            "Which step?",
            "Choose the step",
            options=options,
            nothing="No step of the ladder stands as raised here.",
            is_judged=True,
        ),
        Words(
            "reason", "Why should it not have been taken?", "Say why it should not have been taken", rows=3
        ),
    )


FORMS = (
    ActForm(
        "stop-clock",
        "Stop the clock",
        "Stop the clock",
        "From that day, included, working days do not count until the clock is started again.",
        "Nothing falls due and nobody is chased meanwhile. Steps of the ladder that were taken since that day are taken "
        "back, and whoever was told is told.",
        "Stop the clock",
        lambda place, given: StopClock(place.name, given["from_day"], given["reason"]),
        _from_day("From which day?"),
        begins=lambda place: {"from_day": place.today},
    ),
    ActForm(
        "restart-clock",
        "Start the clock again",
        "Start the clock again",
        "From that day, included, working days count on.",
        "It is due as many working days later as did not count. The first due day is kept in the record.",
        "Start the clock",
        lambda place, given: RestartClock(place.name, given["from_day"], given["reason"]),
        _from_day("From which day does it run on?"),
        begins=lambda place: {"from_day": place.today},
        words=_stopped,
    ),
    ActForm(
        "waive-occurrence",
        "Waive what is owed",
        "Waive it: it is owed no more",
        "It is owed no more, although it was not met. That it was owed stays in the record, with your reason.",
        "The chase ends, and everybody who was told that it was late is told. What was referred for consideration stays "
        "before those who decide.",
        "Waive it",
        lambda place, given: WaiveOccurrence(place.name, given["reason"]),
        always(Words("reason", "Why is it owed no more?", "Say why it is owed no more")),
        warns=True,
    ),
    ActForm(
        "withdraw-rung",
        "Take back a step of the ladder",
        "Take back a step of the ladder",
        "For a step that was raised in error.",
        "Whoever was told by it is told. With the notice that it is overdue goes everything above it.",
        "Take it back",
        lambda place, given: WithdrawRung(place.name, given["rung"], given["reason"]),
        _raised,
        warns=True,
    ),
)
