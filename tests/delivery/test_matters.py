"""Letters about acts of other people, as they reach their reader. The texts under letters/ were read by people.

Written anew, as the others are, with FORTHWITH_WRITE_LETTERS=1.
"""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from activities.delivery.call import Call, UnreadableCall
from activities.delivery.letter import Letter
from activities.delivery.matters import MATTERS
from activities.delivery.writing import write_letter
from domain.actor import Actor
from domain.case import Draft
from domain.commands import IssueNotice
from domain.events import deciding, delivery, excusing, handing, owing, reporting, reviewing
from domain.events.chasing import EscalationRaised, EscalationResolved, Message, OverdueNoticeIssued
from domain.events.kinds import kind_of
from domain.excusing.redating import redate
from domain.identity import OccurrenceId
from domain.notice.opening import open_on_request
from domain.time.calendar import load_calendar
from tests.delivery.conftest import LINKS
from tests.domain.people import MAY_REPORT, WHOLE_REPORT, occurrence
from tests.domain.specification import World, london
from tests.lives import the_notice

LETTERS = Path(__file__).with_name("letters")
NOW = london(2016, 6, 20, 14, 5)
OFFICER, DIRECTOR, CASE_LEAD = "reporting-officer", "director", "case-lead"
PERSON = {
    OFFICER: "priya-nandra",
    DIRECTOR: "helen-marsh",
    CASE_LEAD: "imogen-hartley",
    "chief-executive": "duncan-ashworth",
    "board-chair": "margaret-oduya",
    "chair": "margaret-oduya",
    "adviser": "ruth-pemberton",
    "review-team": "callum-reyes",
    "ministers-office": "fiona-laidlaw",
}
REVIEW = occurrence("department-review", "1")
BUNDLE = occurrence("review-access", "1")
REQUEST = occurrence("work-with-adviser", "request-1")
CONCERN = occurrence("referral-power", "concern-1")
CONSIDERATION = occurrence("referral-power", "1")
DIAGNOSTIC = occurrence("diagnostic-review", "1")


@pytest.fixture(scope="module")
def world() -> World:
    """20 June 2016: the report for May was due on 14 June and came late; everything else has just been opened."""
    command = IssueNotice(the_notice(), load_calendar("england"), london(2016, 5, 19))
    issued = World().after(command, Actor("person", "department"), london(2016, 5, 19))
    opened = issued.opened(london(2016, 6, 1, 0)).chased(
        MAY_REPORT, london(2016, 6, 1, 0), london(2016, 6, 18)
    )
    return _with_what_was_asked_for(opened)


def _with_what_was_asked_for(world: World) -> World:
    asked = {
        BUNDLE: ("What the council provides to those who conduct a review", None, None),
        REQUEST: ("Request: The caseloads of each team", "The caseloads of each team", "adviser"),
        CONCERN: ("Concern 1, recorded on 20 June 2016", "The pace is too slow.", "adviser"),
        CONSIDERATION: (
            "Consideration 1 under Section 497A",
            "Two reports did not come.",
            "ministers-office",
        ),
        DIAGNOSTIC: ("Diagnostic review: Care leavers", "Care leavers", "adviser"),
    }
    for name, (title, about, role) in asked.items():
        world = world.told(
            open_on_request(
                world.notice,
                world.notice.obligation(name.obligation),
                name.period,
                title=title,
                due_on=date(2016, 7, 18),
                now=NOW,
                about=about,
                asked_by=PERSON.get(role or ""),
                asked_as=role,
                event=str(REVIEW) if name == BUNDLE else None,
                event_on=date(2016, 7, 18) if name == BUNDLE else None,
            )
        )
    return world


def to(*roles: str) -> tuple[Message, ...]:
    return tuple(Message(f"a message to {role}", PERSON[role], role) for role in roles)


def by(role: str) -> tuple[str, str]:
    return PERSON[role], role


SUBMITTED = owing.ReportSubmitted(1, WHOLE_REPORT, (), *by(OFFICER), london(2016, 6, 13, 15))
PLANNED = reviewing.ReviewPlanned(
    date(2016, 7, 18),
    date(2016, 7, 20),
    ("Callum Reyes", "An adviser"),
    "Progress since May.",
    (),
    *by("review-team"),
    NOW,
)
SIGNED = deciding.Signatory("fiona-laidlaw", "Fiona Laidlaw", "ministers-office")
SECOND = deciding.Signatory("david-achebe", "David Achebe", "senior-civil-servant")
OPENED = deciding.ConsiderationOpened(
    "Two reports did not come.", (), (), ("decline", "direct"), *by("ministers-office"), NOW
)
LAW = "Section 497A of the Education Act 1996, as amended"
PROPOSED = deciding.DecisionProposed(
    "decline", "The reports have resumed.", LAW, date(2016, 6, 20), SIGNED, NOW, to("ministers-office")
)
DECIDED = deciding.DecisionMade(
    "decline",
    "The reports have resumed.",
    LAW,
    date(2016, 6, 20),
    (SIGNED, SECOND),
    to("chief-executive"),
    NOW,
)
MADE = deciding.RepresentationsMade(
    1, "The team stood empty over the spring.", *by("chief-executive"), to(CASE_LEAD), NOW, late=True
)
RECORDED = deciding.ConcernRecorded("The pace is too slow.", ("6a", "6b"), *by("adviser"), to(CASE_LEAD), NOW)

# The act, what had happened before it, and to whom the letter goes.
ACTS: dict[str, tuple[OccurrenceId, tuple[Any, ...], Any]] = {
    "21-returned-as-deficient": (MAY_REPORT, (SUBMITTED,), reporting.ReportReturned(
        1, "There is no analysis of the figures.", ("analysis", "impact"), "2016-05-supplement-1", date(2016, 7, 4),
        *by("board-chair"), to(OFFICER), NOW)),
    "22-a-query": (MAY_REPORT, (SUBMITTED,), reporting.QueryRaised(
        1, "slow-objectives", "“Objectives that are slow to progress” says that there is none, but the record of the plan "
        "holds objectives that are slow: Care leavers. How do the two agree?", ("care-leavers",), to(OFFICER), NOW)),
    "23-more-time-is-asked-for": (MAY_REPORT, (), excusing.ExtensionRequested(
        date(2016, 6, 30), "Two officers are ill.", *by(OFFICER), to(CASE_LEAD), NOW)),
    "24-more-time-granted": (MAY_REPORT, (), excusing.ExtensionGranted(
        date(2016, 6, 30), "Two officers are ill.", *by(CASE_LEAD), to(OFFICER), NOW)),
    "25-notice-of-a-review": (REVIEW, (PLANNED,), reviewing.ReviewNotified(*by("review-team"), to(DIRECTOR), NOW)),
    "26-review-moved": (REVIEW, (PLANNED,), reviewing.ReviewMoved(
        date(2016, 7, 11), date(2016, 7, 13), date(2016, 7, 18), "The reviewers are free earlier.", *by("review-team"),
        to(DIRECTOR), NOW)),
    "27-not-provided": (BUNDLE, (), reviewing.ItemRefused(
        "records", "The case files were not made available on the day.", *by("review-team"), to(CASE_LEAD), NOW)),
    "28-a-concern": (CONCERN, (), RECORDED),
    "29-it-was-decided": (CONSIDERATION, (OPENED, PROPOSED), DECIDED),
    "31-now-your-task": (MAY_REPORT, (), handing.TaskReassigned(
        "owed", "helen-marsh", "Priya is away until July.", *by("chief-executive"), to(DIRECTOR), NOW)),
    "32-task-refused": (MAY_REPORT, (), handing.TaskRefused(
        "owed", "I was not given the figures.", *by(OFFICER), to(DIRECTOR), NOW)),
    "34-a-message-did-not-arrive": (MAY_REPORT, (delivery.MessageUndeliverable(
        "lost", "overdue", "priya-nandra", "smtp", "The mail server refused it: 550 No such user.", NOW),),
        delivery.NonDeliveryReported("lost", "priya-nandra", to(CASE_LEAD), NOW)),
    "33-you-can-be-heard": (CONSIDERATION, (OPENED,), deciding.RepresentationsInvited(
        date(2016, 7, 1), *by(CASE_LEAD), to("chief-executive"), NOW)),
    "more-time-refused": (MAY_REPORT, (), excusing.ExtensionRefused("The report is needed.", *by(CASE_LEAD), to(OFFICER), NOW)),
    "waived": (MAY_REPORT, (), excusing.OccurrenceWaived("It is covered by the next.", *by(CASE_LEAD), to(OFFICER), NOW)),
    "content-lacking": (MAY_REPORT, (SUBMITTED,), reporting.ContentFoundLacking(
        "views-taken-into-consideration", ("views",), 2, to("chair"), NOW)),
    "answered": (REQUEST, (), owing.RequestAnswered("They were sent on 14 June.", *by(DIRECTOR), to("adviser"), NOW)),
    "not-given": (REQUEST, (), owing.NonCooperationRecorded("Half of them came.", *by("adviser"), to(CASE_LEAD), NOW)),
    "agreed": (DIAGNOSTIC, (), reviewing.PartyAgreed("A neighbouring council", *by(CASE_LEAD), to("adviser"), NOW)),
    "outcome": (REVIEW, (PLANNED,), reviewing.OutcomeIssued(
        "Progress is visible.", (reviewing.Finding("a", "Recording is uneven.", "Agree one standard.", DIRECTOR),),
        *by("review-team"), to(DIRECTOR), NOW)),
    "concern-closed": (CONCERN, (RECORDED,), deciding.ConcernClosed("It was taken up.", *by(CASE_LEAD), to("adviser"), NOW)),
    "concern-referred": (CONCERN, (RECORDED,), deciding.ConcernReferred(
        "It is serious.", LAW, *by(CASE_LEAD), to("ministers-office"), NOW)),
    "represented": (CONSIDERATION, (OPENED,), MADE),
    "represented-and-answered": (CONSIDERATION, (OPENED, MADE), deciding.RepresentationsAnswered(
        1, "That is over.", *by(CASE_LEAD), to("chief-executive"), NOW)),
    "proposed": (CONSIDERATION, (OPENED,), PROPOSED),
    "issued": (CONSIDERATION, (OPENED, DECIDED), deciding.DecisionIssued(
        date(2016, 6, 20), *by(CASE_LEAD), to("chief-executive"), NOW)),
    "corrected": (CONSIDERATION, (OPENED, DECIDED), deciding.CorrectionNoted(
        MAY_REPORT.stream, 3, "received_at", "a", "b", NOW, to(CASE_LEAD))),
    "withdrawn": (MAY_REPORT, (), handing.RungWithdrawn("director", "it was raised in error.", None, to(DIRECTOR), NOW)),
}  # fmt: skip
READ_BY_PEOPLE = [name for name in ACTS if name[0].isdigit()]


def letter(world: World, name: str) -> Letter:
    subject, before, event = ACTS[name]
    after = world.told(Draft(subject.stream, each) for each in (*before, event))
    if isinstance(event, excusing.ExtensionGranted):
        state = after.case(subject).occurrence
        after = after.told(redate(world.notice, state, event.until, "extension", event.reason, NOW))
    return written(after, subject, event)


def written(world: World, subject: OccurrenceId, event: Any, queued: datetime | None = None) -> Letter:
    """The letter of the first message that an event calls for."""
    message, topic = event.messages[0], kind_of(event).topic.partition(".v")[0]
    rung = getattr(event, "rung", None)
    call = Call(message.id, subject, rung, message.person, message.role, topic, queued)
    return write_letter(world.case(subject), call, LINKS)


def must_read(name: str, letter: Letter) -> None:
    golden, as_read = (
        LETTERS / f"{name}.txt",
        f"To: {letter.to_name}\nSubject: {letter.subject}\n\n{letter.text}",
    )
    if os.environ.get("FORTHWITH_WRITE_LETTERS"):
        golden.write_text(as_read, encoding="utf-8")
    assert as_read == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READ_BY_PEOPLE)
def test_it_is_told_in_these_words(world: World, name: str) -> None:
    must_read(name, letter(world, name))


@pytest.mark.parametrize("name", ACTS)
def test_every_letter_says_what_and_why_and_where_and_leaves_no_word_open(world: World, name: str) -> None:
    said = letter(world, name)
    assert said.written_at == NOW
    assert "None" not in said.text
    assert "\n\n\n" not in said.text
    assert all(heading in said.text for heading in ("What you can do", "You receive this because", "Under"))
    assert f"{LINKS}/" in said.text


def test_there_is_a_letter_here_for_every_act_of_somebody_else() -> None:
    assert {kind_of(event).topic.partition(".v")[0] for _, _, event in ACTS.values()} == set(MATTERS)


def test_whoever_was_told_that_it_is_overdue_is_told_that_it_was_not(world: World) -> None:
    told = world.case(MAY_REPORT).occurrence.standing_of("director")
    assert told is not None
    messages = tuple(replace(each, id=f"{each.id} after all") for each in told.messages)
    withdrawn = handing.RungWithdrawn("director", "the report was received.", None, messages, NOW)
    after = world.told(Draft(MAY_REPORT.stream, each) for each in (SUBMITTED, withdrawn))
    must_read("30-withdrawn", written(after, MAY_REPORT, withdrawn))


def test_a_person_who_withdraws_a_step_is_named_with_their_reason(world: World) -> None:
    event = handing.RungWithdrawn(
        "director", "It was raised by mistake.", PERSON[CASE_LEAD], to(DIRECTOR), NOW
    )
    after = world.told([Draft(MAY_REPORT.stream, event)])
    assert "Imogen Hartley withdrew it, because “It was raised by mistake”." in " ".join(
        written(after, MAY_REPORT, event).text.split()
    )


def test_an_escalation_that_is_over_although_nothing_came_says_why(world: World) -> None:
    over = EscalationResolved("director", "an extension was granted.", to(DIRECTOR), NOW)
    after = world.told([Draft(MAY_REPORT.stream, over)])
    text = " ".join(written(after, MAY_REPORT, over).text.split())
    assert (
        "An extension was granted. What was brought to you on Friday 17 June 2016 at 09:00 is over." in text
    )
    assert "Thank you" not in text


def test_whoever_something_is_brought_to_before_its_day_reads_who_brought_it_and_why(world: World) -> None:
    event = EscalationRaised(
        "chair", NOW, to("chair"), (), NOW, chosen_by=PERSON[DIRECTOR], reason="The case system is down."
    )
    said = written(world.told([Draft(MAY_REPORT.stream, event)]), MAY_REPORT, event)
    assert said.subject.startswith("Brought to you: ")
    assert "to you before its day: “The case system is down”." in " ".join(said.text.split())


def test_a_message_is_found_although_the_ladder_has_been_dated_anew_since(world: World) -> None:
    told = world.case(MAY_REPORT).occurrence
    (raised,) = [each for each in told.history if isinstance(each, OverdueNoticeIssued)]
    after = world.told(
        redate(world.notice, told, date(2016, 7, 14), "extension", "More time was given.", NOW)
    )
    overdue = after.case(MAY_REPORT).occurrence.standing_of("overdue")
    assert overdue is not None
    assert overdue.raised_at is None
    assert written(after, MAY_REPORT, raised).to_name == "Priya Nandra"


def test_a_letter_about_an_act_that_was_recorded_later_is_no_older_than_the_record(world: World) -> None:
    subject, before, event = ACTS["23-more-time-is-asked-for"]
    after = world.told(Draft(subject.stream, each) for each in (*before, event))
    assert written(after, subject, event, london(2016, 6, 21)).written_at == london(2016, 6, 21)


def test_while_the_clock_is_stopped_no_step_is_announced(world: World) -> None:
    stopped = excusing.ClockStopped(date(2016, 6, 20), "A flood.", *by(CASE_LEAD), NOW)
    subject, _, event = ACTS["32-task-refused"]
    after = world.told([Draft(subject.stream, stopped), Draft(subject.stream, event)])
    text = " ".join(written(after, subject, event).text.split())
    assert "The clock is stopped: no further step is taken until it is restarted." in text


def test_a_message_for_which_no_act_called_cannot_be_written(world: World) -> None:
    call = Call("unheard of", MAY_REPORT, None, "priya-nandra", OFFICER, "report-returned")
    with pytest.raises(UnreadableCall, match="holds no such act"):
        write_letter(world.case(MAY_REPORT), call, LINKS)
