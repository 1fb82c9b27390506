"""A report that somebody is writing: what stands in each of its sections, and where that came from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from domain.drafts import SectionDraft
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.occurrence.plan import Plan
from domain.reach import plans
from domain.reporting.drafting import draft as begun_from_the_plan
from domain.terms.obligations import Section
from domain.values import tidy
from projections.casebook import Casebook
from projections.composed import Source as ShorterReport
from projections.composed import composed

Source = Literal["draft", "version", "plan", "reports", "nothing"]


@dataclass(frozen=True, slots=True)
class Part:
    """One section. `text` and `nil` are what stands in it; of what the record would fill in, nothing is sent until it is saved.

    `composed` is what the shorter reports said, whatever stands there by now.
    """

    section: Section
    text: str
    nil: bool
    source: Source
    composed: str | None = None

    @property
    def is_answered(self) -> bool:
        return self.source in {"draft", "version"} and bool(self.text.strip() or self.nil)

    @property
    def status(self) -> str:
        if self.is_answered:
            return "Saved" if self.source == "draft" else "From the last version"
        if not self.section.required:
            return "If there is something to say"
        return _BEGUN.get(self.source, "Not started")


_BEGUN: Mapping[Source, str] = {"plan": "Begun from the plan", "reports": "Begun from the reports"}


@dataclass(frozen=True, slots=True)
class Writing:
    """The whole report as its author sees it now. `saved_at`: when a section was last saved.

    `sources`: the shorter reports on which it rests, those that are missing included.
    """

    parts: tuple[Part, ...]
    saved_at: datetime | None = None
    sources: tuple[ShorterReport, ...] = ()

    def part(self, section: str) -> Part | None:
        return next((each for each in self.parts if each.section.id == section), None)

    @property
    def answers(self) -> tuple[SectionAnswered, ...]:
        """What would be sent, as it would be recorded; sections left empty are left out."""
        return tuple(
            SectionAnswered(each.section.id, tidy(each.text), each.nil)
            for each in self.parts
            if each.is_answered
        )

    @property
    def digest(self) -> str:
        """What somebody has read before they send it: another device may have changed it since."""
        return hashlib.sha256(repr(self.answers).encode()).hexdigest()[:32]


def writing(
    book: Casebook, occurrence: OccurrenceId, drafts: Mapping[str, SectionDraft], now: datetime
) -> Writing:
    """The draft first; else the last version, from which a supplemental report starts; else what the shorter reports of the
    same time or the plan know."""
    case = book.case(occurrence)
    versions = case.occurrence.submissions
    sent = {each.section: each for each in versions[-1].sections} if versions else {}
    begun = {} if versions else _begun(book, occurrence, now)
    shorter = composed(book, occurrence, now)
    texts = shorter.texts if shorter else {}
    parts = tuple(
        replace(_part(each, drafts, sent, begun, texts), composed=texts.get(each.id))
        for each in case.occurrence.facts.sections
    )
    saved_at = max((each.changed_at for each in drafts.values()), default=None)
    return Writing(parts, saved_at, shorter.sources if shorter else ())


def _part(
    section: Section,
    drafts: Mapping[str, SectionDraft],
    sent: Mapping[str, SectionAnswered],
    begun: Mapping[str, SectionAnswered],
    texts: Mapping[str, str],
) -> Part:
    if section.id in drafts:
        return Part(section, drafts[section.id].text, drafts[section.id].nil, "draft")
    if section.id in sent:
        return Part(section, sent[section.id].text, sent[section.id].nil, "version")
    if section.id in begun:
        return Part(section, begun[section.id].text, begun[section.id].nil, "plan")
    if section.id in texts:
        return Part(section, texts[section.id], nil=False, source="reports")
    return Part(section, "", nil=False, source="nothing")


def _begun(book: Casebook, occurrence: OccurrenceId, now: datetime) -> Mapping[str, SectionAnswered]:
    case = book.case(occurrence)
    held = {each.id: each for each in book.occurrences(occurrence.notice)}
    kept = (held[each].plan for each in plans(case.notice) if each in held)
    plan = next((each for each in kept if each.exists), Plan())
    return {each.section: each for each in begun_from_the_plan(case.notice, case.occurrence.facts, plan, now)}
