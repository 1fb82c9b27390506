"""`forthwith notice show` and `check` on the notice that ships."""

from tests.front_door.conftest import NOTICE, Forthwith

ASKED_FOR = {"clause", "obligation", "occurrence", "obligor", "obligee", "strength", "opens", "due"}
# The tenth working day of the month after, counted by hand with the bank holidays of England.
MONTHLY_DUES = [
    "2016-06-14T23:59:59+01:00",
    "2016-07-14T23:59:59+01:00",
    "2016-08-12T23:59:59+01:00",
    "2016-09-14T23:59:59+01:00",
    "2016-10-14T23:59:59+01:00",
    "2016-11-14T23:59:59+00:00",
    "2016-12-14T23:59:59+00:00",
    "2017-01-16T23:59:59+00:00",
    "2017-02-14T23:59:59+00:00",
    "2017-03-14T23:59:59+00:00",
    "2017-04-18T23:59:59+01:00",
    "2017-05-15T23:59:59+01:00",
]


def dues(forthwith: Forthwith, obligation: str) -> list[str]:
    found = forthwith("notice", "show", NOTICE, "--json").objects
    return [each["due"] for each in found if each["obligation"] == obligation]


def test_every_occurrence_is_one_object_on_one_line(forthwith: Forthwith) -> None:
    said = forthwith("notice", "show", NOTICE, "--json")
    assert (said.code, said.err) == (0, "")
    assert len(said.objects) == 28
    for each in said.objects:
        assert set(each) >= ASKED_FOR
        assert each["occurrence"].startswith(f"lancashire-2016/{each['obligation']}/")


def test_the_twelve_monthly_reports_are_due_on_the_tenth_working_day(forthwith: Forthwith) -> None:
    assert dues(forthwith, "monthly-report") == MONTHLY_DUES


def test_the_deadline_is_the_last_second_of_may_in_summer_time(forthwith: Forthwith) -> None:
    assert dues(forthwith, "plan-delivered") == ["2017-05-31T23:59:59+01:00"]


def test_the_first_review_is_due_six_months_after_the_day_of_issue(forthwith: Forthwith) -> None:
    assert dues(forthwith, "department-review")[0] == "2016-11-19T23:59:59+00:00"


def test_the_four_obligors_owe_what_the_notice_says(forthwith: Forthwith) -> None:
    found = forthwith("notice", "show", NOTICE, "--json").objects
    assert {(each["clause"], each["obligor"], each["obligee"], each["strength"]) for each in found} == {
        ("6b", "council", "board", "must"),
        ("3b", "chair", "department", "must"),
        ("13", "adviser", "department", "must"),
        ("7", "department", "council", "must"),
        ("12", "council", "department", "should"),
        ("3a", "council", "department", "must"),
        ("6a", "council", "board", "must"),
    }


def test_the_table_is_readable_at_120_columns(forthwith: Forthwith) -> None:
    said = forthwith("notice", "show", NOTICE)
    lines = said.out.splitlines()
    assert max(map(len, lines)) <= 120
    assert lines[0].split() == ["By", "the", "end", "of", "Clause", "Strength", "What", "Owed", "by", "To"]
    assert sum(line.startswith(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")) for line in lines) == 28
    assert "by the tenth working day of the month after the period" in said.out
    shown = set(said.out.split())
    for each in forthwith("notice", "show", NOTICE, "--json").objects:
        assert set(each["title"].split()) <= shown


def test_a_sound_notice_is_counted(forthwith: Forthwith) -> None:
    said = forthwith("notice", "check", NOTICE, "--json")
    (counted,) = said.objects
    assert (said.code, counted["notice"], counted["occurrences"]) == (0, "lancashire-2016", 28)
    assert "sound" in forthwith("notice", "check", NOTICE).err
