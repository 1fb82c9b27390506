"""The story in which everybody does what they owe, for any notice; and the notice files that the builder writes."""

from datetime import timedelta

import pytest

from desk.building import STORIES
from domain.notice.as_issued import as_issued
from domain.notice.schedule import expected
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice
from forthwith.notice_trial import Errand, read, rehearsed, run, written
from tests.lives import NOTICES

pytestmark = pytest.mark.slow
SHIPPED = sorted(path.stem for path in NOTICES.glob("*.yaml"))
CHASED = {"overdue", "escalate", "refer"}


def shipped(name: str) -> NoticeFile:
    return read_notice(NOTICES / f"{name}.yaml")


@pytest.mark.parametrize("name", SHIPPED)
def test_nothing_is_late_and_the_rules_allow_everything(name: str) -> None:
    played = rehearsed(shipped(name), "everybody-in-time", None)
    assert played.refused == ()
    assert [each.title for each in played.fates if each.late] == []
    assert [(each.title, step) for each in played.fates for step in each.steps if step.do in CHASED] == []
    owed = [each for each in played.fates if each.met_at is None]
    assert all(each.standing == "open" for each in owed), "only the keeping of a plan goes on"
    assert played.messages > 0


@pytest.mark.parametrize("name", SHIPPED)
def test_whatever_one_body_leaves_undone_is_late_and_the_rest_is_not(name: str) -> None:
    terms = shipped(name)
    undone = next(each.obligation for each in expected(as_issued(terms)) if each.obligation.ladder)
    played = rehearsed(terms, "everybody-in-time", undone.id)
    assert played.undone == undone.id
    late = {each.title.partition(",")[0] for each in played.fates if each.met_at is None and each.steps}
    assert undone.title.partition(",")[0] in late


@pytest.mark.parametrize("name", SHIPPED)
def test_a_notice_is_written_as_it_was_read(name: str) -> None:
    terms = shipped(name)
    text = written(terms)
    assert read(text).terms == terms
    assert "null" not in text
    assert "\n\n\n" not in text


def test_nobody_acts_in_the_first_story() -> None:
    played = rehearsed(shipped("care-quality-warning"), "nobody-acts", None)
    assert [each for each in played.fates if each.met_at is not None] == []
    assert any(step.do == "refer" for each in played.fates for step in each.steps)
    assert set(STORIES) == {"nobody-acts", "everybody-in-time"}


def test_a_notice_that_asks_for_too_much_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forthwith.notice_trial.MOST_OWED", 3)
    found = read((NOTICES / "care-quality-warning.yaml").read_text("utf-8"))
    assert found.terms is None
    assert "no more than 3" in found.faults[0].sentence


def test_a_role_that_stands_vacant_is_told_as_what_could_not_be_done() -> None:
    terms = shipped("care-quality-warning")
    owed = expected(as_issued(terms))[0]
    gone = owed.obligation.accepted_by or owed.obligation.assignee
    kept = tuple(
        each.model_copy(update={"until": owed.due_on - timedelta(days=40)}) if each.role == gone else each
        for each in terms.appointments
    )
    played = rehearsed(terms.model_copy(update={"appointments": kept}), "everybody-in-time", None)
    assert played.refused
    assert all(sentence.endswith(".") for sentence in played.refused)


def test_half_a_character_is_a_fault_and_not_a_crash() -> None:
    answer = run(Errand(do="read", text="a: \ud800"))
    assert b"not UTF-8 text" in answer
