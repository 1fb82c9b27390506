"""Four obligors, four tracks: nobody is chased for what another owes."""

from datetime import date

import pytest

from domain.commands import IssueNotice
from domain.identity import OccurrenceId
from domain.terms.notice_file import NoticeFile
from tests.domain.conftest import DEPARTMENT
from tests.domain.people import ADVISER_REPORT, CHAIR_REPORT, DEADLINE, FIRST_REVIEW, MAY_REPORT, THE_COUNCIL
from tests.domain.specification import World, london, raised


@pytest.fixture(scope="module")
def nobody_does_anything(notice_issued: World) -> World:
    world = notice_issued.opened(london(2017, 6, 1))
    for name in list(world.occurrences):
        occurrence = OccurrenceId.parse(name)
        since = world.case(occurrence).occurrence.facts.opens
        world = world.chased(occurrence, since, london(2017, 9, 1))
    return world


def roles_told(world: World, occurrence: OccurrenceId) -> set[str]:
    return {message.role for each in world.events_of(occurrence) for message in getattr(each, "messages", ())}


@pytest.mark.parametrize(
    "late", [CHAIR_REPORT, ADVISER_REPORT, FIRST_REVIEW], ids=lambda each: each.obligation
)
def test_lateness_of_the_chair_the_adviser_and_the_department_never_reaches_the_council(
    nobody_does_anything: World, late: OccurrenceId
) -> None:
    assert raised(nobody_does_anything, late), "somebody is chased"
    told = [
        message for each in nobody_does_anything.events_of(late) for message in getattr(each, "messages", ())
    ]
    council = {role.id for role in nobody_does_anything.notice.roles if role.party == "council"}
    assert not council & {message.role for message in told}
    assert not THE_COUNCIL & {message.person for message in told}


def test_each_track_tells_its_own_people(nobody_does_anything: World) -> None:
    assert roles_told(nobody_does_anything, CHAIR_REPORT) == {"chair", "board-secretary", "case-lead"}
    assert roles_told(nobody_does_anything, ADVISER_REPORT) == {"adviser", "case-lead"}
    assert roles_told(nobody_does_anything, FIRST_REVIEW) == {
        "review-team",
        "case-lead",
        "senior-civil-servant",
    }
    assert roles_told(nobody_does_anything, DEADLINE) == {"director", "case-lead"}


def test_every_occurrence_is_chased_on_the_ladder_of_the_one_who_owes_it(nobody_does_anything: World) -> None:
    for occurrence in nobody_does_anything.occurrences.values():
        obligation = nobody_does_anything.notice.obligation(occurrence.facts.obligation)
        assert obligation.ladder is not None
        assert nobody_does_anything.notice.ladder(obligation.ladder).track == occurrence.facts.obligor


def test_only_a_must_of_the_council_is_ever_referred(nobody_does_anything: World) -> None:
    referred = {
        (occurrence.facts.obligor, occurrence.facts.strength, occurrence.facts.obligation)
        for occurrence in nobody_does_anything.occurrences.values()
        if any(each.rung.do == "refer" and each.status == "raised" for each in occurrence.rungs)
    }
    assert referred == {("council", "must", "monthly-report")}


def test_a_role_that_nobody_holds_is_named_as_vacant_and_holds_nothing_up(
    lancashire: NoticeFile, issue_on_the_day: IssueNotice
) -> None:
    kept = tuple(each for each in lancashire.appointments if each.role != "director")
    terms = lancashire.model_copy(update={"appointments": kept})
    issue = IssueNotice(terms, issue_on_the_day.calendar, issue_on_the_day.chase_from)
    world = World().after(issue, DEPARTMENT, london(2016, 5, 19)).opened(london(2016, 6, 1, 0))
    world = world.chased(MAY_REPORT, london(2016, 6, 1, 0), london(2016, 6, 21))
    by_rung = {each.rung: each for each in world.events_of(MAY_REPORT) if hasattr(each, "raised_at")}
    assert by_rung["overdue"].vacant == ("director",)
    assert [message.role for message in by_rung["overdue"].messages] == ["reporting-officer"]
    assert (by_rung["director"].messages, by_rung["director"].vacant) == ((), ("director",))
    assert "chief-executive" in by_rung


def test_whoever_holds_the_role_on_the_day_is_told(
    lancashire: NoticeFile, issue_on_the_day: IssueNotice
) -> None:
    director = next(each for each in lancashire.appointments if each.role == "director")
    succession = (
        *(each for each in lancashire.appointments if each.role != "director"),
        director.model_copy(update={"until": date(2016, 6, 16)}),
        director.model_copy(update={"person": "duncan-ashworth", "since": date(2016, 6, 17)}),
    )
    terms = lancashire.model_copy(update={"appointments": succession})
    issue = IssueNotice(terms, issue_on_the_day.calendar, issue_on_the_day.chase_from)
    world = World().after(issue, DEPARTMENT, london(2016, 5, 19)).opened(london(2016, 6, 1, 0))
    world = world.chased(MAY_REPORT, london(2016, 6, 1, 0), london(2016, 6, 17))
    by_rung = {each.rung: each for each in world.events_of(MAY_REPORT) if hasattr(each, "raised_at")}
    assert "helen-marsh" in [message.person for message in by_rung["overdue"].messages]
    assert [message.person for message in by_rung["director"].messages] == ["duncan-ashworth"]


def test_one_person_in_two_roles_gets_one_message(
    lancashire: NoticeFile, issue_on_the_day: IssueNotice
) -> None:
    same = tuple(
        each.model_copy(update={"person": "priya-nandra"}) if each.role == "director" else each
        for each in lancashire.appointments
    )
    terms = lancashire.model_copy(update={"appointments": same})
    issue = IssueNotice(terms, issue_on_the_day.calendar, issue_on_the_day.chase_from)
    world = World().after(issue, DEPARTMENT, london(2016, 5, 19)).opened(london(2016, 6, 1, 0))
    world = world.chased(MAY_REPORT, london(2016, 6, 1, 0), london(2016, 6, 15))
    overdue = next(each for each in world.events_of(MAY_REPORT) if getattr(each, "rung", "") == "overdue")
    assert [message.person for message in overdue.messages] == ["priya-nandra"]
