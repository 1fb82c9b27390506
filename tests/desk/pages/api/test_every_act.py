"""The table of acts is complete, and what is sent comes to the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_args

import pytest

from desk.api.acts import ON_NOTICE, ON_OCCURRENCE
from desk.api.bodies import INSTEAD, MAY_BE_TODAY, body_of, said
from domain import commands as asked
from domain.actor import Actor
from domain.commands import ChasingCommand, Command, OpenOccurrences
from domain.time.calendar import load_calendar
from forthwith.demo.seeding import demo_notice
from projections.state.spelling import plain
from tests.domain.every_command import every_command
from tests.domain.specification import World, london

ACTS: Mapping[str, type] = {**ON_NOTICE, **ON_OCCURRENCE}
BY_THE_ENGINE = {OpenOccurrences, *get_args(ChasingCommand)}


def test_there_is_an_act_for_every_command_that_a_person_may_give() -> None:
    assert set(ACTS.values()) == set(get_args(Command)) - BY_THE_ENGINE
    assert not set(ON_NOTICE) & set(ON_OCCURRENCE)
    for kind in ON_OCCURRENCE.values():
        assert "occurrence" in {each.name for each in fields(kind)}


@pytest.fixture(scope="module")
def commands() -> Mapping[str, Command]:
    """One of each kind."""
    issue = asked.IssueNotice(demo_notice(), load_calendar("england"), london(2016, 5, 19))
    world = World().after(issue, Actor("person", "department"), london(2016, 5, 19))
    return {name: make(world) for name, (_, make, _) in every_command(issue).items()}


@pytest.mark.parametrize("kind", ACTS.values(), ids=ACTS)
def test_what_is_sent_becomes_the_command(commands: Mapping[str, Command], kind: type) -> None:
    command = commands[kind.__name__]
    left_out, _ = INSTEAD.get(kind, (frozenset(), {}))
    sent: dict[str, Any] = {
        each.name: plain(getattr(command, each.name))
        for each in fields(kind)
        if each.name not in {"notice", "occurrence", *left_out}
    }
    added: dict[str, Any] = {"event": 3} if "of" in left_out else {}
    added |= {"content": "bWludXRlcw=="} if kind is asked.LodgeEvidence else {}
    body = body_of(kind).model_validate({**sent, **added})
    assert {name: getattr(body, name) for name in sent} == {name: getattr(command, name) for name in sent}
    days = MAY_BE_TODAY & set(sent)
    without = body_of(kind).model_validate({**added, **{k: v for k, v in sent.items() if k not in days}})
    assert {said(without, lambda: date(2016, 10, 21))[name] for name in days} <= {date(2016, 10, 21)}
