"""What is drawn once must be what would be drawn each time."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from desk.drawn_once import MOST, drawn_once
from desk.language.speaking import speaking, worded


def macros(**sources: str) -> dict[str, object]:
    made = Environment(loader=DictLoader(sources), autoescape=True)
    made.globals["worded"] = worded
    return {name: made.get_template(name).module.line for name in sources}  # type: ignore[attr-defined]


def test_the_same_words_are_drawn_once_and_others_afresh():
    line = macros(a="{% macro line(task) %}<p>{{ task.title }}</p>{% endmacro %}")["a"]
    first = drawn_once(line, {"title": "One"})
    assert drawn_once(line, {"title": "One"}) is first
    assert str(drawn_once(line, {"title": "Two"})) == "<p>Two</p>"
    assert str(drawn_once(line, {"title": "<b>"})) == "<p>&lt;b&gt;</p>"


def test_macros_of_one_name_in_two_templates_are_told_apart():
    both = macros(
        a="{% macro line(task) %}<p>{{ task }}</p>{% endmacro %}",
        b="{% macro line(task) %}<b>{{ task }}</b>{% endmacro %}",
    )
    assert str(drawn_once(both["a"], "x")) == "<p>x</p>"
    assert str(drawn_once(both["b"], "x")) == "<b>x</b>"


def test_each_language_has_its_own():
    line = macros(a="{% macro line(word) %}{{ worded(word) }}{% endmacro %}")["a"]
    english = drawn_once(line, "Overdue")
    with speaking("cy"):
        welsh = drawn_once(line, "Overdue")
    assert str(english) == "Overdue"
    assert str(welsh) != str(english)
    assert drawn_once(line, "Overdue") is english


def test_no_more_are_kept_than_there_is_room_for():
    line = macros(a="{% macro line(number) %}{{ number }}{% endmacro %}")["a"]
    first = drawn_once(line, 0)
    for number in range(1, MOST + 1):
        drawn_once(line, number)
    afresh = drawn_once(line, 0)
    assert afresh == first
    assert afresh is not first
