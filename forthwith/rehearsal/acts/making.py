"""From an act to its command, once its time has come."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, get_type_hints

from domain.case import Case
from domain.commands import Command
from domain.identity import OccurrenceId
from domain.terms.notice_file import NoticeFile


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands before somebody who acts: the case as it then is, the local day and the instant.

    `terms`: the notice file that the act names. `received_at`: when what is submitted had arrived.
    """

    case: Case
    notice: str
    occurrence: OccurrenceId | None
    day: date
    at: datetime
    received_at: datetime | None = None
    terms: NoticeFile | None = None

    @property
    def subject(self) -> OccurrenceId:
        assert self.occurrence is not None, "an act on an occurrence names one"
        return self.occurrence

    @property
    def instrument(self) -> NoticeFile:
        assert self.terms is not None, "an act that names a file has been read with it"
        return self.terms


Maker = Callable[[Any, Scene], Command]


def plainly(command: type[Any]) -> Maker:
    """The command whose fields are the keys of the act. A day that was left out is the day of the act."""
    kinds = get_type_hints(command)
    named = tuple(each.name for each in fields(command))

    def make(act: Any, scene: Scene) -> Command:
        return command(**{name: _value(act, scene, name, kinds[name]) for name in named})  # type: ignore[no-any-return]

    return make


def _value(act: Any, scene: Scene, name: str, kind: object) -> Any:
    if name == "occurrence":
        return scene.subject
    if name == "notice":
        return scene.notice
    value = getattr(act, name)
    return scene.day if value is None and kind is date else value
