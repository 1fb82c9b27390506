"""What is asked for under an obligation that holds until a decision (4b), and what comes of it; and attesting (3a)."""

from __future__ import annotations

from desk.acts.fields import Choice, Day, Option, Words
from desk.acts.form import ActForm, always
from desk.acts.of_reviews import FOR_THE_RECORD
from desk.acts.place import Place
from domain.commands import AnswerRequest, Attest, MakeRequest, RecordNonCooperation, ReleaseObligation
from domain.terms.obligations import UntilDecision


def _until_decision(place: Place) -> tuple[Option, ...]:
    return tuple(Option(each.id, each.title) for each in place.notice.owed if isinstance(each, UntilDecision))


def _obligation(place: Place) -> Choice:
    return Choice(
        "obligation",
        "Under which obligation?",
        "Choose the obligation",
        options=_until_decision(place),
        nothing="Nothing can be asked for under this notice any more.",
        is_judged=True,
    )


def _clauses(place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.clause for each in place.notice.owed if isinstance(each, UntilDecision)))


FORMS = (
    ActForm(
        "answer-request",
        "Answer what was asked for",
        "Answer what was asked for",
        "Give what was asked for, or say where it is.",
        "Whoever asked is told. If it does not give what was asked for, they can record that.",
        "Answer",
        lambda place, given: AnswerRequest(place.name, given["answer"]),
        always(Words("answer", "The answer", "Write the answer", FOR_THE_RECORD, 8)),
        words=lambda place: place.occurrence.facts.about,
    ),
    ActForm(
        "record-non-cooperation",
        "Record that it was not given",
        "Record that it was refused, or not given as it should be",
        "Also of an answer that does not give what was asked for.",
        "Whoever keeps the notice is told. The request stays as it is: an answer may still come.",
        "Record it",
        lambda place, given: RecordNonCooperation(place.name, given["account"]),
        always(
            Words(
                "account", "What was refused, or what is wanting?", "Say what was refused, or what is wanting"
            )
        ),
        words=lambda place: place.occurrence.facts.about,
        warns=True,
    ),
    ActForm(
        "attest",
        "Attest that it holds",
        "Attest that it holds",
        "State in your own words what holds, as the clause asks. You answer for it with your name.",
        "Nothing more is owed for this period, and any chase ends. The statement cannot be changed afterwards, only "
        "corrected with both versions kept.",
        "Attest it",
        lambda place, given: Attest(place.name, given["statement"]),
        always(Words("statement", "What holds?", "State what holds", FOR_THE_RECORD)),
    ),
)

ON_NOTICE = (
    ActForm(
        "make-request",
        "Ask for something",
        "Make a request",
        "For example access to staff, data, facilities or case files. It is then owed by the day that you name.",
        "Whoever answers it is told and reminded; if no answer comes, the lateness is brought up their ladder. You see "
        "the answer, and can record if it was refused or falls short.",
        "Ask for it",
        lambda place, given: MakeRequest(
            place.notice.terms.id, given["obligation"], given["asked"], given["wanted_by"]
        ),
        lambda place: (
            _obligation(place),
            Words("asked", "What do you ask for?", "Say what you ask for", FOR_THE_RECORD),
            Day("wanted_by", "By which day is it wanted?", "Enter the day by which it is wanted"),
        ),
        clauses=_clauses,
    ),
    ActForm(
        "release-obligation",
        "Record that it is no longer required",
        "Record that it is no longer required",
        "For the body that has to be satisfied: it is satisfied, and the obligation ends.",
        "What is open under the obligation is withdrawn, and nothing can be asked for under it any more.",
        "Record it",
        lambda place, given: ReleaseObligation(
            place.notice.terms.id, given["obligation"], given["reasons"], given["decided_on"]
        ),
        lambda place: (
            _obligation(place),
            Words("reasons", "Why is it no longer required?", "Say why it is no longer required"),
            Day("decided_on", "When was that decided?", "Enter the day of the decision"),
        ),
        begins=lambda place: {"decided_on": place.today},
        clauses=_clauses,
        warns=True,
    ),
)
