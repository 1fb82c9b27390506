"""The links to acts: only for those who may, and only where a rule would allow it today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class ActLink:
    """`choices`: by the name of a field, what can be chosen in it today."""

    act: str
    text: str
    href: str
    choices: dict[str, tuple[Any, ...]]

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
        each.act: ActLink(each.act, each.link, act_page(about, each.act), _choices(each, place))
        for each in forms
        if each.is_open_to(place)
    }


def _choices(form: ActForm, place: Place) -> dict[str, tuple[Any, ...]]:
    return {
        each.name: tuple(option.value for option in each.options)
        for each in form.fields_at(place)
        if isinstance(each, Choice)
    }
