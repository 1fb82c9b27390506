"""The one form behind a link: what it asks, what was begun in it, and the command that it sends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.writing import Source, writing
from domain.commands import AnswerQuery, Command, RecordConcern, RecordUpdate, SubmitReport
from domain.drafts import Drafts, SectionDraft
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.outside_links import OutsideLink
from domain.values import tidy
from projections.casebook import Casebook

NO_DETAILS = "Do not write names or details of children or families."
NOT_BOTH = "Either write something or tick that there is nothing to report"


@dataclass(frozen=True, slots=True)
class Asked:
    """One field. `required`: without it nothing is sent; `expected`: a report may be sent without it, and that is recorded.

    `rows`: 1 for a single line. `may_be_nil`: that there is nothing to report is an answer.
    """

    name: str
    label: str
    hint: str
    rows: int = 6
    required: bool = False
    expected: bool = False
    may_be_nil: bool = False
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in a field. `source`: where it came from, if nobody has saved it yet."""

    asked: Asked
    text: str
    nil: bool
    source: Source = "draft"

    @property
    def is_empty(self) -> bool:
        return not (self.text.strip() or self.nil)


@dataclass(frozen=True, slots=True)
class Filling:
    """The form as it stands."""

    answers: tuple[Answer, ...]

    @property
    def digest(self) -> str:
        """What somebody has read before they send it: another device may have changed it since."""
        said = [(each.asked.name, each.text, each.nil) for each in self.answers]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:32]

    @property
    def missing(self) -> tuple[Asked, ...]:
        return tuple(each.asked for each in self.answers if each.asked.expected and each.is_empty)

    def faults(self) -> dict[str, str]:
        """By field, why this cannot be sent."""
        found = {
            each.asked.name: f"Fill in: {each.asked.label}"
            for each in self.answers
            if each.asked.required and each.is_empty
        }
        found |= {each.asked.name: NOT_BOTH for each in self.answers if each.nil and each.text.strip()}
        return found

    def text(self, name: str) -> str:
        return next(each.text for each in self.answers if each.asked.name == name)

    def with_typed(self, typed: Mapping[str, str]) -> Filling:
        """What was typed in the place of what stood there."""
        return Filling(
            tuple(
                replace(
                    each,
                    text=typed.get(each.asked.name, each.text),
                    nil=each.asked.may_be_nil and bool(typed.get(nil_field(each.asked.name))),
                    source="draft",
                )
                for each in self.answers
            )
        )


def nil_field(name: str) -> str:
    return f"{name}-nil"


def field_names(filling: Filling) -> tuple[str, ...]:
    """Every field that the form sends."""
    return tuple(
        name
        for each in filling.answers
        for name in (each.asked.name, *([nil_field(each.asked.name)] if each.asked.may_be_nil else []))
    )


def kept_under(link: OutsideLink) -> OccurrenceId:
    """A report shares its draft with the desk, where the same person may go on with it; everything else has a draft of its own."""
    if link.act == "submit-report":
        return link.about
    return replace(link.about, period=f"{link.about.period}~{link.act}-{link.number or link.id}")


async def filling(drafts: Drafts, book: Casebook, link: OutsideLink, now: datetime) -> Filling:
    """What was begun, or what the record can begin a report with."""
    kept = await drafts.of(link.person, kept_under(link))
    if link.act == "submit-report":
        return _of_a_report(book, link, kept, now)
    return Filling(tuple(_answer(each, kept) for each in _asked(link)))


async def keep(drafts: Drafts, link: OutsideLink, form: Filling) -> None:
    """Raises LedgerUnreachable."""
    for each in form.answers:
        await drafts.keep(link.person, kept_under(link), each.asked.name, each.text, nil=each.nil)


def command_of(link: OutsideLink, form: Filling) -> Command:
    """What sending the form asks for."""
    if link.act == "submit-report":
        return SubmitReport(link.about, _sections(form.answers))
    if link.act == "answer-query":
        return AnswerQuery(link.about, link.number or 0, form.text("answer"))
    if link.act == "record-update":
        return RecordUpdate(link.about, link.number or 0, form.text("received_from"), form.text("text"))
    clauses = tuple(each.strip() for each in form.text("clauses").split(",") if each.strip())
    return RecordConcern(link.notice, link.about.obligation, form.text("concern"), clauses)


def _sections(answers: Sequence[Answer]) -> tuple[SectionAnswered, ...]:
    return tuple(
        SectionAnswered(each.asked.name, tidy(each.text), each.nil) for each in answers if not each.is_empty
    )


def _of_a_report(
    book: Casebook, link: OutsideLink, kept: Mapping[str, SectionDraft], now: datetime
) -> Filling:
    parts = writing(book, link.about, kept, now).parts
    return Filling(
        tuple(
            Answer(
                Asked(
                    part.section.id,
                    part.section.title,
                    f"{part.section.hint} {NO_DETAILS}" if part.section.hint else NO_DETAILS,
                    rows=24 if part.source == "reports" else 10,
                    expected=part.section.required,
                    may_be_nil=part.section.nil_return,
                    clause=part.section.clause,
                ),
                part.text,
                part.nil,
                part.source,
            )
            for part in parts
        )
    )


def _asked(link: OutsideLink) -> tuple[Asked, ...]:
    if link.act == "answer-query":
        return (Asked("answer", "Your answer", NO_DETAILS, rows=8, required=True),)
    if link.act == "record-update":
        return (
            Asked(
                "received_from", "Who answers", "Your name or post, and for whom you speak.", 1, required=True
            ),
            Asked("text", "The update", NO_DETAILS, rows=10, required=True),
        )
    return (
        Asked("concern", "What is the concern?", f"For the record. {NO_DETAILS}", rows=8, required=True),
        Asked("clauses", "Which clauses is it about?", "If you know: for example 6b, 6c", rows=1),
    )


def _answer(asked: Asked, kept: Mapping[str, SectionDraft]) -> Answer:
    draft = kept.get(asked.name)
    return Answer(asked, draft.text if draft else "", nil=False)
