"""What happens next on the ladder and when, and what has happened on it so far, told to one reader."""

from datetime import datetime

from activities.delivery.sentences import holders, joined, long_date, moment
from domain.case import Case
from domain.chasing.timing import falls_at
from domain.occurrence.owed import Owed, owed_on
from domain.occurrence.state import RungStanding
from domain.time.zones import local_date

_NOT_YET: dict[Owed, str] = {
    "review": "been recorded as held",
    "assessment": "been assessed",
    "attestation": "been attested",
    "plan": "been brought up to date",
    "filled role": "been filled",
    "answer": "been answered",
    "bundle": "been confirmed as provided",
    "concern": "been answered",
    "consideration": "been decided",
}
_WHAT_IT_WAS = {
    "remind": "a reminder went to",
    "overdue": "a notice that it is overdue went to",
    "escalate": "it was brought to",
    "assess": "an assessment was asked of",
    "refer": "it was referred for consideration to",
}


def not_yet(case: Case) -> str:
    """What has to happen for it to be met, as in “if it has not … by then”."""
    return _NOT_YET.get(owed_on(case.occurrence.facts), "been received")


def next_steps(case: Case, standing: RungStanding | None, reader: str) -> tuple[str, ...]:
    """One sentence for the chase of the task that this rung opened, one for the next rung of the ladder."""
    if case.occurrence.stopped is not None and not case.occurrence.is_over:
        return ("The clock is stopped: no further step is taken until it is restarted.",)
    opens_a_task = standing is not None and standing.acknowledged is None
    chasing = _waiting(case, standing.rung.id) if standing and opens_a_task else []
    sentences = [_chased(case, each, at, reader) for each, at in chasing[:1]]
    if not case.occurrence.is_over:
        sentences += [_climbs(case, each, at, reader) for each, at in _waiting(case, None)[:1]]
    return tuple(sentences)


def so_far(case: Case, standing: RungStanding, reader: str) -> tuple[str, ...]:
    """The steps taken since it was overdue, before this one, each with its day and who was told."""
    until = standing.raised_at
    earlier = [
        (each.raised_at, each)
        for each in case.occurrence.rungs
        if each.raised_at and until and each.raised_at < until and each.rung.do not in ("remind", "assess")
    ]
    return tuple(
        _step_taken(case, each, at, reader) for at, each in sorted(earlier, key=lambda pair: pair[0])
    )


def _waiting(case: Case, chases: str | None) -> list[tuple[RungStanding, datetime]]:
    """The waiting rungs of the ladder itself, or those that chase one task, and when they fall."""
    falling = [
        (each, at)
        for each in case.occurrence.rungs
        if each.status == "waiting"
        and each.rung.chases == chases
        and (at := falls_at(case.notice, case.occurrence, each)) is not None
    ]
    return sorted(falling, key=lambda pair: pair[1])


def _chased(case: Case, standing: RungStanding, at: datetime, reader: str) -> str:
    zone = case.notice.terms.zone
    who = holders(case.notice, standing.rung.to, local_date(at, zone), reader)
    return f"On {moment(at, zone)}, if nobody has acknowledged it by then, a reminder goes to {who}."


def _climbs(case: Case, standing: RungStanding, at: datetime, reader: str) -> str:
    zone = case.notice.terms.zone
    who = holders(case.notice, standing.rung.to, local_date(at, zone), reader)
    beginning = f"On {moment(at, zone)}, if it has not {not_yet(case)} by then,"
    match standing.rung.do:
        case "overdue":
            return f"{beginning} a notice that it is overdue goes to {who}."
        case "escalate":
            return f"{beginning} it is brought to {who}."
        case "refer":
            return f"{beginning} the matter is referred for consideration to {who}."
        case "assess":
            return f"{beginning} an assessment of what has been delivered is asked of {who}."
    return f"{beginning} a reminder goes to {who}."


def _step_taken(case: Case, standing: RungStanding, at: datetime, reader: str) -> str:
    zone = case.notice.terms.zone
    day = local_date(at, zone)
    names = [
        case.notice.names.get(each.person, each.person) for each in standing.messages if each.person != reader
    ]
    told = (["you"] if any(each.person == reader for each in standing.messages) else []) + names
    whom = joined(told) or "nobody, because the role is vacant"
    sentence = f"{long_date(day)}: {_WHAT_IT_WAS[standing.rung.do]} {whom}"
    if standing.acknowledged is None:
        return f"{sentence}."
    return f"{sentence}, acknowledged on {long_date(local_date(standing.acknowledged.at, zone))}."
