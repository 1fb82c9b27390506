"""The words of one matter, and what they are put together from."""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from activities.delivery.call import Call
from activities.delivery.letter import one_line
from activities.delivery.sentences import joined, person_in_role
from domain.case import Case
from domain.identity import OccurrenceId

LONGEST_QUOTATION = 600
SEE_HERE = "Nothing is asked of you now. Everything that happened is here:"


@dataclass(frozen=True, slots=True)
class Matter:
    """`subject` begins the subject line. `happened` says what, in one or two sentences; `act` what the reader can do.

    `task` is the task to which the letter leads, of `occurrence` if that is another one; without it, it leads to the
    occurrence itself. `because`: why the reader gets it, where that is not their role.
    """

    subject: str
    happened: str
    act: str = SEE_HERE
    task: str | None = None
    occurrence: OccurrenceId | None = None
    because: str | None = None


MatterOf = Callable[[Any, Case, Call], Matter]


def said(text: str) -> str:
    """What a person wrote, at the end of a sentence and no longer than a letter can bear."""
    quoted = text.replace("“", "‘").replace("”", "’")
    return f"“{shorten(one_line(quoted), LONGEST_QUOTATION, placeholder=' …').rstrip(' .')}”."


def doer(case: Case, call: Call, person: str, role: str) -> str:
    """`You`, or `Helen Marsh (Director of children’s services)`."""
    return "You" if person == call.person else person_in_role(case.notice, person, role)


def what(case: Case) -> str:
    return f"“{case.occurrence.facts.title}”"


def sections(case: Case, ids: tuple[str, ...]) -> str:
    titles = {section.id: section.title for section in case.occurrence.facts.sections}
    return joined([f"“{titles.get(each, each)}”" for each in ids])
