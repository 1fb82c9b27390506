"""The mail in which a link goes to whoever may use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from activities.delivery import markup
from activities.delivery.layout import Form, templates, tidy
from activities.delivery.letter import Letter, message_id_for, one_line, subject_line
from domain.case import Case
from domain.notice.state import Notice
from domain.outside_links import OutsideLink
from projections.words import long_date, moment, person_name, role_title

TEMPLATE = "outside-link.txt"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What the mail says. `do` follows `asks you to …`; `asked` and `due` are empty where there is none."""

    dear: str
    giver: str
    do: str
    link: str
    asked: str
    due: str
    until: str
    notice: str


def link_facts(
    notice: Notice, case: Case | None, link: OutsideLink, dear: str, do: str, address: str
) -> LinkFacts:
    """Everything on one line, so that nothing that people wrote can lay out the mail anew."""
    asked, due = _asked(case, link)
    facts = {
        "dear": dear,
        "giver": giver_in_words(notice, link),
        "do": do,
        "link": address,
        "asked": asked,
        "due": due,
        "until": moment(link.expires, notice.terms.zone),
        "notice": notice.terms.title,
    }
    return LinkFacts(**{name: one_line(text) for name, text in facts.items()})


def link_letter(facts: LinkFacts, link: OutsideLink, written_at: datetime) -> Letter:
    """The same words in three forms."""
    subject = subject_line(f"For you, without an account: {facts.do}")
    return Letter(
        to_name=facts.dear,
        subject=subject,
        text=tidy(_set(facts, "text")),
        message_id=message_id_for(f"outside-link:{link.id}"),
        written_at=written_at,
        html=markup.page(subject, _set(facts, "html")),
        flowed=tidy(_set(facts, "flowed")),
        link=facts.link,
    )


def giver_in_words(notice: Notice, link: OutsideLink) -> str:
    """`Imogen Hartley (Case lead for the notice)`, as of the day on which it was given."""
    roles = notice.roles_of(link.given_by, link.made.date())
    name = person_name(notice, link.given_by)
    return f"{name} ({role_title(notice, roles[0])})" if roles else name


def _set(facts: LinkFacts, form: Form) -> str:
    from markupsafe import Markup

    it: Mapping[str, str] = asdict(facts)
    text = templates(form).get_template(TEMPLATE).render(it=it)
    return Markup(text) if form == "html" else text  # noqa: S704 - our template has escaped what others wrote


def _asked(case: Case | None, link: OutsideLink) -> tuple[str, str]:
    """What was asked in so many words, and by when."""
    if case is None:
        return "", ""
    due = f"the end of {long_date(case.occurrence.facts.due_on)}"
    if link.act == "record-update":
        update = next(
            each.commissioned for each in case.occurrence.updates if each.commissioned.update == link.number
        )
        return update.asked, f"the end of {long_date(update.wanted_by)}"
    if link.act == "answer-query":
        query = next(each.raised for each in case.occurrence.queries if each.raised.query == link.number)
        return query.question, ""
    return "", due
