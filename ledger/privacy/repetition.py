"""Whether a command says again what the record holds, where part of that is kept outside it or was erased."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import orjson

from domain.events.withheld import ERASED
from domain.record import Append, Recorded
from ledger.canonical import statement
from ledger.profile import spell


def says_again(act: Append, recorded: Sequence[Recorded]) -> bool:
    """Whether the events say what the command says. What was erased is taken to have said the same."""
    said = [[write.stream, [statement(event) for event in write.events]] for write in act.writes]
    held = [
        [stream, [statement(each.envelope) for each in events]]
        for stream, events in groupby(recorded, key=lambda each: each.stream)
    ]
    return _same(orjson.loads(spell(said)), orjson.loads(spell(held)))


def _same(said: Any, held: Any) -> bool:
    if held == ERASED:
        return True
    if isinstance(said, dict) and isinstance(held, dict):
        return said.keys() == held.keys() and all(_same(said[name], held[name]) for name in said)
    if isinstance(said, list) and isinstance(held, list):
        return len(said) == len(held) and all(map(_same, said, held))
    return bool(said == held)
