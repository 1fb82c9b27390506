"""`forthwith extension` and `forthwith suspension`: more time, and a stop to it."""

from typing import Annotated

import cyclopts
from cyclopts import Parameter

from domain.commands import GrantExtension, RefuseExtension, RequestExtension, RestartClock, StopClock
from forthwith.commands.acting import act, on_the_day
from forthwith.commands.opening import occurrence_named
from forthwith.commands.words import Day, Manner, OccurrenceName, Reason

extension = cyclopts.App(name="extension", help="Ask for more time, grant it, refuse it.")
suspension = cyclopts.App(name="suspension", help="Stop the count of working days, and restart it.")

Until = Annotated[Day, Parameter(help="The new due day.")]
From = Annotated[Day | None, Parameter(help="From that day on, itself included; today, if left out.")]


@extension.command
def request(occurrence: OccurrenceName, *, until: Until, reason: Reason, how: Manner) -> None:
    """Ask for the due day to be moved."""
    act(RequestExtension(occurrence_named(occurrence), until, reason), how, "Asked.")


@extension.command
def grant(occurrence: OccurrenceName, *, until: Until, reason: Reason, how: Manner) -> None:
    """Move the due day; the original one is kept. Nobody need have asked."""
    act(GrantExtension(occurrence_named(occurrence), until, reason), how, "Granted.", moves_days=True)


@extension.command
def refuse(occurrence: OccurrenceName, *, reason: Reason, how: Manner) -> None:
    """Refuse an extension that was asked for."""
    act(RefuseExtension(occurrence_named(occurrence), reason), how, "Refused.")


@suspension.command
def stop(occurrence: OccurrenceName, *, from_day: From = None, reason: Reason, how: Manner) -> None:
    """From a day on, working days do not count, until it is restarted."""
    name = occurrence_named(occurrence)
    ask = on_the_day(name.notice, lambda today: StopClock(name, from_day or today, reason))
    act(ask, how, "Stopped.", moves_days=True)


@suspension.command
def restart(occurrence: OccurrenceName, *, from_day: From = None, reason: Reason, how: Manner) -> None:
    """From a day on, working days count again; the due day moves by those that did not."""
    name = occurrence_named(occurrence)
    ask = on_the_day(name.notice, lambda today: RestartClock(name, from_day or today, reason))
    act(ask, how, "Restarted.", moves_days=True)
