"""Partners may be asked for updates that a report rests on; they owe nothing, and the obligor stays answerable."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import OUTSIDE, Actor
from domain.commands import AcceptReport, CommissionUpdate, RecordUpdate
from domain.events.reporting import UpdateCommissioned, UpdateReceived
from domain.refusals import (
    DateInThePast,
    NotYourTask,
    OccurrenceAlreadyMet,
    ReasonMissing,
    Refusal,
    UpdateNotOpen,
    WrongKindOfObligation,
)
from tests.domain.every_command import SUBMITTED
from tests.domain.people import CHAIR, DEADLINE, DIRECTOR, FIRST_REVIEW, MAY_REPORT, OFFICER, STRANGER
from tests.domain.specification import World, given, london

PARTNER = Actor("outside", "outside-0c2d4f6a8b")
ASK = CommissionUpdate(
    MAY_REPORT, "Lancashire Constabulary", " Referrals in May, by district. ", date(2016, 6, 8)
)
ANSWER = RecordUpdate(MAY_REPORT, 1, "A chief inspector", "1,204 referrals.")
THE_SECOND = london(2016, 6, 2, 10)


@pytest.fixture(scope="module")
def commissioned(report_open: World) -> World:
    return report_open.after(ASK, OFFICER, THE_SECOND)


def test_those_who_owe_the_report_may_ask_a_partner(report_open: World) -> None:
    event = (
        given(report_open).when(ASK, DIRECTOR, at=THE_SECOND).then(UpdateCommissioned).the(UpdateCommissioned)
    )
    assert (event.update, event.partner, event.asked) == (
        1,
        "Lancashire Constabulary",
        "Referrals in May, by district.",
    )
    assert event.commissioned_as == "director"


def test_updates_are_numbered_as_they_are_asked_for(commissioned: World) -> None:
    event = given(commissioned).when(replace(ASK, partner="A hospital trust"), OFFICER, at=THE_SECOND)
    assert event.the(UpdateCommissioned).update == 2


def test_what_a_partner_answered_is_recorded_once(commissioned: World) -> None:
    came = given(commissioned).when(ANSWER, DIRECTOR, at=london(2016, 6, 7)).then(UpdateReceived)
    assert came.world.case(MAY_REPORT).occurrence.updates[0].received == came.the(UpdateReceived)
    given(came.world).when(ANSWER, OFFICER, at=london(2016, 6, 8)).then_refused(
        UpdateNotOpen, "A chief inspector", "another update"
    )


def test_a_partner_who_was_given_a_link_answers_in_nobody_elses_name(commissioned: World) -> None:
    event = (
        given(commissioned)
        .when(ANSWER, PARTNER, at=london(2016, 6, 7))
        .then(UpdateReceived)
        .the(UpdateReceived)
    )
    assert (event.recorded_by, event.recorded_as) == (PARTNER.id, OUTSIDE)


def test_somebody_outside_can_do_nothing_else(commissioned: World) -> None:
    for command in (ASK, SUBMITTED[0], AcceptReport(MAY_REPORT)):
        assert isinstance(commissioned.decided(command, PARTNER, THE_SECOND), Refusal)
    answered = commissioned.after(ANSWER, PARTNER, london(2016, 6, 7))
    given(answered).when(ANSWER, PARTNER, at=london(2016, 6, 8)).then_refused(UpdateNotOpen)


def test_an_answer_that_comes_late_is_recorded_all_the_same(commissioned: World) -> None:
    given(commissioned).when(ANSWER, OFFICER, at=london(2016, 6, 20)).then(UpdateReceived)


def test_an_update_that_was_not_asked_for_is_not_answered(report_open: World) -> None:
    given(report_open).when(ANSWER, OFFICER, at=THE_SECOND).then_refused(UpdateNotOpen)


def test_an_update_is_wanted_today_at_the_earliest(report_open: World) -> None:
    given(report_open).when(ASK, OFFICER, at=london(2016, 6, 8, 23, 59)).then(UpdateCommissioned)
    given(report_open).when(ASK, OFFICER, at=london(2016, 6, 9, 0)).then_refused(DateInThePast)


def test_nobody_else_asks_or_records(commissioned: World) -> None:
    for by in (CHAIR, STRANGER):
        for command in (ASK, ANSWER):
            given(commissioned).when(command, by, at=THE_SECOND).then_refused(NotYourTask)


def test_only_a_report_rests_on_updates(report_open: World) -> None:
    for occurrence in (FIRST_REVIEW, DEADLINE):
        for command in (ASK, ANSWER):
            given(report_open).when(
                replace(command, occurrence=occurrence), DIRECTOR, at=THE_SECOND
            ).then_refused(WrongKindOfObligation)


def test_an_accepted_report_rests_on_nothing_more(report_submitted: World) -> None:
    world = report_submitted.after(ASK, OFFICER, london(2016, 6, 8))
    world = world.after(AcceptReport(MAY_REPORT), CHAIR, london(2016, 6, 9))
    for command in (ASK, ANSWER):
        given(world).when(command, OFFICER, at=london(2016, 6, 9, 12)).then_refused(OccurrenceAlreadyMet)


def test_words_are_needed(commissioned: World) -> None:
    for command in (
        replace(ASK, partner=" "),
        replace(ASK, asked=""),
        replace(ANSWER, received_from=" "),
        replace(ANSWER, text="\n"),
    ):
        given(commissioned).when(command, OFFICER, at=THE_SECOND).then_refused(ReasonMissing)
