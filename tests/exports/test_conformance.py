"""The history against the notice's own model: late, skipped, out of order, and nothing where all is well."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from domain.events.kinds import from_data
from domain.identity import OccurrenceId
from domain.record import Recorded
from domain.refusals import NotFound
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.run import Rehearsal, rehearse
from projections.exports.conformance.order import PRECEDENCES, Precedence, order_kept
from projections.exports.conformance.trace import Read, Step, Trace, read_traces
from projections.exports.conformance.verdict import Conformance, conformance
from tests.exports.conftest import NOTICE, Played, in_log_order
from tests.rehearsal.conftest import NOTICES, scenario_named

JULY, AUGUST = (f"{NOTICE}/monthly-report/2016-{month}" for month in ("07", "08"))
JUNE = f"{NOTICE}/monthly-report/2016-06"


def judge(events: list[Recorded]) -> Conformance:
    return conformance(events, NOTICE)


def found(verdict: Conformance) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.what, each.occurrence) for each in verdict.findings]


def without(events: list[Recorded], *indexes: int) -> list[Recorded]:
    return [each for each in events if each.index not in indexes]


def the(events: list[Recorded], topic: str, occurrence: str, **data: Any) -> Recorded:
    return next(
        each
        for each in events
        if each.type == topic
        and each.envelope.occurrence == occurrence
        and all(each.envelope.data[name] == value for name, value in data.items())
    )


def moved_before(events: list[Recorded], event: Recorded, other: Recorded) -> list[Recorded]:
    """As if it had been recorded just before the other one."""
    rest = without(events, event.index)
    place = next(place for place, each in enumerate(rest) if each.index == other.index)
    return [*rest[:place], replace(event, recorded=other.recorded), *rest[place:]]


def saying(event: Recorded, **data: Any) -> Recorded:
    return replace(event, envelope=replace(event.envelope, data={**event.envelope.data, **data}))


@pytest.fixture(scope="session")
async def happy(played: Played) -> list[Recorded]:
    return in_log_order(await played("happy-year"))


@pytest.fixture(scope="session")
def missed(two_missed: Rehearsal) -> list[Recorded]:
    return in_log_order(two_missed)


def test_the_happy_year_conforms(happy: list[Recorded]) -> None:
    verdict = judge(happy)
    assert verdict.findings == ()
    assert (verdict.fitness.share, verdict.fitness.judged) == (1.0, 34)
    assert verdict.document()["conforms"] is True


def test_two_reports_missed_names_exactly_those_two(missed: list[Recorded]) -> None:
    verdict = judge(missed)
    assert found(verdict) == [("skipped", "what is owed", JULY), ("skipped", "what is owed", AUGUST)]
    assert (verdict.fitness.judged, verdict.fitness.conforming) == (35, 33)
    assert verdict.by_obligation["monthly-report"].judged == 12
    assert verdict.by_obligation["monthly-report"].conforming == 10


LATE = {
    "chair-late": ["chair-report/2016-Q3"],
    "reminder-bounces": ["monthly-report/2016-06"],
    "department-misses-review": ["department-review/1"],
    "plan-goes-stale": ["plan-kept-up-to-date/plan"],
}


@pytest.mark.parametrize("scenario", LATE)
async def test_what_came_late_is_named_and_nothing_else(played: Played, scenario: str) -> None:
    verdict = judge(in_log_order(await played(scenario)))
    assert found(verdict) == [("late", "what is owed", f"{NOTICE}/{each}") for each in LATE[scenario]]


@pytest.mark.parametrize(
    "scenario",
    ["extension-after-due", "recorded-late", "review-moved-forward", "wrong-date-corrected", "varied-mid-flight", "hollow-report"],
)  # fmt: skip
async def test_what_was_excused_moved_corrected_or_made_good_conforms(played: Played, scenario: str) -> None:
    assert judge(in_log_order(await played(scenario))).findings == ()


async def test_what_an_event_went_ahead_without_was_skipped(played: Played) -> None:
    verdict = judge(in_log_order(await played("held-without-self-assessment")))
    assert found(verdict) == [("skipped", "what is owed", f"{NOTICE}/self-assessment/1")]


async def test_a_hollow_report_that_is_never_made_good_lacks_its_sections(played: Played) -> None:
    events = in_log_order(await played("hollow-report"))
    (supplement,) = [
        each.envelope.occurrence
        for each in events
        if each.type == "occurrence-opened.v1" and each.envelope.data["supplements"]
    ]
    left = [
        each
        for each in events
        if not (
            each.envelope.occurrence == supplement
            and each.type in ("report-submitted.v1", "report-accepted.v1")
        )
        and each.type != "deficiency-made-good.v1"
    ]
    kinds = Counter(each.what for each in judge(left).findings if each.kind == "skipped")
    assert kinds["section"] > 0


def test_a_report_accepted_before_it_was_submitted_is_out_of_order(happy: list[Recorded]) -> None:
    accepted = the(happy, "report-accepted.v1", JUNE)
    submitted = the(happy, "report-submitted.v1", JUNE)
    verdict = judge(moved_before(happy, accepted, submitted))
    assert ("out of order", "report-accepted.v1", JUNE) in found(verdict)
    assert {each.kind for each in verdict.findings} == {"out of order"}


def test_an_acceptance_dated_before_the_receipt_is_out_of_order(happy: list[Recorded]) -> None:
    accepted = the(happy, "report-accepted.v1", JUNE)
    altered = [
        saying(each, accepted_at="2016-07-01T09:00:00.000000Z") if each is accepted else each
        for each in happy
    ]
    assert found(judge(altered)) == [("out of order", "report-accepted.v1", JUNE)]


def test_a_decision_before_its_proposal_or_before_the_referral_is_out_of_order(
    missed: list[Recorded],
) -> None:
    name = f"{NOTICE}/referral-power/1"
    made = the(missed, "decision-made.v1", name)
    proposed = the(missed, "decision-proposed.v1", name, reasons=made.envelope.data["reasons"])
    assert ("out of order", "decision-made.v1", name) in found(judge(moved_before(missed, made, proposed)))
    referred = the(missed, "referred-for-consideration.v1", AUGUST)
    early = moved_before(missed, made, referred)
    sentences = [each.sentence for each in judge(early).findings]
    assert any("it was decided before the matter was referred" in each for each in sentences)


def test_an_escalation_before_the_overdue_notice_is_out_of_order(missed: list[Recorded]) -> None:
    overdue = the(missed, "overdue-notice-issued.v1", JULY)
    escalated = the(missed, "escalation-raised.v1", JULY)
    verdict = judge(moved_before(missed, escalated, overdue))
    assert ("out of order", "step", JULY) in found(verdict)


def test_an_escalation_before_the_notice_below_it_was_sent_is_out_of_order(missed: list[Recorded]) -> None:
    overdue = the(missed, "overdue-notice-issued.v1", JULY)
    (first, *_) = overdue.envelope.data["messages"]
    unsent = without(missed, the(missed, "message-sent.v1", JULY, message=first["id"]).index)
    assert ("out of order", "step", JULY) in found(judge(unsent))


def test_a_rung_that_was_not_climbed_is_skipped(missed: list[Recorded]) -> None:
    director = the(missed, "escalation-raised.v1", JULY)
    gone = {message["id"] for message in director.envelope.data["messages"]}
    left = [
        each
        for each in missed
        if each is not director
        and each.envelope.data.get("message") not in gone
        and not (
            each.envelope.occurrence == JULY and each.envelope.data.get("task") == director.envelope.rung
        )
    ]
    skipped = [each for each in judge(left).findings if each.kind == "skipped" and each.what == "step"]
    assert [each.occurrence for each in skipped] == [JULY]
    assert f"“{director.envelope.rung}”" in skipped[0].sentence


def test_a_reminder_that_was_not_sent_is_skipped(happy: list[Recorded]) -> None:
    reminder = next(each for each in happy if each.type == "reminder-issued.v1")
    gone = {message["id"] for message in reminder.envelope.data["messages"]}
    left = [each for each in happy if each is not reminder and each.envelope.data.get("message") not in gone]
    assert found(judge(left)) == [("skipped", "step", reminder.envelope.occurrence)]


def test_what_never_opened_is_skipped(happy: list[Recorded]) -> None:
    left = [each for each in happy if each.envelope.occurrence != JUNE]
    verdict = judge(left)
    assert found(verdict) == [("skipped", "what is owed", None)]
    assert "June 2016" in verdict.findings[0].sentence
    assert (verdict.fitness.judged, verdict.fitness.conforming) == (34, 33)


def test_a_due_day_that_the_notice_does_not_give_is_named(happy: list[Recorded]) -> None:
    opened = the(happy, "occurrence-opened.v1", JUNE)
    altered = [
        saying(each, due_on="2016-07-20", due="2016-07-20T22:59:59.000000Z") if each is opened else each
        for each in happy
    ]
    assert found(judge(altered)) == [("misdated", "due day", JUNE)]


def test_an_overdue_notice_before_the_day_is_out_of_order(missed: list[Recorded]) -> None:
    overdue = the(missed, "overdue-notice-issued.v1", JULY)
    altered = [
        saying(each, raised_at="2016-08-12T09:00:00.000000Z") if each is overdue else each for each in missed
    ]
    assert ("out of order", "overdue-notice-issued.v1", JULY) in found(judge(altered))


def test_a_message_that_nothing_called_for_is_out_of_order(happy: list[Recorded]) -> None:
    sent = next(each for each in happy if each.type == "message-sent.v1")
    altered = [saying(each, message="somebody-elses") if each is sent else each for each in happy]
    assert found(judge(altered)) == [("out of order", "message-sent.v1", sent.envelope.occurrence)]


async def test_a_correction_without_a_proposal_is_out_of_order(played: Played) -> None:
    events = in_log_order(await played("wrong-date-corrected"))
    proposal = next(each for each in events if each.type == "correction-proposed.v1")
    verdict = judge(without(events, proposal.index))
    assert {each.kind for each in verdict.findings} == {"out of order"}


@pytest.fixture(scope="session")
def empty(happy: list[Recorded]) -> Read:
    return read_traces([each for each in happy if each.envelope.occurrence is None], NOTICE)


def step(topic: str, index: int) -> Step:
    names = ("version", "supplement", "query", "update", "rung", "number")
    noon = datetime(2016, 6, 14, 12, tzinfo=UTC)
    said = (
        dict.fromkeys(names, 1)
        | dict.fromkeys(("received_at", "accepted_at", "returned_at", "raised_at"), noon)
        | {"messages": ()}
    )
    return Step(index, index, index, topic, noon, SimpleNamespace(**said))


def opened_with(empty: Read, happy: list[Recorded], *topics: str) -> list[str]:
    """What is found on a report on which these things happened, in this order."""
    opened = the(happy, "occurrence-opened.v1", JUNE)
    first = Step(1, 1, 1, opened.type, opened.recorded, from_data(opened.type, opened.envelope.data))
    steps = [first, *(step(topic, number) for number, topic in enumerate(topics, start=2))]
    return [each.what for each in order_kept(empty, Trace(OccurrenceId.parse(JUNE), empty.notice, steps))]


@pytest.mark.parametrize("rule", PRECEDENCES, ids=lambda rule: rule.then)
def test_each_precedence_is_seen(rule: Precedence, empty: Read, happy: list[Recorded]) -> None:
    assert rule.then in opened_with(empty, happy, rule.then)
    assert rule.then in opened_with(empty, happy, rule.then, *rule.first)
    for first in rule.first:
        assert rule.then not in opened_with(empty, happy, first, rule.then)


OTHERS = {
    "care-quality-warning/staffing-not-met": [("late", "what is owed"), ("late", "what is owed")],
    "care-quality-warning/every-requirement-met": [],
    "consent-decree/paragraphs-rated": [("skipped", "section")],
}


@pytest.mark.parametrize("story", OTHERS)
async def test_other_regimes_are_judged_by_their_own_terms(story: str) -> None:
    regime, _, _ = story.partition("/")
    played = await rehearse(read_notice(NOTICES / f"{regime}.yaml"), scenario_named(story), "pure")
    verdict = conformance(in_log_order(played), regime)
    assert [(each.kind, each.what) for each in verdict.findings] == OTHERS[story]


def test_a_notice_that_is_not_there(happy: list[Recorded]) -> None:
    with pytest.raises(NotFound):
        conformance(happy, "nowhere")
