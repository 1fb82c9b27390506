"""`forthwith rehearse`: the whole life of a notice, before it is issued."""

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from domain.record import Recorded
from domain.terms.notice_file import NoticeFile
from forthwith.commands.opening import notice_from, scenario_from
from forthwith.exits import Exit
from forthwith.notice_files.faults import FileFaults
from forthwith.notice_files.yaml_model import Loaded
from forthwith.output import day_text, event_line, print_json, print_table, talk
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.run import Engine, Rehearsal
from forthwith.rehearsal.run import rehearse as play
from forthwith.rehearsal.scenario import NOBODY_ACTS, Scenario
from forthwith.rehearsal.script import start_of
from projections.casebook import Casebook
from projections.corrected import tell_entry

ISSUED, SENT = "notice-issued.v1", "message-sent.v1"
COUNTED = {
    "occurrence-opened.v1": "occurrences opened",
    "overdue-notice-issued.v1": "overdue notices",
    "escalation-raised.v1": "escalations",
    "referred-for-consideration.v1": "referrals for consideration",
    SENT: "messages",
}


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
    terms = notice_from(notice)
    story = scenario_from(scenario) if scenario else None
    with _progress(terms) as on_progress, _naming_lines(story):
        played = asyncio.run(
            play(terms, story.model, engine, on_progress, Path(story.file).parent)
            if story
            else play(terms, NOBODY_ACTS, engine, on_progress)
        )
    if json:
        for number, event in enumerate(played.events, start=1):
            print_json(event_line(event, number))
    else:
        _tell(played)
    return _tell_surprises(played)


def _tell(played: Rehearsal) -> None:
    """Everything but the messages, which say the same once more; those are counted."""
    zone = played.notice.terms.zone
    print_table(
        ("When", "What happened"),
        ((day_text(event.recorded, zone), _sentence(event, played.book)) for event in _told(played.events)),
    )
    counted = Counter(event.type for event in played.events)
    talk.print(", ".join(f"{counted[topic]} {words}" for topic, words in COUNTED.items()) + ".")


def _told(events: Sequence[Recorded]) -> Iterator[Recorded]:
    """That an instrument was issued is told; what it says can be read in its file."""
    issued = {event.stream: event.recorded for event in events if event.type == ISSUED}
    for event in events:
        is_part_of_issuing = event.type != ISSUED and event.recorded == issued.get(event.stream)
        if event.type != SENT and not is_part_of_issuing:
            yield event


def _sentence(event: Recorded, book: Casebook) -> str:
    assert event.envelope.notice is not None, "every event of a rehearsal is about a notice"
    entry = book.event(event.index)
    notice = book.notice(event.envelope.notice)
    return tell_entry(entry, notice, book.case(entry.occurrence).occurrence if entry.occurrence else None)


def _tell_surprises(played: Rehearsal) -> Exit:
    surprises = [each for each in played.refused if not each.expected]
    for each in surprises:
        when = day_text(each.planned.at, played.notice.terms.zone)
        talk.print(
            f"{each.refusal}: {each.planned.who} on {each.planned.subject}, {when}: {each.sentence}",
            style="red",
            markup=False,
        )
    return Exit.REFUSED if surprises else Exit.OK


@contextmanager
def _naming_lines(story: Loaded[Scenario] | None) -> Iterator[None]:
    """What does not fit the notice is told with the line on which it stands."""
    try:
        yield
    except ScenarioFault as fault:
        if story is None:
            raise
        raise FileFaults([story.fault(fault.place, str(fault))]) from None


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
