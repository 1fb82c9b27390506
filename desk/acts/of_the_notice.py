"""The notice itself: how it is read, its calendar, its bodies, how it is complied with, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desk.acts.fields import Choice, Day, Field, Line, Number, Option, Several, Words
from desk.acts.form import ActForm, Given, always
from desk.acts.of_reviews import FOR_THE_RECORD, clause_of_the_obligation
from desk.acts.place import Place
from domain.commands import (
    LiftNotice,
    NoteVisit,
    ProclaimHoliday,
    RateCompliance,
    RecordSuccession,
    ReviseInterpretation,
)
from domain.terms.clauses import Interpretation
from domain.terms.obligations import Obligation
from domain.terms.parties import Party

COUNTED = {
    "n": "which day",
    "months": "months",
    "days": "days",
    "working_days": "working days",
    "stale_after_days": "days without an update",
    "attested_within_working_days": "working days to attest it",
    "within_working_days": "working days for a decision",
}


def _reading(place: Place) -> Interpretation | None:
    named = place.asked.get("reading")
    return next((each for each in place.notice.interpretations if each.id == named), None)


def _readings(place: Place) -> Choice:
    found = _reading(place)
    shown = (found,) if found else place.notice.interpretations
    options = tuple(Option(each.id, each.question, f"Clause {each.clause}") for each in shown)
    return Choice(
        "reading",
        "Which question?",
        "Choose the question",
        options=options,
        nothing="The text of this notice leaves no question open.",
    )


def _to_revise(place: Place) -> tuple[Field, ...]:
    """Where one reading is named, the numbers that follow from it stand below, and can follow from the new ruling."""
    numbers = tuple(
        Number(
            name,
            f"{each.title}: {COUNTED[attribute]}",
            "Enter a whole number",
            f"As it is: {value}. Change it only where the new ruling does.",
        )
        for name, each, attribute, value in _numbers(place)
    )
    return (
        _readings(place),
        Words("ruling", "How is it read from now on?", "Say how it is read from now on", rows=3),
        Words("basis", "On what does that rest?", "Say on what the reading rests", rows=3),
        Words("reason", "Why is it read otherwise now?", "Say why it is read otherwise from now on", rows=3),
        *numbers,
    )


def _numbers(place: Place) -> Iterator[tuple[str, Obligation, str, int]]:
    """Each number in the terms of what rests on the reading, with the name of its field."""
    reading = _reading(place)
    for each in place.notice.owed if reading else ():
        if reading and each.id in reading.affects:
            for holder, terms in (("due", getattr(each, "due", None)), ("own", each)):
                for attribute in COUNTED:
                    value = getattr(terms, attribute, None)
                    if isinstance(value, int):
                        yield f"{each.id}.{holder}.{attribute}", each, attribute, value


def _begun_reading(place: Place) -> Given:
    reading = _reading(place)
    numbers = {name: value for name, _, _, value in _numbers(place)}
    return {"ruling": reading.ruling, "basis": reading.basis, **numbers} if reading else {}


def _tried_reading(place: Place) -> Given:
    return {name: value for name, _, _, value in _numbers(place)}


def _revised(place: Place, given: Given) -> ReviseInterpretation:
    before = next(each for each in place.notice.interpretations if each.id == given["reading"])
    reading = before.model_copy(update={"ruling": given["ruling"], "basis": given["basis"]})
    changed: dict[str, Obligation] = {}
    for name, each, attribute, value in _numbers(place):
        if given[name] != value:
            changed[each.id] = _with_number(changed.get(each.id, each), name, attribute, given[name])
    return ReviseInterpretation(place.notice.terms.id, reading, given["reason"], tuple(changed.values()))


def _with_number(obligation: Any, name: str, attribute: str, value: int) -> Obligation:
    """Raises ValueError where the terms of the obligation cannot hold it."""
    terms = obligation.model_dump()
    of = terms["due"] if ".due." in name else terms
    of[attribute] = value
    changed: Obligation = type(obligation).model_validate(terms)
    return changed


def _obligations(place: Place) -> Choice:
    options = tuple(Option(each.id, each.title, f"Clause {each.clause}") for each in place.notice.obligations)
    return Choice(
        "obligation",
        "Which obligation?",
        "Choose the obligation",
        options=options,
        is_judged=True,
        is_list=True,
    )


def _parties(place: Place) -> Choice:
    options = tuple(Option(each.id, each.name) for each in place.notice.parties)
    return Choice("party", "Whose place is taken?", "Choose the body", options=options, is_list=True)


def _succeeded(place: Place, given: Given) -> RecordSuccession:
    before = next(each for each in place.notice.parties if each.id == given["party"])
    party = Party(id=before.id, name=given["name"], note=before.note)
    return RecordSuccession(place.notice.terms.id, party, given["since"], given["law"])


def _to_lift(place: Place) -> tuple[Field, ...]:
    owed = tuple(Option(each.id, each.title) for each in place.notice.owed)
    return (
        Words("reason", "Why is it lifted?", "Say why the notice is lifted", rows=3),
        Day("decided_on", "When was that decided?", "Enter the day of the decision"),
        Day("issued_on", "When was the decision issued?", "Enter the day on which it was issued"),
        Several("kept", "What goes on in after-care?", hint="Leave all empty if nothing does.", options=owed),
        Day("after_care_until", "Until which day does after-care go on?", hint="Only if something goes on."),
    )


FORMS = (
    ActForm(
        "revise-interpretation",
        "Rule anew on how the notice is read",
        "Rule anew on how the notice is read",
        "A ruling is not part of the notice. The words of the notice stay as they are, and the ruling before stays in the "
        "record.",
        "What follows from it is reckoned anew: due days of what is open move, each with this ruling as its reason, and "
        "whoever was told of a lateness that is none any more is told.",
        "Rule so",
        _revised,
        _to_revise,
        begins=_begun_reading,
        tries=_tried_reading,
        clauses=lambda place: (reading.clause,) if (reading := _reading(place)) else (),
    ),
    ActForm(
        "proclaim-holiday",
        "Enter a new bank holiday",
        "Enter a new bank holiday",
        "A day that was a working day is none any more.",
        "The calendar of the notice gets a new edition. What was counted over that day is counted anew, and due days move "
        "with that as their reason.",
        "Enter it",
        lambda place, given: ProclaimHoliday(
            place.notice.terms.id, given["day"], given["title"], given["reason"]
        ),
        always(
            Day("day", "Which day?", "Enter the day"),
            Line("title", "What is it called?", "Say what the holiday is called"),
            Words("reason", "By whom was it proclaimed?", "Say by whom it was proclaimed", rows=2),
        ),
    ),
    ActForm(
        "record-succession",
        "Record that one body takes the place of another",
        "Record that one body takes the place of another",
        "The body keeps its place in the notice: what was owed by it or to it is now the new body's.",
        "Its name changes on every page from that day on; roles and the people who hold them stay as they are until "
        "somebody else is appointed.",
        "Record it",
        _succeeded,
        lambda place: (
            _parties(place),
            Line("name", "What is the new body called?", "Name the new body"),
            Day("since", "Since when?", "Enter the day from which it holds"),
            Line("law", "Under which law or order?", "Name the law or order"),
        ),
        warns=True,
    ),
    ActForm(
        "rate-compliance",
        "Rate how an obligation is complied with",
        "Rate how an obligation is complied with",
        "In the view of whoever watches over it. It changes neither what is owed nor when.",
        "It stands beside the obligation with your name, and stays there when it is rated anew.",
        "Record the rating",
        lambda place, given: RateCompliance(
            place.notice.terms.id, given["obligation"], given["rating"], given["basis"]
        ),
        lambda place: (
            _obligations(place),
            Line("rating", "The rating", "Give the rating", "For example: met, partly met, not met."),
            Words("basis", "On what does it rest?", "Say on what it rests", FOR_THE_RECORD, 4),
        ),
        clauses=clause_of_the_obligation,
    ),
    ActForm(
        "note-visit",
        "Note a visit",
        "Note a visit",
        "A third party visits, or has visited. Nothing is owed by it.",
        "It stands in the calendar of the notice for everybody who acts under it.",
        "Note it",
        lambda place, given: NoteVisit(
            place.notice.terms.id, given["visitor"], given["day"], given["purpose"]
        ),
        always(
            Line("visitor", "Who visits?", "Say who visits"),
            Day("day", "On which day?", "Enter the day"),
            Words("purpose", "To what end?", "Say to what end", rows=2),
        ),
    ),
    ActForm(
        "lift-notice",
        "Lift the notice",
        "Lift the notice",
        "The notice ends, whole or but for what goes on in after-care.",
        "What is open is withdrawn and its chase ends, except under what goes on in after-care. A matter that was referred "
        "stays before those who decide. The record stays.",
        "Lift it",
        lambda place, given: LiftNotice(
            place.notice.terms.id,
            given["reason"],
            given["decided_on"],
            given["issued_on"],
            given["kept"],
            given["after_care_until"],
        ),
        _to_lift,
        warns=True,
    ),
)
