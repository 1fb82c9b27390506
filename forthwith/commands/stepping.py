"""Walking through the history event by event, on a terminal."""

import sys
from collections.abc import Callable, Sequence

from forthwith.output import day_text, print_json, talk
from projections.replaying import ReplayStep

HOW = "Enter goes on, b goes back, a number goes to that event, q ends."


def walk(steps: Sequence[ReplayStep], zone: str, *, json: bool) -> None:
    """Without a terminal, or as JSON, every step is printed."""
    if json:
        from forthwith.commands.replaying import step_line

        for each in steps:
            print_json(step_line(each))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        talk.print(HOW)
        walk_by(steps, zone, input)
    else:
        for each in steps:
            _show(each, zone)


def walk_by(steps: Sequence[ReplayStep], zone: str, ask: Callable[[str], str]) -> None:
    """`ask` gives what is typed; the end of the input ends the walk."""
    place = 0
    while 0 <= place < len(steps):
        _show(steps[place], zone)
        try:
            typed = ask(f"{place + 1} of {len(steps)} > ").strip().lower()
        except EOFError:
            return
        if typed in ("q", "quit"):
            return
        place = _next(steps, place, typed)


def _next(steps: Sequence[ReplayStep], place: int, typed: str) -> int:
    if typed in ("", "n"):
        return place + 1
    if typed == "b":
        return max(0, place - 1)
    found = [number for number, each in enumerate(steps) if str(each.index) == typed]
    if not found:
        talk.print(f"There is no event “{typed}” here. {HOW}", markup=False)
    return found[0] if found else place


def _show(step: ReplayStep, zone: str) -> None:
    sys.stdout.write(
        f"{step.index}  {day_text(step.recorded, zone)}  {step.sentence}\n    {step.then.sentence}\n"
    )
