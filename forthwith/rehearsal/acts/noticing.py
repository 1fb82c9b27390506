"""The notice as an instrument: issued, varied, ended, ruled on, and the people who hold its roles."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import TypeAdapter, model_validator

from domain import commands as asked
from domain.notice import restating
from domain.notice.state import Notice
from domain.terms.clauses import Interpretation
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Person
from domain.time.calendar import load_calendar
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.base import Day, OnNotice, Words
from forthwith.rehearsal.acts.making import Maker, Scene, plainly

_OBLIGATION: TypeAdapter[Any] = TypeAdapter(Obligation)


class Issue(OnNotice):
    """Issue another instrument in the same rehearsal.

    `file`: a notice file, from the folder of the scenario on, or the name of one that ships.
    """

    do: Literal["issue"]
    file: str


class Vary(OnNotice):
    """Restate the notice: by a `file` with the whole of it, or by what differs.

    `obligations`: each with its `id` and the terms that change; one that is not there yet is stated whole.
    """

    do: Literal["vary"]
    file: str | None = None
    runs_until: Day | None = None
    obligations: tuple[dict[str, Any], ...] = ()
    ladders: tuple[Ladder, ...] = ()
    variation: Words
    reason: Words
    decided_on: Day | None = None
    effective_on: Day | None = None

    @model_validator(mode="after")
    def _says_how(self) -> "Vary":
        differs = self.runs_until is not None or bool(self.obligations or self.ladders)
        if (self.file is not None) == differs:
            raise ValueError(
                "say how the notice reads: by a `file`, or by what differs from how it reads now"
            )
        return self


class Lift(OnNotice):
    do: Literal["lift"]
    reason: Words
    kept: tuple[Identifier, ...] = ()
    after_care_until: Day | None = None
    decided_on: Day | None = None
    issued_on: Day | None = None


class Supersede(OnNotice):
    do: Literal["supersede"]
    successor: Identifier
    reason: Words
    decided_on: Day | None = None
    stepped_down: bool = False


class SucceedBody(OnNotice):
    do: Literal["succeed-body"]
    party: Party
    since: Day
    law: Words


class ReviseInterpretation(OnNotice):
    do: Literal["revise-interpretation"]
    interpretation: Interpretation
    reason: Words
    obligations: tuple[Obligation, ...] = ()
    ladders: tuple[Ladder, ...] = ()


class ProclaimHoliday(OnNotice):
    do: Literal["proclaim-holiday"]
    day: Day
    title: Words
    reason: Words


class Appoint(OnNotice):
    do: Literal["appoint"]
    role: Identifier
    person: Person
    since: Day
    until: Day | None = None


class EndAppointment(OnNotice):
    do: Literal["end-appointment"]
    role: Identifier
    person: Identifier
    until: Day
    reason: Words


class Delegate(OnNotice):
    do: Literal["delegate"]
    role: Identifier
    to: Identifier
    since: Day
    until: Day
    reason: Words


class NoteVisit(OnNotice):
    do: Literal["note-visit"]
    visitor: Words
    day: Day
    purpose: Words


class Rate(OnNotice):
    do: Literal["rate"]
    obligation: Identifier
    rating: Words
    basis: Words


class Release(OnNotice):
    do: Literal["release"]
    obligation: Identifier
    reasons: Words
    decided_on: Day | None = None


def _issue(_: Issue, scene: Scene) -> asked.IssueNotice:
    terms = scene.instrument
    return asked.IssueNotice(terms, load_calendar(terms.notice.calendar), scene.at)


def _vary(act: Vary, scene: Scene) -> asked.VaryNotice:
    return asked.VaryNotice(
        scene.terms or restated(act, scene.case.notice),
        act.variation,
        act.reason,
        act.decided_on or scene.day,
        act.effective_on or scene.day,
    )


def restated(act: Vary, notice: Notice) -> NoticeFile:
    """The whole notice as it would read with what differs; raises ValidationError."""
    reads = restating.restated(notice)
    known = {each.id: each for each in reads.obligations}
    obligations = {**known, **{each: _differing(known.get(each), terms) for each, terms in _named(act)}}
    ladders = {each.id: each for each in (*reads.ladders, *act.ladders)}
    header = reads.notice.model_copy(update={"runs_until": act.runs_until or reads.notice.runs_until})
    return reads.model_copy(
        update={
            "notice": header,
            "obligations": tuple(obligations.values()),
            "ladders": tuple(ladders.values()),
        }
    )


def _named(act: Vary) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((str(terms.get("id")), terms) for terms in act.obligations)


def _differing(before: Any, terms: dict[str, Any]) -> Any:
    return _OBLIGATION.validate_python({**(before.model_dump() if before else {}), **terms})


def _appoint(act: Appoint, scene: Scene) -> asked.AppointPerson:
    appointment = Appointment(role=act.role, person=act.person.id, since=act.since, until=act.until)
    return asked.AppointPerson(scene.notice, appointment, act.person)


MAKERS: dict[type[Term], Maker] = {
    Issue: _issue,
    Vary: _vary,
    Lift: plainly(asked.LiftNotice),
    Supersede: plainly(asked.SupersedeNotice),
    SucceedBody: plainly(asked.RecordSuccession),
    ReviseInterpretation: plainly(asked.ReviseInterpretation),
    ProclaimHoliday: plainly(asked.ProclaimHoliday),
    Appoint: _appoint,
    EndAppointment: plainly(asked.EndAppointment),
    Delegate: plainly(asked.DelegateRole),
    NoteVisit: plainly(asked.NoteVisit),
    Rate: plainly(asked.RateCompliance),
    Release: plainly(asked.ReleaseObligation),
}
