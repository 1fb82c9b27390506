"""Every command that reads takes both moments, says of which it speaks, and refuses those that make no sense."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.front_door.seat import Seat, lived_until, seat_at
from tests.front_door.test_documentation import commands
from tests.replay.conftest import NOTICE

NOW = datetime(2016, 12, 20, 12, tzinfo=UTC)

# These print what is so now outside the record, or read files, or are of a signed size of the log; and `diff` is given its
# two moments by name. A group stands for all its commands.
WITHOUT_MOMENTS = {
    "demo": "what was tried on this machine",
    "status": "what runs on this machine now",
    "doctor": "this machine, now",
    "clocks": "which clocks live in Temporal now",
    "projections": "the tables as they are now",
    "evidence": "the files beside the record as they are now",
    "privacy": "what is kept outside the record now",
    "keys": "the keys that are there now",
    "tokens": "what programs may do now, outside the record",
    "readers": "which logins read now, outside the record",
    "users": "who may sign in now, outside the record",
    "messages": "what has not arrived by now, and example letters",
    "checkpoint": "the log as it was signed",
    "prove": "an event in the log as it was signed",
    "witness": "what a witness has seen",
    "export": "the log as it was signed",
    "conformance": "the log as it was signed",
    "verify": "the stored bytes, all of them",
    "notice check": "a file",
    "rehearse": "a file",
    "diff": "its two moments are FROM and TO",
    "privacy list": "what is kept now, outside the record",
    "privacy retention list": "the rules in force now",
    "evidence list": "the files that are kept now",
}


def is_without(name: str) -> bool:
    return any(name == each or name.startswith(f"{each} ") for each in WITHOUT_MOMENTS)


READS = {
    "history": (NOTICE,),
    "why": (f"{NOTICE}/monthly-report/2016-07",),
    "replay": (NOTICE,),
    "task list": (),
    "notice show": (NOTICE,),
    "notice people": (NOTICE,),
    "report draft": (f"{NOTICE}/monthly-report/2016-07",),
    "plan show": (f"{NOTICE}/plan-kept-up-to-date/plan",),
    "occurrence list": (NOTICE,),
    "occurrence show": (f"{NOTICE}/monthly-report/2016-07",),
    "occurrence messages": (f"{NOTICE}/monthly-report/2016-07",),
    "correction list": (NOTICE,),
    "consideration show": (f"{NOTICE}/referral-power/1",),
}


@pytest.fixture(scope="module")
def two_missed():
    return asyncio.run(lived_until("two-reports-missed", NOW))


@pytest.fixture
def seat(two_missed, monkeypatch, capsys) -> Seat:
    return seat_at(two_missed, monkeypatch, capsys)


def options(command) -> set[str]:
    return {name for each in command.assemble_argument_collection() for name in each.names}


def test_every_command_that_reads_takes_both_moments():
    """A command that prints JSON and is done by nobody (`--by`) is one that reads."""
    lacking, reads = set(), set()
    for name, command in commands():
        taken = options(command)
        if "--json" not in taken or "--by" in taken or is_without(name):
            assert not is_without(name) or "--as-at" not in taken, name
            continue
        reads.add(name)
        if not {"--as-at", "--known-at"} <= taken:
            lacking.add(name)
    assert lacking == set()
    assert reads == set(READS)


@pytest.mark.parametrize("command", READS)
def test_it_says_of_which_moments_it_speaks(seat, command):
    said = seat(
        *command.split(), *READS[command], "--as-at", "2016-10-31", "--known-at", "2016-11-15T10:30", "--json"
    )
    assert said.code == 0, said.err
    assert said.err.splitlines()[0] == (
        "As it stood on Monday 31 October 2016, 23:59, and was known on Tuesday 15 November 2016, 10:30."
    )
    assert said.objects or command == "correction list"
    assert "As it stood" not in seat(*command.split(), *READS[command], "--json").err


@pytest.mark.parametrize("command", READS)
def test_a_moment_in_the_future_is_refused(seat, command):
    said = seat(*command.split(), *READS[command], "--as-at", "2016-12-21")
    assert (said.code, said.out) == (2, "")
    assert "--as-at cannot be “2016-12-21”, which lies in the future" in said.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ("--known-at", "2016-12-20T12:01Z"),
            "which lies in the future: it is Tuesday 20 December 2016, 12:00",
        ),
        (("--as-at", "yesterday"), "it is a day such as 2016-11-10, or an instant"),
        (("--known-at", "2016-02-30"), "--known-at cannot be “2016-02-30”"),
        (("--as-at", "0001-01-01"), "the year lies between 1900 and 2199"),
    ],
)
def test_a_moment_that_makes_no_sense_is_refused_with_a_sentence(seat, given, told):
    said = seat("why", *READS["why"], *given)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_today_is_no_day_of_the_future(seat):
    said = seat("task", "list", "--as-at", "2016-12-20", "--json")
    assert (said.code, said.out) == (0, seat("task", "list", "--json").out)


def test_before_the_notice_there_is_nothing_to_be_told(seat):
    said = seat("history", NOTICE, "--as-at", "2016-05-18")
    assert (said.code, said.out) == (4, "")
    assert "was not in the record as it stood then" in said.err


def test_a_file_has_no_past(seat):
    said = seat("notice", "show", "notices/lancashire-2016.yaml", "--as-at", "2016-06-01")
    assert said.code == 2
    assert "A file has no past" in said.err


def test_a_notice_of_the_record_is_shown_with_its_days_as_they_were_moved(seat):
    def due(*moments: str) -> str:
        shown = seat("notice", "show", NOTICE, "--json", *moments).objects
        (plan,) = [each for each in shown if each["occurrence"] == f"{NOTICE}/plan-kept-up-to-date/plan"]
        return str(plan["due"])[:10]

    assert (due("--as-at", "2016-09-08"), due("--as-at", "2016-09-09")) == ("2016-09-13", "2016-10-14")


def test_what_is_owed_is_listed_as_it_stood_then(seat):
    def standings(*moments: str) -> dict[str, str]:
        rows = seat(
            "occurrence", "list", NOTICE, "--obligation", "monthly-report", "--json", *moments
        ).objects
        return {each["occurrence"].rpartition("/")[2]: each["standing"] for each in rows}

    assert standings("--as-at", "2016-08-31") == {
        "2016-05": "accepted",
        "2016-06": "accepted",
        "2016-07": "critically overdue",
    }
    assert list(standings("--as-at", "2016-09-01"))[-1] == "2016-08"
    assert seat("occurrence", "list", NOTICE, "--obligation", "nothing").code == 4


def test_an_occurrence_is_shown_with_its_ladder_as_far_as_it_had_come(seat):
    def taken(day: str) -> list[str]:
        (sheet,) = seat(
            "occurrence", "show", f"{NOTICE}/monthly-report/2016-07", "--as-at", day, "--json"
        ).objects
        return [each["rung"] for each in sheet["ladder"] if each["status"] == "raised"]

    early, late = taken("2016-08-16"), taken("2016-08-31")
    assert "director" not in early and {*early, "director"} <= set(late)
    told = seat("occurrence", "show", f"{NOTICE}/monthly-report/2016-07").out
    assert "by the end of 12 August 2016" in told
    messages = seat("occurrence", "messages", f"{NOTICE}/monthly-report/2016-07", "--json").objects
    assert {each["delivery"] for each in messages} == {"sent"}
    assert "Helen Marsh" in {each["name"] for each in messages}


def test_a_sample_is_drawn_again_with_the_same_seed_and_otherwise_with_another(seat):
    drawn = [
        [
            each["index"]
            for each in seat("history", NOTICE, "--sample", "25", "--seed", seed, "--json").objects
        ]
        for seed in ("7", "7", "8")
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0] == sorted(set(drawn[0])) and len(drawn[0]) == 25
    said = seat("history", NOTICE, "--sample", "3")
    assert "A sample of 3 of" in said.err and "with seed 0" in said.err
    assert seat("history", NOTICE, "--sample", "0").code == 2
