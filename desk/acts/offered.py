"""The links to acts: only for those who may, and only where a rule would allow it today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from desk.acts.every import ON_EVENT, ON_NOTICE, ON_OCCURRENCE
from desk.acts.fields import Choice
from desk.acts.form import ActForm
from desk.acts.place import Place, at_notice, at_occurrence
from desk.addresses import act_page
from desk.permissions import may
from desk.ports import Persona
from domain.identity import OccurrenceId
from projections.casebook import Casebook


@dataclass(frozen=True)
class ActLink:
    """An act that this person may do today, and where."""

    form: ActForm
    place: Place
    href: str

    @property
    def act(self) -> str:
        return self.form.act

    @property
    def text(self) -> str:
        return self.form.link

    @cached_property
    def choices(self) -> dict[str, tuple[Any, ...]]:
        """By the name of a field, what can be chosen in it today."""
        return {
            each.name: tuple(option.value for option in each.options)
            for each in self.form.fields_at(self.place)
            if isinstance(each, Choice)
        }

    def about(self, **chosen: str) -> str | None:
        """The same page with this chosen already; None where it cannot be chosen."""
        if any(value not in self.choices.get(name, ()) for name, value in chosen.items()):
            return None
        return f"{self.href}?{urlencode(chosen)}"


def on_occurrence(book: Casebook, name: OccurrenceId, persona: Persona, now: datetime) -> dict[str, ActLink]:
    """What this person may do about one thing that is owed, by act. Raises NotFound."""
    place = at_occurrence(book, name, persona.id, now)
    return _links(ON_OCCURRENCE.values(), place, str(name))


def on_notice(book: Casebook, notice: str, persona: Persona, now: datetime) -> dict[str, ActLink]:
    """What this person may do under a notice, by act. Raises NotFound."""
    place = at_notice(book, notice, persona.id, now)
    allowed = (each for each in ON_NOTICE.values() if may(persona, book, each.act, notice, now))
    return _links(allowed, place, notice)


def on_event(place: Place, index: int) -> dict[str, ActLink]:
    """What this person may do about an event of the record, by act."""
    return _links(ON_EVENT.values(), place, f"{place.notice.terms.id}/events/{index}")


def _links(forms: Iterable[ActForm], place: Place, about: str) -> dict[str, ActLink]:
    return {
        each.act: ActLink(each, place, act_page(about, each.act)) for each in forms if each.is_open_to(place)
    }
