"""Everybody who has to do something has a task with a word for it, and nobody judges what they did themselves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.case import Draft
from domain.events import deciding, excusing, handing, owing, reporting, reviewing
from domain.events.tending import RoleDelegated
from domain.identity import notice_stream
from domain.notice.opening import open_on_request
from projections.actions import actions_for
from projections.case_tasks import task_named
from projections.casebook import Casebook
from projections.tasks import task_row
from projections.why_this_task import why_this_task
from tests.domain.people import MAY_REPORT, WHOLE_REPORT, occurrence
from tests.domain.specification import World

JUNE = datetime(2016, 6, 10, 12, tzinfo=UTC)
SUBMITTED = owing.ReportSubmitted(1, WHOLE_REPORT, (), "priya-nandra", "reporting-officer", JUNE)
ATTESTATION = occurrence("board-maintained", "2016-Q2")
PLAN = occurrence("plan-kept-up-to-date", "plan")
REVIEW = occurrence("department-review", "1")
REQUEST = occurrence("work-with-adviser", "request-1")
DIAGNOSTIC = occurrence("diagnostic-review", "1")
BUNDLE = occurrence("review-access", "1")
CONCERN = occurrence("referral-power", "concern-1")
CONSIDERATION = occurrence("referral-power", "1")
REPAIR = occurrence("board-maintained", "vacancy-chair-1")
ASKED = {
    REQUEST: ("Request: Caseloads", "Caseloads", "ruth-pemberton", "adviser"),
    DIAGNOSTIC: ("Diagnostic review: Care leavers", "Care leavers", "ruth-pemberton", "adviser"),
    BUNDLE: ("What the council provides to those who conduct a review", None, None, None),
    CONCERN: ("Concern 1, recorded on 10 June 2016", "The pace.", "ruth-pemberton", "adviser"),
    CONSIDERATION: ("Consideration 1 under Section 497A", "Two are late.", "fiona-laidlaw", "ministers-office"),
    REPAIR: ("The role of Independent chair is filled again", "chair", None, None),
}  # fmt: skip
RECORDED = deciding.ConcernRecorded("The pace.", (), "ruth-pemberton", "adviser", (), JUNE)
OPENED = deciding.ConsiderationOpened(
    "Two are late.", (), (), ("decline", "direct"), "fiona-laidlaw", "ministers-office", JUNE
)
SIGNED = deciding.Signatory("fiona-laidlaw", "Fiona Laidlaw", "ministers-office")
PROPOSED = deciding.DecisionProposed("decline", "They came.", "the law", JUNE.date(), SIGNED, JUNE)


@pytest.fixture(scope="module")
async def world(book_at):
    """10 June 2016, and everything that can be asked for has been."""
    after_the_quarter = datetime(2016, 7, 1, 12, tzinfo=UTC)
    book = await book_at("nobody-acts", after_the_quarter)
    found = World(
        book.notice("lancashire-2016"), {str(each.id): each for each in book.occurrences("lancashire-2016")}
    )
    for name, (title, about, person, role) in ASKED.items():
        found = found.told(
            open_on_request(
                found.notice,
                found.notice.obligation(name.obligation),
                name.period,
                title=title,
                due_on=date(2016, 7, 8),
                now=JUNE,
                about=about,
                asked_by=person,
                asked_as=role,
                event=str(REVIEW) if name == BUNDLE else None,
            )
        )
    return found


def after(world, name, *events):
    return world.told(Draft(name.stream, each) for each in events).case(name)


def can(case, task, person, at=JUNE + timedelta(days=1)):
    found = task_named(case, task)
    assert found is not None
    assert why_this_task(case, found).endswith((".", "”"))
    return actions_for(case, found, person, at)


@pytest.mark.parametrize(
    ("name", "person", "actions"),
    [
        (ATTESTATION, "helen-marsh", ("acknowledge", "attest")),
        (PLAN, "priya-nandra", ("acknowledge", "update-plan")),
        (REVIEW, "callum-reyes", ("acknowledge", "plan-review", "record-review")),
        (REQUEST, "helen-marsh", ("acknowledge", "answer-request")),
        (DIAGNOSTIC, "ruth-pemberton", ("acknowledge",)),
        (BUNDLE, "helen-marsh", ("acknowledge",)),
        (REPAIR, "helen-marsh", ("acknowledge",)),
    ],
)
async def test_what_is_owed_can_be_done_by_whom_it_falls_to(world, name, person, actions):
    case = after(world, name)
    assert can(case, "owed", person) == actions
    assert can(case, "owed", "somebody-else") == ()


async def test_a_concern_is_answered_by_the_case_lead(world):
    case = after(world, CONCERN, RECORDED)
    assert can(case, "owed", "imogen-hartley") == ("acknowledge", "answer-concern")
    found = task_named(case, "owed")
    assert "Ruth Pemberton (Adviser) recorded a concern: “The pace”." in why_this_task(case, found)


async def test_a_consideration_is_conducted_and_signed_by_two(world):
    case = after(world, CONSIDERATION, OPENED)
    assert can(case, "owed", "imogen-hartley") == ("acknowledge", "consider")
    signing = after(world, CONSIDERATION, OPENED, PROPOSED)
    assert can(signing, "signature", "david-achebe") == ("sign-decision",)
    assert can(signing, "signature", "fiona-laidlaw") == ("keep-in-view",)


async def test_whoever_would_bear_a_decision_is_asked_to_speak_until_they_have(world):
    invited = deciding.RepresentationsInvited(date(2016, 6, 30), "imogen-hartley", "case-lead", (), JUNE)
    made = deciding.RepresentationsMade(1, "We were ill.", "duncan-ashworth", "chief-executive", (), JUNE)
    case = after(world, CONSIDERATION, OPENED, invited)
    assert can(case, "representations", "duncan-ashworth") == ("represent",)
    assert can(after(world, CONSIDERATION, OPENED, invited, made), "representations", "duncan-ashworth") == ()


async def test_who_conducts_a_diagnostic_review_is_agreed_before_it_is_planned(world):
    case = after(world, DIAGNOSTIC)
    assert can(case, "agreement", "imogen-hartley") == ("agree-party",)
    agreed = reviewing.PartyAgreed("A neighbour", "imogen-hartley", "case-lead", (), JUNE)
    case = after(world, DIAGNOSTIC, agreed)
    assert can(case, "agreement", "imogen-hartley") == ()
    assert can(case, "owed", "ruth-pemberton") == ("acknowledge", "plan-review", "record-review")


async def test_a_planned_review_is_made_known_before_it_is_held(world):
    planned = reviewing.ReviewPlanned(
        date(2016, 7, 4), date(2016, 7, 5), ("A",), "All.", (), "callum-reyes", "review-team", JUNE
    )
    told = reviewing.ReviewNotified("callum-reyes", "review-team", (), JUNE)
    assert can(after(world, REVIEW, planned), "owed", "callum-reyes")[1:] == (
        "notify-review",
        "record-review",
    )
    assert can(after(world, REVIEW, planned, told), "owed", "callum-reyes")[1:] == ("record-review",)


async def test_the_items_of_a_bundle_are_confirmed_by_those_who_review(world):
    assert can(after(world, BUNDLE), "confirmation", "callum-reyes") == ("confirm-items",)
    assert can(after(world, BUNDLE), "confirmation", "helen-marsh") == ()


async def test_more_time_is_decided_by_whoever_may_excuse_and_once(world):
    asked = excusing.ExtensionRequested(
        date(2016, 6, 30), "Ill.", "priya-nandra", "reporting-officer", (), JUNE
    )
    refused = excusing.ExtensionRefused("No.", "imogen-hartley", "case-lead", (), JUNE)
    case = after(world, MAY_REPORT, asked)
    assert can(case, "extension", "imogen-hartley") == ("decide-extension",)
    assert task_row(case, task_named(case, "extension"), "imogen-hartley", JUNE).urgency == "due soon"
    assert can(after(world, MAY_REPORT, asked, refused), "extension", "imogen-hartley") == ()


async def test_whoever_asked_for_more_time_does_not_grant_it(world):
    asked = excusing.ExtensionRequested(date(2016, 6, 30), "Ill.", "imogen-hartley", "case-lead", (), JUNE)
    assert can(after(world, MAY_REPORT, asked), "extension", "imogen-hartley") == ("keep-in-view",)


async def test_a_query_is_answered_by_those_who_report(world):
    queried = reporting.QueryRaised(1, "slow-objectives", "Which is right?", ("a",), (), JUNE)
    answered = reporting.QueryAnswered(1, "The plan.", "priya-nandra", "reporting-officer", JUNE)
    assert can(after(world, MAY_REPORT, SUBMITTED, queried), "query-1", "priya-nandra") == ("answer-query",)
    assert can(after(world, MAY_REPORT, SUBMITTED, queried, answered), "query-1", "priya-nandra") == ()


async def test_a_report_is_accepted_by_nobody_who_submitted_it(world):
    case = after(world, MAY_REPORT, SUBMITTED)
    assert can(case, "acceptance", "margaret-oduya") == ("accept",)
    own = after(world, MAY_REPORT, replace(SUBMITTED, submitted_by="margaret-oduya"))
    assert can(own, "acceptance", "margaret-oduya") == ("keep-in-view",)


async def test_nor_by_whoever_acts_for_them(world):
    delegated = RoleDelegated(
        "board-chair", "margaret-oduya", "priya-nandra", date(2016, 6, 1), date(2016, 6, 30), "Away.", JUNE
    )
    acting = world.told([Draft(notice_stream("lancashire-2016"), delegated)])
    assert can(after(acting, MAY_REPORT, SUBMITTED), "acceptance", "priya-nandra") == ("keep-in-view",)


async def test_a_returned_report_waits_for_nobody_to_accept_it(world):
    returned = reporting.ReportReturned(
        1,
        "Hollow.",
        ("data",),
        "2016-05-supplement-1",
        date(2016, 7, 4),
        "margaret-oduya",
        "board-chair",
        (),
        JUNE,
    )
    assert can(after(world, MAY_REPORT, SUBMITTED, returned), "acceptance", "margaret-oduya") == ()


async def test_what_somebody_has_claimed_is_theirs_alone(world):
    given = handing.TaskReassigned("owed", "duncan-ashworth", "Away.", "helen-marsh", "director", (), JUNE)
    case = after(world, REQUEST, given)
    assert can(case, "owed", "duncan-ashworth") == ("acknowledge", "answer-request")
    assert can(case, "owed", "helen-marsh") == ()
    row = task_row(case, task_named(case, "owed"), "duncan-ashworth", JUNE)
    assert (row.claimed_by, row.people) == ("Duncan Ashworth", ("Duncan Ashworth",))


async def test_a_refusal_is_shown_and_the_task_stays_open(world):
    refused = handing.TaskRefused("owed", "No figures.", "helen-marsh", "director", (), JUNE)
    case = after(world, REQUEST, refused)
    row = task_row(case, task_named(case, "owed"), "helen-marsh", JUNE)
    assert (row.refused_by, row.actions) == ("Helen Marsh", ("acknowledge", "answer-request"))


async def test_what_is_owed_no_more_is_nobody_s_task(world):
    waived = excusing.OccurrenceWaived("Not needed.", "imogen-hartley", "case-lead", (), JUNE)
    assert can(after(world, MAY_REPORT, waived), "owed", "priya-nandra") == ()


@pytest.mark.slow
async def test_every_task_of_every_scenario_says_why_it_is_there(rehearsed, scenarios):
    from projections.case_tasks import tasks_in

    for scenario in scenarios:
        book = Casebook(await rehearsed(scenario))
        await book.catch_up()
        for notice in book.notices():
            for case in book.cases(notice.terms.id):
                for task in tasks_in(case):
                    assert why_this_task(case, task)[0] in "“ABCDEFGHIJKLMNOPQRSTUVWXYZ"
