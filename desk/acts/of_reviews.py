"""Reviews (7 to 9), what is provided for them (10), and what came of what they found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from desk.acts.fields import Choice, Day, Field, Group, Kept, Line, Lines, Option, Several, Words, answer
from desk.acts.form import ActForm, Given, always
from desk.acts.place import Place
from domain.commands import (
    ActOnFinding,
    AgreeParty,
    ConfirmItem,
    FollowUpFinding,
    IssueOutcome,
    MoveReview,
    NotifyReview,
    PlanReview,
    RecordItemRefused,
    RequireDiagnosticReview,
)
from domain.events.reviewing import Finding
from domain.reviewing.findings import open_findings
from domain.reviewing.themes import themes_of
from domain.terms.obligations import OnDemand, ScopeList
from projections.words import capital

FOR_THE_RECORD = "For the record. Do not write details of children or families."


def roles(place: Place) -> tuple[Option, ...]:
    return tuple(Option(each.id, each.title) for each in place.notice.roles)


def name_for(title: str, taken: Iterable[str], otherwise: str) -> str:
    """A short name by which the record knows a thing, made of its title, and not taken by another."""
    short = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-") or otherwise
    names, number, found = set(taken), 1, short
    while found in names:
        number += 1
        found = f"{short}-{number}"
    return found


DAYS = (
    Day("starts_on", "The first day", "Enter the first day of the review", "Today or later."),
    Day("ends_on", "The last day", "Enter the last day of the review"),
)


def _to_plan(place: Place) -> tuple[Field, ...]:
    themes = tuple(Option(each, capital(each)) for each in themes_of(place.notice, place.name.obligation))
    listed = (Several("themes", "Which themes is it to cover?", options=themes),) if themes else ()
    return (
        *DAYS,
        Lines(
            "reviewers", "Who conducts it?", "Name at least one person who conducts it", "One name a line."
        ),
        Words("scope", "What is it about?", "Say what the review is about", rows=3),
        *listed,
    )


def _clauses_of_a_review(place: Place) -> tuple[str, ...]:
    scope = (
        each.clause
        for each in place.notice.owed
        if isinstance(each, ScopeList) and each.of == place.name.obligation
    )
    return tuple(dict.fromkeys((place.occurrence.facts.clause, *scope)))


TO_MOVE = always(
    *DAYS,
    Words("reason", "Why does it move?", "Say why the review moves", "Those who are reviewed are told.", 3),
)


def _findings(place: Place) -> tuple[Option, ...]:
    return tuple(
        Option(each.finding.id, each.finding.text, f"To be done: {each.finding.action}")
        for each in open_findings(place.occurrence, place.today)
    )


def _finding(place: Place) -> Choice:
    return Choice(
        "finding",
        "Which finding?",
        "Choose the finding",
        options=_findings(place),
        nothing="No finding is open here.",
        is_judged=True,
    )


def _outcome(place: Place) -> tuple[Field, ...]:
    finding = (
        Kept("id", "Name"),
        Words("text", "What was found", "Say what was found", rows=3),
        Words("action", "What is to be done about it", "Say what is to be done about it", rows=2),
        Choice("owner", "Who is to do it", "Choose who is to do it", options=roles(place), is_list=True),
        Day("due_on", "By which day", hint="Leave it empty if no day is set."),
    )
    return (
        Words("letter", "The outcome letter", "Write what the letter says", FOR_THE_RECORD, 10),
        Group("findings", "What was found, and who is to act on it", fields=finding, noun="Finding"),
    )


def _issued(place: Place, given: Given) -> IssueOutcome:
    found: list[Finding] = []
    for each in given["findings"]:
        name = each["id"] or name_for(each["text"], (one.id for one in found), "finding")
        found.append(Finding(name, each["text"], each["action"], each["owner"], each["due_on"]))
    return IssueOutcome(place.name, given["letter"], tuple(found))


def _item(place: Place) -> Choice:
    said = {each.item: each.reason for each in place.occurrence.items_refused}
    options = tuple(
        Option(each.id, each.title, f"Clause {each.clause}. {_said(said.get(each.id))}".strip())
        for each in place.occurrence.facts.sections
    )
    return Choice(
        "item",
        "Which of what is to be provided?",
        "Choose what it is about",
        options=options,
        nothing="Nothing is provided here item by item.",
        is_judged=True,
    )


def _said(refused: str | None) -> str:
    return f"Recorded as not provided: {refused}" if refused else ""


def _demandable(place: Place) -> Choice:
    options = tuple(Option(each.id, each.title) for each in place.notice.owed if isinstance(each, OnDemand))
    return Choice(
        "obligation",
        "Under which obligation?",
        "Choose the obligation",
        options=options,
        nothing="Nothing is owed on demand under this notice.",
        is_judged=True,
    )


def clause_of_the_obligation(place: Place) -> tuple[str, ...]:
    """That of the one obligation that the address names."""
    found = place.notice.find_obligation(place.asked.get("obligation", ""))
    return (found.clause,) if found else ()


def _clause_of_the_only_one(place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.clause for each in place.notice.owed if isinstance(each, OnDemand)))


FORMS = (
    ActForm(
        "plan-review",
        "Plan the review",
        "Plan the review",
        "Set its days, who conducts it and what it is about.",
        "Nobody is told yet. When you give notice of it, those who are reviewed are told, and what has to be there "
        "before it falls due, reckoned from its first day.",
        "Plan it",
        lambda place, given: PlanReview(
            place.name,
            given["starts_on"],
            given["ends_on"],
            given["reviewers"],
            given["scope"],
            given.get("themes", ()),
        ),
        _to_plan,
        clauses=_clauses_of_a_review,
    ),
    ActForm(
        "notify-review",
        "Give notice of the review",
        "Give notice of it to those who are reviewed",
        "Those who are reviewed are told when it takes place, who conducts it and what it is about.",
        "From then on they owe what has to be there before the review and what is provided during it, each by its day. "
        "If the review moves later, these days move with it and they are told.",
        "Give notice",
        lambda place, _: NotifyReview(place.name),
    ),
    ActForm(
        "move-review",
        "Move the review",
        "Move the review to other days",
        "What has to be there before it moves with it.",
        "Those who were given notice are told, with your reason. The latest day by which the review has to be held "
        "stays as it is.",
        "Move it",
        lambda place, given: MoveReview(place.name, given["starts_on"], given["ends_on"], given["reason"]),
        TO_MOVE,
        begins=lambda place: {
            "starts_on": place.occurrence.review.starts_on,
            "ends_on": place.occurrence.review.ends_on,
        },
    ),
    ActForm(
        "agree-party",
        "Agree who conducts the review",
        "Agree who conducts it",
        "A local authority, or another party. Whoever required the review cannot agree it alone.",
        "Whoever required it is told. The review can be planned from then on.",
        "Agree",
        lambda place, given: AgreeParty(place.name, given["party"]),
        always(Line("party", "Who conducts it?", "Name the party that conducts it")),
        words=lambda place: place.occurrence.facts.about,
    ),
    ActForm(
        "issue-outcome",
        "Issue what the review found",
        "Issue the outcome letter and the findings",
        "The letter goes to those who were reviewed. Each finding names what is to be done, by whom and by when.",
        "Those who were reviewed and everybody who is to act on a finding are told. Each finding stays open until "
        "somebody who reviews has seen that what was done is enough.",
        "Issue it",
        _issued,
        _outcome,
        clauses=_clauses_of_a_review,
    ),
    ActForm(
        "act-on-finding",
        "Say what was done about a finding",
        "Say what was done about a finding",
        "For whoever is to act on it.",
        "The finding stays open until somebody who reviews has followed it up.",
        "Record it",
        lambda place, given: ActOnFinding(place.name, given["finding"], given["done"]),
        lambda place: (
            _finding(place),
            Words("done", "What was done?", "Say what was done about it", FOR_THE_RECORD),
        ),
    ),
    ActForm(
        "follow-up-finding",
        "Follow up a finding",
        "Follow up a finding",
        "See whether what was done is enough. Whoever acted on it cannot follow it up.",
        "If it is enough, the finding is closed. If not, it stays open for whoever is to act on it.",
        "Record it",
        lambda place, given: FollowUpFinding(
            place.name, given["finding"], given["outcome"], closed=given["closed"]
        ),
        lambda place: (
            _finding(place),
            Words("outcome", "What do you see?", "Say what you see", FOR_THE_RECORD),
            answer(
                "closed",
                "Is it enough?",
                "Yes, the finding is closed",
                "No, it stays open",
                "Choose whether it is enough",
            ),
        ),
    ),
    ActForm(
        "confirm-item",
        "Confirm that it was provided",
        "Confirm that something was provided",
        "For whoever conducts the review: was it given, as the clause asks?",
        "It stands as provided, with your name and the day. When everything has been confirmed, nothing more is owed "
        "here and any chase ends.",
        "Confirm it",
        lambda place, given: ConfirmItem(place.name, given["item"]),
        lambda place: (_item(place),),
    ),
    ActForm(
        "record-item-refused",
        "Record that it was not provided",
        "Record that something was not provided",
        "For whoever conducts the review: what was asked for, and what was said when it was not given.",
        "Whoever keeps the notice and those who owe it are told the same day. It may still be provided, and confirmed "
        "then.",
        "Record it",
        lambda place, given: RecordItemRefused(place.name, given["item"], given["reason"]),
        lambda place: (
            _item(place),
            Words(
                "reason", "What was asked for, and what was said?", "Say what was asked for and what was said"
            ),
        ),
        warns=True,
    ),
)

ON_NOTICE = (
    ActForm(
        "require-diagnostic-review",
        "Require a diagnostic review",
        "Require a diagnostic review",
        "Of a service area, by a local authority or another party that is agreed with the Department.",
        "Whoever has to agree who conducts it finds that among their tasks. Once it is agreed, the review can be planned, "
        "and what has to be provided for it is owed from the day on which notice of it is given.",
        "Require it",
        lambda place, given: RequireDiagnosticReview(
            place.notice.terms.id, given["obligation"], given["area"], given["wanted_by"]
        ),
        lambda place: (
            _demandable(place),
            Words(
                "area",
                "Which service area is to be reviewed?",
                "Say which service area is to be reviewed",
                rows=2,
            ),
            Day("wanted_by", "By which day shall it be done?", "Enter the day by which it shall be done"),
        ),
        clauses=_clause_of_the_only_one,
    ),
)
