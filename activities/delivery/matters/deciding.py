"""What is told about concerns, and about the consideration of a power. Only people decide; a letter never says what they will."""

from activities.delivery.call import Call
from activities.delivery.matters.matter import Matter, MatterOf, doer, said, what
from activities.delivery.sentences import joined, long_date
from domain.case import Case
from domain.corrections.in_words import change_in_words
from domain.deciding.power import IN_WORDS
from domain.events import deciding
from domain.occurrence.state import OWED


def _concern(event: deciding.ConcernRecorded, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.recorded_by, event.recorded_as)
    about = f" about clause {joined(event.clauses)}" if event.clauses else ""
    return Matter(
        subject="A concern was recorded",
        happened=f"{who} recorded a concern{about}: {said(event.concern)}",
        act="Close it with reasons, or refer it for consideration, here. Nothing follows from a concern by itself:",
        task=OWED,
    )


def _closed(event: deciding.ConcernClosed, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.closed_by, event.closed_as)
    return Matter(
        subject="Concern closed", happened=f"{who} closed the concern, and says why: {said(event.reasons)}"
    )


def _referred(event: deciding.ConcernReferred, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.referred_by, event.referred_as)
    recorded = case.occurrence.concern
    is_yours = recorded is not None and recorded.recorded_by == call.person
    return Matter(
        subject="Concern referred for consideration",
        happened=f"{who} referred a concern for consideration under {event.power}: {said(event.reasons)} "
        "This referral decides nothing, and it is no finding against anybody.",
        act="Nothing is asked of you now. The concern and its history are here:"
        if is_yours
        else "A consideration can be opened, or not. To refer is not to decide. The concern is here:",
    )


def _invited(event: deciding.RepresentationsInvited, case: Case, call: Call) -> Matter:
    who, until = doer(case, call, event.invited_by, event.invited_as), long_date(event.until)
    considered = case.occurrence.consideration
    why = f" It is considered because of this: {said(considered.opened.because)}" if considered else ""
    return Matter(
        subject="You can be heard",
        happened=f"{who} invited you to make representations until the end of {until}, before anything is decided in "
        f"{what(case)}.{why}",
        act="Say here what those who decide should know:",
        task="representations",
    )


def _made(event: deciding.RepresentationsMade, case: Case, call: Call) -> Matter:
    who, late = doer(case, call, event.made_by, event.made_as), ""
    if event.late:
        late = " They came after the day until which they were invited, and are heard all the same."
    return Matter(
        subject="Representations were made",
        happened=f"{who} made representations: {said(event.text)}{late}",
        act="Answer them with reasons, here, before a decision is made:",
        task=OWED,
    )


def _answered(event: deciding.RepresentationsAnswered, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.answered_by, event.answered_as)
    return Matter(
        subject="Your representations were answered", happened=f"{who} answered: {said(event.reasons)}"
    )


def _proposed(event: deciding.DecisionProposed, case: Case, _: Call) -> Matter:
    who = f"{event.signed.name} ({case.notice.role(event.signed.role).title})"
    return Matter(
        subject="For a second signature",
        happened=f"{who} proposed, and signed, to {IN_WORDS[event.option]}: {said(event.reasons)} "
        "Nothing is decided before another person has signed as well.",
        act="Read it, and sign it if you agree, here:",
        task="signature",
    )


def _decided(event: deciding.DecisionMade, case: Case, _: Call) -> Matter:
    who = joined([f"{each.name} ({case.notice.role(each.role).title})" for each in event.signatories])
    return Matter(
        subject="It was decided",
        happened=f"On {long_date(event.decided_on)} it was decided to {IN_WORDS[event.option]}, under {event.law}: "
        f"{said(event.reasons)} It was signed by {who}.",
        act="The decision and what it rests on are here:",
    )


def _issued(event: deciding.DecisionIssued, case: Case, _: Call) -> Matter:
    decided = case.occurrence.consideration.decided if case.occurrence.consideration else None
    option = f" to {IN_WORDS[decided.option]}" if decided else ""
    return Matter(
        subject="Decision issued",
        happened=f"The decision{option} was issued on {long_date(event.issued_on)}.",
        act="The decision and its reasons are here:",
    )


def _corrected(event: deciding.CorrectionNoted, case: Case, _: Call) -> Matter:
    decided = case.occurrence.consideration.decided if case.occurrence.consideration else None
    since = ", after the decision was made" if decided and decided.decided_at <= event.noted_at else ""
    return Matter(
        subject="Corrected since",
        happened=f"Something that was before those who decide has been corrected{since}: "
        f"{change_in_words(event, case.notice)}. Nothing that was decided changes by itself.",
        act="See here what was corrected, and weigh whether it matters:",
    )


MATTERS: dict[str, MatterOf] = {
    "concern-recorded": _concern,
    "concern-closed": _closed,
    "concern-referred": _referred,
    "representations-invited": _invited,
    "representations-made": _made,
    "representations-answered": _answered,
    "decision-proposed": _proposed,
    "decision-made": _decided,
    "decision-issued": _issued,
    "correction-noted": _corrected,
}
