"""What came of a rehearsal, in words: what was met, which step of a ladder was taken when, and when something was referred."""

from __future__ import annotations

from datetime import date, datetime

from desk.building import STORIES, Fate, RehearsedNotice, StepTaken
from desk.words import day, short_day
from domain.time.zones import zone_named

FATES = ("What is owed", "Clause", "Owed by", "Due", "At the end", "What the ladder did")
STEPS = ("overdue", "escalate", "assess", "refer")
MISSING = ("overdue", "critically overdue", "held without")


def in_words(played: RehearsedNotice, zone: str, undone: str | None = None) -> list[str]:
    """A few sentences; `undone` is the title of what nobody did."""
    told = [f"{STORIES[played.story]}{f', but nobody sees to “{undone}”' if undone else ''}."]
    missing = [each for each in played.fates if each.standing in MISSING]
    met = [each for each in played.fates if each.met_at is not None]
    late = sum(each.late for each in met)
    told.append(
        f"{_things(len(played.fates))} owed: {len(met) - late} met in time, {late} late, and {len(missing)} never."
    )
    told.extend(_firsts(played, zone))
    told.append(_referrals(played, zone))
    told.append(f"The engine would write {played.messages} messages.")
    return told


def _firsts(played: RehearsedNotice, zone: str) -> list[str]:
    """How the first thing that goes wrong climbs its ladder."""
    climbed = [(fate, taken) for fate in played.fates if (taken := _climb(fate))]
    if not climbed:
        return ["Nobody is told that anything is late."]
    fate, taken = min(climbed, key=lambda each: each[1][0].at)
    steps = "; then ".join(f"{each.what} on {day(_local(each.at, zone))}" for each in taken)
    return [f"The first to go up a ladder is {fate.title}, due by the end of {day(fate.due_on)}: {steps}."]


def _climb(fate: Fate) -> list[StepTaken]:
    return [each for each in fate.steps if each.do in ("overdue", "escalate", "refer")]


def _referrals(played: RehearsedNotice, zone: str) -> str:
    found = sorted(
        ((step.at, fate) for fate in played.fates for step in fate.steps if step.do == "refer"),
        key=lambda each: each[0],
    )
    if not found:
        return "Nothing is referred for consideration."
    at, fate = found[0]
    return f"{_things(len(found))} referred for consideration, the first on {day(_local(at, zone))}: {fate.title}."


def fate_rows(played: RehearsedNotice, zone: str) -> list[list[str]]:
    """One row for each thing that was owed, in the order of their due days."""
    return [
        [fate.title, fate.clause, fate.whose, short_day(fate.due_on), _end(fate, zone), _ladder(fate, zone)]
        for fate in played.fates
    ]


def _end(fate: Fate, zone: str) -> str:
    if fate.met_at is None:
        return fate.standing.capitalize()
    met = short_day(_local(fate.met_at, zone))
    return f"{'Late' if fate.late else 'In time'}, {met}"


def _ladder(fate: Fate, zone: str) -> str:
    reminders = sum(step.do == "remind" for step in fate.steps)
    told = [f"{reminders} reminder{'' if reminders == 1 else 's'}"] if reminders else []
    told += [f"{short_day(_local(step.at, zone))}: {step.what}" for step in fate.steps if step.do in STEPS]
    return "; ".join(told) or "–"


def _things(count: int) -> str:
    return f"{count} thing is" if count == 1 else f"{count} things are"


def _local(at: datetime, zone: str) -> date:
    return at.astimezone(zone_named(zone)).date()
