"""The notice as an instrument: issued, varied, ended, ruled on, and the people who hold its roles."""

from typing import Literal

from domain import commands as asked
from domain.notice.restating import restated
from domain.terms.clauses import Interpretation
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Person
from domain.time.calendar import load_calendar
from domain.time.due import DueRule
from domain.values import Identifier, Sentence, Term
from forthwith.rehearsal.acts.base import Day, OnNotice, Words
from forthwith.rehearsal.acts.making import Maker, Scene, plainly


class NamesAFile(OnNotice):
    """`file`: a notice file, from the folder of the scenario on, or the name of one that ships."""

    file: str


class Issue(NamesAFile):
    """Issue another instrument in the same rehearsal."""

    do: Literal["issue"]


class Change(Term):
    """What of an obligation reads otherwise; the rest of it stays as it is."""

    id: Identifier
    title: Sentence | None = None
    assignee: Identifier | None = None
    ladder: Identifier | None = None
    due: DueRule | None = None


class Vary(OnNotice):
    """Vary the notice: into what a `file` states, or by changing some of it."""

    do: Literal["vary"]
    file: str | None = None
    obligations: tuple[Change, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    runs_until: Day | None = None
    variation: Words
    reason: Words
    decided_on: Day | None = None
    effective_on: Day | None = None


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
        scene.terms or _changed(act, restated(scene.case.notice)),
        act.variation,
        act.reason,
        act.decided_on or scene.day,
        act.effective_on or scene.day,
    )


def _changed(act: Vary, terms: NoticeFile) -> NoticeFile:
    """The notice as it reads, with what the act changes."""
    changes = {each.id: each.model_dump(exclude_none=True, exclude={"id", "due"}) for each in act.obligations}
    dues = {each.id: {"due": each.due} for each in act.obligations if each.due is not None}
    obligations = tuple(
        each.model_copy(update={**changes.get(each.id, {}), **dues.get(each.id, {})})
        for each in terms.obligations
    )
    restated_ladders = {each.id: each for each in (*terms.ladders, *act.ladders)}
    header = terms.notice.model_copy(update={"runs_until": act.runs_until or terms.notice.runs_until})
    return terms.model_copy(
        update={"notice": header, "obligations": obligations, "ladders": tuple(restated_ladders.values())}
    )


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
