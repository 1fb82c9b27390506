"""What the notice still calls for and that has not opened yet."""

from collections.abc import Iterator
from dataclasses import replace

from domain.notice.schedule import Expected, expected, review_after
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.obligations import MaximumGapReview
from domain.time.periods import Period


def still_expected(notice: Notice, opened: tuple[Occurrence, ...]) -> tuple[Expected, ...]:
    """By due instant. Later reviews are counted from the last one really held, not from its due day."""
    known = {each.id: each for each in opened}
    found = [
        each
        for each in expected(notice, known)
        if each.id not in known and not (each.projected and _began(each.obligation.id, opened))
    ]
    for obligation in notice.obligations:
        if isinstance(obligation, MaximumGapReview):
            found.extend(_reviews_to_come(notice, obligation, opened))
    return tuple(sorted(found, key=lambda each: (each.due, each.id)))


def dated(notice: Notice, opened: tuple[Occurrence, ...]) -> tuple[Expected, ...]:
    """What has opened, with the day on which it is due now, and what is still to come; by due instant."""
    began = (_as_expected(notice, each) for each in opened)
    return tuple(sorted((*began, *still_expected(notice, opened)), key=lambda each: (each.due, each.id)))


def _as_expected(notice: Notice, opened: Occurrence) -> Expected:
    facts = opened.facts
    days = (facts.period_first, facts.period_last)
    return Expected(
        id=opened.id,
        obligation=notice.obligation(facts.obligation),
        opens=facts.opens,
        due=facts.due,
        due_on=facts.due_on,
        period=Period(facts.period, days[0], days[1]) if days[0] and days[1] else None,
        event=facts.event,
    )


def _reviews_to_come(
    notice: Notice, obligation: MaximumGapReview, opened: tuple[Occurrence, ...]
) -> Iterator[Expected]:
    reviews = [each for each in opened if each.facts.obligation == obligation.id]
    if not reviews:
        return
    last = max(reviews, key=lambda each: int(each.facts.period))
    number, from_day = int(last.facts.period) + 1, last.held.held_on if last.held else last.facts.due_on
    while (following := review_after(notice, obligation, number, from_day)) and following.due_on > from_day:
        yield replace(following, projected=True)
        number, from_day = number + 1, following.due_on


def _began(obligation: str, opened: tuple[Occurrence, ...]) -> bool:
    return any(each.facts.obligation == obligation for each in opened)
