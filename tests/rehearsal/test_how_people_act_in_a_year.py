"""What the scenarios come to in which people act for, before or instead of others: decisions, roles, bodies, refusals."""

from datetime import date, timedelta

from domain.occurrence.standing import Standing, standing, was_late
from tests.rehearsal.conftest import Play
from tests.rehearsal.record import (
    THE_END,
    day_of,
    events_of,
    occurrence,
    occurrences,
    of_type,
    people_told,
    sentences,
    steps,
    told,
)


async def test_ministers_decline_with_reasons_and_two_signatures(play: Play) -> None:
    played = await play("two-reports-missed", "pure")
    consideration = occurrence(played, "referral-power/1").consideration
    assert consideration is not None
    decided = consideration.decided
    assert decided is not None
    assert decided.option == "decline"
    assert decided.reasons.startswith("The reports have resumed")
    assert [(each.name, each.role) for each in decided.signatories] == [
        ("Fiona Laidlaw", "ministers-office"),
        ("David Achebe", "senior-civil-servant"),
    ]
    assert decided.law == "Section 497A of the Education Act 1996, as amended"


async def test_the_council_was_heard_before_the_decision(play: Play) -> None:
    consideration = occurrence(await play("two-reports-missed", "pure"), "referral-power/1").consideration
    assert consideration is not None
    (heard,) = consideration.representations
    assert heard.answered is not None
    assert consideration.decided is not None
    assert heard.made.made_at < heard.answered.answered_at < consideration.decided.decided_at


async def test_the_deciders_had_before_them_what_had_happened_by_then(play: Play) -> None:
    played = await play("two-reports-missed", "pure")
    consideration = occurrence(played, "referral-power/1").consideration
    assert consideration is not None
    pack = {each.stream: each.version for each in consideration.opened.pack}
    for report in ("monthly-report/2016-07", "monthly-report/2016-08"):
        events = events_of(played, report)[: pack[f"occ/lancashire-2016/{report}"]]
        assert "referred-for-consideration.v1" in {each.type for each in events}
        assert all(each.recorded <= consideration.opened.opened_at for each in events)


async def test_after_the_decision_the_referrals_are_over_and_the_reports_still_missing(play: Play) -> None:
    played = await play("two-reports-missed", "pure")
    for report in ("monthly-report/2016-07", "monthly-report/2016-08"):
        referral = occurrence(played, report).standing_of("refer")
        assert referral is not None
        assert not referral.task_is_open
        assert standing(occurrence(played, report), THE_END) is Standing.OVERDUE


async def test_a_minister_may_act_with_nothing_overdue(play: Play) -> None:
    played = await play("adviser-concern", "pure")
    assert of_type(played, "overdue-notice-issued.v1") == []
    concern = occurrence(played, "referral-power/concern-1")
    assert concern.facts.hidden_from == ("council",)
    assert people_told(each for each in events_of(played, "referral-power/concern-1")) <= {
        "imogen-hartley",
        "fiona-laidlaw",
        "ruth-pemberton",
    }
    consideration = occurrence(played, "referral-power/1").consideration
    assert consideration is not None
    assert consideration.decided is not None
    assert consideration.decided.option == "continue"


async def test_one_person_in_two_roles_is_shown(play: Play) -> None:
    played = await play("one-person-two-roles", "pure")
    (conflict,) = of_type(played, "role-conflict-found.v1")
    assert conflict.envelope.data["person"] == "margaret-oduya"
    assert set(conflict.envelope.data["roles"]) == {"chair", "adviser"}
    assert of_type(played, "appointment-ended.v1")


async def test_the_successor_body_owes_what_the_council_owed(play: Play) -> None:
    played, happy = await play("successor-body", "pure"), await play("happy-year", "pure")
    (succeeded,) = of_type(played, "body-succeeded.v1")
    assert succeeded.envelope.data["was"] == "Lancashire County Council"
    dues = {name: each.facts.due for name, each in occurrences(played).items()}
    assert dues == {name: each.facts.due for name, each in occurrences(happy).items()}
    assert of_type(played, "overdue-notice-issued.v1") == []


async def test_a_bounced_reminder_is_seen_and_excuses_nobody(play: Play) -> None:
    played = await play("reminder-bounces", "pure")
    turned_away = of_type(played, "message-undeliverable.v1")
    assert {each.envelope.data["person"] for each in turned_away} == {"priya-nandra"}
    assert {each.envelope.data["fault"] for each in turned_away} == {"550 no such mailbox"}
    assert dict(steps(played, "monthly-report/2016-06"))["director"] == date(2016, 7, 19)
    assert was_late(occurrence(played, "monthly-report/2016-06"))


async def test_a_stand_in_may_not_accept_their_own_report(play: Play) -> None:
    played = await play("delegate-approves-own", "pure")
    refused = {each.refusal: each.sentence for each in played.refused}
    assert set(refused) == {"FourEyesRequired"}
    (accepted,) = [
        each for each in events_of(played, "monthly-report/2016-09") if each.type == "report-accepted.v1"
    ]
    assert (accepted.envelope.data["accepted_by"], day_of(accepted)) == ("margaret-oduya", date(2016, 10, 24))


async def test_while_the_chair_is_away_her_stand_in_is_told(play: Play) -> None:
    played = await play("delegate-approves-own", "pure")
    (submitted,) = [
        each for each in events_of(played, "monthly-report/2016-09") if each.type == "report-submitted.v1"
    ]
    assert people_told([submitted]) == {"priya-nandra"}


async def test_a_plan_out_of_date_is_told_to_its_keeper_and_then_to_the_director(play: Play) -> None:
    played = await play("plan-goes-stale", "pure")
    taken = steps(played, "plan-kept-up-to-date/plan")
    assert [rung for rung, _ in taken if rung in ("overdue", "director")] == ["overdue", "director"]
    assert told(played, "plan-kept-up-to-date") == {"reporting-officer", "director"}
    assert of_type(played, "referred-for-consideration.v1") == []


async def test_a_nil_return_that_contradicts_the_plan_is_queried(play: Play) -> None:
    report = occurrence(await play("plan-goes-stale", "pure"), "monthly-report/2016-10")
    (query,) = report.queries
    assert (query.raised.section, query.raised.contradicted_by) == ("slow-objectives", ("audit",))
    assert query.answered is not None


async def test_a_vacancy_is_told_to_the_department_the_same_day_and_has_to_be_repaired(play: Play) -> None:
    played = await play("chair-leaves", "pure")
    (found,) = of_type(played, "vacancy-found.v1")
    assert (found.envelope.data["role"], day_of(found)) == ("chair", date(2016, 10, 1))
    repair = occurrence(played, "board-maintained/vacancy-chair-1")
    assert repair.facts.due_on == date(2016, 10, 14)
    taken = dict(steps(played, "board-maintained/vacancy-chair-1"))
    assert taken["department-told"] == date(2016, 10, 3), (
        "1 October 2016 is a Saturday; nobody is written to before Monday"
    )
    assert taken["overdue"] == date(2016, 10, 17)
    assert repair.filled is not None
    assert (repair.filled.person, repair.filled.filled_at.date()) == ("robert-lyle", date(2016, 10, 24))


async def test_the_adviser_who_is_not_answered_can_say_so(play: Play) -> None:
    played = await play("adviser-not-answered", "pure")
    request = occurrence(played, "work-with-adviser/request-1")
    assert was_late(request)
    (account,) = [
        each
        for each in events_of(played, "work-with-adviser/request-1")
        if each.type == "non-cooperation-recorded.v1"
    ]
    assert people_told([account]) == {"imogen-hartley"}
    (released,) = of_type(played, "obligation-released.v1")
    assert released.envelope.data["obligation"] == "work-with-adviser"


async def test_refused_access_is_told_to_the_case_lead_the_same_day(play: Play) -> None:
    played = await play("adviser-not-answered", "pure")
    (refused,) = [each for each in events_of(played, "diagnostic-access/1") if each.type == "item-refused.v1"]
    assert "imogen-hartley" in people_told([refused])
    sent = [
        each
        for each in of_type(played, "message-sent.v1")
        if each.envelope.data["message"].startswith("lancashire-2016/diagnostic-access/1")
        and each.index > refused.index
    ]
    assert sent[0].recorded - refused.recorded < timedelta(hours=1)
    assert standing(occurrence(played, "diagnostic-access/1"), THE_END) is Standing.ACCEPTED


async def test_who_conducts_a_diagnostic_review_is_asked_of_the_case_lead(play: Play) -> None:
    played = await play("adviser-not-answered", "pure")
    assert dict(steps(played, "diagnostic-review/1"))["agree"] == date(2016, 9, 8)
    assert occurrence(played, "diagnostic-review/1").review.party == "A neighbouring local authority"


async def test_the_adviser_who_is_late_is_chased_on_her_own_ladder(play: Play) -> None:
    played = await play("adviser-not-answered", "pure")
    assert was_late(occurrence(played, "adviser-report/2016-Q3"))
    assert told(played, "adviser-report") == {"adviser", "case-lead"}
    assert "the council" not in " ".join(sentences(played, "adviser-report/2016-Q3")).lower()
