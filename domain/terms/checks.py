"""Whether a notice that can be read makes sense: the checks that need to see more than one of its parts."""

from domain.terms.checking.chasing import chase_faults
from domain.terms.checking.dates import appointment_faults, date_faults
from domain.terms.checking.fault import TermFault
from domain.terms.checking.kinds import kind_faults
from domain.terms.checking.ladders import ladder_faults
from domain.terms.checking.obligations import circle_faults, clause_faults, obligation_faults
from domain.terms.checking.references import conflict_faults, duplicate_faults, reference_faults
from domain.terms.notice_file import NoticeFile

_QUESTIONS = (
    duplicate_faults,
    reference_faults,
    conflict_faults,
    circle_faults,
    clause_faults,
    ladder_faults,
    obligation_faults,
    kind_faults,
    chase_faults,
    date_faults,
    appointment_faults,
)


def check(notice: NoticeFile) -> tuple[TermFault, ...]:
    """Everything that does not fit together, each with its path and a sentence; nothing if all is well."""
    return tuple(fault for question in _QUESTIONS for fault in question(notice))
