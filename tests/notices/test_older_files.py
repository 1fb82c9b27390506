"""A notice file that was sound stays sound: what was added to the format since is asked of nobody."""

from pathlib import Path

import pytest

from domain.identity import OccurrenceId
from domain.notice.as_issued import as_issued
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS

OLDER = sorted((Path(__file__).parent / "older").glob("*.yaml"))


@pytest.mark.parametrize("file", OLDER, ids=lambda file: file.stem)
async def test_it_is_read_issued_and_rehearsed(file: Path) -> None:
    terms = read_notice(file)
    assert as_issued(terms).is_in_force
    played = await rehearse(terms, NOBODY_ACTS, "pure")
    opened = {each.envelope.occurrence for each in played.events if each.type == "occurrence-opened.v1"}
    monthly = [name for name in opened if name and OccurrenceId.parse(name).obligation == "monthly-report"]
    assert len(monthly) == 12
    referred = {
        each.envelope.occurrence for each in played.events if each.type == "referred-for-consideration.v1"
    }
    assert referred == set(monthly)
