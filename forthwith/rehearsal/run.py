"""Rehearsing a notice: its whole life, in seconds, before it is issued."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from domain.notice.state import Notice
from domain.record import Recorded
from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.files import SHIPPED
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.stage import RefusedAct, Stage, events_in_order, set_stage
from projections.casebook import Casebook

Engine = Literal["temporal", "pure"]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it: the events in order, the same read as a book, and the acts that the rules refused."""

    notice: Notice
    events: tuple[Recorded, ...]
    book: Casebook
    refused: tuple[RefusedAct, ...]


async def rehearse(
    terms: NoticeFile,
    scenario: Scenario,
    engine: Engine = "temporal",
    on_progress: Callable[[datetime], None] = lambda _: None,
    beside: Path = SHIPPED,
) -> Rehearsal:
    """Play a scenario; raises ScenarioFault, or PartMissing when Temporal's server is not installed.

    `beside`: the folder from which on the scenario names notice files.
    """
    stage = await set_stage(terms, scenario, beside)
    await _player(engine, stage, on_progress)
    book = Casebook(stage.office.ledger)
    await book.catch_up()
    return Rehearsal(stage.notice, tuple(await events_in_order(stage)), book, tuple(stage.refused))


async def _player(engine: Engine, stage: Stage, on_progress: Callable[[datetime], None]) -> None:
    if engine == "pure":
        await PureEngine(stage, on_progress).run()
        return
    # Imported here, so that the pure engine needs no Temporal.
    from forthwith.rehearsal.temporal import TemporalEngine

    await TemporalEngine(stage, on_progress).run()
