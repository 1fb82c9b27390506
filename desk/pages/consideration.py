"""A consideration: the referral pack, the hearing, the decision by two people, and its sheet on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.addresses import consideration_page as address_of
from desk.book import BookAtHand
from desk.dates import as_typed, day_fields, day_typed
from desk.deciding import shown_consideration
from desk.form_page import NOTHING_TYPED, Text
from desk.paper.decision import decision_sheet
from desk.paper.printing import pdf_answer
from desk.signing import Trouble
from desk.signing_in import SignedIn
from desk.typed import typed_in
from domain.commands import (
    AnswerConcern,
    AnswerRepresentations,
    Command,
    InviteRepresentations,
    IssueDecision,
    MakeRepresentations,
    ProposeDecision,
    PublishDecision,
    SignDecision,
)
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.time.zones import zone_named
from domain.who import today
from projections.consideration_page import ConsiderationPage, consideration_page

router = APIRouter(include_in_schema=False)
HERE = "/considerations/{notice}/{obligation}/{period}"


async def _at_the_consideration(
    request: Request,
    persona: SignedIn,
    book: BookAtHand,
    notice: str,
    obligation: str,
    period: str,
    slip: Text = "",
) -> Signing:
    occurrence = OccurrenceId(notice, obligation, period)
    return Signing(request, persona, book, occurrence, "owed", slip, address_of(occurrence))


AtTheConsideration = Annotated[Signing, Depends(_at_the_consideration)]


@router.get(HERE)
async def one_consideration(here: AtTheConsideration) -> Response:
    """The pack, who was heard, what was decided, and what whoever reads may do."""
    return await _draw(here, "deciding/consideration.html")


@router.get(f"{HERE}/sheet")
async def one_sheet(here: AtTheConsideration) -> Response:
    """What a minister has before them, on one page of paper."""
    facts = decision_sheet(here.book, _page(here))
    return await _draw(here, "deciding/sheet.html", pdf_href=f"{here.here}/sheet.pdf", **facts)


@router.get(f"{HERE}/sheet.pdf")
async def sheet_as_pdf(here: AtTheConsideration) -> Response:
    """The same sheet as a file."""
    name = f"decision-{here.occurrence.obligation}-{here.occurrence.period}"
    return await pdf_answer(here.request, "decision", name, **decision_sheet(here.book, _page(here)))


@router.get(f"{HERE}/invite")
async def invite_form(here: AtTheConsideration) -> Response:
    return await _draw(here, "deciding/invite.html")


@router.post(f"{HERE}/invite")
async def invite(here: AtTheConsideration) -> Response:
    """Invite the body concerned to say what it has to say."""
    wanting = "Enter the last day on which they are waited for"
    return await _on_a_day(here, "deciding/invite.html", "until", wanting, InviteRepresentations)


@router.get(f"{HERE}/represent")
async def represent_form(here: AtTheConsideration) -> Response:
    return await _draw(here, "deciding/represent.html")


@router.post(f"{HERE}/represent")
async def represent(here: AtTheConsideration) -> Response:
    """The body concerned says what it has to say before a decision."""
    typed = await typed_in(here.request, "text")
    again = partial(_draw, here, "deciding/represent.html", typed)
    if not typed["text"].strip():
        return await again(errors={"text": "Write what you have to say"})
    return await here.ask(MakeRepresentations(here.occurrence, typed["text"]), again)


@router.get(f"{HERE}/answer/{{number}}")
async def answer_form(here: AtTheConsideration, number: int) -> Response:
    return await _draw(here, "deciding/answer.html", made=_made(here, number))


@router.post(f"{HERE}/answer/{{number}}")
async def answer(here: AtTheConsideration, number: int) -> Response:
    """Representations are answered with reasons."""
    typed = await typed_in(here.request, "reasons")
    again = partial(_draw, here, "deciding/answer.html", typed, made=_made(here, number))
    if not typed["reasons"].strip():
        return await again(errors={"reasons": "Answer with reasons"})
    return await here.ask(AnswerRepresentations(here.occurrence, number, typed["reasons"]), again)


@router.get(f"{HERE}/propose")
async def propose_form(here: AtTheConsideration) -> Response:
    return await _draw(here, "deciding/propose.html", _today("decided_on", here))


@router.post(f"{HERE}/propose")
async def propose(here: AtTheConsideration) -> Response:
    """The first of two signatures."""
    typed = await typed_in(here.request, "option", "reasons", *day_fields("decided_on"))
    decided_on = day_typed(typed, "decided_on", "Enter the day of the decision")
    option = next(
        (each for each in _page(here).consideration.opened.options if each == typed["option"]), None
    )
    again = partial(_draw, here, "deciding/propose.html", typed)
    errors = {
        **({} if option else {"option": "Choose what is decided"}),
        **({} if typed["reasons"].strip() else {"reasons": "Give the reasons"}),
        **({"decided_on-day": decided_on} if isinstance(decided_on, str) else {}),
    }
    if errors or option is None or isinstance(decided_on, str):
        return await again(errors=errors)
    return await here.ask(ProposeDecision(here.occurrence, option, typed["reasons"], decided_on), again)


@router.get(f"{HERE}/sign")
async def sign_form(here: AtTheConsideration) -> Response:
    return await _draw(here, "deciding/sign.html")


@router.post(f"{HERE}/sign")
async def sign_decision(here: AtTheConsideration) -> Response:
    """The second signature, by another person, who says that they have read what they sign."""
    typed = await typed_in(here.request, "read")
    again = partial(_draw, here, "deciding/sign.html", typed)
    if not typed["read"]:
        return await again(errors={"read": "Confirm that you have read the papers and the reasons"})
    return await here.ask(SignDecision(here.occurrence), again)


@router.get(f"{HERE}/issue")
async def issue_form(here: AtTheConsideration) -> Response:
    return await _draw(here, "deciding/issue.html", _today("on", here))


@router.post(f"{HERE}/issue")
async def issue(here: AtTheConsideration) -> Response:
    """The decision was issued to the body concerned."""
    wanting = "Enter the day on which it was issued"
    return await _on_a_day(here, "deciding/issue.html", "on", wanting, IssueDecision)


@router.get(f"{HERE}/publish")
async def publish_form(here: AtTheConsideration) -> Response:
    return await _draw(here, "deciding/publish.html", _today("on", here))


@router.post(f"{HERE}/publish")
async def publish(here: AtTheConsideration) -> Response:
    """The decision was published."""
    wanting = "Enter the day on which it was published"
    return await _on_a_day(here, "deciding/publish.html", "on", wanting, PublishDecision)


@router.get(f"{PAGE}/concern")
async def concern_form(here: AtTheTask) -> Response:
    return await _concern(here)


@router.post(f"{PAGE}/concern")
async def answer_concern(here: AtTheTask) -> Response:
    """A concern is closed with reasons, or referred for consideration."""
    typed = await typed_in(here.request, "answer", "reasons")
    errors = {
        **({} if typed["answer"] in {"close", "refer"} else {"answer": "Choose what becomes of the concern"}),
        **({} if typed["reasons"].strip() else {"reasons": "Give the reasons"}),
    }
    if errors:
        return await _concern(here, typed, errors=errors)
    command = AnswerConcern(here.occurrence, typed["reasons"], refer=typed["answer"] == "refer")
    return await here.ask(command, partial(_concern, here, typed))


async def _concern(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    concern = here.case.occurrence.concern
    if concern is None:
        raise NotFound("No concern was brought here.")
    return await here.draw(
        "acts/answer_concern.html", typed=typed, errors=errors, trouble=trouble, concern=concern.concern
    )


def _page(here: Signing) -> ConsiderationPage:
    return consideration_page(here.book, here.occurrence, here.persona.id, here.now)


def _made(here: Signing, number: int) -> dict[str, Any]:
    for each in _page(here).consideration.representations:
        if each.made.number == number:
            return {"number": number, "text": each.made.text}
    raise NotFound(f"There are no representations {number} here.")


async def _on_a_day(
    here: Signing, template: str, field: str, wanting: str, act: Callable[[OccurrenceId, date], Command]
) -> Response:
    """An act of which nothing has to be said but its day. `wanting`: what is said where the day is missing."""
    typed = await typed_in(here.request, *day_fields(field))
    on = day_typed(typed, field, wanting)
    again = partial(_draw, here, template, typed)
    if isinstance(on, str):
        return await again(errors={f"{field}-day": on})
    return await here.ask(act(here.occurrence, on), again)


def _today(name: str, here: Signing) -> Mapping[str, str]:
    return as_typed(name, today(here.case.notice, here.now))


async def _draw(
    here: Signing,
    template: str,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
    **facts: Any,
) -> Response:
    page = _page(here)
    zone = zone_named(page.case.notice.terms.zone)
    return await here.draw(
        template,
        typed=typed,
        errors=errors,
        trouble=trouble,
        back_text="Back to the consideration",
        acts=page.acts,
        cannot_sign=page.cannot_sign,
        **{"shown": shown_consideration(page, zone), **facts},
    )
