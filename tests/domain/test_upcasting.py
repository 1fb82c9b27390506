"""Old versions of events lead to the newest, step by step, and whatever would not is refused at the start."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import kinds
from domain.events.kinds import BY_TOPIC, UPCASTS, from_data
from domain.events.upcasting import BrokenUpcasts, Upcast, Upcasts


def split_name(data: dict[str, Any]) -> dict[str, Any]:
    first, _, last = data["name"].partition(" ")
    return {**{key: value for key, value in data.items() if key != "name"}, "first": first, "last": last}


def add_role(data: dict[str, Any]) -> dict[str, Any]:
    return {"role": "unknown", **data}


CHAIN = (
    Upcast("person-greeted.v1", "person-greeted.v2", split_name),
    Upcast("person-greeted.v2", "person-greeted.v3", add_role),
    Upcast("somebody-hailed.v4", "person-greeted.v1", lambda data: {"name": data["who"]}),
)
GREETINGS = Upcasts(CHAIN, ["person-greeted.v3"])


def test_a_chain_leads_from_any_version_to_the_newest() -> None:
    newest = {"role": "unknown", "first": "Helen", "last": "Marsh"}
    assert GREETINGS.lift("person-greeted.v1", {"name": "Helen Marsh"}) == ("person-greeted.v3", newest)
    assert GREETINGS.lift("person-greeted.v2", {"first": "Helen", "last": "Marsh"})[1] == newest
    assert GREETINGS.lift("somebody-hailed.v4", {"who": "Helen Marsh"})[1] == newest
    assert GREETINGS.lift("person-greeted.v3", newest) == ("person-greeted.v3", newest)
    assert set(GREETINGS.retired) == {"person-greeted.v1", "person-greeted.v2", "somebody-hailed.v4"}


def test_what_nobody_knows_is_left_for_whoever_refuses_it() -> None:
    assert GREETINGS.lift("report-shredded.v7", {"a": 1}) == ("report-shredded.v7", {"a": 1})


@pytest.mark.parametrize(
    ("upcasts", "newest", "sentence"),
    [
        ([("a.v1", "a.v2")], ["a.v3"], "There is a gap: the upcasts of “a.v1” end at “a.v2”"),
        ([("a.v1", "a.v3")], ["a.v3"], "“a.v1” leads to “a.v3”, not to the next version"),
        ([("a.v2", "a.v1")], ["a.v1"], "not to the next version"),
        ([("a.v1", "b.v1"), ("b.v1", "a.v1")], ["c.v1"], "in a circle: a.v1 → b.v1 → a.v1"),
        ([("a.v1", "b.v1"), ("b.v1", "b.v2"), ("b.v2", "a.v1")], [], "in a circle"),
        ([("a.v1", "a.v2"), ("a.v1", "b.v1")], ["a.v2", "b.v1"], "Two upcasts begin at “a.v1”"),
        ([("a.v1", "a.v2")], ["a.v1", "a.v2"], "“a.v1” is written today"),
        ([("a", "a.v2")], ["a.v2"], "“a” is no topic"),
        ([("a.v0", "a.v1")], ["a.v1"], "“a.v0” is no topic"),
    ],
)
def test_gaps_circles_and_two_ways_are_refused(upcasts, newest, sentence) -> None:
    with pytest.raises(BrokenUpcasts) as refused:
        Upcasts([Upcast(old, new, add_role) for old, new in upcasts], newest)
    assert sentence in str(refused.value)


@given(length=st.integers(1, 12), at=st.integers(0, 11), number=st.integers())
def test_every_chain_takes_each_step_once_and_in_order(length: int, at: int, number: int) -> None:
    def step(version: int):
        return lambda data: {"passed": [*data["passed"], version], "number": data["number"]}

    chain = [Upcast(f"x.v{one}", f"x.v{one + 1}", step(one)) for one in range(1, length + 1)]
    first = min(at, length - 1) + 1
    data = {"passed": [], "number": number}
    before = copy.deepcopy(data)
    told = Upcasts(reversed(chain), [f"x.v{length + 1}"]).lift(f"x.v{first}", data)
    assert told == (f"x.v{length + 1}", {"passed": list(range(first, length + 1)), "number": number})
    assert data == before


@given(
    links=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=7),
    newest=st.sets(st.integers(0, 5)),
)
def test_what_is_accepted_always_ends_at_a_version_that_is_known(links, newest) -> None:
    names = ["a.v1", "b.v1", "c.v1", "d.v1", "e.v1", "f.v1"]
    known = {names[each] for each in newest}
    try:
        upcasts = Upcasts([Upcast(names[old], names[new], dict) for old, new in links if old != new], known)
    except BrokenUpcasts:
        return
    for topic in upcasts.retired:
        assert upcasts.lift(topic, {})[0] in known


def test_events_of_old_versions_are_read_through_their_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    def to_newest(data: dict[str, Any]) -> dict[str, Any]:
        return {"task": "owed", **{key.replace("seen", "acknowledged"): each for key, each in data.items()}}

    chain = [Upcast("task-seen.v1", "task-acknowledged.v1", to_newest)]
    monkeypatch.setattr(kinds, "UPCASTS", Upcasts(chain, BY_TOPIC))
    event = from_data(
        "task-seen.v1",
        {"seen_by": "helen-marsh", "seen_as": "director", "seen_at": "2016-06-02T09:00:00.000000Z"},
    )
    assert (event.task, event.acknowledged_by, event.acknowledged_as) == ("owed", "helen-marsh", "director")


def test_every_chain_there_is_ends_at_a_kind_of_today() -> None:
    for topic in UPCASTS.retired:
        assert topic not in BY_TOPIC
