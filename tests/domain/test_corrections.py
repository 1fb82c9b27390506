"""Nothing is edited: a correction names the event, the reason and the approver, and what follows is worked out anew."""

from dataclasses import fields, replace
from datetime import date

import pytest

from domain.actor import ENGINE, Actor
from domain.commands import (
    ApproveCorrection,
    ProposeCorrection,
    RecordConcern,
    RejectCorrection,
    SubmitReport,
)
from domain.corrections.correctable import FIELDS
from domain.events.chasing import EscalationRaised, EscalationResolved, OverdueNoticeIssued
from domain.events.correcting import CorrectionProposed, CorrectionRejected, EventCorrected
from domain.events.deciding import ConcernRecorded
from domain.events.kinds import KINDS
from domain.events.owing import OccurrenceOpened, ReportSubmitted
from domain.events.tending import RoleDelegated
from domain.occurrence.standing import was_late
from domain.refusals import (
    CorrectionAlreadyProposed,
    CorrectionNotProposed,
    DateBeforeOpening,
    DateInTheFuture,
    EventNotKnown,
    FieldNotCorrectable,
    FourEyesRequired,
    NothingChanges,
    NotInYourRole,
    OccurrenceNotOpen,
    OnlyPeopleDecide,
    ReasonMissing,
    ValueNotFitting,
)
from domain.values import write_instant
from tests.domain.correcting import (
    AT,
    IN_TIME,
    IN_TIME_AS_RECORDED,
    WHY,
    approval,
    corrected,
    state,
    told,
    wrong,
)
from tests.domain.deciding import CONCERN, NOTICE, POWER
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SECOND_REVIEW,
    STRANGER,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, london


@pytest.fixture(scope="module")
def came_late(director_told: World) -> World:
    """The report is recorded as received on 20 June, when the director had been told."""
    return director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 20, 11))


@pytest.fixture(scope="module")
def came_in_time(report_open: World) -> World:
    return report_open.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 10, 10))


def test_a_correction_is_proposed_with_what_was_and_what_is_right(came_late: World) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    came = given(came_late).when(proposed, OFFICER, at=AT).then(CorrectionProposed)
    event = came.the(CorrectionProposed)
    assert (event.version, event.topic, event.field) == (
        proposed.version,
        "report-submitted.v1",
        "received_at",
    )
    assert (event.was, event.now) == ("2016-06-20T10:00:00.000000Z", IN_TIME_AS_RECORDED)
    assert (event.reason, event.proposed_by, event.proposed_as) == (WHY, OFFICER.id, "reporting-officer")
    assert was_late(state(came.world, MAY_REPORT))


def test_a_proposal_alone_changes_nothing(came_late: World) -> None:
    after = came_late.after(wrong(came_late, ReportSubmitted, "received_at", IN_TIME), OFFICER, AT)
    before, now = state(came_late, MAY_REPORT), state(after, MAY_REPORT)
    assert replace(now, proposals=(), history=before.history, version=before.version) == before


def test_whoever_holds_a_role_may_propose_and_nobody_else(came_late: World) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    for by in (OFFICER, ADVISER, CHAIR, MINISTERS_OFFICE):
        given(came_late).when(proposed, by, at=AT).then(CorrectionProposed)
    given(came_late).when(proposed, STRANGER, at=AT).then_refused(NotInYourRole)


def test_nobody_corrects_what_they_are_not_shown(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), ADVISER, london(2016, 7, 1))
    proposed = wrong(world, ConcernRecorded, "concern", "Drift in care planning.", CONCERN)
    given(world).when(proposed, DIRECTOR, at=AT).then_refused(NotInYourRole)
    given(world).when(proposed, ADVISER, at=AT).then(CorrectionProposed)


@pytest.mark.parametrize("version", [-1, 0, 1000])
def test_the_event_has_to_exist(came_late: World, version: int) -> None:
    for of in (MAY_REPORT, None):
        proposed = ProposeCorrection(NOTICE, version, "title", "May", WHY, of)
        given(came_late).when(proposed, OFFICER, at=AT).then_refused(EventNotKnown)
    unopened = ProposeCorrection(NOTICE, 1, "title", "May", WHY, SECOND_REVIEW)
    given(came_late).when(unopened, OFFICER, at=AT).then_refused(OccurrenceNotOpen)


def test_what_the_engine_did_cannot_be_corrected(came_late: World) -> None:
    for kind in (OverdueNoticeIssued, EscalationRaised, EscalationResolved):
        proposed = wrong(came_late, kind, "raised_at", write_instant(AT))
        given(came_late).when(proposed, OFFICER, at=AT).then_refused(FieldNotCorrectable)


@pytest.mark.parametrize(
    "field", ["version", "submitted_by", "submitted_as", "messages", "sections", "no-such-field"]
)
def test_neither_who_acted_nor_what_was_handed_in_can_be_corrected(came_late: World, field: str) -> None:
    proposed = wrong(came_late, ReportSubmitted, field, "somebody")
    given(came_late).when(proposed, OFFICER, at=AT).then_refused(FieldNotCorrectable, "received_at")


def test_a_correction_cannot_be_corrected_but_its_event_can_once_more(came_late: World) -> None:
    once = corrected(came_late, wrong(came_late, ReportSubmitted, "received_at", IN_TIME))
    for kind in (CorrectionProposed, EventCorrected):
        given(once).when(wrong(once, kind, "reason", "Another."), CHAIR, at=AT).then_refused(
            FieldNotCorrectable
        )
    again = wrong(once, ReportSubmitted, "received_at", "2016-06-14T17:00:00Z")
    came = given(once).when(again, CHAIR, at=AT).then(CorrectionProposed)
    assert came.the(CorrectionProposed).was == IN_TIME_AS_RECORDED
    twice = corrected(once, again)
    assert state(twice, MAY_REPORT).met_at == london(2016, 6, 14, 18)
    assert [each.now for each in state(twice, MAY_REPORT).corrections] == [
        IN_TIME_AS_RECORDED,
        "2016-06-14T17:00:00.000000Z",
    ]


def test_the_value_fits_the_field_and_is_another_one(came_late: World) -> None:
    for value in ("yesterday", "", "2016-06-14T16:00:00", "{}"):
        proposed = wrong(came_late, ReportSubmitted, "received_at", value)
        given(came_late).when(proposed, OFFICER, at=AT).then_refused(ValueNotFitting)
    same = wrong(came_late, ReportSubmitted, "received_at", "2016-06-20T11:00:00+01:00")
    given(came_late).when(same, OFFICER, at=AT).then_refused(NothingChanges)
    empty = wrong(came_late, OccurrenceOpened, "title", "  ")
    given(came_late).when(empty, OFFICER, at=AT).then_refused(ValueNotFitting, "empty")


def test_the_reason_is_wanted(came_late: World) -> None:
    proposed = replace(wrong(came_late, ReportSubmitted, "received_at", IN_TIME), reason=" \n")
    given(came_late).when(proposed, OFFICER, at=AT).then_refused(ReasonMissing)


def test_one_correction_of_an_event_waits_at_a_time(came_late: World) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    world = came_late.after(proposed, OFFICER, AT)
    given(world).when(proposed, CHAIR, at=AT).then_refused(CorrectionAlreadyProposed)
    given(world).when(wrong(world, OccurrenceOpened, "title", "The May report"), CHAIR, at=AT).then(
        CorrectionProposed
    )


def test_a_report_was_received_after_it_opened_and_before_now(came_late: World) -> None:
    for value, refusal in (
        ("2016-05-31T22:59:59Z", DateBeforeOpening),
        (write_instant(london(2016, 7, 4, 10, 1)), DateInTheFuture),
    ):
        proposed = wrong(came_late, ReportSubmitted, "received_at", value)
        given(came_late).when(proposed, OFFICER, at=AT).then_refused(refusal)


def test_those_who_keep_the_notice_approve_and_the_event_names_all_of_it(came_in_time: World) -> None:
    proposed = wrong(came_in_time, ReportSubmitted, "received_at", "2016-06-09T08:00:00Z")
    world = came_in_time.after(proposed, OFFICER, AT)
    event = given(world).when(approval(proposed), CASE_LEAD, at=AT).then(EventCorrected).the(EventCorrected)
    assert (event.version, event.field, event.reason) == (proposed.version, "received_at", WHY)
    assert (event.was, event.now) == ("2016-06-10T09:00:00.000000Z", "2016-06-09T08:00:00.000000Z")
    assert (event.proposed_by, event.approved_by, event.approved_as) == (
        OFFICER.id,
        CASE_LEAD.id,
        "case-lead",
    )
    for by in (OFFICER, CHAIR, MINISTERS_OFFICE, STRANGER):
        given(world).when(approval(proposed), by, at=AT).then_refused(NotInYourRole, "Case lead")


def test_the_recorded_event_stays_as_it_is(came_late: World) -> None:
    world = corrected(came_late, wrong(came_late, ReportSubmitted, "received_at", IN_TIME))
    assert world.history[: len(came_late.history)] == came_late.history
    (recorded,) = [each for each in world.events_of(MAY_REPORT) if isinstance(each, ReportSubmitted)]
    assert recorded.received_at == london(2016, 6, 20, 11)


def test_nobody_approves_what_they_proposed_nor_does_whoever_stands_in_for_them(came_late: World) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    own = came_late.after(proposed, CASE_LEAD, AT)
    given(own).when(approval(proposed), CASE_LEAD, at=AT).then_refused(FourEyesRequired, "Imogen Hartley")
    leave = RoleDelegated(
        "case-lead",
        CASE_LEAD.id,
        STRANGER.id,
        date(2016, 7, 1),
        date(2016, 7, 31),
        "Leave.",
        london(2016, 7, 1),
    )
    given(told(own, leave)).when(approval(proposed), STRANGER, at=AT).then_refused(FourEyesRequired)
    by_the_stand_in = told(came_late, leave).after(proposed, STRANGER, AT)
    given(by_the_stand_in).when(approval(proposed), CASE_LEAD, at=london(2016, 8, 1)).then_refused(
        FourEyesRequired
    )


def test_what_was_not_proposed_is_neither_approved_nor_rejected(came_late: World) -> None:
    for of in (MAY_REPORT, None):
        given(came_late).when(ApproveCorrection(NOTICE, 1, of), CASE_LEAD, at=AT).then_refused(
            CorrectionNotProposed
        )
        reject = RejectCorrection(NOTICE, 1, "No.", of)
        given(came_late).when(reject, CASE_LEAD, at=AT).then_refused(CorrectionNotProposed)
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    done = corrected(came_late, proposed)
    given(done).when(approval(proposed), CASE_LEAD, at=AT).then_refused(CorrectionNotProposed)


def test_a_rejected_correction_changes_nothing_and_may_be_proposed_again(came_late: World) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    world = came_late.after(proposed, CHAIR, AT)
    reject = RejectCorrection(NOTICE, proposed.version, " The postmark is of another letter. ", MAY_REPORT)
    for by in (CHAIR, OFFICER, STRANGER):
        given(world).when(reject, by, at=AT).then_refused(NotInYourRole)
    given(world).when(replace(reject, reason=""), CASE_LEAD, at=AT).then_refused(ReasonMissing)
    came = given(world).when(reject, CASE_LEAD, at=AT).then(CorrectionRejected)
    assert came.the(CorrectionRejected).reason == "The postmark is of another letter."
    assert was_late(state(came.world, MAY_REPORT))
    given(came.world).when(proposed, CHAIR, at=AT).then(CorrectionProposed)


@pytest.mark.parametrize("system", [ENGINE, Actor("system", CASE_LEAD.id)], ids=str)
def test_the_engine_corrects_nothing(came_late: World, system: Actor) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    given(came_late).when(proposed, system, at=AT).then_refused(OnlyPeopleDecide)
    world = came_late.after(proposed, CHAIR, AT)
    given(world).when(approval(proposed), system, at=AT).then_refused(OnlyPeopleDecide)
    reject = RejectCorrection(NOTICE, proposed.version, "No.", MAY_REPORT)
    given(world).when(reject, system, at=AT).then_refused(OnlyPeopleDecide)


NEVER_HELD = {
    "version",
    "plan",
    "messages",
    "number",
    "update",
    "query",
    "task",
    "rung",
    "signatories",
    "signed",
}


def test_the_table_names_fields_that_exist_and_never_who_or_what() -> None:
    for shape, allowed in FIELDS.items():
        kind = next(each for each in KINDS if each.shape is shape)
        assert set(allowed) <= {each.name for each in fields(shape)}
        assert not NEVER_HELD & set(allowed)
        assert kind.who not in allowed
        assert not [each for each in allowed if each.endswith(("_by", "_as")) and each != "wanted_by"]


def test_no_kind_that_the_engine_makes_or_that_is_about_corrections_is_in_the_table() -> None:
    for shape in FIELDS:
        assert shape.__module__.rpartition(".")[2] not in ("chasing", "delivery", "correcting")
