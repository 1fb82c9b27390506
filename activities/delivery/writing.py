"""Writing a letter: pure, from the case as it is recorded."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from activities.delivery import markup
from activities.delivery.arrived import over_at
from activities.delivery.call import Call, UnreadableCall
from activities.delivery.facts import Facts, facts_for
from activities.delivery.layout import Form, templates, tidy
from activities.delivery.letter import DEFAULT_MAIL_HOST, Letter, message_id_for, one_line, subject_line
from activities.delivery.matters import MATTERS
from activities.delivery.occasion import RECEIPTS, occasion_of
from activities.delivery.passes import Passes
from domain.case import Case

TOPICS = (
    "reminder-issued",
    "acknowledgement-requested",
    "overdue-notice-issued",
    "escalation-raised",
    "assessment-requested",
    "referred-for-consideration",
    "escalation-resolved",
    "task-acknowledged",
    "report-submitted",
    *MATTERS,
)
OVERTAKEN = "overtaken"
MATTER = "matter"


def write_letter(
    case: Case,
    call: Call,
    links: str,
    mail_host: str = DEFAULT_MAIL_HOST,
    passes: Passes | None = None,
) -> Letter:
    """The letter for one call; raises UnreadableCall when the case knows no such step, role or topic.

    It is written on the case as it is now: if what was owed has arrived since, it says so and asks nothing.
    """
    piece = compose(case, call, links, passes)
    return Letter(
        to_name=piece.facts.dear,
        subject=piece.subject,
        text=tidy(piece.set_as("text")),
        message_id=message_id_for(call.id, mail_host),
        written_at=piece.at,
        html=markup.page(piece.subject, piece.set_as("html")),
        flowed=tidy(piece.set_as("flowed")),
        link=piece.facts.link,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """What is to be said because of one call, not set yet. `at`: since when it is so."""

    template: str
    facts: Facts
    subject: str
    at: datetime

    def set_as(self, form: Form, base: str = "letter.txt", **more: Any) -> str:
        """The words in one form, in the frame that `base` gives."""
        text = templates(form).get_template(f"{self.template}.txt").render(it=self.facts, base=base, **more)
        return Markup(text) if form == "html" else text  # noqa: S704 - our templates have escaped what others wrote


def compose(case: Case, call: Call, links: str, passes: Passes | None = None) -> Piece:
    """Raises UnreadableCall."""
    if call.topic not in TOPICS:
        raise UnreadableCall(
            f"Message “{call.id}” cannot be written: there is no letter about “{call.topic}”."
        )
    facts = _flat(facts_for(case, call, links, passes))
    at, arrived = occasion_of(case, call).at, over_at(case)
    name = OVERTAKEN if arrived and _is_overtaken(facts, call) else template_of(call.topic)
    if name == OVERTAKEN:
        facts = replace(facts, acknowledge=None)
    return Piece(
        name,
        facts,
        subject_line(_subject(name, facts)),
        max(at, arrived) if arrived and name == OVERTAKEN else at,
    )


def template_of(topic: str) -> str:
    """Acts of other people are told by one letter."""
    return MATTER if topic in MATTERS else topic


def _flat(facts: Facts) -> Facts:
    """Every word on one line, so that no title or name can lay out the letter anew."""
    changed: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if isinstance(value, str):
            changed[field.name] = one_line(value)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(one_line(each) for each in value)
    return replace(facts, **changed)


def _is_overtaken(facts: Facts, call: Call) -> bool:
    """A referral stands although what was owed has arrived since; every other step is over by then."""
    stands = ("referred-for-consideration", "escalation-resolved", *RECEIPTS, *MATTERS)
    if facts.met is None or call.topic in stands:
        return False
    return facts.chased_act != "refer"


def _subject(name: str, facts: Facts) -> str:
    beginnings = {
        OVERTAKEN: "No longer needed",
        MATTER: facts.subject or "About",
        "reminder-issued": f"Due by {facts.due_short}",
        "acknowledgement-requested": "Please acknowledge",
        "overdue-notice-issued": f"Overdue, was due {facts.due_short}",
        "escalation-raised": facts.subject or "Overdue, brought to you",
        "assessment-requested": "Please assess",
        "referred-for-consideration": "Referred for consideration",
        "escalation-resolved": facts.subject or "No longer overdue",
        "task-acknowledged": "Acknowledged",
        "report-submitted": "For you to accept" if facts.purpose == "to accept" else "Received",
    }
    return f"{beginnings[name]}: {facts.title}"
