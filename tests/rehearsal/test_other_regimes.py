"""Two other regimes through the same code: how each of their scenarios ends, in the words of the instrument."""

from collections.abc import Awaitable, Callable
from datetime import date, time

import pytest

from domain.events.kinds import from_data
from domain.notice.fold import fold
from domain.notice.state import Notice
from domain.occurrence.standing import Standing, standing, was_late
from domain.time.zones import at_local, to_local
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.run import Engine, Rehearsal, rehearse
from forthwith.rehearsal.scenario import Scenario
from projections.telling import tell
from tests.rehearsal.conftest import NOTICES
from tests.rehearsal.record import (
    chased,
    events_of,
    occurrence,
    occurrences,
    of_type,
    sentences,
    stream_of_events,
    told,
)

Play = Callable[[str, str, Engine], Awaitable[Rehearsal]]

WARNING, DECREE = "care-quality-warning", "consent-decree"
THE_END = at_local(date(2024, 12, 31), time(9), "Europe/London")
SHIPPED = sorted(
    (regime, path.stem)
    for regime in (WARNING, DECREE)
    for path in (NOTICES / "scenarios" / regime).glob("*.yaml")
)
REQUIREMENTS = ("safe-care/2024-03-25", "staffing/2024-04-15", "premises/2024-04-30", "governance/2024-05-20")
THE_PROVIDER = {"registered-manager", "nominated-individual", "board"}
THE_CITY = {"compliance-coordinator", "police-chief", "city-manager"}


@pytest.fixture(scope="module")
def play() -> Play:
    played: dict[tuple[str, str, Engine], Rehearsal] = {}

    async def once(regime: str, name: str, engine: Engine = "pure") -> Rehearsal:
        if (regime, name, engine) not in played:
            scenario = read_model(NOTICES / "scenarios" / regime / f"{name}.yaml", Scenario, 65_536)
            terms = read_notice(NOTICES / f"{regime}.yaml")
            played[regime, name, engine] = await rehearse(terms, scenario, engine)
        return played[regime, name, engine]

    return once


def at_the_end(played: Rehearsal) -> dict[str, Standing]:
    return {name: standing(each, THE_END) for name, each in occurrences(played).items()}


def late(played: Rehearsal) -> set[str]:
    return {name for name, each in occurrences(played).items() if was_late(each)}


def notice_of(played: Rehearsal) -> Notice:
    stream = f"notice/{played.notice.terms.id}"
    return fold(from_data(each.type, each.envelope.data) for each in played.events if each.stream == stream)


def of_the_notice(played: Rehearsal, topic: str) -> list[str]:
    """What happened to the instrument, as people read it."""
    notice = notice_of(played)
    return [tell(from_data(each.type, each.envelope.data), notice) for each in of_type(played, topic)]


def outcomes(played: Rehearsal) -> dict[str, str | None]:
    found = {name: each.assessed for name, each in occurrences(played).items()}
    return {name.split("/")[0]: each.outcome for name, each in found.items() if each is not None}


def days_of_steps(played: Rehearsal, name: str) -> list[tuple[str, date]]:
    zone = played.notice.terms.zone
    return [
        (str(each.envelope.rung), to_local(each.recorded, zone).date())
        for each in events_of(played, name)
        if each.type in ("overdue-notice-issued.v1", "escalation-raised.v1", "referred-for-consideration.v1")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("regime", "name"), SHIPPED)
async def test_both_engines_give_the_same_event_stream(play: Play, regime: str, name: str) -> None:
    pure, temporal = await play(regime, name, "pure"), await play(regime, name, "temporal")
    assert stream_of_events(temporal) == stream_of_events(pure)


@pytest.mark.parametrize(("regime", "name"), SHIPPED)
async def test_no_act_is_refused_unless_the_scenario_says_so(play: Play, regime: str, name: str) -> None:
    played = await play(regime, name, "pure")
    assert [each for each in played.refused if not each.expected] == []


async def test_every_requirement_is_met_in_time_and_the_notice_lifted(play: Play) -> None:
    played = await play(WARNING, "every-requirement-met", "pure")
    assert late(played) == set()
    assert of_type(played, "overdue-notice-issued.v1") == []
    assert {name: at_the_end(played)[name] for name in REQUIREMENTS} == dict.fromkeys(
        REQUIREMENTS, Standing.ACCEPTED
    )
    assert set(outcomes(played).values()) == {"met"}
    assert notice_of(played).phase == "lifted"
    assert of_the_notice(played, "notice-lifted.v1") == [
        "Samir Haddow (Lead inspector) lifted the notice, as decided on Friday 14 June 2024 and issued on Friday 14 June 2024: "
        "“All four requirements have been met”."
    ]


async def test_each_requirement_has_a_time_limit_and_a_day_for_its_determination(play: Play) -> None:
    played = await play(WARNING, "every-requirement-met", "pure")
    days = {name: each.facts.due_on for name, each in occurrences(played).items()}
    assert [days[name] for name in REQUIREMENTS] == [
        date(2024, 3, 25),
        date(2024, 4, 15),
        date(2024, 4, 30),
        date(2024, 5, 20),
    ]
    # Fifteen working days on: Easter lies in the first, the bank holidays of May in the others.
    assert [days[name.replace("/", "-determined/")] for name in REQUIREMENTS] == [
        date(2024, 4, 17),
        date(2024, 5, 7),
        date(2024, 5, 22),
        date(2024, 6, 11),
    ]


async def test_the_provider_is_heard_before_the_notice_is_published(play: Play) -> None:
    played = await play(WARNING, "every-requirement-met", "pure")
    considered = occurrence(played, "publication/1").consideration
    assert considered is not None
    assert considered.invited is not None
    assert considered.published is not None
    assert considered.invited.until == date(2024, 2, 28)
    assert [each.answered is not None for each in considered.representations] == [True]
    assert considered.published.published_on == date(2024, 3, 8)


async def test_a_requirement_without_a_report_is_carried_up_and_referred(play: Play) -> None:
    played = await play(WARNING, "staffing-not-met", "pure")
    assert days_of_steps(played, "staffing/2024-04-15") == [
        ("overdue", date(2024, 4, 16)),
        ("nominated-individual", date(2024, 4, 17)),
        ("board", date(2024, 4, 22)),
        ("refer", date(2024, 4, 25)),
    ]
    assert (
        "The report on staffing by day and by night was referred to Marcus Eyre (Head of enforcement) for consideration "
        "under Section 17 of the Health and Social Care Act 2008."
    ) in sentences(played, "staffing/2024-04-15")


async def test_the_regulator_determines_each_and_people_decline_to_cancel(play: Play) -> None:
    played = await play(WARNING, "staffing-not-met", "pure")
    assert outcomes(played) == {
        "safe-care-determined": "met",
        "staffing-determined": "not met",
        "premises-determined": "partly met",
        "governance-determined": "met",
    }
    decided = occurrence(played, "cancellation/1").consideration
    assert decided is not None
    assert decided.decided is not None
    assert decided.decided.option == "decline"
    assert sentences(played, "staffing/2024-04-15")[-2] == (
        "The referral of the report on staffing by day and by night to the Head of enforcement is over: "
        "it was decided on 20 May 2024 to decline to use the power."
    )
    assert notice_of(played).phase == "in force"


async def test_a_late_determination_is_the_regulators_and_never_told_to_the_provider(play: Play) -> None:
    played = await play(WARNING, "staffing-not-met", "pure")
    assert late(played) == {"staffing/2024-04-15", "premises-determined/2024-04-30"}
    assert days_of_steps(played, "premises-determined/2024-04-30") == [
        ("overdue", date(2024, 5, 23)),
        ("inspection-manager", date(2024, 5, 28)),
    ]
    assert not chased(played, "premises-determined") & THE_PROVIDER


async def test_a_concern_leads_to_the_cancellation_and_the_notice_ends(play: Play) -> None:
    played = await play(WARNING, "registration-cancelled", "pure")
    assert outcomes(played) == {
        "safe-care-determined": "partly met",
        "staffing-determined": "partly met",
        "premises-determined": "not met",
    }
    decided = occurrence(played, "cancellation/1").consideration
    assert decided is not None
    assert decided.decided is not None
    assert decided.decided.option == "direct"
    assert [each.name for each in decided.decided.signatories] == ["Marcus Eyre", "Lydia Sandys"]
    ends = at_the_end(played)
    assert ends["governance/2024-05-20"] is ends["governance-determined/2024-05-20"] is Standing.WITHDRAWN
    assert notice_of(played).phase == "lifted"


async def test_the_city_and_the_monitor_are_late_each_on_a_track_of_its_own(play: Play) -> None:
    played = await play(DECREE, "late-on-two-tracks", "pure")
    assert late(played) == {"force-data-report/2022-Q3", "monitor-report/2022-H2"}
    # 24 October 2022: Columbus Day lies in the fifteen working days after the quarter.
    assert occurrence(played, "force-data-report/2022-Q3").facts.due_on == date(2022, 10, 24)
    assert days_of_steps(played, "force-data-report/2022-Q3") == [
        ("overdue", date(2022, 10, 25)),
        ("police-chief", date(2022, 10, 27)),
        ("city-manager", date(2022, 10, 31)),
    ]
    assert days_of_steps(played, "monitor-report/2022-H2") == [
        ("overdue", date(2023, 2, 15)),
        ("deputy-monitor", date(2023, 2, 17)),
    ]
    assert not told(played, "monitor-report") & THE_CITY


async def test_a_quarter_ends_at_midnight_in_new_york(play: Play) -> None:
    played = await play(DECREE, "late-on-two-tracks", "pure")
    opened = events_of(played, "force-data-report/2022-Q3")[0]
    assert opened.recorded.isoformat() == "2022-10-01T04:00:00+00:00"


async def test_the_monitor_rates_each_paragraph_and_the_city_may_not(play: Play) -> None:
    played = await play(DECREE, "paragraphs-rated", "pure")
    ratings = {name: [each.rating for each in rated] for name, rated in notice_of(played).ratings.items()}
    assert ratings == {
        "use-of-force-policy": ["substantial compliance"],
        "training-certified": ["partial compliance", "substantial compliance"],
        "force-data-report": ["substantial compliance", "partial compliance"],
    }
    (refused,) = played.refused
    assert refused.sentence == (
        "The City of Port Wexley and its police department owes “Each officer is trained on the policies in force” "
        "and cannot rate it."
    )


async def test_hollow_data_are_sent_back_and_made_good_and_the_court_continues(play: Play) -> None:
    played = await play(DECREE, "paragraphs-rated", "pure")
    assert late(played) == set()
    assert sentences(played, "force-data-report/2022-Q4")[-1].endswith(
        "lacked was made good: Elijah Thorne (Monitor) accepted the supplemental report."
    )
    (decision,) = [each for each in sentences(played, "enforcement/1") if " decided on " in each]
    assert decision.startswith(
        "Walter Nygaard (Magistrate judge) and Carol Estes (District judge) decided on Friday 10 March 2023 to "
        "continue as before and look again, under the inherent power of the court to enforce its decrees"
    )


async def test_a_vacancy_of_the_coordinator_is_told_on_the_day_and_filled_in_time(play: Play) -> None:
    played = await play(DECREE, "paragraphs-rated", "pure")
    repair = occurrence(played, "coordinator-maintained/vacancy-compliance-coordinator-1")
    assert repair.is_met
    assert repair.met_at is not None
    assert to_local(repair.facts.opens, "America/New_York").date() == date(2023, 4, 29)
    assert to_local(repair.met_at, "America/New_York").date() == date(2023, 5, 9)
    assert told(played, "coordinator-maintained") >= {"city-manager", "government-counsel", "monitor"}


async def test_after_substantial_compliance_four_duties_go_on_for_a_year_and_the_decree_closes(
    play: Play,
) -> None:
    played = await play(DECREE, "sustainment", "pure")
    ended = notice_of(played)
    assert ended.lifted is not None
    assert ended.lifted.kept == ("training-certified", "force-data-report", "access", "monitor-report")
    assert ended.phase == "closed"
    assert ended.closed is not None
    assert to_local(ended.closed.closed_at, "America/New_York").date() == date(2024, 6, 29)
    assert of_the_notice(played, "notice-closed.v1") == ["After-care has run out, and the notice is closed."]


async def test_in_the_year_of_sustainment_nothing_else_is_owed_and_lateness_is_chased(play: Play) -> None:
    played = await play(DECREE, "sustainment", "pure")
    after = {
        name
        for name, each in occurrences(played).items()
        if to_local(each.facts.opens, "America/New_York").date() > date(2023, 7, 1)
    }
    assert after == {
        "force-data-report/2023-Q3",
        "force-data-report/2023-Q4",
        "force-data-report/2024-Q1",
        "training-certified/2023-Q3",
        "training-certified/2023-Q4",
        "training-certified/2024-Q1",
        "monitor-report/2023-H2",
    }
    assert late(played) == {"force-data-report/2023-Q4"}
    assert days_of_steps(played, "force-data-report/2023-Q4") == [
        ("overdue", date(2024, 1, 24)),
        ("police-chief", date(2024, 1, 26)),
    ]
