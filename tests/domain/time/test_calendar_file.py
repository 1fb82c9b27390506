"""A calendar file is refused with one plain sentence, or read."""

import json
from datetime import date
from typing import Any

import pytest

from domain.time.calendar import calendar_from_json
from domain.time.calendar_file import CalendarFault

GOOD: dict[str, Any] = {
    "name": "ruritania",
    "edition": "2016.1",
    "first": "2016-01-01",
    "last": "2016-12-31",
    "holidays": [["2016-05-02", "May Day"], ["2016-12-26", "Boxing Day"]],
}


def test_a_good_file_is_read() -> None:
    calendar = calendar_from_json(json.dumps(GOOD))
    assert calendar.weekend == frozenset({5, 6})
    assert calendar.next_working_day(date(2016, 12, 24)) == date(2016, 12, 27)


def test_source_and_notes_explain_and_leave_the_hash_as_it_is() -> None:
    explained = GOOD | {"source": "the gazette", "notes": ["as proclaimed"]}
    assert calendar_from_json(json.dumps(explained)).sha256 == calendar_from_json(json.dumps(GOOD)).sha256


@pytest.mark.parametrize(
    "change",
    [
        {"name": "elsewhere"},
        {"edition": "2016.2"},
        {"first": "2016-01-02"},
        {"last": "2017-01-01"},
        {"weekend": [6]},
        {"holidays": [["2016-05-02", "Labour Day"], ["2016-12-26", "Boxing Day"]]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_everything_that_decides_a_date_is_in_the_hash(change: dict[str, Any]) -> None:
    assert calendar_from_json(json.dumps(GOOD | change)).sha256 != calendar_from_json(json.dumps(GOOD)).sha256


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"last": "2015-12-31"}, "it ends on 31 December 2015, before it begins on 1 January 2016"),
        ({"last": "9999-12-31"}, "it covers more than 100 years"),
        ({"weekend": [0, 1, 2, 3, 4, 5, 6]}, "every day of the week is weekend"),
        ({"weekend": [7]}, "at weekend.0, input should be less than or equal to 6"),
        ({"holidays": [["2016-05-02", "A"], ["2016-05-02", "B"]]}, "2 May 2016 stands in it twice"),
        (
            {"holidays": [["2016-12-26", "A"], ["2016-05-02", "B"]]},
            "its holidays are not in order: 2 May 2016 stands after 26 December 2016",
        ),
        ({"holidays": [["2017-01-02", "New Year"]]}, "the holiday 'New Year' on 2 January 2017 lies outside"),
        ({"holidays": [["2016-02-30", "Never"]]}, "at holidays.0.0, input should be a valid date"),
        ({"holidays": [[20160502, "A number"]]}, "at holidays.0.0, input should be a valid date"),
        ({"holidays": [["2016-05-02", ""]]}, "at holidays.0.1, string should have at least 1 character"),
        ({"holiday": []}, "at holiday, extra inputs are not permitted"),
        ({"name": "Ruritania/.."}, "at name, string should match pattern"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CalendarFault) as refusal:
        calendar_from_json(json.dumps(GOOD | change))
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "cannot be read as JSON"),
        ('{"name": "a", "name": "b"}', "the key 'name' stands in it twice"),
        ("[" * 100_000, "cannot be read as JSON"),
        ("[]", "This calendar cannot be used"),
        ('{"first": NaN}', "This calendar cannot be used"),
    ],
    ids=["empty", "duplicate key", "too deep", "a list", "not a number"],
)
def test_what_is_no_calendar_at_all_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(CalendarFault) as refusal:
        calendar_from_json(text)
    assert sentence in str(refusal.value)
    assert "\n" not in str(refusal.value)
