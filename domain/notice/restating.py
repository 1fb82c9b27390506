"""A notice in force as the file that would state it as it reads now: what a variation starts from."""

from domain.notice.state import Notice
from domain.terms.notice_file import FORMAT, NoticeFile
from domain.terms.parties import Person


def restated(notice: Notice) -> NoticeFile:
    """Everything that it asks for and everybody who is appointed; addresses are kept outside the record."""
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
