"""The steps of a ladder in plain words."""

from domain.events import chasing
from domain.notice.state import Notice
from domain.terms.ladders import Rung
from domain.time.words import counted
from projections.words import joined, role_title

WHAT_HAPPENED: dict[type, str] = {
    chasing.ReminderIssued: "a reminder of {thing} went to {whom}.",
    chasing.OverdueNoticeIssued: "{thing} was overdue; notice of that went to {whom}.",
    chasing.EscalationRaised: "{thing} was overdue and was brought to {whom}.",
    chasing.AssessmentRequested: "an assessment of {thing} was asked of {whom}.",
    chasing.ReferredForConsideration: "{thing} was referred to {whom} for consideration under {power}.",
}
_ACTS = {
    "acknowledge": "a reminder to acknowledge goes to {whom}",
    "remind": "a reminder goes to {whom}",
    "overdue": "a notice that it is overdue goes to {whom}",
    "escalate": "it is brought to {whom}",
    "assess": "an assessment is asked of {whom}",
    "refer": "it is referred for consideration to {whom}",
}


_DONE = {
    "acknowledge": "a reminder to acknowledge went to {whom}",
    "remind": "a reminder went to {whom}",
    "overdue": "a notice that it is overdue went to {whom}",
    "escalate": "it was brought to {whom}",
    "assess": "an assessment was asked of {whom}",
    "refer": "it was referred for consideration to {whom}",
}


def rung_as_act(rung: Rung, whom: str, *, done: bool = False) -> str:
    """What it does, or did: `it is brought to Helen Marsh (Director of children’s services)`."""
    acts = _DONE if done else _ACTS
    return acts["acknowledge" if rung.chases else rung.do].format(whom=whom or "nobody")


def distance_in_words(notice: Notice, rung: Rung, rungs: tuple[Rung, ...]) -> str:
    """When it falls: `3 working days after it is due`, `2 working days after the escalation to the Chair`."""
    if rung.working_days is not None:
        days, unit = rung.working_days, "working day"
    else:
        days, unit = rung.days or 0, "day"
    base = {"opens": "it opens", "due": "it is due"}.get(rung.after) or _named(notice, rung.after, rungs)
    if days == 0:
        return "on the day on which it is due" if rung.after == "due" else f"on the day of {base}"
    return f"{counted(abs(days), unit)} {'after' if days > 0 else 'before'} {base}"


def _named(notice: Notice, rung_id: str, rungs: tuple[Rung, ...]) -> str:
    rung = next(each for each in rungs if each.id == rung_id)
    return f"{rung.in_words} to the {joined([role_title(notice, role) for role in rung.to])}"
