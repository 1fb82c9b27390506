"""A report over a longer time, begun from the shorter ones that its author receives: what each said, and what changed between.

The chair's quarterly report rests on the three monthly ones. Nothing is judged here: words stand as they were sent, figures
that stand in the same place of the same sentence are set side by side, and a report that is missing is named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from domain.case import Case
from domain.events.owing import OccurrenceOpened, SectionAnswered
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.reporting.naming import report_of
from domain.terms.obligations import RecurringReport, Section
from domain.who import obligor_roles, today
from projections.casebook import Casebook
from projections.words import joined, long_date, occurrence_title, period_title

_CLAUSE_ENDS = re.compile(r"[.;,:](?:\s+|$)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%)?")
NOTHING_SAID, NOTHING_TO_REPORT = "Nothing was said.", "Nothing to report."


@dataclass(frozen=True, slots=True)
class Source:
    """One of the shorter reports. `version`: the last that was received, None where none was; `late`: it came after its day.

    `why_missing` says so in a sentence, for one that has not been received.
    """

    occurrence: OccurrenceId
    title: str
    period: str
    version: int | None
    late: bool
    returned: bool
    why_missing: str | None


@dataclass(frozen=True, slots=True)
class Composed:
    """`texts` are by section of the longer report; `sources` in the order of their periods."""

    sources: tuple[Source, ...]
    texts: Mapping[str, str]

    @property
    def missing(self) -> tuple[Source, ...]:
        return tuple(each for each in self.sources if each.why_missing)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one of them said under one section; None where it has not been received."""

    period: str
    answer: SectionAnswered | None
    received: bool

    @property
    def words(self) -> str:
        if self.answer is None:
            return NOTHING_SAID
        text = " ".join(self.answer.text.split())
        return f"{NOTHING_TO_REPORT} {text}".strip() if self.answer.nil else text or NOTHING_SAID


def composed(book: Casebook, occurrence: OccurrenceId, now: datetime) -> Composed | None:
    """None where the report rests on no shorter ones. Raises NotFound."""
    case = book.case(occurrence)
    shorter = _shorter(case, now)
    if shorter is None:
        return None
    found = [each for each in book.cases(occurrence.notice) if _is_part(each.occurrence.facts, shorter, case)]
    if not found:
        return None
    sources = tuple(_source(each) for each in found)
    return Composed(sources, _texts(case, shorter, found, sources))


def _shorter(case: Case, now: datetime) -> RecurringReport | None:
    """The report with the shortest periods among those that are accepted by somebody who owes this one."""
    notice, facts = case.notice, case.occurrence.facts
    longer = notice.find_obligation(facts.obligation)
    if not isinstance(longer, RecurringReport) or facts.period_first is None:
        return None
    found = [
        each
        for each in notice.obligations
        if isinstance(each, RecurringReport)
        and each.recurrence.months < longer.recurrence.months
        and _is_received_by(notice, each.id, obligor_roles(case), now)
    ]
    return min(found, key=lambda each: each.recurrence.months, default=None)


def _is_received_by(notice: Notice, obligation: str, roles: Sequence[str], now: datetime) -> bool:
    day = today(notice, now)
    owing = {person for role in roles for person in notice.holders(role, day)}
    return any(
        person in owing for role in notice.accepting_roles(obligation) for person in notice.holders(role, day)
    )


def _is_part(facts: OccurrenceOpened, shorter: RecurringReport, case: Case) -> bool:
    """Of that report itself, and of no supplement to it."""
    first, last = case.occurrence.facts.period_first, case.occurrence.facts.period_last
    name = OccurrenceId(facts.notice, facts.obligation, facts.period)
    if facts.obligation != shorter.id or facts.period_first is None or report_of(name) != name:
        return False
    assert first is not None
    assert last is not None
    return first <= facts.period_first <= last


def _source(case: Case) -> Source:
    notice, facts, sent = case.notice, case.occurrence.facts, case.occurrence.submissions
    last = sent[-1] if sent else None
    missing = None
    if last is None:
        missing = f"It was due by the end of {long_date(facts.due_on)}, and has not been received."
        if case.occurrence.is_excused:
            missing = "It is owed no more."
    return Source(
        occurrence=case.occurrence.id,
        title=occurrence_title(notice, facts),
        period=period_title(facts) or facts.period,
        version=last.version if last else None,
        late=sent[0].received_at > facts.due if sent else False,
        returned=last is not None and last.returned is not None,
        why_missing=missing,
    )


def _texts(
    case: Case, shorter: RecurringReport, found: Sequence[Case], sources: Sequence[Source]
) -> Mapping[str, str]:
    """By the same section where the longer report has it; all of it under the first one where it has none of them."""
    sections = case.occurrence.facts.sections
    asked = _sections_of(found, shorter)
    same = {each.id for each in sections} & {each.id for each in asked}
    head = _heading(shorter, sources)
    parts = {each.id: _section(each, found, sources) for each in asked}
    if not sections:
        return {}
    if same:
        return {each: f"{head}\n\n{parts[each]}" for each in parts if each in same}
    whole = "\n\n".join(f"{each.title.upper()} (clause {each.clause})\n{parts[each.id]}" for each in asked)
    return {sections[0].id: f"{head}\n\n{whole}".strip()}


def _sections_of(found: Sequence[Case], shorter: RecurringReport) -> tuple[Section, ...]:
    """As they were asked for, each once, in their order."""
    asked = {section.id: section for case in found for section in case.occurrence.facts.sections}
    return tuple({**asked, **{each.id: each for each in shorter.sections if each.id in asked}}.values())


def _heading(shorter: RecurringReport, sources: Sequence[Source]) -> str:
    """Which reports it rests on, which came late, and which are missing."""
    there = [each.period for each in sources if each.version is not None]
    lines = [f"From “{shorter.title}” for {joined(there)}."] if there else []
    lines += [f"The report for {each.period} came after its day." for each in sources if each.late]
    lines += [f"The report for {each.period} was returned as deficient." for each in sources if each.returned]
    lines += [
        f"The report for {each.period} is missing. {each.why_missing}" for each in sources if each.why_missing
    ]
    return "\n".join(lines)


def _section(section: Section, found: Sequence[Case], sources: Sequence[Source]) -> str:
    answers = {case.occurrence.id: _answer(case, section.id) for case in found}
    parts = [_Part(each.period, answers.get(each.occurrence), each.version is not None) for each in sources]
    lines = [
        f"{each.period}: {each.words}" if each.received else f"{each.period}: no report." for each in parts
    ]
    return "\n".join((*lines, *_changes([each for each in parts if each.received])))


def _answer(case: Case, section: str) -> SectionAnswered | None:
    if not case.occurrence.submissions:
        return None
    return next((each for each in case.occurrence.submissions[-1].sections if each.section == section), None)


def _changes(parts: Sequence[_Part]) -> Iterator[str]:
    """What is different from one report to the next."""
    pairs = list(pairwise(parts))
    same = [after.period for before, after in pairs if _said(before) and before.words == after.words]
    stopped = [after.period for before, after in pairs if _said(before) and after.answer is None]
    begun = [after.period for before, after in pairs if before.answer is None and _said(after)]
    found = [
        *(f"the words for {each} are those of the report before" for each in same),
        *(f"nothing is said any more for {each}" for each in stopped),
        *(f"something is said again for {each}" for each in begun),
        *_figures(parts),
    ]
    if found:
        yield f"What changed: {'; '.join(found)}."


def _said(part: _Part) -> bool:
    return part.answer is not None and not part.answer.nil and bool(part.answer.text.strip())


def _figures(parts: Sequence[_Part]) -> Iterator[str]:
    """Figures that stand in the same place of the same words in several reports, and differ."""
    by_words: dict[str, dict[str, str]] = {}
    for part in parts:
        for words, number in _numbers(part.answer.text if part.answer else ""):
            by_words.setdefault(words, {}).setdefault(part.period, number)
    for words, numbers in by_words.items():
        if len(numbers) > 1 and len(set(numbers.values())) > 1:
            yield f"“{words}”: {', '.join(f'{number} in {period}' for period, number in numbers.items())}"


def _numbers(text: str) -> Iterable[tuple[str, str]]:
    """Each part of a sentence that holds one number, with the number taken out of it."""
    for clause in _CLAUSE_ENDS.split(" ".join(text.split())):
        found = _NUMBER.findall(clause)
        if len(found) == 1 and len(clause) > len(found[0]):
            yield clause.replace(found[0], "…", 1), found[0]
