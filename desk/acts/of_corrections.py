"""Corrections: one person says how something really was, another approves, and both versions stay."""

from __future__ import annotations

from desk.acts.fields import Choice, Field, Option, Words
from desk.acts.form import ActForm, always
from desk.acts.place import Place
from domain.commands import ApproveCorrection, ProposeCorrection, RejectCorrection
from domain.corrections.changing import as_recorded
from domain.corrections.correctable import FIELDS
from domain.corrections.subject import pending
from domain.events.correcting import CorrectionProposed
from domain.identity import OccurrenceId


def _version(place: Place) -> int:
    return place.entry.record.version if place.entry else 0


def _of(place: Place) -> OccurrenceId | None:
    return place.entry.occurrence if place.entry else None


def correctable(place: Place) -> tuple[Option, ...]:
    """What of the event may be corrected, each with what it says now."""
    state = place.occurrence if _of(place) else place.notice
    if place.entry is None or not 1 <= _version(place) <= len(state.history):
        return ()
    event = state.history[_version(place) - 1]
    return tuple(
        Option(each, each.replace("_", " ").capitalize(), as_recorded(event, each))
        for each in FIELDS.get(type(event), ())
    )


def proposed(place: Place) -> CorrectionProposed | None:
    """What waits to be decided on."""
    return pending(place.occurrence if _of(place) else place.notice, _version(place))


def _to_propose(place: Place) -> tuple[Field, ...]:
    return (
        Choice(
            "field",
            "What is wrong?",
            "Choose what is wrong",
            "What it says now stands below each.",
            correctable(place),
            "An event of this kind cannot be corrected: it says what was done, and it was.",
            is_judged=True,
        ),
        Words(
            "now",
            "What should it say?",
            "Say what it should say",
            "A moment as the record writes it, for example 2016-06-13T09:00:00.000000Z; a day as 2016-06-13.",
            2,
        ),
        Words("reason", "How is it known that the record is wrong?", "Say how that is known", rows=3),
    )


def _told(place: Place) -> str | None:
    found = proposed(place)
    if found is None:
        return None
    field = found.field.replace("_", " ")
    return f"{field.capitalize()}: “{found.was}” is to read “{found.now}”, because {found.reason}"


FORMS = (
    ActForm(
        "propose-correction",
        "Propose a correction",
        "Say that this is wrong, and propose a correction",
        "A correction says how something was. What was recorded is not changed: every view shows both.",
        "Whoever keeps the notice is asked to approve or reject it. Until then nothing follows from it.",
        "Propose it",
        lambda place, given: ProposeCorrection(
            place.notice.terms.id, _version(place), given["field"], given["now"], given["reason"], _of(place)
        ),
        _to_propose,
    ),
    ActForm(
        "approve-correction",
        "Approve the correction",
        "Approve the correction that was proposed",
        "By another person than whoever proposed it.",
        "What follows from the event then follows from it as corrected: a report that came in time withdraws what its "
        "absence had caused.",
        "Approve it",
        lambda place, _: ApproveCorrection(place.notice.terms.id, _version(place), _of(place)),
        words=_told,
    ),
    ActForm(
        "reject-correction",
        "Reject the correction",
        "Reject the correction that was proposed",
        "The record stays as it is.",
        "That it was proposed, and rejected with your reason, stays in the record.",
        "Reject it",
        lambda place, given: RejectCorrection(
            place.notice.terms.id, _version(place), given["reason"], _of(place)
        ),
        always(Words("reason", "Why is it rejected?", "Say why it is rejected", rows=3)),
        words=_told,
    ),
)
