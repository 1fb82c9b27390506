"""Corrections: proposed, approved or rejected. The event is named by its topic, because its place is not known yet."""

from typing import Any, Literal

from pydantic import Field

from domain import commands as asked
from domain.events.kinds import kind_of
from domain.refusals import CorrectionNotProposed, EventNotKnown, Refused
from domain.values import Term
from forthwith.rehearsal.acts.base import OnNotice, Words
from forthwith.rehearsal.acts.making import Maker, Scene
from forthwith.rehearsal.acts.matter import Matter


class _OfAnEvent(OnNotice):
    """The `nth` event of a topic in the record of an occurrence (`of`), or of the notice itself.

    The topic may be written with its version or without: report-submitted, or report-submitted.v1.
    """

    of: Matter | None = None
    event: str
    nth: int = Field(default=1, ge=1)

    @property
    def about(self) -> str | None:
        return self.of


class ProposeCorrection(_OfAnEvent):
    do: Literal["propose-correction"]
    field: str
    now: Words
    reason: Words


class ApproveCorrection(_OfAnEvent):
    """`field`: refused unless the proposal is about that field."""

    do: Literal["approve-correction"]
    field: str | None = None


class RejectCorrection(_OfAnEvent):
    do: Literal["reject-correction"]
    reason: Words


def _propose(act: ProposeCorrection, scene: Scene) -> asked.ProposeCorrection:
    version = _version(act, scene)
    return asked.ProposeCorrection(scene.notice, version, act.field, act.now, act.reason, scene.occurrence)


def _approve(act: ApproveCorrection, scene: Scene) -> asked.ApproveCorrection:
    version = _version(act, scene)
    if act.field is not None and (version, act.field) not in _proposed(scene):
        raise Refused(CorrectionNotProposed(f"No correction of “{act.field}” is proposed for “{act.event}”."))
    return asked.ApproveCorrection(scene.notice, version, scene.occurrence)


def _reject(act: RejectCorrection, scene: Scene) -> asked.RejectCorrection:
    return asked.RejectCorrection(scene.notice, _version(act, scene), act.reason, scene.occurrence)


def _version(act: _OfAnEvent, scene: Scene) -> int:
    """The place of the event in its stream; there may be none by then."""
    found = [
        place
        for place, event in enumerate(_stream(scene).history, start=1)
        if act.event in (topic := kind_of(event).topic, topic.rpartition(".")[0])
    ]
    if len(found) < act.nth:
        raise Refused(
            EventNotKnown(
                f"The record holds {len(found)} events “{act.event}” there, and no number {act.nth}."
            )
        )
    return found[act.nth - 1]


def _proposed(scene: Scene) -> set[tuple[int, str]]:
    return {(each.version, each.field) for each in _stream(scene).proposals}


def _stream(scene: Scene) -> Any:
    return scene.case.occurrence if scene.occurrence else scene.case.notice


MAKERS: dict[type[Term], Maker] = {
    ProposeCorrection: _propose,
    ApproveCorrection: _approve,
    RejectCorrection: _reject,
}
