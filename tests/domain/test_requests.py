"""The adviser asks, the council answers by the day named; that it did not is recorded and told to the Department."""

from dataclasses import replace
from datetime import date

import pytest

from domain.case import Draft
from domain.chasing.outlook import is_closed
from domain.commands import AnswerRequest, MakeRequest, RecordNonCooperation
from domain.events.chasing import EscalationResolved
from domain.events.instrument import PersonAppointed
from domain.events.owing import NonCooperationRecorded, OccurrenceOpened, RequestAnswered
from domain.events.tending import AppointmentEnded, NoticeLifted, ObligationReleased
from domain.identity import notice_stream
from domain.occurrence.standing import was_late
from domain.refusals import (
    AlreadyReleased,
    DateInThePast,
    NoLongerOwed,
    NotInYourRole,
    NotYourTask,
    ObligationNotKnown,
    OccurrenceAlreadyMet,
    ReasonMissing,
    ValueNotFitting,
    WrongKindOfObligation,
)
from domain.terms.parties import Appointment
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    STRANGER,
    THE_COUNCIL,
    occurrence,
)
from tests.domain.specification import World, given, london, raised

REQUEST = occurrence("work-with-adviser", "request-1")
NOTICE = notice_stream("lancashire-2016")
ASK = MakeRequest(
    "lancashire-2016", "work-with-adviser", "The supervision records of team 4.", date(2016, 6, 17)
)
ANSWER = AnswerRequest(REQUEST, " Sent by secure mail. ")
REFUSED = RecordNonCooperation(REQUEST, "The records were said to be lost.")
ASKED_AT = london(2016, 6, 6, 10)


@pytest.fixture(scope="module")
def request_made(report_open: World) -> World:
    return report_open.after(ASK, ADVISER, ASKED_AT)


def test_a_request_is_owed_by_the_day_it_names(report_open: World) -> None:
    came = given(report_open).when(ASK, ADVISER, at=ASKED_AT).then(OccurrenceOpened)
    opened = came.the(OccurrenceOpened)
    assert (opened.period, opened.title, opened.about) == (
        "request-1",
        "Request: The supervision records of team 4.",
        "The supervision records of team 4.",
    )
    assert (opened.asked_by, opened.asked_as, opened.due_on) == (ADVISER.id, "adviser", date(2016, 6, 17))
    assert (opened.obligor, opened.assignee, opened.kind) == ("council", "director", "until-decision")


def test_requests_are_numbered_as_they_are_made(request_made: World) -> None:
    assert given(request_made).when(ASK, ADVISER, at=ASKED_AT).the(OccurrenceOpened).period == "request-2"


def test_a_long_request_has_a_short_title_of_one_line(report_open: World) -> None:
    long = replace(ASK, asked="All\n minutes " + "and records " * 20)
    opened = given(report_open).when(long, ADVISER, at=ASKED_AT).the(OccurrenceOpened)
    assert opened.title.startswith("Request: All minutes and records")
    assert len(opened.title) == len("Request: ") + 80
    assert opened.about == long.asked.strip()


def test_a_request_may_be_wanted_on_the_same_day_and_no_earlier(report_open: World) -> None:
    given(report_open).when(ASK, ADVISER, at=london(2016, 6, 17, 23, 59)).then(OccurrenceOpened)
    given(report_open).when(ASK, ADVISER, at=london(2016, 6, 18, 0)).then_refused(DateInThePast)


def test_a_request_is_not_wanted_on_a_day_that_no_calendar_reaches(report_open: World) -> None:
    far = replace(ASK, wanted_by=date(2090, 1, 1))
    given(report_open).when(far, ADVISER, at=ASKED_AT).then_refused(ValueNotFitting, "calendar")


def test_only_the_one_it_is_owed_to_asks(report_open: World) -> None:
    for by in (CASE_LEAD, DIRECTOR, CHAIR, STRANGER):
        given(report_open).when(ASK, by, at=ASKED_AT).then_refused(NotInYourRole, "Adviser")


def test_a_request_says_what_is_asked(report_open: World) -> None:
    given(report_open).when(replace(ASK, asked=" "), ADVISER, at=ASKED_AT).then_refused(ReasonMissing)


def test_nothing_is_asked_under_an_obligation_of_another_kind(report_open: World) -> None:
    given(report_open).when(replace(ASK, obligation="monthly-report"), ADVISER, at=ASKED_AT).then_refused(
        WrongKindOfObligation
    )
    given(report_open).when(replace(ASK, obligation="weather"), ADVISER, at=ASKED_AT).then_refused(
        ObligationNotKnown, "weather"
    )


def test_nothing_is_asked_once_the_deciders_are_satisfied(report_open: World) -> None:
    released = ObligationReleased(
        "work-with-adviser",
        "Satisfied.",
        date(2016, 6, 3),
        MINISTERS_OFFICE.id,
        "ministers-office",
        london(2016, 6, 3),
    )
    world = report_open.told((Draft(NOTICE, released),))
    given(world).when(ASK, ADVISER, at=ASKED_AT).then_refused(AlreadyReleased)


def test_nothing_is_asked_in_an_after_care_that_does_not_keep_it(report_open: World) -> None:
    day = date(2016, 6, 3)
    lifted = NoticeLifted(
        "Enough.",
        ("monthly-report",),
        date(2016, 12, 31),
        day,
        day,
        CASE_LEAD.id,
        "case-lead",
        london(2016, 6, 3),
    )
    world = report_open.told((Draft(NOTICE, lifted),))
    given(world).when(ASK, ADVISER, at=ASKED_AT).then_refused(NoLongerOwed)


def test_an_answer_meets_the_request_and_is_told_to_who_asked(request_made: World) -> None:
    came = given(request_made).when(ANSWER, OFFICER, at=london(2016, 6, 17, 23, 59)).then(RequestAnswered)
    event = came.the(RequestAnswered)
    assert (event.answer, event.answered_as) == ("Sent by secure mail.", "reporting-officer")
    assert [(each.person, each.role) for each in event.messages] == [(ADVISER.id, "adviser")]
    answered = came.world.case(REQUEST).occurrence
    assert is_closed(answered)
    assert not was_late(answered)


def test_who_asked_is_whoever_holds_that_role_when_it_is_answered(request_made: World) -> None:
    left = AppointmentEnded(
        "adviser", ADVISER.id, date(2016, 6, 10), "Left.", CASE_LEAD.id, "case-lead", london(2016, 6, 10)
    )
    came = PersonAppointed(
        Appointment(role="adviser", person="new-adviser", since=date(2016, 6, 11)),
        "N. A.",
        london(2016, 6, 10),
    )
    world = request_made.told((Draft(NOTICE, left), Draft(NOTICE, came)))
    event = given(world).when(ANSWER, DIRECTOR, at=london(2016, 6, 13)).the(RequestAnswered)
    assert [each.person for each in event.messages] == ["new-adviser"]


def test_an_unanswered_request_is_chased_and_its_answer_ends_that(request_made: World) -> None:
    world = request_made.chased(REQUEST, ASKED_AT, london(2016, 6, 25))
    assert raised(world, REQUEST, "remind-1", "overdue", "chief-executive", "case-lead") == [
        ("remind-1", london(2016, 6, 15)),
        ("overdue", london(2016, 6, 20)),
        ("chief-executive", london(2016, 6, 22)),
        ("case-lead", london(2016, 6, 24)),
    ]
    came = given(world).when(ANSWER, DIRECTOR, at=london(2016, 6, 27))
    came.then(RequestAnswered, EscalationResolved, EscalationResolved)
    told = {message.person for event in came.events[1:] for message in event.messages}
    assert told == {CHIEF_EXECUTIVE.id, CASE_LEAD.id}


def test_a_request_is_answered_once(request_made: World) -> None:
    world = request_made.after(ANSWER, DIRECTOR, london(2016, 6, 7))
    given(world).when(ANSWER, DIRECTOR, at=london(2016, 6, 8)).then_refused(
        OccurrenceAlreadyMet, "Helen Marsh", "7 June 2016"
    )


def test_only_those_who_owe_it_answer_and_in_words(request_made: World) -> None:
    for by in (ADVISER, CASE_LEAD, STRANGER):
        given(request_made).when(ANSWER, by, at=ASKED_AT).then_refused(NotYourTask)
    given(request_made).when(replace(ANSWER, answer="\n"), DIRECTOR, at=ASKED_AT).then_refused(ReasonMissing)


def test_what_is_not_a_request_is_not_answered_like_one(request_made: World) -> None:
    for command in (ANSWER, REFUSED):
        given(request_made).when(replace(command, occurrence=MAY_REPORT), DIRECTOR, at=ASKED_AT).then_refused(
            WrongKindOfObligation
        )


def test_non_cooperation_is_told_the_same_day_to_those_who_keep_the_notice(request_made: World) -> None:
    came = given(request_made).when(REFUSED, ADVISER, at=london(2016, 6, 18, 23, 30))
    event = came.then(NonCooperationRecorded).the(NonCooperationRecorded)
    assert [(each.person, each.role) for each in event.messages] == [(CASE_LEAD.id, "case-lead")]
    assert not THE_COUNCIL & {each.person for each in event.messages}
    assert not came.world.case(REQUEST).occurrence.is_met
    assert event.messages[0] in came.world.case(REQUEST).occurrence.receipts


def test_non_cooperation_may_be_recorded_again_and_of_an_answer_that_does_not_do(request_made: World) -> None:
    world = request_made.after(REFUSED, ADVISER, london(2016, 6, 8)).after(
        ANSWER, DIRECTOR, london(2016, 6, 9)
    )
    came = given(world).when(REFUSED, ADVISER, at=london(2016, 6, 10)).then(NonCooperationRecorded)
    receipts = [each.id for each in came.world.case(REQUEST).occurrence.receipts]
    assert len(set(receipts)) == len(receipts) == 3


def test_non_cooperation_is_recorded_by_those_who_ask_and_in_words(request_made: World) -> None:
    for by in (DIRECTOR, CASE_LEAD, STRANGER):
        given(request_made).when(REFUSED, by, at=ASKED_AT).then_refused(NotInYourRole, "Adviser")
    given(request_made).when(replace(REFUSED, account=" "), ADVISER, at=ASKED_AT).then_refused(ReasonMissing)
