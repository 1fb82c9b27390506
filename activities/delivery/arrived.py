"""That what was owed has come, or is owed no more, as a letter says it."""

from datetime import datetime

from activities.delivery.sentences import long_date, moment
from domain.case import Case
from domain.occurrence.owed import Owed, owed_on

_CAME: dict[Owed, str] = {
    "report": "The report was received on {when}.",
    "document": "What is owed was received on {when}.",
    "assessment": "The final assessment was recorded on {when}.",
    "attestation": "It was attested on {when}.",
    "filled role": "The role is held again, as recorded on {when}.",
    "answer": "The request was answered on {when}.",
    "bundle": "The last item was confirmed as provided on {when}.",
    "concern": "The concern was answered on {when}.",
    "consideration": "The decision was recorded on {when}.",
}


def over_at(case: Case) -> datetime | None:
    """When it came, or was owed no more; None while it is owed."""
    occurrence = case.occurrence
    ends = (
        occurrence.met_at,
        occurrence.waived.waived_at if occurrence.waived else None,
        occurrence.withdrawn.withdrawn_at if occurrence.withdrawn else None,
        occurrence.went_without.recorded_at if occurrence.went_without else None,
    )
    return min((each for each in ends if each is not None), default=None)


def over_in_words(case: Case) -> str | None:
    occurrence, zone = case.occurrence, case.notice.terms.zone
    if occurrence.held is not None:
        return f"The review was held on {long_date(occurrence.held.held_on)}."
    if occurrence.assessed is not None:
        return _CAME["assessment"].format(when=moment(occurrence.assessed.assessed_at, zone))
    if occurrence.met_at is not None:
        came = _CAME.get(owed_on(occurrence.facts), _CAME["document"])
        return came.format(when=moment(occurrence.met_at, zone))
    if occurrence.waived is not None:
        return f"It was waived on {moment(occurrence.waived.waived_at, zone)} and is owed no more."
    if occurrence.withdrawn is not None:
        return f"Since {moment(occurrence.withdrawn.withdrawn_at, zone)} it is owed no more."
    if occurrence.went_without is not None:
        return f"The review was held without it on {long_date(occurrence.went_without.held_on)}."
    return None
