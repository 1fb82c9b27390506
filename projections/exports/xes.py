"""XES (IEEE 1849): one trace for each occurrence, and one for each notice's own events; within a trace by time.

Every event is one complete act. The time is that at which it was true; when it was recorded stands beside it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from domain.values import write_instant
from projections.exports.model import Happening, ObjectLog, Value
from projections.exports.spool import in_chunks

_EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
)
_NO_PLACE_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xes(log: ObjectLog) -> Iterator[bytes]:
    return in_chunks(_document(log))


def traces(log: ObjectLog) -> dict[str, list[int]]:
    """Cases in the order in which they began, each with the places of its events by time and then by place in the record."""
    found: dict[str, list[tuple[datetime, int, int]]] = {}
    for place, each in enumerate(log.events):
        found.setdefault(each.case, []).append((each.time, each.index, place))
    return {case: [place for _, _, place in sorted(events)] for case, events in found.items()}


def _document(log: ObjectLog) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
    for name, prefix, uri in _EXTENSIONS:
        yield f'<extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n'
    yield f'<global scope="trace">{_string("concept:name", "no name")}</global>\n'
    yield (
        f'<global scope="event">{_string("concept:name", "no name")}{_date("time:timestamp", _NEVER)}'
        f"{_string('lifecycle:transition', 'complete')}</global>\n"
    )
    yield '<classifier name="Activity" keys="concept:name"/>\n'
    yield '<classifier name="Resource" keys="org:resource"/>\n'
    yield f"{_string('concept:name', 'Forthwith')}{_string('lifecycle:model', 'standard')}\n"
    for case, places in traces(log).items():
        yield f"<trace>{_string('concept:name', case)}\n"
        yield from (_event(log.events[place]) for place in places)
        yield "</trace>\n"
    yield "</log>\n"


_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _event(event: Happening) -> str:
    standard: list[tuple[str, Value]] = [
        ("concept:name", event.type),
        ("concept:instance", event.id),
        ("time:timestamp", event.time),
        ("lifecycle:transition", "complete"),
        ("org:resource", event.actor),
    ]
    if event.role:
        standard.append(("org:role", event.role))
    return f"<event>{_attributes((*standard, *sorted(event.attributes.items())))}</event>\n"


def _attributes(pairs: Iterable[tuple[str, Value]]) -> str:
    return "".join(_attribute(key, value) for key, value in pairs)


def _attribute(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return f'<boolean key={quoteattr(key)} value="{str(value).lower()}"/>'
    if isinstance(value, int):
        return f'<int key={quoteattr(key)} value="{value}"/>'
    return _date(key, value) if isinstance(value, datetime) else _string(key, value)


def _string(key: str, value: str) -> str:
    fit = _NO_PLACE_IN_XML.sub("\ufffd", value)
    quoted = escape(fit, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f'<string key={quoteattr(key)} value="{quoted}"/>'


def _date(key: str, value: datetime) -> str:
    return f'<date key={quoteattr(key)} value="{write_instant(value).replace("Z", "+00:00")}"/>'
