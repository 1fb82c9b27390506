"""What whoever decided could see: the record as it was when the decision was taken, and what became known only later."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby

from domain.events.correcting import EventCorrected
from domain.events.kinds import to_data
from domain.identity import OccurrenceId, notice_stream
from domain.refusals import NotFound
from projections.acts_of_judgement import JUDGEMENTS
from projections.casebook import Casebook, Entry
from projections.corrected import tell_entry
from projections.past.book import PastBook
from projections.past.moments import Moments
from projections.state.digest import state_digest
from projections.telling import tell
from projections.urgency import standing_in_words
from projections.words import occurrence_title

_END = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    """An event told, with its number in the record."""

    index: int
    type: str
    sentence: str
    effective: datetime
    recorded: datetime


@dataclass(frozen=True, slots=True)
class InView:
    """One thing that it was about, as it stood then. `in_pack`: up to which of its events the pack of papers held it, or
    None where there was no pack. `told`: its events up to the decision; `since_pack`: the numbers of those recorded after
    the pack was put together."""

    stream: str
    title: str
    standing: str | None
    due_on: date | None
    in_pack: int | None
    told: tuple[Said, ...]
    since_pack: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DecisionThen:
    """One act of judgement. `position`: the number of events in the record when it was taken, and `digest` the state's
    digest there, None for whoever could not reckon it again, because something is hidden from them. `options`: those that were open, where the notice names them. `reasons`: as given.

    `not_known_then`: what had happened by then and was recorded later. `corrected_since`: of what was in view, or of the
    decision itself.
    """

    decision: Said
    by: str
    position: int
    digest: str | None
    options: tuple[str, ...]
    reasons: str | None
    in_view: tuple[InView, ...]
    not_known_then: tuple[Said, ...]
    corrected_since: tuple[Said, ...]


def decisions_on(whole: PastBook, about: OccurrenceId | str) -> tuple[DecisionThen, ...]:
    """Every act of judgement on an occurrence, or on a notice itself. `whole`: the notice with all under it.

    Raises NotFound.
    """
    stream = notice_stream(about) if isinstance(about, str) else whole.case(about).occurrence.id.stream
    own = (each for each in whole.history(about) if each.record.stream == stream)
    # One act may record several: a day that is told as an instant too is corrected twice.
    acts = groupby(
        (each for each in own if isinstance(each.event, JUDGEMENTS)), lambda each: each.record.command_id
    )
    found = [next(events) for _, events in acts]
    if not found:
        raise NotFound(f"Nobody has decided anything on {about}.")
    return tuple(_then(whole, each) for each in found)


def as_open_in(book: Casebook, decision: DecisionThen, *, whole: bool) -> DecisionThen:
    """The same without what the book does not show. `whole`: it shows everything under the notice."""
    return replace(
        decision,
        digest=decision.digest if whole else None,
        in_view=tuple(
            replace(each, told=_open_ones(each.told, book))
            for each in decision.in_view
            if _is_shown(each.stream, book)
        ),
        not_known_then=_open_ones(decision.not_known_then, book),
        corrected_since=_open_ones(decision.corrected_since, book),
    )


def _is_shown(stream: str, book: Casebook) -> bool:
    return not stream.startswith("occ/") or _is_found(lambda: book.case(OccurrenceId.parse(stream)))


def _open_ones(events: Sequence[Said], book: Casebook) -> tuple[Said, ...]:
    return tuple(each for each in events if _is_found(partial(book.event, each.index)))


def _is_found(look: Callable[[], object]) -> bool:
    try:
        look()
    except NotFound:
        return False
    return True


def _then(whole: PastBook, decision: Entry) -> DecisionThen:
    notice, stream, command = _notice(decision), decision.record.stream, decision.record.command_id
    act = [each for each in whole.history(notice) if each.record.command_id == command]
    position = act[0].index - 1
    then = whole.as_of(Moments(_END, decision.recorded), upto=position)
    considered = then.case(decision.occurrence).occurrence.consideration if decision.occurrence else None
    pack = {each.stream: each.version for each in considered.opened.pack} if considered else {}
    streams = dict.fromkeys((*pack, stream))
    data = to_data(decision.event)
    return DecisionThen(
        decision=_said(whole, decision),
        by=decision.record.envelope.actor.id,
        position=position,
        digest=state_digest(then, notice, decision.recorded),
        options=considered.opened.options if considered else (),
        reasons=data.get("reasons") or data.get("reason") or data.get("finding"),
        in_view=tuple(_in_view(then, each, pack.get(each), decision.recorded) for each in streams),
        not_known_then=tuple(_not_known(whole, notice, act[-1], decision.recorded)),
        corrected_since=tuple(_corrected(whole, {*streams, notice_stream(notice)}, act, decision)),
    )


def _in_view(then: PastBook, stream: str, in_pack: int | None, now: datetime) -> InView:
    notice = notice_stream("")
    if stream.startswith(notice):
        name = stream.removeprefix(notice)
        own = [each for each in then.history(name) if each.occurrence is None]
        return InView(stream, then.notice(name).terms.title, None, None, in_pack, (), _since(own, in_pack))
    case = then.case(OccurrenceId.parse(stream))
    history = then.history(case.occurrence.id)
    return InView(
        stream=stream,
        title=occurrence_title(case.notice, case.occurrence.facts),
        standing=standing_in_words(case, now),
        due_on=case.occurrence.facts.due_on,
        in_pack=in_pack,
        told=tuple(_said(then, each) for each in history),
        since_pack=_since(history, in_pack),
    )


def _since(own: Sequence[Entry], in_pack: int | None) -> tuple[int, ...]:
    return tuple(each.index for each in own if in_pack is not None and each.record.version > in_pack)


def _not_known(whole: PastBook, notice: str, decided: Entry, at: datetime) -> Iterator[Said]:
    for each in whole.history(notice):
        if each.index > decided.index and each.effective <= at and each.recorded > at:
            yield _said(whole, each)


def _corrected(whole: PastBook, streams: set[str], act: Sequence[Entry], decision: Entry) -> Iterator[Said]:
    """Of the events before the decision, and of the decision itself; corrections that are themselves the act left out."""
    history = whole.history(_notice(decision))
    places = {(each.record.stream, each.record.version): each.index for each in history}
    for each in history:
        if not isinstance(each.event, EventCorrected) or each.index <= act[-1].index:
            continue
        about = places[each.record.stream, each.event.version]
        if each.record.stream in streams and (about < act[0].index or about == decision.index):
            yield _said(whole, each)


def _said(book: Casebook, entry: Entry) -> Said:
    notice = book.notice(_notice(entry))
    about = book.case(entry.occurrence).occurrence if entry.occurrence else None
    # A decision is told as it was taken; what has been corrected since has a place of its own.
    told = (
        tell(entry.event, notice, about)
        if isinstance(entry.event, JUDGEMENTS)
        else tell_entry(entry, notice, about)
    )
    return Said(entry.index, entry.record.type, told, entry.effective, entry.recorded)


def _notice(entry: Entry) -> str:
    assert entry.record.envelope.notice is not None
    return entry.record.envelope.notice
