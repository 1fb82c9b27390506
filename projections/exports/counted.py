"""What has no name in the record but its turn: the n-th extension, stop of the clock, or correction of an event."""

from collections import Counter
from collections.abc import Iterator

from projections.casebook import Entry
from projections.exports.naming import Named

_FIRST = {"extension-requested.v1", "clock-stopped.v1", "correction-proposed.v1"}
_KINDS = {
    "extension-requested.v1": "extension",
    "extension-granted.v1": "extension",
    "extension-refused.v1": "extension",
    "clock-stopped.v1": "suspension",
    "clock-restarted.v1": "suspension",
    "correction-proposed.v1": "correction",
    "event-corrected.v1": "correction",
    "correction-rejected.v1": "correction",
}
_ENDS = {
    "extension-granted.v1",
    "extension-refused.v1",
    "clock-restarted.v1",
    "event-corrected.v1",
    "correction-rejected.v1",
}


class Turns:
    """Counts while the log is read; an extension may be granted without having been asked for."""

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()
        self._open: set[str] = set()

    def names(self, entry: Entry) -> Iterator[Named]:
        topic = entry.record.type
        kind = _KINDS.get(topic)
        if kind is None:
            return
        about = entry.record.stream.partition("/")[2]
        if kind == "correction":
            about = f"{about}/event-{entry.record.envelope.data['version']}"
        key = f"{kind}/{about}"
        made = topic in _FIRST or key not in self._open
        if made:
            self._begun[key] += 1
            self._open.add(key)
        if topic in _ENDS:
            self._open.discard(key)
        yield kind, f"{about}/{self._begun[key]}", kind, made
