"""Notices and occurrences that were read before, so that only what has happened since has to be read again."""

from collections import OrderedDict

from domain.events.kinds import from_data
from domain.identity import OccurrenceId, notice_stream
from domain.notice.fold import fold as fold_notice
from domain.notice.state import Notice
from domain.occurrence.fold import fold as fold_occurrence
from domain.occurrence.state import Occurrence
from domain.ports import Ledger

KEPT_AT_MOST = 10_000


class Shelf:
    """Reads states from a ledger. What it keeps is never asked without looking at what has come since."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._notices: dict[str, Notice] = {}
        self._occurrences: OrderedDict[OccurrenceId, Occurrence] = OrderedDict()
        self._erasures = 0

    async def notice(self, notice_id: str) -> Notice:
        """The notice as it is now; one that was never issued, when the record holds none."""
        self._forget_what_was_erased()
        known = self._notices.get(notice_id, Notice())
        newer = await self._ledger.read_stream(notice_stream(notice_id), after=known.version)
        notice = fold_notice((from_data(each.type, each.envelope.data) for each in newer), known)
        if notice.is_issued:
            self._notices[notice_id] = notice
        return notice

    async def occurrence(self, name: OccurrenceId) -> Occurrence:
        """The occurrence as it is now; one that does not exist, when it has not opened."""
        self._forget_what_was_erased()
        known = self._occurrences.pop(name, Occurrence())
        newer = await self._ledger.read_stream(name.stream, after=known.version)
        found = fold_occurrence((from_data(each.type, each.envelope.data) for each in newer), known)
        if found.exists:
            self._occurrences[name] = found
            if len(self._occurrences) > KEPT_AT_MOST:
                self._occurrences.popitem(last=False)
        return found

    async def beginning(self, prefix: str) -> dict[OccurrenceId, Occurrence]:
        """Every occurrence that has opened and whose stream begins like that, in the order of their names."""
        self._forget_what_was_erased()
        versions = await self._ledger.streams(prefix)
        found = {}
        for stream in sorted(versions):
            name = OccurrenceId.parse(stream)
            known = self._occurrences.get(name)
            is_current = known is not None and known.version == versions[stream]
            found[name] = known if known is not None and is_current else await self.occurrence(name)
        return found

    def _forget_what_was_erased(self) -> None:
        """Names and texts are in what is kept here: after an erasure it is read again."""
        if self._erasures != self._ledger.erasures:
            self._erasures = self._ledger.erasures
            self._notices.clear()
            self._occurrences.clear()
