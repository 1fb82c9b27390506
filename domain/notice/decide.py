"""What may be asked of a notice, and what comes of it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Decision, Draft
from domain.commands import IssueNotice, OpenOccurrences
from domain.events import instrument as happened
from domain.identity import notice_stream
from domain.notice.opening import open_occurrence
from domain.notice.schedule import to_open
from domain.notice.state import Notice
from domain.refusals import NoticeAlreadyIssued, NoticeNotIssued


def issue(notice: Notice, command: IssueNotice, by: Actor, now: datetime) -> Decision:
    """Everything the notice says becomes an event of its own, so that later changes are of the same kinds."""
    terms = command.terms
    if notice.is_issued:
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


def open_occurrences(notice: Notice, command: OpenOccurrences, now: datetime) -> Decision:
    """Every occurrence whose time has come and that the record does not hold yet; none is ever skipped."""
    if not notice.is_issued:
        return NoticeNotIssued(f"“{command.notice}” has not been issued, so nothing can open under it.")
    ready = [each for each in to_open(notice, command.existing) if each.opens <= now]
    return tuple(draft for each in ready for draft in open_occurrence(notice, each, now))


def next_opening(notice: Notice, existing: frozenset[str]) -> datetime | None:
    """When the next occurrence opens; None when all that the notice calls for have."""
    waiting = to_open(notice, existing)
    return waiting[0].opens if waiting else None
