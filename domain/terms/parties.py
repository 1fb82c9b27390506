"""Bodies, the roles within them, and the people who hold those roles for a time.

A party is not a role and a role is not a person: one person may hold two roles, and a role may stand vacant.
"""

from datetime import date

from domain.values import Identifier, Sentence, Term


class Party(Term):
    """A body that owes, is owed, or bears the consequence. `track` names its ladder's colour in every picture."""

    id: Identifier
    name: Sentence
    note: Sentence | None = None


class Role(Term):
    """A position within a party. Whoever holds it is chased, not the party.

    `conflicts_with`: roles that one person should not hold besides; if somebody does, it is shown.
    """

    id: Identifier
    title: Sentence
    party: Identifier
    conflicts_with: tuple[Identifier, ...] = ()


class Person(Term):
    """Somebody who can hold a role. `email` reaches them and is kept outside the record."""

    id: Identifier
    name: Sentence
    email: str | None = None


class Appointment(Term):
    """A person holds a role from a day on, until a day (inclusive) or further notice."""

    role: Identifier
    person: Identifier
    since: date
    until: date | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)
