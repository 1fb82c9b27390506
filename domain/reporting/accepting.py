"""Accepting a report that was received."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AcceptReport
from domain.events import owing
from domain.refusals import NotForYouToAccept, NothingToAccept, OccurrenceAlreadyMet
from domain.who import held_role, titles


def accept(case: Case, command: AcceptReport, by: Actor, now: datetime) -> Decision:
    facts, notice = case.occurrence.facts, case.notice
    if not case.occurrence.submissions:
        return NothingToAccept(f"No report has been received for {facts.title}.")
    last = case.occurrence.submissions[-1]
    if last.accepted is not None:
        return OccurrenceAlreadyMet(
            f"{facts.title} was accepted by {notice.person_name(last.accepted.by)} already."
        )
    roles = notice.accepting_roles(facts.obligation)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotForYouToAccept(
            f"{facts.title} is owed to {notice.party_name(facts.obligee)}; "
            f"it is for {titles(notice, roles)} to accept it."
        )
    return (Draft(command.occurrence.stream, owing.ReportAccepted(last.version, by.id, held, now)),)
