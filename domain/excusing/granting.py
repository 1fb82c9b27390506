"""Giving more time, before or after it was due. The day on which it was due at first is kept."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.chasing.undoing import resolve_escalations
from domain.commands import GrantExtension
from domain.events.chasing import Message
from domain.events.excusing import ExtensionGranted
from domain.excusing.following import redate_what_follows
from domain.excusing.redating import redate
from domain.excusing.standing import clock_stands, excusing_role, fault_in_new_day, not_to_be_excused
from domain.four_eyes import is_the_same_hand
from domain.refusals import FourEyesRequired, ReasonMissing, Refusal
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import messages_to, today


def grant(case: Case, command: GrantExtension, by: Actor, now: datetime) -> Decision:
    """Escalations are over with it. A referral stays before those who decide."""
    occurrence, until = case.occurrence, command.until
    fault = not_to_be_excused(case) or clock_stands(case)
    if fault is not None:
        return fault
    held = excusing_role(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _to_themselves(case, by, held, now) or fault_in_new_day(case, until, now)
    if fault is not None:
        return fault
    reason = tidy(command.reason)
    if not reason:
        return ReasonMissing("Say why more time is given.")
    granted = ExtensionGranted(until, reason, by.id, held, _told(case, now), now)
    because = f"an extension was granted until {plain_date(until)}."
    return (
        Draft(command.occurrence.stream, granted),
        *resolve_escalations(occurrence, because, now),
        *redate(case.notice, occurrence, until, "extension", reason, now),
        *redate_what_follows(case, until, now),
    )


def _to_themselves(case: Case, by: Actor, held: str, now: datetime) -> Refusal | None:
    """Neither whoever asked, nor whoever stands in for them, nor the one who has the work to do."""
    notice, facts, asked = case.notice, case.occurrence.facts, case.occurrence.extensions.asked
    if asked is not None:
        first = (asked.requested_by, asked.requested_as, asked.requested_at)
        if is_the_same_hand(notice, first, by, held, now):
            return FourEyesRequired(
                f"{notice.person_name(asked.requested_by)} asked for this extension, so somebody else has to grant it."
            )
    if facts.assignee in notice.roles_of(by.id, today(notice, now)):
        return FourEyesRequired(
            f"{notice.person_name(by.id)} acts as {notice.role(facts.assignee).title} and owes it, "
            "so somebody else has to grant more time for it."
        )
    return None


def _told(case: Case, now: datetime) -> tuple[Message, ...]:
    """Whoever has the work to do, and whoever asked; each once."""
    extensions = case.occurrence.extensions
    act = f"extension-granted-{len(extensions.granted) + 1}"
    told = messages_to(case, act, (case.occurrence.facts.assignee,), now)
    asked = extensions.asked
    if asked is None or asked.requested_by in {each.person for each in told}:
        return told
    return (*told, receipt(case, act, asked.requested_by, asked.requested_as))
