"""A consideration as those who conduct it, sign it, or are heard in it need it: the pack, who may do what, what has been done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from domain.actor import Actor
from domain.case import Case
from domain.commands import (
    AnswerRepresentations,
    Command,
    InviteRepresentations,
    IssueDecision,
    MakeRepresentations,
    ProposeDecision,
    PublishDecision,
    SignDecision,
)
from domain.decide import decide
from domain.deciding.pack import SheetInPack, contents
from domain.deciding.power import law_of, power_of
from domain.events.deciding import Evidence
from domain.identity import OccurrenceId, notice_stream
from domain.occurrence.consideration import Consideration
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence
from domain.refusals import NotFound, Refusal
from domain.who import titles, today
from projections.casebook import Casebook
from projections.urgency import standing_in_words
from projections.words import occurrence_title

Act = Literal["invite", "represent", "propose", "sign", "issue", "publish"]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that it is about, as it stands now."""

    occurrence: OccurrenceId
    title: str
    clause: str
    standing: str


@dataclass(frozen=True, slots=True)
class ConsiderationPage:
    """`pack`: the papers as they stood when it was opened; `hidden`: how many of them are not open to whoever reads.

    `acts`: what they may do now. `to_answer`: the representations that they may answer. `cannot_sign`: why they may not
    sign as the second person, where a decision has been proposed.
    """

    case: Case
    consideration: Consideration
    title: str
    law: str
    clause_text: str
    matters: tuple[Matter, ...]
    pack: tuple[SheetInPack, ...]
    hidden: int
    acts: frozenset[Act]
    to_answer: frozenset[int]
    cannot_sign: str | None
    signatories: str


def consideration_page(
    book: Casebook, occurrence: OccurrenceId, person: str, now: datetime
) -> ConsiderationPage:
    """Raises NotFound, also where the occurrence is no consideration."""
    case = whole(book, book.case(occurrence))
    considered = case.occurrence.consideration
    if considered is None:
        raise NotFound(f"{occurrence} is no consideration.")
    by = Actor("person", person)
    known = dict(_as_in_the_pack(book, considered.opened.pack))
    notice_itself = notice_stream(case.notice.terms.id)
    readable = tuple(
        each
        for each in considered.opened.pack
        if each.stream == notice_itself or OccurrenceId.parse(each.stream) in known
    )
    power = power_of(case)
    return ConsiderationPage(
        case=case,
        consideration=considered,
        title=occurrence_title(case.notice, case.occurrence.facts),
        law=law_of(case.notice, power),
        clause_text=case.notice.clause(case.occurrence.facts.clause).text,
        matters=tuple(_matters(book, considered, now)),
        pack=contents(case.notice, replace(considered.opened, pack=readable), known),
        hidden=len(considered.opened.pack) - len(readable),
        acts=frozenset(
            act for act, command in _tried(case, considered, now).items() if _may(case, command, by, now)
        ),
        to_answer=frozenset(
            each.made.number
            for each in considered.representations
            if _may(case, AnswerRepresentations(occurrence, each.made.number, "reasons"), by, now)
        ),
        cannot_sign=_why_not_sign(case, considered, by, now),
        signatories=titles(case.notice, power.signatories),
    )


def whole(book: Casebook, case: Case) -> Case:
    """A case with everything else of its notice that whoever reads may see, as the rules may want to look at it."""
    return replace(case, others={each.id: each for each in book.occurrences(case.notice.terms.id)})


def _tried(case: Case, considered: Consideration, now: datetime) -> Mapping[Act, Command]:
    name, day = case.occurrence.id, today(case.notice, now)
    later = max(considered.invited.until, day) if considered.invited else day
    return {
        "invite": InviteRepresentations(name, later + timedelta(days=1)),
        "represent": MakeRepresentations(name, "text"),
        "propose": ProposeDecision(name, _mildest(considered), "reasons", day),
        "sign": SignDecision(name),
        "issue": IssueDecision(name, day),
        "publish": PublishDecision(name, day),
    }


def _mildest(considered: Consideration) -> Literal["decline", "continue", "vary", "direct"]:
    options = considered.opened.options
    return "decline" if "decline" in options else options[0]


def _may(case: Case, command: Command, by: Actor, now: datetime) -> bool:
    return not isinstance(decide(case, command, by, now), Refusal)


def _why_not_sign(case: Case, considered: Consideration, by: Actor, now: datetime) -> str | None:
    if considered.proposed is None or considered.decided is not None:
        return None
    decision = decide(case, SignDecision(case.occurrence.id), by, now)
    return decision.sentence if isinstance(decision, Refusal) else None


def _as_in_the_pack(book: Casebook, pack: tuple[Evidence, ...]) -> Iterator[tuple[OccurrenceId, Occurrence]]:
    """Each occurrence folded up to the version that the pack names; what is hidden from whoever reads is left out."""
    for evidence in pack:
        if not evidence.stream.startswith("occ/"):
            continue
        name = OccurrenceId.parse(evidence.stream)
        own = [
            each.event
            for each in book.history(name)
            if each.record.stream == evidence.stream and each.record.version <= evidence.version
        ]
        if own:
            yield name, fold(own)


def _matters(book: Casebook, considered: Consideration, now: datetime) -> Iterator[Matter]:
    for stream in considered.opened.matters:
        name = OccurrenceId.parse(stream)
        try:
            case = book.case(name)
        except NotFound:
            continue
        facts = case.occurrence.facts
        yield Matter(name, occurrence_title(case.notice, facts), facts.clause, standing_in_words(case, now))
