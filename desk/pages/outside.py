"""The page of a link for somebody without an account: one form, sent once, and from then on its receipt.

Opening it changes nothing, because programs that examine mail open every link. Whoever holds the words acts in the name of
whom the link was given to, and can do nothing else by it: no other page is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, HTTPException
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.evidence import bare_name, shown_evidence, size_in_words
from desk.looking_back import NAMES
from desk.noting import note_link
from desk.outside.door import Gift, NotGiven, OutsideDoor
from desk.outside.forms import Filling, command_of, field_names, filling, keep, kept_under
from desk.outside.letter import giver_in_words
from desk.outside.offers import do_in_words, may_give, offer_of
from desk.outside.pace import ENOUGH_SENT, TOO_OFTEN
from desk.outside.secret_words import PLACE, NotALink
from desk.ports import DeskPorts, FileNotTaken
from desk.render import render
from desk.sessions import visit_of
from desk.signing import NOTHING_SAVED, Trouble
from desk.signing_in import ports_of
from desk.typed import typed_in
from desk.words import day, moment
from domain.case import Case
from domain.identity import command_id
from domain.notice.state import Notice
from domain.outside_links import DAYS, OutsideLink
from domain.record import LedgerRefusal, LedgerUnreachable, Receipt
from domain.refusals import Refused
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.seen_by import SeenBy
from projections.words import capital, occurrence_title, person_name

router = APIRouter(include_in_schema=False)
PAGE = f"{PLACE}{{words}}"
NOT_OURS = (
    "This link is not one that Forthwith gave. It may have been cut off: copy the whole address from the mail. If it "
    "still does not work, ask whoever sent it to you for a new one."
)
NOTHING_OF_THE_PAST = "A link opens one form of today. Looking back needs a sign-in."
CHANGED = (
    "What stands here has changed since you checked it. Nothing was sent. Read it again, and then send it."
)
NOTHING_LEFT = "There is nothing left to do here: it has been done, it is asked for no more, or it is asked of somebody else now."
Typed = Mapping[str, str]
NOTHING_TYPED: Typed = {}


@dataclass(frozen=True, slots=True)
class Held:
    """A link that was found, with what it is about as the record stands now. `book` is what its person may see."""

    request: Request
    words: str
    link: OutsideLink
    book: Casebook
    notice: Notice
    case: Case | None
    now: datetime

    @property
    def here(self) -> str:
        return f"{PLACE}{self.words}"

    @property
    def title(self) -> str:
        return capital(do_in_words(self.link.act, self.notice, self.case, self.link.number))

    @property
    def is_still_asked(self) -> bool:
        return offer_of(ports_of(self.request).casebook, self.link, self.now) is not None

    @property
    def can_be_given_anew(self) -> bool:
        """As long as whoever gave it may still give it."""
        return self.is_still_asked and may_give(self.notice, self.case, self.link.given_by, self.now)

    async def filling(self) -> Filling:
        return await filling(ports_of(self.request).drafts, self.book, self.link, self.now)


@router.get(PAGE)
async def open_link(request: Request, words: str) -> Response:
    """The form, or the receipt of what was sent by it, or why it does not work."""
    held = await _hold(request, words)
    if isinstance(held, Response):
        return held
    await note_link(request, held.link, "Opened the page of a link.")
    if not held.is_still_asked:
        return await _refuse(request, NOTHING_LEFT, held)
    form = await held.filling()
    return await (_check if "check" in request.query_params else _form)(held, form)


@router.post(PAGE)
async def send(request: Request, words: str) -> Response:
    """Keep what was typed; lodge a file that came with it; then go on as the button says."""
    try:
        return await _sent(request, words)
    finally:
        await request.close()


async def _sent(request: Request, words: str) -> Response:
    held = await _hold(request, words)
    if isinstance(held, Response):
        return held
    sent = await typed_in(request, "do", "seen", "incomplete")
    form = await held.filling()
    if sent["do"] == "send":
        return await _send(held, form, sent)
    form = form.with_typed(await typed_in(request, *field_names(form)))
    try:
        await keep(ports_of(request).drafts, held.link, form)
    except LedgerUnreachable:
        return await _form(held, form, trouble=Trouble(503, NOTHING_SAVED))
    answer = await _lodge(held, form, pressed=sent["do"] == "lodge")
    if answer is not None:
        return answer
    if sent["do"] == "check":
        return await _checked(held, form)
    return RedirectResponse(f"{held.here}?saved=yes", 303)


@router.post(f"{PAGE}/again")
async def ask_anew(request: Request, words: str) -> Response:
    """Send a new link in the place of one whose time is over: to the address on record, and to no other."""
    held = await _hold(request, words, expired=True)
    if isinstance(held, Response):
        return held
    door, link = _door(request), held.link
    offer = offer_of(ports_of(request).casebook, link, held.now)
    if offer is None or not held.can_be_given_anew:
        return await _refuse(request, _over(held), held)
    if not await door.pace.may_ask_anew(link.person):
        return await _refuse(request, ENOUGH_SENT, held, status=429)
    try:
        await door.give(held.notice, held.case, Gift(uuid4(), offer, link.given_by, DAYS), held.now)
    except NotGiven as fault:
        return await _refuse(request, str(fault), held, status=503)
    await note_link(request, link, "Asked for a new link; it was sent to the address on record.")
    return await render(request, "outside/sent.html", **_facts(held))


async def _hold(request: Request, words: str, *, expired: bool = False) -> Held | Response:
    """The link, if it can be used now; else the page that says why not. `expired`: also where its time is over."""
    door, ports = _door(request), ports_of(request)
    if any(name in request.query_params for name in NAMES):
        return await _refuse(request, NOTHING_OF_THE_PAST, status=400)
    if not await door.pace.may_open(request.client.host if request.client else ""):
        return await _refuse(request, TOO_OFTEN, status=429)
    try:
        link = await door.find(words)
    except NotALink:
        link = None
    if link is None:
        return await _refuse(request, NOT_OURS)
    await ports.casebook.catch_up()
    held = _held(request, ports, words, link)
    receipt = await door.receipt_of(link.command)
    if receipt is not None:
        return await _receipt(held, receipt)
    if link.revoked is not None:
        return await _refuse(request, _taken_back(held), held)
    if held.now > link.expires and not expired:
        return await _refuse(request, _over(held), held, again=held.can_be_given_anew)
    return held


def _held(request: Request, ports: DeskPorts, words: str, link: OutsideLink) -> Held:
    """A partner sees no more of the notice than what they are asked; the book below is for the domain's own rules."""
    now = ports.clock_now()
    whole = ports.casebook
    book = whole if link.is_of_a_stranger else SeenBy(whole, link.person, now)
    case = None if link.act == "record-concern" else whole.case(link.about)
    return Held(request, words, link, book, whole.notice(link.notice), case, now)


def _door(request: Request) -> OutsideDoor:
    door = ports_of(request).outside
    if door is None:
        raise HTTPException(404)
    return door


async def _send(held: Held, form: Filling, sent: Typed) -> Response:
    """What was checked, and not what another device has made of it meanwhile."""
    ports, link = ports_of(held.request), held.link
    if sent["seen"] != form.digest:
        return await _check(held, form, trouble=Trouble(409, CHANGED))
    faults = form.faults()
    if faults:
        return await _form(held, form, errors=faults)
    if form.missing and not sent["incomplete"]:
        sentence = "Fill in what is missing, or tick that the report is to be sent without it"
        return await _check(held, form, errors={"incomplete": sentence})
    trouble = await _signed(held, form)
    if trouble is not None:
        return await _check(held, form, trouble=trouble)
    # It is in the record; should the draft outlive it, it is forgotten in time.
    with suppress(LedgerUnreachable):
        await ports.drafts.discard(link.person, kept_under(link))
    return RedirectResponse(held.here, 303)


async def _signed(held: Held, form: Filling) -> Trouble | None:
    """Ask for the act under the id of the link: whoever sends it twice gets the first receipt."""
    link = held.link
    try:
        await ports_of(held.request).office.handle(command_of(link, form), link.actor, link.command)
    except Refused as refused:
        await note_link(held.request, link, f"A rule refused what was sent: {refused.refusal.sentence}")
        return Trouble(409, refused.refusal.sentence)
    except LedgerUnreachable:
        return Trouble(503, NOTHING_SAVED)
    except LedgerRefusal as refusal:
        return Trouble(409, f"{refusal} Nothing was saved.")
    await note_link(held.request, link, "Sent the form; the link is used up.")
    return None


async def _lodge(held: Held, form: Filling, *, pressed: bool) -> Response | None:
    """A file that came with the form, whichever button was pressed; None where one goes on with that button."""
    room, given = ports_of(held.request).evidence, (await held.request.form()).get("file")
    if room is None or held.case is None:
        return None
    if not isinstance(given, UploadFile) or not given.filename:
        return await _form(held, form, errors={"file": "Choose a file"}) if pressed else None
    content, name = await given.read(room.largest + 1), bare_name(given.filename)
    if len(content) > room.largest:
        too_long = f"The file is longer than the {size_in_words(room.largest)} that are taken"
        return await _form(held, form, errors={"file": too_long})
    link = held.link
    key = command_id("outside-file", str(link.id), name, sha256(content).hexdigest())
    try:
        await room.lodge(content, name, link.about, link.actor, key)
    except FileNotTaken as refused:
        return await _form(held, form, errors={"file": str(refused)})
    except Refused as refused:
        return await _form(held, form, errors={"file": refused.refusal.sentence})
    except LedgerUnreachable:
        return await _form(held, form, trouble=Trouble(503, NOTHING_SAVED))
    except LedgerRefusal as refusal:
        return await _form(held, form, trouble=Trouble(409, f"{refusal} The file was not lodged."))
    await note_link(held.request, link, "Lodged a file.")
    return RedirectResponse(f"{held.here}?lodged=yes#files", 303) if pressed else None


async def _checked(held: Held, form: Filling) -> Response:
    faults = form.faults()
    if faults:
        return await _form(held, form, errors=faults)
    return RedirectResponse(f"{held.here}?check=yes", 303)


async def _form(
    held: Held, form: Filling, errors: Typed = NOTHING_TYPED, trouble: Trouble | None = None
) -> Response:
    ports, asked = ports_of(held.request), held.request.query_params
    return await render(
        held.request,
        "outside/form.html",
        status=trouble.status if trouble else 422 if errors else 200,
        errors=dict(errors),
        refusal=trouble.sentence if trouble else None,
        answers=form.answers,
        done="Saved. You can go on with it later, by the same link." if "saved" in asked
        else "The file is lodged." if "lodged" in asked else None,
        takes_files=ports.evidence is not None and held.case is not None,
        largest=size_in_words(ports.evidence.largest) if ports.evidence else None,
        **_facts(held),
    )  # fmt: skip


async def _check(
    held: Held, form: Filling, errors: Typed = NOTHING_TYPED, trouble: Trouble | None = None
) -> Response:
    return await render(
        held.request,
        "outside/check.html",
        status=trouble.status if trouble else 422 if errors else 200,
        errors=dict(errors),
        refusal=trouble.sentence if trouble else None,
        answers=form.answers,
        missing=form.missing,
        seen=form.digest,
        **_facts(held),
    )


async def _receipt(held: Held, receipt: Receipt) -> Response:
    """What was recorded and where: nothing of what was sent, and no form."""
    zone = zone_named(held.notice.terms.zone)
    return await render(
        held.request,
        "outside/receipt.html",
        recorded=moment(receipt.recorded, zone),
        leaves=[
            {"index": receipt.first_index + place, "leaf": leaf} for place, leaf in enumerate(receipt.leaves)
        ],
        **_facts(held),
    )


async def _refuse(
    request: Request, sentence: str, held: Held | None = None, *, status: int = 410, again: bool = False
) -> Response:
    if held is not None:
        await note_link(request, held.link, f"Came by a link that does not work: {sentence}")
    return await render(
        request,
        "outside/refused.html",
        status=status,
        sentence=sentence,
        again=f"{held.here}/again" if held and again else None,
        form_token=visit_of(request).form_token,
    )


def _facts(held: Held) -> dict[str, Any]:
    notice, link, case = held.notice, held.link, held.case
    zone = zone_named(notice.terms.zone)
    stranger = link.is_of_a_stranger
    mine = [each for each in case.occurrence.lodged if each.lodged_by == link.person] if case else []
    return {
        "form_token": visit_of(held.request).form_token,
        "here": held.here,
        "heading": held.title,
        "notice_title": notice.terms.title,
        "person": _partner(held) if stranger else person_name(notice, link.person),
        "is_partner": stranger,
        "giver": giver_in_words(notice, link),
        "until": moment(link.expires, zone),
        "asked": _asked_words(held),
        "due": day(case.occurrence.facts.due_on) if case and link.act == "submit-report" else None,
        "clause": notice.clause(case.occurrence.facts.clause if case else _power_clause(held)),
        "files": [each for each in shown_evidence(case, zone) if each["sha256"] in {x.sha256 for x in mine}]
        if case
        else [],
        "about": occurrence_title(notice, case.occurrence.facts) if case else notice.terms.title,
    }


def _power_clause(held: Held) -> str:
    return held.notice.obligation(held.link.about.obligation).clause


def _asked_words(held: Held) -> str | None:
    """The very words of what was asked."""
    occurrence = held.case.occurrence if held.case else None
    if occurrence is None:
        return None
    if held.link.act == "record-update":
        found = next(x.commissioned for x in occurrence.updates if x.commissioned.update == held.link.number)
        return f"{found.asked} Wanted by the end of {day(found.wanted_by)}."
    if held.link.act == "answer-query":
        return next(x.raised.question for x in occurrence.queries if x.raised.query == held.link.number)
    return None


def _partner(held: Held) -> str:
    assert held.case is not None  # only a concern has none, and no partner raises one
    updates = held.case.occurrence.updates
    return next(x.commissioned.partner for x in updates if x.commissioned.update == held.link.number)


def _taken_back(held: Held) -> str:
    giver = giver_in_words(held.notice, held.link)
    return (
        "This link was taken back, or another was sent in its place. If you have a newer mail, use the link in that. "
        f"If not, ask {giver} for a new one."
    )


def _over(held: Held) -> str:
    zone = zone_named(held.notice.terms.zone)
    ended = f"The time of this link ended on {moment(held.link.expires, zone)}."
    if held.can_be_given_anew:
        return f"{ended} What you had begun to write is kept. A new link can be sent to the address that is on record for you."
    if held.is_still_asked:
        return f"{ended} {giver_in_words(held.notice, held.link)} can give no other: ask whoever keeps the notice."
    return f"{ended} There is nothing left to do here."
