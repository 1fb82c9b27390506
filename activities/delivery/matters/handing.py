"""What is told about tasks that change hands, and about steps that were taken back."""

from activities.delivery.call import Call
from activities.delivery.matters.matter import SEE_HERE, Matter, MatterOf, doer, said, what
from activities.delivery.sentences import moment
from domain.case import Case
from domain.events import handing
from domain.occurrence.state import OWED, RungStanding

_WHAT_YOU_WERE_TOLD = {
    "remind": "was to be done",
    "overdue": "was overdue",
    "escalate": "was overdue, and it was brought to you",
    "assess": "was for you to assess",
    "refer": "was overdue, and it was referred to you for consideration",
}


def _reassigned(event: handing.TaskReassigned, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.reassigned_by, event.reassigned_as)
    task = _task(event.task, case)
    if event.to == call.person:
        return Matter(
            subject="Now your task",
            happened=f"{who} gave you {task}: {said(event.reason)}",
            act="The task is yours from now on. See what is to be done here:",
            task=event.task,
            because="the task was given to you",
        )
    to = case.notice.names.get(event.to, event.to)
    return Matter(
        subject="Task given to somebody else",
        happened=f"{who} gave {task} to {to}: {said(event.reason)}",
        task=event.task,
    )


def _refused(event: handing.TaskRefused, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.refused_by, event.refused_as)
    return Matter(
        subject="Task refused",
        happened=f"{who} will not take on {_task(event.task, case)}: {said(event.reason)} "
        "The task stays open, and what is owed stays owed.",
        act="Give it to somebody, or see to it that it is done, here:",
        task=event.task,
    )


def _withdrawn(event: handing.RungWithdrawn, case: Case, call: Call) -> Matter:
    by = (
        f"{case.notice.names.get(event.withdrawn_by, event.withdrawn_by)} withdrew it"
        if event.withdrawn_by
        else ""
    )
    because = f"{event.because[:1].upper()}{event.because[1:]}".rstrip(" .")
    reason = f"{by}, because {said(event.because)}" if by else f"{because}."
    return Matter(
        subject="Withdrawn",
        happened=f"{_you_were_told(case, call)} That was not so, and it is withdrawn. {reason}",
        act=SEE_HERE,
    )


def _you_were_told(case: Case, call: Call) -> str:
    standing = _standing(case, call)
    if standing is None or standing.raised_at is None:
        return f"You were told something about {what(case)}."
    when = moment(standing.raised_at, case.notice.terms.zone)
    if standing.rung.chases is not None:
        return f"You were told on {when} that {what(case)} had not been acknowledged."
    return f"You were told on {when} that {what(case)} {_WHAT_YOU_WERE_TOLD[standing.rung.do]}."


def _standing(case: Case, call: Call) -> RungStanding | None:
    """The step that is taken back by this message."""
    taken = (*case.occurrence.rungs, *case.occurrence.earlier)
    return next((each for each in taken if any(one.id == call.id for one in each.resolution)), None)


def _task(task: str, case: Case) -> str:
    standing = None if task == OWED else case.occurrence.standing_of(task)
    if standing is None:
        return what(case)
    opened_by = {"refer": "the referral of", "assess": "the assessment of"}
    return f"{opened_by.get(standing.rung.do, 'the escalation of')} {what(case)}"


MATTERS: dict[str, MatterOf] = {
    "task-reassigned": _reassigned,
    "task-refused": _refused,
    "rung-withdrawn": _withdrawn,
}
