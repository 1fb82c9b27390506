"""Deep verification: every notice and occurrence is rebuilt twice, by us and by the library, and compared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.events.kinds import from_data
from domain.ports import Ledger
from domain.record import Recorded
from ledger.bridge.application import AGGREGATES, RecordApplication, kind_of_stream
from ledger.bridge.factory import ADDRESS
from ledger.postgres import PAGE

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """A stream that does not come out the same both ways."""

    stream: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DeepVerdict:
    """What came of it. `events` are those of notices and occurrences, `streams` as many as they have."""

    same: bool
    streams: int
    events: int
    differences: tuple[Difference, ...]


@dataclass(slots=True)
class _Ours:
    """Our own fold of one stream, in the order of the log; `fault` if it cannot be folded."""

    state: Any
    evolve: Any
    version: int = 0
    fault: str | None = None


def deep_verify(application_url: str, on_progress: Progress = lambda _done, _of: None) -> DeepVerdict:
    """Rebuild everything a second time, by another's code; `on_progress` counts streams.

    Ours is folded from the log in its order, the library's stream by stream from its own reading of the bytes.
    Raises the library's OperationalError when the database cannot be reached.
    """
    with RecordApplication(env={ADDRESS: application_url}) as application:
        ours = application.recorder.thread.run(_fold_log)  # type: ignore[attr-defined]  # it is our recorder
        versions = application.recorder.thread.run(_stream_heads)  # type: ignore[attr-defined]
        names = sorted(ours.keys() | versions.keys())
        differences = []
        for done, stream in enumerate(names, start=1):
            sentence = _compare(application, stream, ours.get(stream))
            if sentence is not None:
                differences.append(Difference(stream, sentence))
            on_progress(done, len(names))
    events = sum(each.version for each in ours.values())
    return DeepVerdict(not differences, len(names), events, tuple(differences))


async def _fold_log(ledger: Ledger) -> dict[str, _Ours]:
    folded: dict[str, _Ours] = {}
    after, page = 0, await ledger.read(0, PAGE)
    while page:
        for event in page:
            if event.stream.startswith(tuple(AGGREGATES)):
                _take(folded, event)
        after = page[-1].index
        page = await ledger.read(after, PAGE)
    return folded


def _take(folded: dict[str, _Ours], told: Recorded) -> None:
    ours = folded.get(told.stream)
    if ours is None:
        kind, evolve = kind_of_stream(told.stream)
        ours = folded[told.stream] = _Ours(kind(), evolve)
    ours.version += 1
    if ours.fault is not None:
        return
    if told.version != ours.version:
        ours.fault = f"The log holds version {told.version} where version {ours.version} should be."
        return
    try:
        ours.state = ours.evolve(ours.state, from_data(told.envelope.type, told.envelope.data))
    except Exception as fault:  # noqa: BLE001 - a verifier reports whatever a changed event breaks
        ours.fault = f"Our fold stops at version {told.version}: {fault}"


async def _stream_heads(ledger: Ledger) -> dict[str, int]:
    heads: dict[str, int] = {}
    for prefix in AGGREGATES:
        heads.update(await ledger.streams(prefix))
    return heads


def _compare(application: RecordApplication, stream: str, ours: _Ours | None) -> str | None:
    """Why the two do not agree on a stream, or None."""
    if ours is None:
        return "Its head is there, but the log holds no event of it."
    if ours.fault is not None:
        return ours.fault
    try:
        theirs: Any = application.repository.get(stream)
    except Exception as fault:  # noqa: BLE001 - as above
        return f"The library cannot rebuild it: {type(fault).__name__} {fault}"
    if theirs.version != ours.version:
        return f"The library comes to version {theirs.version}, we to version {ours.version}."
    if theirs.state != ours.state:
        return f"At version {ours.version} the library comes to another state than we do."
    return None
