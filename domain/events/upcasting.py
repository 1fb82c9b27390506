"""Old versions of events: their words are turned into those of the newest version when they are read.

What is stored is never rewritten. An upcast is a pure function from the data of one version to the data of the next, and
upcasts are chained. The chains are checked when they are put together, which is at import: a gap would only show when
somebody reads the old event, and a cycle would never end.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

JsonObject = dict[str, Any]
_TOPIC = re.compile(r"([a-z][a-z-]*)\.v([1-9][0-9]*)")


class BrokenUpcasts(ValueError):
    """The upcasts do not lead from every old version to one that is known; the sentence says where they fail."""


@dataclass(frozen=True, slots=True)
class Upcast:
    """From the data of `old` to the data of `new`. `change` must not alter what it is given."""

    old: str
    new: str
    change: Callable[[JsonObject], JsonObject]


class Upcasts:
    """Every upcast there is. `newest` are the topics that are written today; raises BrokenUpcasts."""

    def __init__(self, upcasts: Iterable[Upcast], newest: Iterable[str]) -> None:
        self._by_old: dict[str, Upcast] = {}
        known = frozenset(newest)
        for each in upcasts:
            _require_next(each)
            if each.old in self._by_old:
                raise BrokenUpcasts(f"Two upcasts begin at “{each.old}”.")
            if each.old in known:
                raise BrokenUpcasts(f"“{each.old}” is written today, and an upcast begins at it.")
            self._by_old[each.old] = each
        for topic in self._by_old:
            self._require_way(topic, known)

    @property
    def retired(self) -> tuple[str, ...]:
        """The topics that are read, and are not written any more."""
        return tuple(self._by_old)

    def lift(self, topic: str, data: JsonObject) -> tuple[str, JsonObject]:
        """The newest topic that this one leads to, and the data in its words."""
        while upcast := self._by_old.get(topic):
            topic, data = upcast.new, upcast.change(data)
        return topic, data

    def _require_way(self, topic: str, known: frozenset[str]) -> None:
        passed, at = [topic], topic
        while at in self._by_old:
            at = self._by_old[at].new
            if at in passed:
                raise BrokenUpcasts(f"The upcasts go round in a circle: {' → '.join((*passed, at))}.")
            passed.append(at)
        if at not in known:
            raise BrokenUpcasts(
                f"There is a gap: the upcasts of “{topic}” end at “{at}”, which is not known."
            )


def _require_next(upcast: Upcast) -> None:
    """A version leads to the next one of the same name, or to another name: what was renamed starts anew."""
    (old, version), (new, following) = _parts(upcast.old), _parts(upcast.new)
    if old == new and following != version + 1:
        raise BrokenUpcasts(
            f"There is a gap: “{upcast.old}” leads to “{upcast.new}”, not to the next version."
        )


def _parts(topic: str) -> tuple[str, int]:
    found = _TOPIC.fullmatch(topic)
    if found is None:
        raise BrokenUpcasts(f"“{topic}” is no topic: words joined by hyphens, then “.v” and a number.")
    return found[1], int(found[2])
