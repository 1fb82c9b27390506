"""From events to rows. An event that a read model cannot take is parked for it, and with it what follows in its stream."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.case import Case
from projections.tables.happened import NOTICE, OCCURRENCE, Happened, notice_of
from projections.tables.rows import Rows
from projections.tables.states import Binder, StandsStill, States
from projections.tables.table import Projection

LONGEST_FAULT = 2000


@dataclass(frozen=True, slots=True)
class Parked:
    """An event put aside for a read model. `fault` is None for one that only waits behind another."""

    projection: str
    index: int
    stream: str
    fault: str | None


class Folding:
    """Takes events one after another, for several read models at the same place of the record.

    `still` are the streams that stand still for each read model; that of a notice stops all that is under it.
    """

    def __init__(
        self, projections: Sequence[Projection], states: States, still: Mapping[str, Iterable[str]]
    ) -> None:
        self.rows = {each.name: Rows() for each in projections}
        self.still = {each.name: set(still.get(each.name, ())) for each in projections}
        self.parked: list[Parked] = []
        self._projections = projections
        self._states = states
        self._folds = any(each.needs_cases for each in projections)
        self._settling = [each for each in projections if each.settles]
        # Which occurrences have changed, and by which event last.
        self._changed: dict[str, int] = {}

    def take(self, happened: Happened) -> None:
        """One event, and its rows."""
        if not happened.is_ours:
            return
        stream, fault = happened.subject, None
        binder = self._states.binder(happened.under) if self._folds else None
        before = binder.case(stream) if binder else None
        if binder is not None:
            try:
                binder.fold(happened)
            except Exception as wrong:  # noqa: BLE001 - whatever is wrong with an event, the others go on
                fault = wrong
        after = binder.case(stream) if binder else None
        for each in self._projections:
            self._tell(each, happened, before, after, fault)
        if binder is not None and fault is None:
            self._mark(binder, happened)

    def settle(self, binders: Iterable[Binder] | None = None) -> None:
        """The rows of every occurrence that has changed since the last call; `binders`: only of those under these."""
        if binders is None:
            changed, self._changed = self._changed, {}
            for stream, index in changed.items():
                case = self._states.binder(notice_of(stream)).case(stream)
                self._settle_all(stream, index, case)
            return
        for binder in binders:
            for stream in binder.occurrences:
                if stream in self._changed:
                    self._settle_all(stream, self._changed.pop(stream), binder.case(stream))

    def _tell(
        self,
        projection: Projection,
        happened: Happened,
        before: Case | None,
        after: Case | None,
        fault: Exception | None,
    ) -> None:
        name = projection.name
        if self._stands_still(name, happened.subject):
            self.parked.append(Parked(name, happened.index, happened.subject, None))
            return
        try:
            if fault is not None and projection.needs_cases:
                raise fault
            self.rows[name].tell(list(projection.tell(happened, after)))
        except Exception as wrong:  # noqa: BLE001 - as above
            self._park(projection, happened, before, wrong)

    def _park(
        self, projection: Projection, happened: Happened, before: Case | None, wrong: Exception
    ) -> None:
        """Its rows stay as they were before the event."""
        stream = happened.subject
        if stream in self._changed and before is not None and projection.settles:
            self._settle_one(projection, stream, happened.index, before)
        self._stop(projection.name, happened.index, stream, wrong)

    def _stop(self, name: str, index: int, stream: str, wrong: Exception) -> None:
        self.still[name].add(stream)
        fault = None if isinstance(wrong, StandsStill) else _in_words(wrong)
        self.parked.append(Parked(name, index, stream, fault))

    def _stands_still(self, name: str, stream: str) -> bool:
        still = self.still[name]
        if not still:
            return False
        return stream in still or f"{NOTICE}{notice_of(stream)}" in still

    def _mark(self, binder: Binder, happened: Happened) -> None:
        """What happens to a notice can change what is told of everything under it: names, titles, roles."""
        if not self._settling:
            return
        if happened.subject.startswith(OCCURRENCE):
            self._changed[happened.subject] = happened.index
        else:
            self._changed.update(dict.fromkeys(binder.opened(), happened.index))

    def _settle_all(self, stream: str, index: int, case: Case) -> None:
        for each in self._settling:
            if not self._stands_still(each.name, stream):
                self._settle_one(each, stream, index, case)

    def _settle_one(self, projection: Projection, stream: str, index: int, case: Case) -> None:
        if not case.occurrence.exists:
            return
        try:
            rows = list(projection.settle(case))
        except Exception as wrong:  # noqa: BLE001 - as above
            self._stop(projection.name, index, stream, wrong)
        else:
            self.rows[projection.name].settle(stream.removeprefix(OCCURRENCE), rows)


def _in_words(wrong: Exception) -> str:
    return f"{type(wrong).__name__}: {wrong}".replace("\x00", "�")[:LONGEST_FAULT]
