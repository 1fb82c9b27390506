"""`forthwith rehearse`: the whole life of a notice, before it is issued."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from domain.events.kinds import from_data, sentence_of
from domain.identity import OccurrenceId
from domain.terms.notice_file import NoticeFile
from forthwith.exits import Exit
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.output import day_text, event_line, print_json, print_table, talk
from forthwith.rehearsal.run import Engine, Rehearsal
from forthwith.rehearsal.run import rehearse as play
from forthwith.rehearsal.scenario import NOBODY_ACTS, Scenario
from forthwith.rehearsal.script import start_of

LIMIT = 256 * 1024


def rehearse(
    notice: Path, *, scenario: str | None = None, engine: Engine = "temporal", json: bool = False
) -> int:
    """Play the whole life of a notice in seconds, through the same workflows that will chase it.

    What nobody does in the scenario stays undone. Without a scenario nobody does anything.

    Parameters
    ----------
    notice
        The notice file (YAML).
    scenario
        A scenario file, or the name of one that ships with Forthwith, such as happy-year.
    engine
        temporal plays it through the workflows on a time-skipping server; pure through the rules alone.
    json
        Print one event a line, in the order of the log.
    """
    terms = read_notice(notice)
    story = read_scenario(scenario) if scenario else NOBODY_ACTS
    with _progress(terms) as on_progress:
        played = asyncio.run(play(terms, story, engine, on_progress))
    _print(played, as_json=json)
    unexpected = [each for each in played.refused if not each.expected]
    for each in unexpected:
        talk.print(
            f"Refused: {each.planned.who} on {each.planned.occurrence}, {day_text(each.planned.at, terms.notice.zone)}: "
            f"{each.sentence} ({each.refusal})",
            style="red",
            markup=False,
        )
    return Exit.REFUSED if unexpected else Exit.OK


def read_scenario(name: str) -> Scenario:
    """A scenario file, or a shipped one by its name; raises FileNotFoundError with the names that exist."""
    path = Path(name)
    if path.exists():
        return read_model(path, Scenario, LIMIT)
    shipped = Path(str(files("notices") / "scenarios"))
    if (shipped / f"{name}.yaml").exists():
        return read_model(shipped / f"{name}.yaml", Scenario, LIMIT)
    known = ", ".join(sorted(each.stem for each in shipped.glob("*.yaml")))
    raise FileNotFoundError(
        f"There is no scenario file “{name}”, and none that ships by that name. Those are: {known}."
    )


def _print(played: Rehearsal, *, as_json: bool) -> None:
    if as_json:
        for number, event in enumerate(played.events, start=1):
            print_json(event_line(event, number))
        return
    zone = played.notice.terms.zone
    print_table(
        ("When", "What happened", "On", "Step"),
        (
            (
                day_text(event.recorded, zone),
                sentence_of(from_data(event.type, event.envelope.data)),
                _short(event.envelope.occurrence),
                event.envelope.rung or "",
            )
            for event in played.events
            if event.envelope.occurrence
        ),
    )


def _short(occurrence: str | None) -> str:
    if occurrence is None:
        return ""
    name = OccurrenceId.parse(occurrence)
    return f"{name.obligation}/{name.period}"


@contextmanager
def _progress(terms: NoticeFile) -> Iterator[Callable[[datetime], None]]:
    """A bar over the life of the notice, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    start = start_of(terms.notice.issued, terms.notice.zone)
    days = (terms.notice.runs_until - terms.notice.issued).days
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=talk, transient=True) as bar:
        task = bar.add_task("Rehearsing", total=days)

        def show(instant: datetime) -> None:
            bar.update(task, completed=(instant - start).days, description=f"{instant:%-d %B %Y}")

        yield show
