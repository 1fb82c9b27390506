"""How much a notice asks for in each week, and what in its days is likely to go wrong."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.notice.as_issued import as_issued
from domain.notice.clashes import APART, KINDS, Clash, clashes, told
from domain.notice.load import Due, dues, in_year, monday_of, weekly_load, years_of
from domain.notice.restated_differences import differences
from domain.notice.schedule import expected
from domain.time.calendar import load_calendar
from tests.lives import the_notice

pytestmark = pytest.mark.slow

ENGLAND = load_calendar("england")
FIRST, LAST = date(2016, 1, 1), date(2019, 12, 31)

a_due = st.builds(
    lambda on, whose, number: Due(on, whose, f"Thing {number}", f"thing/{number}"),
    st.dates(FIRST, LAST),
    st.sampled_from(["board", "council"]),
    st.integers(1, 5),
)
some_due = st.lists(a_due, max_size=25).map(tuple)


def due(year, month, day, whose="council", title="A report"):
    return Due(date(year, month, day), whose, title, f"{title}/{day}")


def kinds_of(*things, apart=APART):
    return [each.kind for each in clashes(things, ENGLAND, apart)]


@settings(max_examples=60, deadline=None)
@given(some_due)
def test_every_thing_is_counted_in_the_week_of_its_day_and_no_week_is_left_out(things):
    weeks = weekly_load(things)
    assert sum(week.count for week in weeks) == len(things)
    for before, after in pairwise(weeks):
        assert after.begins - before.begins == timedelta(days=7)
    for week in weeks:
        inside = [each for each in things if week.begins <= each.on <= week.begins + timedelta(days=6)]
        assert week.begins.weekday() == 0
        assert dict(week.owed) == {
            whose: sum(each.whose == whose for each in inside) for whose in {each.whose for each in inside}
        }
    assert not weeks or (weeks[0].count and weeks[-1].count)


@settings(max_examples=60, deadline=None)
@given(some_due, st.dates(date(2015, 6, 1), FIRST))
def test_every_thing_lies_in_one_year_of_the_notice(things, issued):
    years = [in_year(things, issued, number) for number in range(1, years_of(things, issued) + 1)]
    assert sorted(map(repr, things)) == sorted(repr(each) for year in years for each in year)


@settings(max_examples=100, deadline=None)
@given(some_due, st.integers(1, 10))
def test_a_clash_is_one_of_one_party_and_holds_what_it_says(things, apart):
    for clash in clashes(things, ENGLAND, apart):
        assert {each.whose for each in clash.things} == {clash.whose}
        days = sorted({each.on for each in clash.things})
        assert days[-1] == clash.on
        match clash.kind:
            case "same-day":
                assert len(clash.things) > 1
                assert len(days) == 1
            case "day-off":
                assert not ENGLAND.is_working_day(clash.on)
            case "close-together":
                assert len(days) == 2
                assert ENGLAND.working_days_between(*days) < apart
        assert told(clash, {"council": "The council"}).endswith(".")


@settings(max_examples=60, deadline=None)
@given(some_due)
def test_the_order_in_which_things_are_told_changes_nothing_and_parties_do_not_clash_with_each_other(things):
    def heard(found):
        return [(each.kind, each.on, each.whose, each.why, frozenset(each.things)) for each in found]

    found = heard(clashes(things, ENGLAND))
    assert heard(clashes(tuple(reversed(things)), ENGLAND)) == found
    apart = [
        clashes([each for each in things if each.whose == whose], ENGLAND) for whose in ("board", "council")
    ]
    assert sorted(map(repr, found)) == sorted(repr(each) for side in apart for each in heard(side))


@settings(max_examples=60, deadline=None)
@given(some_due)
def test_more_days_apart_find_no_fewer_clashes(things):
    assert len(clashes(things, ENGLAND, 2)) <= len(clashes(things, ENGLAND, 6))


@pytest.mark.parametrize(
    ("thing", "kinds"),
    [
        (due(2016, 7, 13), []),
        (due(2016, 7, 16), ["day-off"]),  # a Saturday
        (due(2016, 8, 29), ["day-off"]),  # the summer bank holiday
        (due(2016, 8, 26), ["beside-holiday"]),  # the Friday before it
        (due(2016, 8, 30), ["beside-holiday"]),
        (due(2016, 8, 25), []),
        (due(2016, 12, 23), ["beside-holiday"]),
        (due(2016, 12, 24), ["day-off", "christmas"]),
        (due(2016, 12, 28), ["christmas"]),
        (due(2017, 1, 1), ["day-off", "christmas"]),
        (due(2017, 1, 3), ["beside-holiday"]),
    ],
)
def test_a_day_beside_days_off_is_told(thing, kinds):
    assert kinds_of(thing) == kinds


def test_two_on_one_day_and_two_days_apart():
    assert kinds_of(due(2016, 7, 13), due(2016, 7, 13, title="Another")) == ["same-day"]
    assert kinds_of(due(2016, 7, 13), due(2016, 7, 13, whose="board")) == []
    assert kinds_of(due(2016, 7, 13), due(2016, 7, 15)) == ["close-together"]
    assert kinds_of(due(2016, 7, 15), due(2016, 7, 19)) == ["close-together"]  # over a weekend
    assert kinds_of(due(2016, 7, 13), due(2016, 7, 18)) == []
    assert kinds_of(due(2016, 7, 13), due(2016, 7, 18), apart=4) == ["close-together"]


def test_of_days_that_the_calendar_does_not_reach_nothing_is_said():
    beyond = Due(ENGLAND.last + timedelta(days=2), "council", "A", "a/1")
    just_inside = Due(ENGLAND.last, "council", "B", "b/1")
    assert clashes([beyond], ENGLAND) == ()
    assert clashes([beyond, just_inside], ENGLAND) == clashes([just_inside], ENGLAND)


def test_each_kind_has_its_sentence():
    names = {"council": "The council"}
    things = (due(2016, 7, 13),)
    sentences = {told(Clash(kind, date(2016, 7, 13), "council", things, "words"), names) for kind in KINDS}
    assert len(sentences) == len(KINDS) - 1  # two of them differ in what stands for `words`
    assert all(each.startswith("The council owes ") for each in sentences)


def test_the_first_year_of_the_lancashire_notice():
    notice = as_issued(the_notice())
    things = dues(expected(notice))
    assert years_of(things, notice.terms.issued) == 2
    assert len(in_year(things, notice.terms.issued, 1)) + len(in_year(things, notice.terms.issued, 2)) == len(
        things
    )
    weeks = weekly_load(things)
    assert weeks[0].begins == monday_of(things[0].on)
    assert ("board", 0) not in weeks[0].owed
    holiday = [each for each in clashes(things, notice.working_days) if each.kind == "beside-holiday"]
    assert "the first working day after Easter Monday" in {each.why for each in holiday}


def test_two_wordings_of_one_notice():
    terms = the_notice()
    header = terms.notice.model_copy(update={"runs_until": date(2017, 8, 31)})
    report = next(each for each in terms.obligations if each.id == "monthly-report")
    sooner = report.model_copy(update={"due": report.due.model_copy(update={"n": 5})})
    others = tuple(each for each in terms.obligations if each.id not in ("monthly-report", "chair-report"))
    before = as_issued(terms)
    assert differences(before, before).is_nothing
    longer = differences(before, as_issued(terms.model_copy(update={"notice": header})))
    assert longer.parts == ("the instrument itself",)
    assert all(each.was is None for each in longer.moved)
    assert {each.occurrence for each in longer.moved} > {"monthly-report/2017-06"}
    found = differences(before, as_issued(terms.model_copy(update={"obligations": (sooner, *others)})))
    assert [each.id for each in found.gone] == ["chair-report"]
    assert [(each.id, names) for each, names in found.changed] == [("monthly-report", ("due",))]
    june = next(each for each in found.moved if each.occurrence == "monthly-report/2016-06")
    assert (june.was, june.now) == (date(2016, 7, 14), date(2016, 7, 7))
    assert all(each.now is None for each in found.moved if each.occurrence.startswith("chair-report"))


def test_what_is_owed_once_is_the_same_thing_on_another_day():
    terms = the_notice()
    deadline = next(each for each in terms.obligations if each.id == "plan-delivered")
    later = deadline.model_copy(update={"due": deadline.due.model_copy(update={"on": date(2017, 5, 26)})})
    others = tuple(later if each.id == "plan-delivered" else each for each in terms.obligations)
    found = differences(as_issued(terms), as_issued(terms.model_copy(update={"obligations": others})))
    moved = [(each.occurrence, each.was, each.now) for each in found.moved]
    assert moved == [("plan-delivered", date(2017, 5, 31), date(2017, 5, 26))]
