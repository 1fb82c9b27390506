"""The versions of a report: what has become of it, and who may judge the last one."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case
from domain.occurrence.state import Submission
from domain.refusals import FourEyesRequired, NotForYouToAccept, OnlyPeopleDecide, Refusal
from domain.who import day_words, on_behalf_of, titles, today


def accepted_in_words(case: Case) -> str | None:
    """That it was accepted, or made good, and by whom; None while it is neither."""
    facts, notice = case.occurrence.facts, case.notice
    for each in case.occurrence.submissions:
        if each.accepted is not None:
            return f"{facts.title} has been accepted already, by {notice.person_name(each.accepted.by)}."
    made_good = case.occurrence.made_good
    if made_good is not None:
        return (
            f"{facts.title} has been made good already: {notice.person_name(made_good.accepted_by)} accepted "
            f"the supplemental report on {day_words(notice, made_good.made_good_at)}."
        )
    return None


def judging_role(case: Case, by: Actor, now: datetime) -> str | Refusal:
    """The role in which somebody may accept or return the last version, or why they may not."""
    facts, notice = case.occurrence.facts, case.notice
    if by.kind != "person":
        return OnlyPeopleDecide(f"Only a person can accept or return {facts.title}.")
    roles = notice.accepting_roles(facts.obligation)
    held = [role for role in roles if role in notice.roles_of(by.id, today(notice, now))]
    if not held:
        return NotForYouToAccept(
            f"{facts.title} is owed to {notice.party_name(facts.obligee)}; "
            f"it is for {titles(notice, roles)} to accept or return it."
        )
    last = case.occurrence.submissions[-1]
    free = [role for role in held if not _would_judge_their_own(case, last, by, role, now)]
    if free:
        return free[0]
    return FourEyesRequired(
        f"Version {last.version} of {facts.title} was submitted by {_submitter(case, last)}; neither they nor "
        "whoever acts for them can accept or return it. Somebody else has to."
    )


def _would_judge_their_own(case: Case, last: Submission, by: Actor, role: str, now: datetime) -> bool:
    theirs = (last.by, last.on_behalf_of)
    behind = on_behalf_of(case.notice, by, role, now)
    return by.id in theirs or (behind is not None and behind in theirs)


def _submitter(case: Case, last: Submission) -> str:
    name = case.notice.person_name
    return f"{name(last.by)} for {name(last.on_behalf_of)}" if last.on_behalf_of else name(last.by)
