"""What reviews may cover, and what those that were held did cover."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.terms.obligations import MaximumGapReview, ScopeList


@dataclass(frozen=True, slots=True)
class ThemesCovered:
    """`covered`: each theme of the notice with the reviews that covered it; `others`: themes that it does not list."""

    covered: dict[str, tuple[OccurrenceId, ...]]
    not_yet: tuple[str, ...]
    others: tuple[str, ...]


def themes_of(notice: Notice, obligation: str) -> tuple[str, ...]:
    """The themes that a review names for itself, and those of the scope lists over it."""
    review = notice.find_obligation(obligation)
    own = review.themes if isinstance(review, MaximumGapReview) else ()
    listed = (
        theme
        for each in notice.owed
        if isinstance(each, ScopeList) and each.of == obligation
        for theme in each.themes
    )
    return tuple(dict.fromkeys((*own, *listed)))


def themes_covered(notice: Notice, obligation: str, known: Iterable[Occurrence]) -> ThemesCovered:
    """Only reviews that were held count, each with the themes that were really covered."""
    listed = {theme.casefold(): theme for theme in themes_of(notice, obligation)}
    covered: dict[str, list[OccurrenceId]] = {}
    others: dict[str, None] = {}
    for _, review in sorted(_held(obligation, known), key=lambda pair: pair[0]):
        for theme in review.held.themes if review.held else ():
            if theme.casefold() in listed:
                covered.setdefault(listed[theme.casefold()], []).append(review.id)
            else:
                others.setdefault(theme)
    return ThemesCovered(
        covered={theme: tuple(covered[theme]) for theme in listed.values() if theme in covered},
        not_yet=tuple(theme for theme in listed.values() if theme not in covered),
        others=tuple(others),
    )


def _held(obligation: str, known: Iterable[Occurrence]) -> Iterator[tuple[date, Occurrence]]:
    for each in known:
        if each.held is not None and each.id.obligation == obligation:
            yield each.held.held_on, each
