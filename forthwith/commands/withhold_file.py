"""The schedule of what is withheld from an export: a YAML list, each entry with event, exemption and why."""

from pathlib import Path

from pydantic import Field

from domain.values import Sentence, Term
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from ledger.export.withholding import Exemption


class Passage(Term):
    """`event` is its place in the record; `field` one field of it, everything that it keeps apart if left out."""

    event: int = Field(ge=1)
    field: str | None = None
    exemption: Sentence
    why: Sentence


class Schedule(Term):
    withheld: tuple[Passage, ...] = Field(min_length=1)


def read_schedule(file: Path) -> tuple[Exemption, ...]:
    """Raises FileFaults with everything that is wrong with the file, line by line."""
    schedule = read_model(file, Schedule, LIMIT_BYTES)
    return tuple(Exemption(each.event, each.exemption, each.why, each.field) for each in schedule.withheld)
