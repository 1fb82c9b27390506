"""What a notice would be on the day of its issue."""

from datetime import UTC, datetime

from domain.actor import ENGINE
from domain.case import Case
from domain.commands import IssueNotice
from domain.decide import decide
from domain.notice.fold import fold
from domain.notice.state import Notice
from domain.refusals import Refusal
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar


def as_issued(terms: NoticeFile) -> Notice:
    """The notice as it would be on the day of its issue."""
    day = datetime.combine(terms.notice.issued, datetime.min.time(), UTC)
    decision = decide(
        Case(Notice()), IssueNotice(terms, load_calendar(terms.notice.calendar), day), ENGINE, day
    )
    assert not isinstance(decision, Refusal), "a notice that has not been issued can always be issued"
    return fold(draft.event for draft in decision)
