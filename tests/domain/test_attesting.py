"""What has to hold at all times is attested for each period by those who owe it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.chasing.outlook import is_closed
from domain.commands import Attest
from domain.events.chasing import EscalationResolved
from domain.events.owing import AttestationGiven
from domain.notice.opening import open_on_request
from domain.occurrence.standing import was_late
from domain.refusals import (
    NotYourTask,
    OccurrenceAlreadyMet,
    OccurrenceNotOpen,
    ReasonMissing,
    WrongKindOfObligation,
)
from tests.domain.people import (
    CASE_LEAD,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    STRANGER,
    occurrence,
)
from tests.domain.plan_on_record import PLAN
from tests.domain.specification import World, given, london

FIRST = occurrence("board-maintained", "2016-Q2")
VACANCY = occurrence("board-maintained", "vacancy-chair-1")
ATTEST = Attest(FIRST, " The board met on 9 June; Margaret Oduya chairs it. ")
THE_FIFTH = london(2016, 7, 5, 10)


@pytest.fixture(scope="module")
def attestation_open(notice_issued: World) -> World:
    return notice_issued.opened(london(2016, 7, 1, 0))


def test_an_attestation_meets_it_and_ends_the_chase(attestation_open: World) -> None:
    came = given(attestation_open).when(ATTEST, DIRECTOR, at=THE_FIFTH).then(AttestationGiven)
    event = came.the(AttestationGiven)
    assert event.statement == "The board met on 9 June; Margaret Oduya chairs it."
    assert event.attested_as == "director"
    assert is_closed(came.world.case(FIRST).occurrence)
    assert not was_late(came.world.case(FIRST).occurrence)


def test_anybody_of_the_body_that_owes_it_may_attest(attestation_open: World) -> None:
    event = given(attestation_open).when(ATTEST, CHIEF_EXECUTIVE, at=THE_FIFTH).the(AttestationGiven)
    assert event.attested_as == "chief-executive"


def test_it_is_late_after_the_fifth_working_day(attestation_open: World) -> None:
    assert attestation_open.case(FIRST).occurrence.facts.due_on == date(2016, 7, 7)
    late = attestation_open.after(ATTEST, DIRECTOR, london(2016, 7, 8, 0))
    assert was_late(late.case(FIRST).occurrence)


def test_a_late_attestation_tells_those_who_were_told(attestation_open: World) -> None:
    world = attestation_open.chased(FIRST, london(2016, 7, 1, 0), london(2016, 7, 22))
    came = given(world).when(ATTEST, DIRECTOR, at=london(2016, 7, 25))
    came.then(AttestationGiven, EscalationResolved, EscalationResolved)
    told = [message.person for event in came.events[1:] for message in event.messages]
    assert told == [CHIEF_EXECUTIVE.id, CASE_LEAD.id]


def test_it_is_attested_once_for_each_period(attestation_open: World) -> None:
    world = attestation_open.after(ATTEST, DIRECTOR, THE_FIFTH)
    given(world).when(ATTEST, DIRECTOR, at=london(2016, 7, 6)).then_refused(
        OccurrenceAlreadyMet, "Helen Marsh", "5 July 2016"
    )


def test_nobody_attests_what_another_owes(attestation_open: World) -> None:
    for by in (CASE_LEAD, STRANGER):
        given(attestation_open).when(ATTEST, by, at=THE_FIFTH).then_refused(NotYourTask)
    given(attestation_open).when(ATTEST, at=THE_FIFTH).then_refused(NotYourTask)


def test_an_attestation_has_words(attestation_open: World) -> None:
    given(attestation_open).when(replace(ATTEST, statement=" "), DIRECTOR, at=THE_FIFTH).then_refused(
        ReasonMissing
    )


def test_a_period_that_is_not_over_is_not_attested(notice_issued: World) -> None:
    given(notice_issued).when(ATTEST, DIRECTOR, at=london(2016, 6, 30)).then_refused(OccurrenceNotOpen)


def test_a_report_a_review_and_the_plan_are_not_attested(attestation_open: World) -> None:
    for name in (MAY_REPORT, FIRST_REVIEW, PLAN):
        given(attestation_open).when(replace(ATTEST, occurrence=name), DIRECTOR, at=THE_FIFTH).then_refused(
            WrongKindOfObligation
        )


def test_the_repair_of_a_vacancy_is_not_attested(attestation_open: World) -> None:
    notice = attestation_open.notice
    repair = open_on_request(
        notice,
        notice.obligation("board-maintained"),
        VACANCY.period,
        title="The role of the chair is filled again",
        due_on=date(2016, 7, 15),
        now=london(2016, 7, 1, 0),
        about="chair",
        ladder="vacancy-filled",
    )
    world = attestation_open.told(repair)
    given(world).when(replace(ATTEST, occurrence=VACANCY), DIRECTOR, at=THE_FIFTH).then_refused(
        WrongKindOfObligation
    )
