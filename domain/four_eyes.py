"""Two people are wanted, and neither may act in the other's place."""

from datetime import datetime

from domain.actor import Actor
from domain.notice.state import Notice
from domain.who import today


def is_the_same_hand(
    notice: Notice, first: tuple[str, str, datetime], by: Actor, role: str, now: datetime
) -> bool:
    """Whether whoever acts now is the one who acted first, or one of them stands in for the other.

    `first` is that person, the role in which they acted, and when.
    """
    person, person_as, acted_at = first
    if person == by.id:
        return True
    stands_in_for_the_first = notice.stands_in_for(by.id, role, today(notice, now)) == person
    the_first_stood_in = notice.stands_in_for(person, person_as, today(notice, acted_at)) == by.id
    return stands_in_for_the_first or the_first_stood_in
