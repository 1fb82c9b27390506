"""What became of a message is recorded once, whoever tries again."""

from dataclasses import replace

from domain.actor import ENGINE
from domain.case import Draft
from domain.chasing.messages import receipt
from domain.commands import RecordMessageSent, RecordMessageUndeliverable, SubmitReport
from domain.events.delivery import MessageSent, MessageUndeliverable, NonDeliveryReported
from domain.events.handing import TaskReassigned
from domain.refusals import MessageNotKnown
from tests.domain.people import (
    CASE_LEAD,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SENIOR_CIVIL_SERVANT,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, handed_over, london

NOON = london(2016, 6, 20, 12)
OVERDUE_TO_OFFICER = "lancashire-2016/monthly-report/2016-05#overdue:priya-nandra"


def lost(message: str) -> RecordMessageUndeliverable:
    return RecordMessageUndeliverable(MAY_REPORT, message, "post", "550 no such mailbox")


def unsent(report_reminded: World) -> World:
    return report_reminded.woken(MAY_REPORT, london(2016, 6, 15))


def test_a_message_that_was_handed_over_is_recorded_with_what_was_handed_over(report_reminded: World) -> None:
    handing = RecordMessageSent(MAY_REPORT, OVERDUE_TO_OFFICER, "smtp", "<1@x>", "a" * 64, "250 taken")
    event = (
        given(unsent(report_reminded))
        .when(handing, at=london(2016, 6, 15))
        .then(MessageSent)
        .the(MessageSent)
    )
    assert (event.rung, event.person, event.message_id, event.content_sha256, event.answer) == (
        "overdue",
        OFFICER.id,
        "<1@x>",
        "a" * 64,
        "250 taken",
    )


def test_a_message_is_recorded_as_sent_once(report_reminded: World) -> None:
    sending = handed_over(MAY_REPORT, OVERDUE_TO_OFFICER)
    world = unsent(report_reminded).after(sending, ENGINE, london(2016, 6, 15))
    for again in (sending, lost(OVERDUE_TO_OFFICER)):
        given(world).when(again, at=london(2016, 6, 15, 10)).then_nothing_happened()


def test_a_message_is_given_up_once(report_reminded: World) -> None:
    came = given(unsent(report_reminded)).when(lost(OVERDUE_TO_OFFICER), at=london(2016, 6, 15))
    lost_one = came.then(MessageUndeliverable, NonDeliveryReported).the(MessageUndeliverable)
    assert lost_one.fault == "550 no such mailbox"
    for again in (lost(OVERDUE_TO_OFFICER), handed_over(MAY_REPORT, OVERDUE_TO_OFFICER)):
        given(came.world).when(again, at=london(2016, 6, 15, 10)).then_nothing_happened()


def test_whoever_keeps_the_notice_is_told_once_of_a_message_that_was_given_up(report_reminded: World) -> None:
    came = given(unsent(report_reminded)).when(lost(OVERDUE_TO_OFFICER), at=london(2016, 6, 15))
    told = came.the(NonDeliveryReported)
    assert (told.message, told.person) == (OVERDUE_TO_OFFICER, OFFICER.id)
    assert [(each.person, each.role) for each in told.messages] == [(CASE_LEAD.id, "case-lead")]


def test_a_mail_that_comes_back_is_told_as_well(report_reminded: World) -> None:
    sent = unsent(report_reminded).after(
        handed_over(MAY_REPORT, OVERDUE_TO_OFFICER), ENGINE, london(2016, 6, 15)
    )
    bounce = replace(lost(OVERDUE_TO_OFFICER), bounced=True)
    came = (
        given(sent).when(bounce, at=london(2016, 6, 15, 10)).then(MessageUndeliverable, NonDeliveryReported)
    )
    given(came.world).when(bounce, at=london(2016, 6, 15, 11)).then_nothing_happened()


def test_of_a_report_that_does_not_arrive_itself_nobody_is_told(report_reminded: World) -> None:
    came = given(unsent(report_reminded)).when(lost(OVERDUE_TO_OFFICER), at=london(2016, 6, 15))
    (report,) = came.the(NonDeliveryReported).messages
    given(came.world).when(lost(report.id), at=london(2016, 6, 15, 10)).then(MessageUndeliverable)


def test_if_whoever_keeps_the_notice_cannot_be_reached_others_of_its_issuer_are_told(
    report_overdue: World,
) -> None:
    keeper = receipt(report_overdue.case(MAY_REPORT), "a-test", CASE_LEAD.id, "case-lead")
    told = TaskReassigned(
        "owed", CASE_LEAD.id, "For the test.", OFFICER.id, "reporting-officer", (keeper,), NOON
    )
    world = report_overdue.told([Draft(MAY_REPORT.stream, told)])
    came = given(world).when(lost(keeper.id), at=NOON)
    messages = came.the(NonDeliveryReported).messages
    assert {world.notice.role(each.role).party for each in messages} == {world.notice.terms.issuer}
    assert {MINISTERS_OFFICE.id, SENIOR_CIVIL_SERVANT.id} <= {each.person for each in messages}
    assert CASE_LEAD.id not in {each.person for each in messages}


def test_a_message_that_nobody_called_for_is_refused(report_reminded: World) -> None:
    for command in (lost("no-such-message"), handed_over(MAY_REPORT, "no-such-message")):
        given(unsent(report_reminded)).when(command, at=london(2016, 6, 15)).then_refused(
            MessageNotKnown, "no-such-message"
        )


def test_messages_have_names_that_never_repeat(referred_for_consideration: World) -> None:
    names = [message.id for message in referred_for_consideration.messages()]
    assert len(names) == len(set(names)) > 10


def test_those_who_are_told_that_it_is_over_are_messages_of_their_own(director_told: World) -> None:
    world = director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 20))
    (told,) = world.unsettled(MAY_REPORT)
    assert told == "lancashire-2016/monthly-report/2016-05#director:resolved:helen-marsh"
    came = given(world).when(handed_over(MAY_REPORT, told), at=london(2016, 6, 20)).then(MessageSent)
    assert came.world.unsettled(MAY_REPORT) == []
