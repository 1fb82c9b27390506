"""A decision is issued and published. The days of both, and of the decision, may all differ from when it is recorded."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import IssueDecision, PublishDecision
from domain.deciding.actors import acting_as, the_body_concerned
from domain.deciding.power import consideration_of, power_of
from domain.events.deciding import DecisionIssued, DecisionPublished
from domain.refusals import (
    DateInTheFuture,
    DateOutOfOrder,
    DecisionAlreadyIssued,
    DecisionAlreadyPublished,
    DecisionNotMade,
    Refusal,
)
from domain.time.words import plain_date
from domain.who import messages_to, today


def issue(case: Case, command: IssueDecision, by: Actor, now: datetime) -> Decision:
    consideration = consideration_of(case)
    if isinstance(consideration, Refusal):
        return consideration
    if consideration.decided is None:
        return DecisionNotMade("Nothing has been decided yet that could be issued.")
    if consideration.issued is not None:
        issued_on = plain_date(consideration.issued.issued_on)
        return DecisionAlreadyIssued(f"The decision was issued on {issued_on}.")
    held = acting_as(case, by, _roles(case), "record that a decision was issued", now)
    if isinstance(held, Refusal):
        return held
    if command.issued_on > today(case.notice, now):
        return DateInTheFuture("A decision can be recorded as issued only once it has been issued.")
    decided_on, published = consideration.decided.decided_on, consideration.published
    if command.issued_on < decided_on:
        return DateOutOfOrder(
            f"The decision is of {plain_date(decided_on)}; it cannot have been issued before."
        )
    if published is not None and command.issued_on > published.published_on:
        published_on = plain_date(published.published_on)
        return DateOutOfOrder(f"The decision was published on {published_on}; it was not issued after that.")
    told = messages_to(case, "issued", the_body_concerned(case), now)
    event = DecisionIssued(command.issued_on, by.id, held, told, now)
    return (Draft(command.occurrence.stream, event),)


def publish(case: Case, command: PublishDecision, by: Actor, now: datetime) -> Decision:
    consideration = consideration_of(case)
    if isinstance(consideration, Refusal):
        return consideration
    if consideration.decided is None:
        return DecisionNotMade("Nothing has been decided yet that could be published.")
    if consideration.published is not None:
        published_on = plain_date(consideration.published.published_on)
        return DecisionAlreadyPublished(f"The decision was published on {published_on}.")
    held = acting_as(case, by, _roles(case), "record that a decision was published", now)
    if isinstance(held, Refusal):
        return held
    if command.published_on > today(case.notice, now):
        return DateInTheFuture("A decision can be recorded as published only once it has been published.")
    decided_on, issued = consideration.decided.decided_on, consideration.issued
    if command.published_on < decided_on:
        return DateOutOfOrder(f"The decision is of {plain_date(decided_on)}; it was not published before.")
    if issued is not None and command.published_on < issued.issued_on:
        issued_on = plain_date(issued.issued_on)
        return DateOutOfOrder(f"The decision was issued on {issued_on}; it was not published before.")
    event = DecisionPublished(command.published_on, by.id, held, now)
    return (Draft(command.occurrence.stream, event),)


def _roles(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*power_of(case).considered_by, *case.notice.keeping_roles)))
