"""The reader serves other files as well: moments, choices between shapes, free keys, numbers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from domain.values import Instant
from forthwith.notice_files.faults import FileFaults
from forthwith.notice_files.yaml_model import read_model


class Submit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    do: Literal["submit"]
    at: Instant
    sections: dict[str, str] = {}


class Outage(BaseModel):
    model_config = ConfigDict(extra="forbid")
    do: Literal["outage"]
    days: int = Field(gt=0, lt=100)
    weight: float = 1.0
    answer: int | str | None = None


class Story(BaseModel):
    model_config = ConfigDict(extra="forbid")
    steps: list[Annotated[Submit | Outage, Field(discriminator="do")]] = Field(min_length=2, max_length=3)
    told: bool = False


SOUND = """\
steps:
  - do: submit
    at: 2016-06-14T09:00:00+01:00
    sections: {data: The figures.}
  - do: outage
    days: 40
    weight: 2
    answer: yes
"""

SPOILT = [
    ("2016-06-14T09:00:00+01:00", "2016-06-31T09:00:00+01:00", "steps[0].at", "31 June 2016 does not exist."),
    (
        "09:00:00+01:00",
        "24:30:00+01:00",
        "steps[0].at",
        "The moment 2016-06-14T24:30:00+01:00 does not exist.",
    ),
    ("T09:00:00+01:00", "", "steps[0].at", "“2016-06-14” is not a moment; a moment is written like"),
    ("+01:00", "", "steps[0].at", "A time needs its zone, for example 2016-06-14T09:00:00+01:00."),
    ("The figures.", "7", "steps[0].sections.data", "Text is needed here; put 7 in quotes."),
    ("days: 40", "days: 0", "steps[1].days", "“0” is too small; it has to be more than 0."),
    ("days: 40", "days: 100", "steps[1].days", "“100” is too large; it has to be less than 100."),
    ("weight: 2", "weight: heavy", "steps[1].weight", "A number is needed here, and “heavy” is text."),
    ("answer: yes", "answer: [yes]", "steps[1].answer", "Text or a whole number is needed here, not a list."),
    ("answer: yes", "answr: yes", "steps[1].answr", "did you mean “answer”?"),
    ("steps:", "told: maybe\nsteps:", "told", "True or false is needed here, and “maybe” is text."),
]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    return tmp_path / "story.yaml"


def test_a_sound_file_becomes_its_model(story: Path) -> None:
    story.write_text(SOUND, encoding="utf-8")
    read = read_model(story, Story, 1000)
    assert read.steps[0] == Submit(
        do="submit", at=datetime(2016, 6, 14, 8, tzinfo=UTC), sections={"data": "The figures."}
    )
    assert read.steps[1] == Outage(do="outage", days=40, weight=2, answer="yes")


@pytest.mark.parametrize(("old", "new", "path", "sentence"), SPOILT)
def test_a_fault_in_it_is_told_in_a_sentence(
    story: Path, old: str, new: str, path: str, sentence: str
) -> None:
    story.write_text(SOUND.replace(old, new), encoding="utf-8")
    with pytest.raises(FileFaults) as refused:
        read_model(story, Story, 1000)
    (fault,) = refused.value.faults
    assert (fault.path, sentence in fault.sentence) == (path, True), str(refused.value)


def test_a_list_that_is_too_short_or_too_long_is_told_so(story: Path) -> None:
    step = "  - do: outage\n    days: 1\n"
    for count, sentence in (
        (1, "At least 2 entries are needed here."),
        (4, "At most 3 entries may stand here."),
    ):
        story.write_text("steps:\n" + step * count, encoding="utf-8")
        with pytest.raises(FileFaults, match=sentence):
            read_model(story, Story, 1000)


def test_the_limit_is_the_one_that_is_given(story: Path) -> None:
    story.write_text(SOUND + "#" * 1000, encoding="utf-8")
    with pytest.raises(FileFaults, match="larger than 1 kB"):
        read_model(story, Story, 1000)


def test_only_the_first_hundred_faults_are_written_out(story: Path) -> None:
    story.write_text(SOUND + "".join(f"key{n}: 1\n" for n in range(150)), encoding="utf-8")
    with pytest.raises(FileFaults) as refused:
        read_model(story, Story, 10_000)
    assert len(refused.value.faults) == 150
    assert str(refused.value).endswith("… and 50 more.")
