"""A consideration in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from desk.addresses import occurrence_page
from desk.words import day, moment, short_day
from domain.deciding.pack import SheetInPack, StepInPack, SubmissionInPack
from domain.identity import OccurrenceId
from domain.terms.obligations import Option
from projections.consideration_page import ConsiderationPage
from projections.words import joined, person_name, role_title

OPTIONS: Mapping[Option, tuple[str, str]] = {
    "decline": ("Do not escalate", "Decline to use the power. Only this needs no hearing."),
    "continue": ("Continue as before and look again", "Nothing is used now; the matter stays in view."),
    "vary": ("Vary the notice", "What the notice asks for is changed."),
    "direct": ("Use the power: direct", "A direction is given."),
}


def shown_consideration(page: ConsiderationPage, zone: ZoneInfo) -> dict[str, object]:
    """Everything that its page and its decision sheet have in common."""
    found, notice = page.consideration, page.case.notice
    opened = found.opened
    return {
        "title": page.title,
        "notice_title": notice.terms.title,
        "law": page.law,
        "clause": page.case.occurrence.facts.clause,
        "clause_text": page.clause_text,
        "because": opened.because,
        "opened": f"{person_name(notice, opened.opened_by)}, {role_title(notice, opened.opened_as)}, {moment(opened.opened_at, zone)}",
        "options": [(option, *OPTIONS[option]) for option in opened.options],
        "matters": [
            {
                "title": each.title,
                "href": occurrence_page(each.occurrence),
                "clause": each.clause,
                "standing": each.standing,
            }
            for each in page.matters
        ],
        "sheets": [shown_sheet(each) for each in page.pack if each.clause],
        "hidden": page.hidden,
        "invited_until": day(found.invited.until) if found.invited else None,
        "representations": [
            {
                "number": each.made.number,
                "by": f"{person_name(notice, each.made.made_by)}, {role_title(notice, each.made.made_as)}",
                "at": moment(each.made.made_at, zone),
                "late": each.made.late,
                "text": each.made.text,
                "answer": each.answered.reasons if each.answered else None,
                "may_answer": each.made.number in page.to_answer,
            }
            for each in found.representations
        ],
        "corrected": [f"{each.field} was “{each.was}”" for each in found.corrected],
        **_decision(page, zone),
    }


def _decision(page: ConsiderationPage, zone: ZoneInfo) -> dict[str, object]:
    """What was proposed, or decided: a proposal has one signature and a decision two."""
    found, notice = page.consideration, page.case.notice
    stands = found.decided or found.proposed
    proposed, decided = found.proposed, found.decided
    signed = decided.signatories if decided else (proposed.signed,) if proposed else ()
    times = [each for each in (proposed and proposed.proposed_at, decided and decided.decided_at) if each]
    return {
        "decided": decided is not None,
        "option": stands.option if stands else None,
        "option_words": OPTIONS[stands.option][0] if stands else None,
        "reasons": stands.reasons if stands else None,
        "decided_on": day(stands.decided_on) if stands else None,
        "decided_day": short_day(decided.decided_on) if decided else None,
        "issued_on": short_day(found.issued.issued_on) if found.issued else None,
        "published_on": short_day(found.published.published_on) if found.published else None,
        "signatures": [
            {
                "name": person_name(notice, each.person),
                "role": role_title(notice, each.role),
                "at": moment(at, zone),
            }
            for each, at in zip(signed, times, strict=False)
        ],
    }


def shown_sheet(sheet: SheetInPack) -> dict[str, object]:
    """One paper of the pack, as it stood when the consideration was opened."""
    facts = [
        ("Due", _due(sheet)),
        ("Arrived", day(sheet.met_on) if sheet.met_on else "Not by then"),
        ("Acknowledged", _seen(sheet)),
        ("Concern", sheet.concern),
    ]
    return {
        "title": sheet.title,
        "href": occurrence_page(OccurrenceId.parse(sheet.stream)),
        "clause": sheet.clause,
        "facts": facts,
        "due": short_day(sheet.due_on) if sheet.due_on else "",
        "arrived": short_day(sheet.met_on) if sheet.met_on else "Not by then",
        "highest": sheet.steps[-1].what if sheet.steps else "None",
        "steps": [_step(each) for each in sheet.steps],
        "submissions": [_submission(each) for each in sheet.submissions],
        "version": sheet.version,
        "concern": sheet.concern,
    }


def _due(sheet: SheetInPack) -> str | None:
    if sheet.due_on is None:
        return None
    moved = sheet.first_due_on is not None and sheet.first_due_on != sheet.due_on
    at_first = f" (at first {short_day(sheet.first_due_on)})" if moved and sheet.first_due_on else ""
    return f"{day(sheet.due_on)}{at_first}"


def _seen(sheet: SheetInPack) -> str:
    if sheet.acknowledged_by is None or sheet.acknowledged_on is None:
        return "By nobody"
    return f"{sheet.acknowledged_by}, {short_day(sheet.acknowledged_on)}"


def _step(step: StepInPack) -> list[str]:
    seen = "Not acknowledged"
    if step.acknowledged_by and step.acknowledged_on:
        seen = f"{step.acknowledged_by}, {short_day(step.acknowledged_on)}"
    if step.withdrawn_on:
        seen = f"Withdrawn, {short_day(step.withdrawn_on)}"
    return [short_day(step.on), step.what, joined(step.told) or "nobody", seen]


def _submission(each: SubmissionInPack) -> str:
    became = "accepted" if each.accepted else "returned" if each.returned else "not accepted yet"
    lacks = f"; nothing said under {joined(each.missing)}" if each.missing else ""
    return f"Version {each.version} from {each.by}, {short_day(each.received_on)}: {became}{lacks}."
