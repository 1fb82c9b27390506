"""Bringing a notice into force."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import IssueNotice
from domain.events import instrument as happened
from domain.identity import notice_stream
from domain.refusals import NoticeAlreadyIssued


def issue(case: Case, command: IssueNotice, by: Actor, now: datetime) -> Decision:
    """Everything the notice says becomes an event of its own, so that later changes are of the same kinds."""
    terms = command.terms
    if case.notice.is_issued:
        return NoticeAlreadyIssued(
            f"“{terms.notice.id}” has been issued already. To see how it would run, rehearse it."
        )
    names = {person.id: person.name for person in terms.people}
    events = (
        happened.NoticeIssued(terms.notice, command.chase_from, by.id, now),
        happened.CalendarAdopted(command.calendar, command.calendar.sha256, now),
        *(happened.PartyNamed(each, now) for each in terms.parties),
        *(happened.RoleEstablished(each, now) for each in terms.roles),
        *(happened.PersonAppointed(each, names[each.person], now) for each in terms.appointments),
        *(happened.ClauseStated(each, now) for each in terms.clauses),
        *(happened.InterpretationRuled(each, now) for each in terms.interpretations),
        *(happened.LadderSet(each, now) for each in terms.ladders),
        *(happened.ObligationImposed(each, now) for each in terms.obligations),
    )
    stream = notice_stream(terms.notice.id)
    return tuple(Draft(stream, event) for event in events)
