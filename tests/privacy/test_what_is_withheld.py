"""Every text of every kind of event is known: an identifier, a word of the notice, or withheld from the hashed record."""

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from domain.events.kinds import KINDS, Kind
from domain.events.withheld import bare
from domain.time.calendar import HolidayCalendar

# Names that things and people go by in the record, and codes with a fixed list of values.
IDENTIFIERS = {
    "action", "areas", "areas_uncovered", "assignee", "cause", "channel", "clause", "clauses", "contradicted_by",
    "delivered", "event", "evidence_sha256", "field", "finding", "hidden_from", "holder", "id", "into", "item", "kept", "kind",
    "ladder", "matters", "media_type", "message", "message_id", "missing", "notice", "objective", "obligation", "obligee", "obligor",
    "on_behalf_of", "option", "outcome", "outstanding", "owner", "partner", "period", "person", "rating",
    "role", "roles", "rung", "rungs", "section", "sections", "sha256", "content_sha256", "sources", "standard", "stream",
    "strength", "successor", "supplement", "supplements", "task", "to", "topic", "vacant", "variation", "without_source",
    "do", "chases", "after", "track", "issuer", "recipient", "zone", "calendar", "kept_by", "ruled_by", "affects",
    "chosen_by", "asked_by", "asked_as", "agreed_by", "label", "conflicts_with", "within",
}  # fmt: skip
# What the instrument itself says, as its file states it; and the law that is cited. Public, and on every page.
WORDS_OF_THE_NOTICE = {
    "header.title", "header.instrument", "header.ground", "header.power", "header.signature.title", "header.source.title",
    "calendar.name", "calendar.edition", "party.name", "party.note", "role.title", "clause.text", "clause.heading",
    "interpretation.question", "interpretation.ruling", "interpretation.basis", "ladder.rungs[].says", "plan[].rung.says",
    "title", "sections[].title", "sections[].hint", "power", "law", "instrument", "was",
}  # fmt: skip
# Of these kinds, a text of that name is the notice's own, and nobody types it under the notice.
ONLY_IN = {
    "title": {"occurrence-opened.v1", "holiday-proclaimed.v1"},
    "was": {"body-succeeded.v1", "interpretation-revised.v1"},
    "sections[].title": {"occurrence-opened.v1"},
    "sections[].hint": {"occurrence-opened.v1"},
}


def texts_in(shape: Any, path: str = "") -> Iterator[str]:
    """The path of every text that a type may hold."""
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        yield from texts_in(arguments[0], path)
    elif origin in (Union, types.UnionType):
        for each in arguments:
            yield from texts_in(each, path)
    elif origin is tuple:
        yield from texts_in(arguments[0], f"{path}[]")
    elif shape is str:
        yield path
    elif shape is HolidayCalendar:
        yield from (f"{path}.name", f"{path}.edition")
    elif is_dataclass(shape) or (isinstance(shape, type) and issubclass(shape, BaseModel)):
        names = [each.name for each in fields(shape)] if is_dataclass(shape) else list(shape.model_fields)
        hints = get_type_hints(shape, include_extras=True)
        for name in names:
            yield from texts_in(hints[name], f"{path}.{name}" if path else name)
    else:
        assert origin is Literal or isinstance(shape, type), f"{path}: {shape} is not known here"


def is_identifier(path: str) -> bool:
    if path == "role.party":
        return True
    name = path.removesuffix("[]").rpartition(".")[2]
    return name in IDENTIFIERS or name.endswith(("_by", "_as"))


def is_of_the_notice(kind: Kind, path: str) -> bool:
    plain = path.removesuffix("[]")
    if plain.startswith("obligation."):
        return kind.topic == "obligation-imposed.v1"
    return plain in WORDS_OF_THE_NOTICE and kind.topic in ONLY_IN.get(plain, {kind.topic})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.topic)
def test_every_text_of_an_event_is_known(kind: Kind) -> None:
    texts = set(texts_in(kind.shape))
    withheld = {bare(path) for path in kind.withheld}
    assert withheld <= texts, "it withholds what it does not hold"
    unknown = {
        path for path in texts - withheld if not is_identifier(path) and not is_of_the_notice(kind, path)
    }
    assert unknown == set(), f"{kind.topic}: say whether these are identifiers, or withhold them"


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if "text written by people" in kind.privacy], ids=lambda kind: kind.topic
)
def test_whatever_holds_text_written_by_people_withholds_it(kind: Kind) -> None:
    assert kind.withheld


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.topic)
def test_the_fields_beside_a_path_are_there(kind: Kind) -> None:
    names = {each.name for each in fields(kind.shape)}
    for path in kind.withheld:
        _, _, person = path.partition("@")
        _, _, when = path.partition("@")[0].removesuffix("!").partition("?")
        assert not when or when in names
        assert not person or person in texts_in(kind.shape) or person == "person"
