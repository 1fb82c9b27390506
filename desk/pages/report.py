"""Writing a report as a list of its sections, checking it, and sending it. Nothing that was saved is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.addresses import occurrence_page
from desk.doing import may_submit
from desk.evidence import shown_evidence
from desk.form_page import NOTHING_TYPED
from desk.signing import NOTHING_SAVED, Trouble
from desk.signing_in import ports_of
from desk.typed import typed_in
from desk.words import day, moment, within
from desk.writing import Part, Writing, writing
from domain.commands import SubmitReport
from domain.drafts import KEPT_DAYS
from domain.record import LedgerUnreachable
from domain.refusals import NotFound
from domain.reporting.submitting import is_met_by_a_report
from projections.composed import Source as ShorterReport
from projections.flagged import Flagged, flagged
from projections.words import body

router = APIRouter(include_in_schema=False)
LIST = f"{PAGE}/submit"
SECTION = f"{LIST}/sections/{{section}}"
CHANGED = (
    "What stands here has changed since you opened this page, in another window or on another device. "
    "Nothing was sent. Read it again, and then send it."
)


@router.get(LIST)
async def sections(here: AtTheTask) -> Response:
    """The sections of the report, each with what stands in it."""
    report = await _writing(here)
    return await here.draw(
        "report/sections.html",
        **_facts(here),
        parts=report.parts,
        answered=sum(each.is_answered for each in report.parts),
        sources=[_rests_on(here, each) for each in report.sources],
        has_draft=report.saved_at is not None,
        saved=_saved(here, report),
        kept_days=KEPT_DAYS,
        evidence=shown_evidence(here.case, ports_of(here.request).zone),
        takes_files=ports_of(here.request).evidence is not None,
    )


@router.get(SECTION)
async def section_form(here: AtTheTask, section: str, begin: str = "") -> Response:
    """What stands in it; with `begin=reports`, what the shorter reports of the same time said, to be written anew from."""
    part = _part(await _writing(here), section)
    if begin == "reports" and part.composed is not None:
        part = replace(part, text=part.composed, nil=False, source="reports")
    return await _section(here, part)


@router.post(SECTION)
async def save_section(here: AtTheTask, section: str) -> Response:
    """Save what was typed, whatever is still missing elsewhere."""
    part = _part(await _writing(here), section)
    typed = await typed_in(here.request, "text", "nil")
    if not _may_write(here):
        return await _section(here, part, typed, Trouble(409, _only_its_people(here)))
    if typed["nil"] and typed["text"].strip():
        both = "Either write something or tick that there is nothing to report"
        return await _section(here, part, typed, errors={"text": both})
    nil = bool(typed["nil"]) and part.section.nil_return
    try:
        await ports_of(here.request).drafts.keep(
            here.persona.id, here.occurrence, section, typed["text"], nil=nil
        )
    except LedgerUnreachable:
        return await _section(here, part, typed, Trouble(503, NOTHING_SAVED))
    return RedirectResponse(f"{here.here}/submit", 303)


@router.post(f"{LIST}/discard")
async def discard(here: AtTheTask) -> Response:
    """Delete the draft; what was sent before stays in the record."""
    _must_be_a_report(here)
    await ports_of(here.request).drafts.discard(here.persona.id, here.occurrence)
    return RedirectResponse(f"{here.here}/submit", 303)


@router.get(f"{LIST}/check")
async def check(here: AtTheTask) -> Response:
    """The whole report as it would be recorded, and what would be flagged in it."""
    report = await _writing(here)
    return await _check(here, report, _flags(here, report))


@router.post(LIST)
async def submit(here: AtTheTask) -> Response:
    """Send what was read: not what another device has made of it meanwhile."""
    report = await _writing(here)
    flags = _flags(here, report)
    typed = await typed_in(here.request, "seen", "incomplete")
    if typed["seen"] and typed["seen"] != report.digest:
        return await _check(here, report, flags, typed, Trouble(409, CHANGED))
    if flags.missing and not typed["incomplete"]:
        sentence = "Fill in what is missing, or tick that the report is to be sent without it"
        return await _check(here, report, flags, typed, errors={"incomplete": sentence})
    again = partial(_check, here, report, flags, typed)
    answer = await here.ask(SubmitReport(here.occurrence, report.answers), again)
    if answer.status_code == 303:
        # The report is in the record; should the draft outlive it, it is forgotten in time.
        with suppress(LedgerUnreachable):
            await ports_of(here.request).drafts.discard(here.persona.id, here.occurrence)
    return answer


def _saved(here: Signing, report: Writing) -> str | None:
    """Not where the clock is a simulated one: a draft is kept by the machine's own."""
    ports = ports_of(here.request)
    return moment(report.saved_at, ports.zone) if report.saved_at and not ports.simulated else None


def _flags(here: Signing, report: Writing) -> Flagged:
    return flagged(here.book, here.occurrence, report.answers, here.persona.id, here.now)


async def _writing(here: Signing) -> Writing:
    """Raises NotFound where no report is asked for."""
    _must_be_a_report(here)
    kept = await ports_of(here.request).drafts.of(here.persona.id, here.occurrence)
    return writing(here.book, here.occurrence, kept, here.now)


def _rests_on(here: Signing, source: ShorterReport) -> dict[str, Any]:
    """One that has not opened yet has no page."""
    known = {each.id for each in here.book.occurrences(here.occurrence.notice)}
    return {
        "title": source.title,
        "href": occurrence_page(source.occurrence) if source.occurrence in known else None,
        "version": source.version,
        "late": source.late,
        "returned": source.returned,
        "why_missing": source.why_missing,
    }


def _must_be_a_report(here: Signing) -> None:
    if not is_met_by_a_report(here.case):
        raise NotFound("No report is asked for here.")


def _part(report: Writing, section: str) -> Part:
    part = report.part(section)
    if part is None:
        raise NotFound(f"The report has no section “{section}”.")
    return part


def _may_write(here: Signing) -> bool:
    return may_submit(here.case, here.persona.id, here.now)


def _only_its_people(here: Signing) -> str:
    notice, facts = here.case.notice, here.case.occurrence.facts
    if any(each.accepted for each in here.case.occurrence.submissions):
        return "Nothing more is asked for here: the report has been accepted."
    return f"This report is owed by {within(body(notice, facts.obligor))}; only its people can write and send it."


def _facts(here: Signing) -> dict[str, Any]:
    may = _may_write(here)
    return {
        "may_write": may,
        "why_not": None if may else _only_its_people(here),
        "due": day(here.case.occurrence.facts.due_on),
    }


async def _section(
    here: Signing,
    part: Part,
    typed: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    shown = typed if typed is not None else {"text": part.text, "nil": "yes" if part.nil else ""}
    return await here.draw(
        "report/section.html", typed=shown, errors=errors, trouble=trouble, part=part, **_facts(here)
    )


async def _check(
    here: Signing,
    report: Writing,
    flags: Flagged,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    return await here.draw(
        "report/check.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        parts=report.parts,
        seen=report.digest,
        flags=flags,
        missing=[each.section for each in report.parts if each.section.id in flags.missing],
        evidence=shown_evidence(here.case, ports_of(here.request).zone),
        **_facts(here),
    )
