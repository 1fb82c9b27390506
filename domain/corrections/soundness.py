"""Whether a notice still makes sense once one of its events is corrected."""

from domain.notice.state import Notice
from domain.refusals import Refusal, ValueNotFitting
from domain.terms.checks import check
from domain.terms.notice_file import FORMAT, NoticeFile
from domain.terms.parties import Person


def fault_in_notice(before: Notice, after: Notice) -> Refusal | None:
    """The first fault that the correction would bring in."""
    known = {fault.sentence for fault in check(_as_a_file(before))}
    brought_in = [fault.sentence for fault in check(_as_a_file(after)) if fault.sentence not in known]
    return (
        ValueNotFitting(f"The notice would not make sense like that. {brought_in[0]}") if brought_in else None
    )


def _as_a_file(notice: Notice) -> NoticeFile:
    return NoticeFile(
        format=FORMAT,
        notice=notice.terms,
        parties=notice.parties,
        roles=notice.roles,
        people=tuple(Person(id=person, name=name) for person, name in notice.names.items()),
        appointments=notice.appointments,
        clauses=notice.clauses,
        interpretations=notice.interpretations,
        ladders=notice.ladders,
        obligations=tuple(each for each in notice.obligations if each.id not in notice.ended),
    )
