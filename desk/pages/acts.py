"""Acts that have a page of their own: what it is about, what is filled in, what will come of it, and the receipt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.acts.beforehand import Beforehand, beforehand
from desk.acts.every import ON_EVENT, ON_NOTICE, ON_OCCURRENCE
from desk.acts.faster import somebody_was_faster
from desk.acts.fields import Field, Group
from desk.acts.form import ActForm, read, with_one_more
from desk.acts.place import Place, at_event, at_notice, at_occurrence
from desk.addresses import act_page, event_page, notice_page, occurrence_page, receipt_page
from desk.book import BookAtHand
from desk.forms import FIELD as FORM_TOKEN
from desk.looking_back import now_of
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import Trouble, new_slip, sign, signed_before, weigh
from desk.signing_in import SignedIn
from desk.typed import as_text
from desk.words import short_day
from domain.commands import Command
from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.words import occurrence_title

router = APIRouter(include_in_schema=False)
# What a form carries besides its fields.
CARRIED = frozenset({FORM_TOKEN, "slip", "seen", "confirmed", "more"})
UNFIT = "That cannot stand in this notice. Look at what you entered once more."
Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody at the page of an act. `slip` makes two sendings of one form one act; `back`: where they come from."""

    request: Request
    persona: Persona
    book: Casebook
    place: Place
    title: str
    back: tuple[str, str]

    @property
    def here(self) -> str:
        return self.request.url.path


async def _at_the_notice(request: Request, persona: SignedIn, book: BookAtHand, notice: str) -> Asking:
    place = at_notice(book, notice, persona.id, now_of(request), _asked(request))
    return Asking(
        request, persona, book, place, place.notice.terms.title, ("The notice", notice_page(notice))
    )


async def _at_the_occurrence(
    request: Request, persona: SignedIn, book: BookAtHand, notice: str, obligation: str, period: str
) -> Asking:
    name = OccurrenceId(notice, obligation, period)
    place = at_occurrence(book, name, persona.id, now_of(request), _asked(request))
    title = occurrence_title(place.notice, place.occurrence.facts)
    return Asking(request, persona, book, place, title, ("Where it stands", occurrence_page(name)))


async def _at_the_event(
    request: Request, persona: SignedIn, book: BookAtHand, notice: str, index: int
) -> Asking:
    place = at_event(book, notice, index, persona.id, now_of(request))
    return Asking(request, persona, book, place, f"Event {index}", (f"Event {index}", event_page(index)))


def _asked(request: Request) -> dict[str, str]:
    return dict(request.query_params)


def _add(form: ActForm, path: str, at: Callable[..., Awaitable[Asking]]) -> None:
    asking = Depends(at)

    async def shown(here: Asking = asking) -> Response:
        return await _form(here, form, form.begun(here.place))

    async def asked(here: Asking = asking) -> Response:
        return await _answer(here, form)

    router.add_api_route(path, shown, methods=["GET"])
    router.add_api_route(path, asked, methods=["POST"])


for each in ON_NOTICE.values():
    _add(each, act_page("{notice}", each.act), _at_the_notice)
for each in ON_OCCURRENCE.values():
    _add(each, act_page("{notice}/{obligation}/{period}", each.act), _at_the_occurrence)
for each in ON_EVENT.values():
    _add(each, act_page("{notice}/events/{index}", each.act), _at_the_event)


async def _answer(here: Asking, form: ActForm) -> Response:
    """First what would come of it is shown; it is recorded when that has been read."""
    sent = {name: as_text(value) for name, value in (await here.request.form()).items()}
    typed = {name: text for name, text in sent.items() if name not in CARRIED}
    slip, words = sent.get("slip", ""), repr((here.here, sorted(typed.items())))
    if sent.get("confirmed") == "yes" and (
        before := await signed_before(here.request, here.persona, slip, words)
    ):
        return RedirectResponse(receipt_page(before.first_index), 303)
    here = replace(here, place=replace(here.place, asked={**here.place.asked, **typed}))
    fields = form.fields_at(here.place)
    if sent.get("more"):
        return await _form(here, form, with_one_more(fields, typed, sent["more"]), slip)
    if sent.get("confirmed") == "change":
        return await _form(here, form, typed, slip)
    given, faults = read(fields, typed)
    if faults:
        return await _form(here, form, typed, slip, errors=faults)
    faster = somebody_was_faster(here.book, here.place, sent.get("seen", ""))
    if faster is not None:
        return await _form(here, form, typed, slip, trouble=Trouble(409, faster))
    try:
        command = form.make(here.place, given)
    except ValueError:
        return await _form(here, form, typed, slip, trouble=Trouble(422, UNFIT))
    if sent.get("confirmed") != "yes":
        return await _check(here, form, typed, slip, command, [(each, given[each.name]) for each in fields])
    answer = await sign(here.request, here.persona, command, slip, words)
    if isinstance(answer, Trouble):
        return await _form(here, form, typed, slip, trouble=answer)
    return RedirectResponse(receipt_page(answer.first_index), 303)


async def _check(
    here: Asking,
    form: ActForm,
    typed: Typed,
    slip: str,
    command: Command,
    given: list[tuple[Field, Any]],
) -> Response:
    weighed = await weigh(here.request, here.persona, command)
    if isinstance(weighed, Trouble):
        return await _form(here, form, typed, slip, trouble=weighed)
    case, drafts = weighed
    comes = beforehand(case, drafts, here.persona.id, here.place.now)
    return await _draw(
        here,
        form,
        "acts/check.html",
        typed,
        slip,
        facts=[(field.label, field.told(value)) for field, value in given if not isinstance(field, Group)],
        groups=[(field.label, field.told(value)) for field, value in given if isinstance(field, Group)],
        comes=comes,
        moved=_moved(comes),
    )


def _moved(comes: Beforehand) -> list[list[str]]:
    return [
        [
            each.title,
            short_day(each.was) if each.was else "–",
            short_day(each.now) if each.now else "Owed no more",
        ]
        for each in comes.moved
    ]


async def _form(
    here: Asking,
    form: ActForm,
    typed: Typed,
    slip: str = "",
    *,
    errors: Typed | None = None,
    trouble: Trouble | None = None,
) -> Response:
    """With nothing lost of what was typed; or, where a rule would refuse it whatever is typed, with its sentence."""
    closed = form.refusal(here.place)
    return await _draw(
        here,
        form,
        "acts/form.html",
        typed,
        slip,
        status=trouble.status if trouble else 422 if errors else 200,
        fields=form.fields_at(here.place) if closed is None else (),
        closed=closed,
        errors=dict(errors or {}),
        refusal=trouble.sentence if trouble else None,
    )


async def _draw(
    here: Asking, form: ActForm, template: str, typed: Typed, slip: str, *, status: int = 200, **facts: Any
) -> Response:
    place = here.place
    back_text, back_href = here.back
    return await render(
        here.request,
        template,
        status=status,
        persona=here.persona,
        form_token=visit_of(here.request).form_token,
        form=form,
        row={"title": here.title},
        clauses=[place.notice.clause(each) for each in form.clauses(place)],
        words=form.words(place),
        here=back_href,
        back_text=back_text,
        action=here.here,
        slip=slip or new_slip(),
        seen=here.book.position,
        typed=typed,
        **facts,
    )
