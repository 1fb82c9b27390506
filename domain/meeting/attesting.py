"""Attesting that what has to hold holds (3a)."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import Attest
from domain.events.owing import AttestationGiven
from domain.meeting.met import met
from domain.refusals import NotYourTask, OccurrenceAlreadyMet, ReasonMissing, WrongKindOfObligation
from domain.values import tidy
from domain.who import day_words, held_role, obligor_roles, titles


def attest(case: Case, command: Attest, by: Actor, now: datetime) -> Decision:
    """Only what is attested for a period: a plan that is kept and a role that stands vacant are seen to otherwise."""
    occurrence, facts, notice = case.occurrence, case.occurrence.facts, case.notice
    if facts.kind != "continuing" or facts.period_first is None:
        return WrongKindOfObligation(f"{facts.title} is not something that is attested.")
    if occurrence.attested is not None:
        return OccurrenceAlreadyMet(
            f"{notice.person_name(occurrence.attested.attested_by)} attested it on "
            f"{day_words(notice, occurrence.attested.attested_at)} already."
        )
    held = held_role(notice, by, obligor_roles(case), now)
    if held is None:
        return NotYourTask(f"This is attested by {titles(notice, obligor_roles(case))}.")
    if not tidy(command.statement):
        return ReasonMissing("State what holds: an attestation without words attests nothing.")
    given = AttestationGiven(tidy(command.statement), by.id, held, now)
    return met(case, given, "it was attested.", now)
