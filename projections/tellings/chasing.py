"""The ladder was climbed, and what became of its messages."""

from domain.events import chasing, delivery
from domain.events.kinds import KINDS
from domain.notice.state import Notice
from domain.occurrence.state import AGREEMENT, Occurrence, RungStanding
from projections.rungs import WHAT_HAPPENED
from projections.tellings.parts import Telling, said, steps, titles
from projections.words import capital, day_of, joined, person_in_role, person_name, thing

_BY = {"smtp": "mail"}


def _raised(event: chasing.RungRaised, notice: Notice, occurrence: Occurrence) -> str:
    if isinstance(event, chasing.AcknowledgementRequested):
        return _asked(event, notice, occurrence)
    if isinstance(event, chasing.EscalationRaised) and event.chosen_by is not None:
        return _chosen(event, notice, occurrence)
    words = WHAT_HAPPENED[type(event)].format(
        thing=thing(notice, occurrence.facts), whom=_whom(event, notice), power=getattr(event, "power", "")
    )
    return f"{capital(words)}{_vacant(event, notice)}"


def _chosen(event: chasing.EscalationRaised, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_name(notice, event.chosen_by or ""), thing(notice, occurrence.facts)
    reason = f": {said(event.reason)}" if event.reason else "."
    return f"{who} chose to bring {what} to {_whom(event, notice)}{reason}{_vacant(event, notice)}"


def _asked(event: chasing.AcknowledgementRequested, notice: Notice, occurrence: Occurrence) -> str:
    what, opened_by = thing(notice, occurrence.facts), occurrence.standing_of(event.task)
    if event.task == AGREEMENT:
        state = f"who conducts {what} had not been agreed"
    elif opened_by is None:
        state = f"{what} is owed, and nobody had acknowledged it"
    else:
        state = (
            f"{what} was brought to the {titles(opened_by.rung.to, notice)}, and nobody had acknowledged it"
        )
    return f"{capital(state)}; a reminder went to {_whom(event, notice)}.{_vacant(event, notice)}"


def _collapsed(event: chasing.RungsCollapsed, _: Notice, occurrence: Occurrence) -> str:
    taken, spared = steps((event.into,), occurrence), steps(event.rungs, occurrence)
    return f"After an interruption only one step was taken, {taken}; not sent: {spared}."


def _not_chased(event: chasing.RungsNotChased, notice: Notice, occurrence: Occurrence) -> str:
    since = day_of(event.chase_from, notice.terms.zone)
    return (
        f"Steps that fell before chasing began on {since} were not taken: {steps(event.rungs, occurrence)}."
    )


def _resolved(event: chasing.EscalationResolved, notice: Notice, occurrence: Occurrence) -> str:
    standing = occurrence.standing_of(event.rung)
    whom = f" to the {titles(standing.rung.to, notice)}" if standing else ""
    step = "The referral" if standing and standing.rung.do == "refer" else "The escalation"
    return f"{step} of {thing(notice, occurrence.facts)}{whom} is over: {event.because.rstrip(' .')}."


def _sent(event: delivery.MessageSent, notice: Notice, occurrence: Occurrence) -> str:
    whom, about = person_name(notice, event.person), _about(event, notice, occurrence)
    return f"The message to {whom} {about} was sent by {_BY.get(event.channel, event.channel)}."


def _undeliverable(event: delivery.MessageUndeliverable, notice: Notice, occurrence: Occurrence) -> str:
    whom, fault = person_name(notice, event.person), event.fault.rstrip(".")
    return f"The message to {whom} {_about(event, notice, occurrence)} could not be delivered: {fault}."


def _reported(event: delivery.NonDeliveryReported, notice: Notice, occurrence: Occurrence) -> str:
    told = joined([person_in_role(notice, each.person, each.role) for each in event.messages])
    whom, what = person_name(notice, event.person), thing(notice, occurrence.facts)
    were = "was" if len(event.messages) == 1 else "were"
    return f"{told} {were} told that a message to {whom} about {what} did not arrive."


def _about(
    event: delivery.MessageSent | delivery.MessageUndeliverable, notice: Notice, occurrence: Occurrence
) -> str:
    what, standing = thing(notice, occurrence.facts), occurrence.standing_of(event.rung or "")
    if standing is None:
        return f"about {what}"
    since = _told_since(event.message, occurrence)
    if since is not None:
        end = "was withdrawn" if since.status == "withdrawn" else "is over"
        return f"that {since.rung.in_words} of {what} {end}"
    return (
        f"with {standing.rung.in_words} of {what}"
        if standing.rung.chases is None
        else f"asking to acknowledge {what}"
    )


def _told_since(message: str, occurrence: Occurrence) -> RungStanding | None:
    """The step of which this message says that it is over."""
    steps_taken = (*occurrence.rungs, *occurrence.earlier)
    return next((each for each in steps_taken if any(one.id == message for one in each.resolution)), None)


def _whom(event: chasing.RungRaised, notice: Notice) -> str:
    return joined([person_in_role(notice, each.person, each.role) for each in event.messages]) or "nobody"


def _vacant(event: chasing.RungRaised, notice: Notice) -> str:
    return f" Nobody held the role of {titles(event.vacant, notice)}." if event.vacant else ""


TELLINGS: dict[type, Telling] = {
    **{kind.shape: _raised for kind in KINDS if issubclass(kind.shape, chasing.RungRaised)},
    chasing.RungsCollapsed: _collapsed,
    chasing.RungsNotChased: _not_chased,
    chasing.EscalationResolved: _resolved,
    delivery.MessageSent: _sent,
    delivery.MessageUndeliverable: _undeliverable,
    delivery.NonDeliveryReported: _reported,
}
