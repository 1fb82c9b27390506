"""What the tellings are put together from."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.words import joined, long_date, role_title

Telling = Callable[[Any, Notice, Occurrence], str]


def said(text: str) -> str:
    """What somebody wrote, as the end of a sentence; what they quote themselves stands in single quotation marks."""
    return f"“{text.replace('“', '‘').replace('”', '’').rstrip(' .')}”."


def titles(roles: Iterable[str], notice: Notice) -> str:
    return joined([role_title(notice, role) for role in roles])


def steps(rungs: Iterable[str], occurrence: Occurrence) -> str:
    found = [occurrence.standing_of(rung) for rung in rungs]
    return joined([each.rung.in_words for each in found if each])


def version(number: int) -> str:
    return f"Version {number}"


def by_the_end_of(day: date) -> str:
    return f"by the end of {long_date(day)}"


def sections(ids: Iterable[str], occurrence: Occurrence) -> str:
    """The titles of sections or items, each quoted."""
    named = {section.id: section.title for section in occurrence.facts.sections}
    return joined([f"“{named.get(each, each)}”" for each in ids])


def task_in_words(task: str, occurrence: Occurrence, thing: str) -> str:
    """`the referral of the monthly report`; the thing itself, where the task is to see to it that it comes."""
    standing = occurrence.standing_of(task)
    if standing is None:
        return thing
    opened_by = {"refer": "the referral of", "assess": "the request to assess"}
    return f"{opened_by.get(standing.rung.do, 'the escalation of')} {thing}"
