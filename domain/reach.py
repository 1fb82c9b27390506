"""How far an act reaches: which occurrences, besides its own, are read for it and must not change before it is recorded.

Most acts reach no further than their occurrence and the notice. Reading more than is needed would make people wait for
each other, and reading less would decide on something stale.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain import commands as asked
from domain.case import Case
from domain.excusing.following import followers
from domain.identity import OccurrenceId, occurrence_streams
from domain.notice.schedule import PLAN
from domain.notice.state import Notice
from domain.reporting.naming import report_of
from domain.reporting.standards import periods_before
from domain.terms.obligations import AfterEvent, Continuing, FixedDeadline

_THE_WHOLE_NOTICE = (
    asked.OpenOccurrences,
    asked.VaryNotice,
    asked.LiftNotice,
    asked.SupersedeNotice,
    asked.ReviseInterpretation,
    asked.ProclaimHoliday,
    asked.AppointPerson,
    asked.ReleaseObligation,
    asked.MakeRequest,
    asked.RequireDiagnosticReview,
    asked.RecordConcern,
    asked.OpenConsideration,
    asked.SignDecision,
    asked.PlanReview,
    asked.NotifyReview,
    asked.MoveReview,
    asked.RecordReviewHeld,
    asked.ProposeCorrection,
    asked.ApproveCorrection,
    asked.RejectCorrection,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """`names`: occurrences, whether they have opened or not. `beginnings`: all that have opened and whose stream begins so."""

    names: tuple[OccurrenceId, ...] = ()
    beginnings: tuple[str, ...] = ()

    def covers(self, name: OccurrenceId) -> bool:
        return name in self.names or name.stream.startswith(self.beginnings)


def reach(command: asked.Command, notice: Notice) -> Reach:
    """The further occurrences that a decision on this command looks at."""
    match command:
        case asked.SubmitReport(occurrence=name):
            return Reach((*plans(notice), *periods_before(notice, name)))
        case asked.AcceptReport(occurrence=name) | asked.ReturnReport(occurrence=name):
            return Reach(beginnings=(report_of(name).stream,))
        case asked.GrantExtension(occurrence=name) | asked.RestartClock(occurrence=name):
            return Reach(tuple(followers(notice, name)))
        case asked.RecordAssessment(occurrence=name):
            return Reach(tuple(_plans_assessed(notice, name)))
    is_wide = isinstance(command, _THE_WHOLE_NOTICE)
    return Reach(beginnings=(occurrence_streams(notice.terms.id),)) if is_wide else Reach()


def _plans_assessed(notice: Notice, name: OccurrenceId) -> Iterator[OccurrenceId]:
    for each in notice.obligations:
        if isinstance(each, FixedDeadline) and each.id == name.obligation and each.over:
            yield OccurrenceId(notice.terms.id, each.over, PLAN)


def rests_on(command: asked.Command, case: Case) -> Iterator[OccurrenceId]:
    """Which of the occurrences that were read must not have moved on when it is recorded.

    What opens next depends on few of them. Were it to wait until none of a hundred moves, it would wait all morning.
    """
    if not isinstance(command, asked.OpenOccurrences):
        yield from case.others
        return
    events = {each.event for each in case.notice.owed if isinstance(each, AfterEvent)}
    for name, occurrence in case.others.items():
        is_repair = occurrence.facts.kind == "continuing" and occurrence.facts.about is not None
        if name.obligation in events or is_repair:
            yield name


def plans(notice: Notice) -> tuple[OccurrenceId, ...]:
    """The occurrences that keep a plan."""
    return tuple(
        OccurrenceId(notice.terms.id, each.id, PLAN)
        for each in notice.obligations
        if isinstance(each, Continuing) and each.stale_after_days is not None
    )


def subject_of(command: asked.Command) -> OccurrenceId | None:
    """The occurrence that a command is about; None when it is about the notice."""
    found = getattr(command, "occurrence", None) or getattr(command, "of", None)
    return found if isinstance(found, OccurrenceId) else None


def notice_of(command: asked.Command) -> str:
    """The notice that a command is about."""
    subject = subject_of(command)
    notice: str = subject.notice if subject else command.notice  # type: ignore[union-attr]  # one of the two is there
    return notice
