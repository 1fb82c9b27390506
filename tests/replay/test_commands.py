"""Replaying on the command line: up to an event, step by step, between two moments, and at a decision."""

import asyncio
from datetime import UTC, datetime

import pytest

from forthwith.commands.stepping import walk_by
from projections.past.moments import Moments
from projections.replaying import replay_steps
from projections.standing_then import standing_then
from tests.front_door.seat import Seat, lived_until, seat_at
from tests.replay.conftest import NOTICE

END = datetime(2030, 1, 1, tzinfo=UTC)
JULY = f"{NOTICE}/monthly-report/2016-07"
POWER = f"{NOTICE}/referral-power/1"


@pytest.fixture(scope="module")
def two_missed():
    return asyncio.run(lived_until("two-reports-missed", datetime(2016, 12, 20, 12, tzinfo=UTC)))


@pytest.fixture
def seat(two_missed, monkeypatch, capsys) -> Seat:
    return seat_at(two_missed, monkeypatch, capsys)


@pytest.fixture
def late(monkeypatch, capsys) -> Seat:
    stage = asyncio.run(lived_until("recorded-late", datetime(2016, 8, 1, 12, tzinfo=UTC)))
    return seat_at(stage, monkeypatch, capsys)


def test_the_history_is_told_up_to_an_event_and_where_the_notice_stood_there(seat):
    said = seat("replay", NOTICE, "--to", "240", "--json")
    *events, state = said.objects
    assert [each["index"] for each in events] == list(range(1, 241))
    assert state["overdue"] == state["escalated"] == [JULY]
    assert f"{NOTICE}/monthly-report/2016-08" in state["open"]
    told = seat("replay", NOTICE, "--to", "240").out
    assert "So it stood on Tue 13 Sep 2016 10:00: 5 open, 1 overdue, 1 escalated." in told
    assert f"overdue    {JULY}" in told


def test_an_event_that_is_not_there_is_not_found_and_two_wishes_are_one_too_many(seat):
    said = seat("replay", NOTICE, "--to", "100000")
    assert (said.code, said.err.split(";")[0]) == (4, "The record holds no event 100000")
    assert seat("replay", NOTICE, "--digest", "--step").code == 2


def test_the_digest_alone_goes_to_standard_output(seat):
    said = seat("replay", NOTICE, "--to", "330", "--digest")
    (line,) = seat("replay", NOTICE, "--to", "330", "--digest", "--json").objects
    assert said.out.strip() == line["digest"]
    assert line["event"] == 330


async def test_step_by_step_one_comes_to_what_is_there_at_each_event(past):
    whole = await past("two-reports-missed", Moments(END, END))
    steps = {each.index: each for each in replay_steps(whole, NOTICE)}
    for index in (152, 200, 246, 338, whole.position):
        book = whole.as_of(Moments(END, END), upto=index)
        there = standing_then(book, NOTICE, book.history(NOTICE)[-1].recorded)
        for names in ("open", "overdue", "escalated"):
            assert set(getattr(steps[index].then, names)) == set(getattr(there, names))


async def test_one_walks_forward_and_back_and_to_an_event(past, capsys):
    steps = tuple(replay_steps(await past("recorded-late", Moments(END, END)), NOTICE))
    typed = iter(["", "b", "183", "nonsense", "q"])
    walk_by(steps, "Europe/London", lambda _: next(typed))
    said = capsys.readouterr()
    shown = [line.split()[0] for line in said.out.splitlines() if not line.startswith(" ")]
    assert shown == ["1", "2", "1", "183", "183"]
    assert "There is no event “nonsense” here." in said.err


def test_without_a_terminal_every_step_is_printed(seat):
    lines = seat("replay", NOTICE, "--to", "160", "--step").out.splitlines()
    assert len(lines) == 2 * 160
    assert lines[-1].strip().endswith("escalated.")


def what(said) -> list[tuple[str, str | None]]:
    return [(each["what"], each["occurrence"]) for each in said.objects]


def test_what_is_different_between_two_days(seat):
    said = seat("diff", NOTICE, "2016-09-13", "2016-10-14", "--json")
    found = what(said)
    for expected in (
        ("became overdue", f"{NOTICE}/monthly-report/2016-08"),
        ("escalated", f"{NOTICE}/monthly-report/2016-08"),
        ("opened", POWER),
        ("decided", POWER),
        ("submitted", f"{NOTICE}/monthly-report/2016-09"),
        ("due day moved", f"{NOTICE}/plan-kept-up-to-date/plan"),
    ):
        assert expected in found
    by_event = {each["event"]: each for each in said.objects if each["event"]}
    history = {each["index"]: each for each in seat("history", NOTICE, "--json").objects}
    assert all(history[number]["occurrence"] == each["occurrence"] for number, each in by_event.items())
    (moved,) = [each for each in said.objects if each["what"] == "due day moved"]
    assert "Friday 14 October 2016" in moved["sentence"] and "Tuesday 15 November 2016" in moved["sentence"]
    assert seat("diff", NOTICE, "2016-10-14", "2016-09-13").code == 2
    assert seat("diff", NOTICE, "240", "240").err == "Nothing is different.\n"
    assert seat("diff", NOTICE, "1", "100000").code == 4
    assert seat("diff", NOTICE, "1", "tomorrow").code == 2


def test_what_was_known_differs_from_what_was_so(late):
    """The report for June was received on 13 July and recorded on the 20th."""
    june = f"{NOTICE}/monthly-report/2016-06"
    so = what(late("diff", NOTICE, "2016-07-12", "2016-07-16", "--json"))
    assert ("submitted", june) in so and ("became overdue", june) not in so
    known = what(late("diff", NOTICE, "2016-07-12", "2016-07-16", "--known", "--json"))
    assert ("became overdue", june) in known and ("submitted", june) not in known
    then = what(late("diff", NOTICE, "2016-07-18", "2016-07-21", "--known", "--json"))
    assert ("submitted", june) in then and ("is overdue no more", june) in then


def test_between_events_from_before_the_notice_everything_is_new(seat):
    assert ("opened", f"{NOTICE}/monthly-report/2016-05") in what(seat("diff", NOTICE, "0", "200", "--json"))


@pytest.fixture
def decided_upon(monkeypatch, capsys, tmp_path) -> Seat:
    """After the decision, what was before the deciders is corrected, and a report that had come is recorded."""
    stage = asyncio.run(lived_until("two-reports-missed", datetime(2016, 12, 20, 12, tzinfo=UTC)))
    seat = seat_at(stage, monkeypatch, capsys)
    (opened,) = [
        each["index"]
        for each in seat("history", NOTICE, "--json").objects
        if each["type"] == "occurrence-opened.v1" and each["occurrence"] == JULY
    ]
    words = ("--field", "title", "--now", "Report to the board, July 2016", "--reason", "Its name was wrong.")
    assert seat("correction", "propose", NOTICE, str(opened), *words, "--by", "callum-reyes").code == 0
    assert seat("correction", "approve", NOTICE, str(opened), "--by", "imogen-hartley").code == 0
    file = tmp_path / "report.yaml"
    file.write_text("sections:\n  - section: data\n    text: Referrals 812.\n", "utf-8")
    received = ("--received-at", "2016-09-20", "--by", "priya-nandra")
    assert seat("report", "submit", JULY, str(file), *received).code == 0
    return seat


def test_a_decision_is_shown_with_what_could_be_seen_and_what_became_known_later(decided_upon):
    *_, decided = decided_upon("replay", NOTICE, "--decision", POWER, "--json").objects
    history = {each["index"]: each for each in decided_upon("history", NOTICE, "--json").objects}
    assert history[decided["event"]]["type"] == "decision-made.v1"
    assert decided["position"] == decided["event"] - 1
    assert {"decline", "direct"} <= set(decided["options"])
    assert decided["reasons"] == history[decided["event"]]["data"]["reasons"]
    (july,) = [each for each in decided["in_view"] if each["stream"] == f"occ/{JULY}"]
    assert july["standing"] == "critically overdue"
    assert max(each["event"] for each in july["events"]) <= decided["position"]
    assert not any("corrected" in each["sentence"] for each in july["events"])
    assert "Report to the board" not in july["title"]
    (report,) = decided["not_known_then"]
    assert (report["type"], report["effective"][:10]) == ("report-submitted.v1", "2016-09-19")
    assert [each["type"] for each in decided["corrected_since"]] == ["event-corrected.v1"]
    told = decided_upon("replay", NOTICE, "--decision", POWER).out
    assert f"Not known then: event {report['event']}, Version 1 of" in told
    assert f"Corrected since: event {decided['corrected_since'][0]['event']}, " in told


def test_the_digest_of_a_decision_is_that_of_the_record_at_its_place(seat):
    *_, decided = seat("replay", NOTICE, "--decision", POWER, "--json").objects
    at = ("--as-at", decided["recorded"], "--to", str(decided["position"]))
    (state,) = seat("replay", NOTICE, *at, "--digest", "--json").objects
    assert state["digest"] == decided["digest"]


def test_what_was_decided_on_the_notice_itself_is_shown_as_well(monkeypatch, capsys):
    stage = asyncio.run(lived_until("varied-mid-flight", datetime(2017, 5, 30, 12, tzinfo=UTC)))
    seat = seat_at(stage, monkeypatch, capsys)
    found = seat("replay", NOTICE, "--decision", NOTICE, "--json").objects
    varied = [
        each["index"]
        for each in seat("history", NOTICE, "--json").objects
        if each["type"] == "notice-varied.v1"
    ]
    assert varied and set(varied) <= {each["event"] for each in found}
    assert all(each["reasons"] and each["position"] < each["event"] for each in found)


def test_a_correction_that_was_approved_is_one_decision_and_corrects_nothing_of_what_came_before_it(
    monkeypatch, capsys
):
    stage = asyncio.run(lived_until("wrong-date-corrected", datetime(2016, 12, 20, 12, tzinfo=UTC)))
    seat = seat_at(stage, monkeypatch, capsys)
    found = seat("replay", NOTICE, "--decision", f"{NOTICE}/department-review/1", "--json").objects
    kinds = {each["index"]: each["type"] for each in seat("history", NOTICE, "--json").objects}
    approved = [each for each in found if kinds[each["event"]] == "event-corrected.v1"]
    assert len(approved) == 1
    assert approved[0]["corrected_since"] == []


def test_where_nobody_decided_there_is_no_decision_to_be_shown(seat):
    assert seat("replay", NOTICE, "--decision", POWER, "--as-at", "2016-11-01").code == 2
    said = seat("replay", NOTICE, "--decision", f"{NOTICE}/plan-kept-up-to-date/plan")
    assert (said.code, said.err) == (
        4,
        f"Nobody has decided anything on {NOTICE}/plan-kept-up-to-date/plan.\n",
    )
