"""Writing and sending a report, section by section, with nothing typed ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import task_page
from desk.book import Book, BookAtHand
from desk.doing import may_submit
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import Trouble, hand_over, new_slip, sign
from desk.signing_in import SignedIn, ports_of
from desk.words import day
from domain.commands import SubmitReport
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.reporting.completeness import missing_sections
from domain.reporting.submitting import is_met_by_a_report
from domain.terms.obligations import Section
from projections.casebook import Casebook
from projections.task_detail import TaskDetail, task_detail

router = APIRouter(include_in_schema=False)
PAGE = "/tasks/{notice}/{obligation}/{period}/{task}/submit"
CONFIRM = "incomplete"


@dataclass(frozen=True)
class Typed:
    """What stands in the form. `incomplete`: it is to be sent although something is missing."""

    texts: Mapping[str, str]
    nils: frozenset[str]
    incomplete: bool
    slip: str

    def answers(self, asked: tuple[Section, ...]) -> tuple[SectionAnswered, ...]:
        """What was said, in the order in which it was asked; sections left empty are left out."""
        return tuple(
            SectionAnswered(section.id, self.texts[section.id].strip(), section.id in self.nils)
            for section in asked
            if self.texts[section.id].strip() or section.id in self.nils
        )


@router.get(PAGE)
async def report_form(
    request: Request, persona: SignedIn, book: Book, notice: str, obligation: str, period: str, task: str
) -> Response:
    """The form, filled with the last version where there is one: a supplemental report starts from it."""
    detail = _asked(request, persona, book, OccurrenceId(notice, obligation, period), task)
    may = may_submit(book.case(detail.row.occurrence), persona.id, ports_of(request).clock_now())
    return await _draw(request, persona, detail, _last_version(detail), may=may)


@router.post(PAGE)
async def submit(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    task: str,
) -> Response:
    """Check it, say what would be recorded as missing, and send it."""
    occurrence = OccurrenceId(notice, obligation, period)
    detail = _asked(request, persona, book, occurrence, task)
    typed = await _typed(request, detail.asked)
    errors = _faults(detail.asked, typed)
    if errors:
        return await _draw(request, persona, detail, typed, status=422, errors=errors)
    answer = await sign(request, persona, SubmitReport(occurrence, typed.answers(detail.asked)), typed.slip)
    if isinstance(answer, Trouble):
        return await _draw(request, persona, detail, typed, status=answer.status, refusal=answer.sentence)
    await hand_over(request, f"Report received: {detail.row.title}.", answer)
    return RedirectResponse(task_page(occurrence, task), 303)


def _asked(
    request: Request, persona: Persona, book: Casebook, occurrence: OccurrenceId, task: str
) -> TaskDetail:
    """Raises NotFound where no report is asked for."""
    detail = task_detail(book, occurrence, task, persona.id, ports_of(request).clock_now())
    if not is_met_by_a_report(book.case(occurrence)):
        raise NotFound("No report is asked for here.")
    return detail


async def _typed(request: Request, asked: tuple[Section, ...]) -> Typed:
    form = await request.form()
    texts = {section.id: _text(form.get(_field(section))) for section in asked}
    nils = frozenset(section.id for section in asked if section.nil_return and form.get(f"nil-{section.id}"))
    return Typed(texts, nils, bool(form.get(CONFIRM)), _text(form.get("slip")))


def _text(value: object) -> str:
    """Browsers send line ends as CR LF; the record keeps plain ones."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _field(section: Section) -> str:
    return f"section-{section.id}"


def _last_version(detail: TaskDetail) -> Typed:
    given = detail.submissions[-1].sections if detail.submissions else ()
    texts = {section.id: "" for section in detail.asked} | {each.section.id: each.text for each in given}
    return Typed(texts, frozenset(each.section.id for each in given if each.nil), False, new_slip())


def _faults(asked: tuple[Section, ...], typed: Typed) -> dict[str, str]:
    """Contradictions always; what is missing, until it is confirmed that the report is to be sent without it."""
    both = {
        _field(section): f"{section.title}: either write something or tick that there is nothing to report"
        for section in asked
        if section.id in typed.nils and typed.texts[section.id].strip()
    }
    answers = typed.answers(asked)
    if not answers and asked:
        return {_field(asked[0]): "The report is empty. Fill in at least one section"}
    if typed.incomplete:
        return both
    lacking = missing_sections(asked, answers)
    return {
        _field(section): both.get(_field(section)) or f"{section.title}: nothing is said here yet"
        for section in asked
        if section.id in lacking or _field(section) in both
    }


async def _draw(
    request: Request,
    persona: Persona,
    detail: TaskDetail,
    typed: Typed,
    *,
    status: int = 200,
    may: bool = True,
    errors: Mapping[str, str] | None = None,
    refusal: str | None = None,
) -> Response:
    lacking = missing_sections(detail.asked, typed.answers(detail.asked)) if status != 200 else ()
    page = task_page(detail.row.occurrence, detail.row.task)
    return await render(
        request,
        "submit.html",
        status=status,
        persona=persona,
        form_token=visit_of(request).form_token,
        detail=detail,
        row=detail.row,
        may_submit=may,
        accepted=any(each.accepted_by for each in detail.submissions),
        due=day(detail.row.due_on),
        back=page,
        typed=typed,
        missing=[section.title for section in detail.asked if section.id in lacking],
        errors=dict(errors or {}),
        refusal=refusal,
    )
