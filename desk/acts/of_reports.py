"""What surrounds a report: updates asked of partners (6b), and queries where it contradicts the plan (6d)."""

from __future__ import annotations

from desk.acts.fields import Choice, Day, Field, Line, Option, Words
from desk.acts.form import ActForm, always
from desk.acts.of_reviews import FOR_THE_RECORD
from desk.acts.place import Place
from domain.commands import AnswerQuery, CommissionUpdate, RecordUpdate


def _queries(place: Place) -> Choice:
    options = tuple(
        Option(each.raised.query, f"Query {each.raised.query}", each.raised.question)
        for each in place.occurrence.queries
        if each.answered is None
    )
    return Choice(
        "query",
        "Which query?",
        "Choose the query",
        options=options,
        nothing="No query is open here.",
        is_judged=True,
    )


def _question(place: Place) -> str | None:
    """In the words in which it was asked, where it is clear which one is answered."""
    waiting = [each.raised for each in place.occurrence.queries if each.answered is None]
    named = [each for each in waiting if str(each.query) == place.asked.get("query")]
    found = named or (waiting if len(waiting) == 1 else [])
    return found[0].question if found else None


def _updates(place: Place) -> Choice:
    options = tuple(
        Option(each.commissioned.update, each.commissioned.partner, each.commissioned.asked)
        for each in place.occurrence.updates
        if each.received is None
    )
    return Choice(
        "update",
        "Which update?",
        "Choose the update",
        options=options,
        nothing="No partner's update is outstanding here.",
        is_judged=True,
    )


def _received(place: Place) -> tuple[Field, ...]:
    return (
        _updates(place),
        Line("received_from", "Who answered for the partner?", "Say who answered"),
        Words("text", "What did they answer?", "Say what they answered", FOR_THE_RECORD),
    )


FORMS = (
    ActForm(
        "answer-query",
        "Answer the query",
        "Answer a query on the report",
        "Say how the report and the record of the plan agree, or which of them is wrong.",
        "Those to whom the report is owed read it beside the report. The report itself stays as it was sent.",
        "Answer",
        lambda place, given: AnswerQuery(place.name, given["query"], given["answer"]),
        lambda place: (_queries(place), Words("answer", "The answer", "Write the answer", FOR_THE_RECORD)),
        words=_question,
    ),
    ActForm(
        "commission-update",
        "Ask a partner for an update",
        "Ask a partner for an update",
        "The report can rest on what partners say. The partner owes nothing by it; the report stays yours to send in time.",
        "It is recorded that you asked, and when. Forthwith does not write to the partner: they have no account here.",
        "Record that they are asked",
        lambda place, given: CommissionUpdate(
            place.name, given["partner"], given["asked"], given["wanted_by"]
        ),
        always(
            Line("partner", "Which partner?", "Name the partner"),
            Words("asked", "What are they asked for?", "Say what they are asked for", rows=3),
            Day("wanted_by", "By which day is it wanted?", "Enter the day by which it is wanted"),
        ),
    ),
    ActForm(
        "record-update",
        "Record what a partner answered",
        "Record what a partner answered",
        "In their words, as far as the report rests on it.",
        "It stands beside the report. To ask them for more, ask for another update.",
        "Record it",
        lambda place, given: RecordUpdate(place.name, given["update"], given["received_from"], given["text"]),
        _received,
    ),
)
