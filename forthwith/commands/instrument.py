"""`forthwith notice …` on a running engine: issue it, vary it, end it, rule on it, and tend those who hold its roles."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from domain.commands import (
    AppointPerson,
    EndAppointment,
    IssueNotice,
    LiftNotice,
    MakeRequest,
    NoteVisit,
    ProclaimHoliday,
    RateCompliance,
    RecordSuccession,
    ReleaseObligation,
    ReviseInterpretation,
    SupersedeNotice,
    VaryNotice,
)
from domain.terms.clauses import Interpretation
from domain.terms.ladders import Ladder
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Person
from domain.time.calendar import load_calendar
from domain.values import Term
from forthwith.commands.acting import Afterwards, act, on_the_day, stated
from forthwith.commands.opening import in_zone, must_exist, notice_from, notice_named
from forthwith.commands.words import Day, Manner, NoticeName, ObligationName, PersonName, Reason, RoleName
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.world import World

DecidedOn = Annotated[Day | None, Parameter(help="The day of the decision; today, if left out.")]


class InterpretationFile(Term):
    """A reading as a file, with the obligations and ladders as they stand under it."""

    interpretation: Interpretation
    obligations: tuple[Obligation, ...] = ()
    ladders: tuple[Ladder, ...] = ()


def issue(
    file: Annotated[Path, Parameter(help="The notice file (YAML).")],
    *,
    by: Annotated[str, Parameter(help="Who issues it.")] = "operator",
    chase_from: Annotated[
        datetime | None, Parameter(help="A day or an instant; the moment of issuing, if left out.")
    ] = None,
    dry_run: Annotated[bool, Parameter(help="Say whether it would be allowed; change nothing.")] = False,
    key: Annotated[
        UUID | None, Parameter(help="Repeating a request with the same key answers with the first receipt.")
    ] = None,
    json: Annotated[bool, Parameter(help="Print the receipt as one JSON object.")] = False,
) -> None:
    """Bring a notice into force on the running engine. Nothing that fell due before `--chase-from` is chased."""
    terms = notice_from(file)

    async def ask(world: World) -> IssueNotice:
        start = in_zone(chase_from, terms.notice.zone, "--chase-from") if chase_from else world.clock.now()
        return IssueNotice(terms, load_calendar(terms.notice.calendar), start)

    how = Manner(by=by, dry_run=dry_run, key=key, json=json)
    act(ask, how, f"{terms.notice.title} is in force.", afterwards=addresses_of(terms.people))


def vary(
    file: Annotated[Path, Parameter(help="The whole notice as it will read (YAML).")],
    *,
    variation: Annotated[str, Parameter(help="What the variation is called.")],
    reason: Reason,
    decided_on: DecidedOn = None,
    effective_on: Annotated[Day | None, Parameter(help="From when it counts; today, if left out.")] = None,
    how: Manner,
) -> None:
    """Restate a notice in mid-flight. What differs from how it reads now becomes events."""
    terms = notice_from(file)

    def make(today: date) -> VaryNotice:
        return VaryNotice(terms, variation, reason, decided_on or today, effective_on or today)

    ask = on_the_day(terms.notice.id, make)
    act(ask, how, "Varied.", moves_days=True, afterwards=addresses_of(terms.people))


def lift(
    notice: NoticeName,
    *,
    reason: Reason,
    kept: Annotated[
        tuple[str, ...],
        Parameter(name="--keep", help="An obligation that goes on in after-care; may be repeated."),
    ] = (),
    after_care_until: Annotated[Day | None, Parameter(help="The last day of after-care.")] = None,
    decided_on: DecidedOn = None,
    issued_on: Annotated[
        Day | None, Parameter(help="The day on which it was issued; today, if left out.")
    ] = None,
    how: Manner,
) -> None:
    """End a notice, with or without after-care. It is named, or given as its file."""
    named = notice_named(notice)

    def make(today: date) -> LiftNotice:
        return LiftNotice(named, reason, decided_on or today, issued_on or today, kept, after_care_until)

    act(on_the_day(named, make), how, "Lifted.", moves_days=True)


def supersede(
    notice: NoticeName,
    successor: Annotated[str, Parameter(help="The notice that takes its place; it has been issued.")],
    *,
    reason: Reason,
    stepped_down: Annotated[bool, Parameter(help="It is a step back down, as from a direction.")] = False,
    decided_on: DecidedOn = None,
    how: Manner,
) -> None:
    """Let another instrument take the place of this one."""

    def make(today: date) -> SupersedeNotice:
        return SupersedeNotice(notice, successor, reason, decided_on or today, stepped_down)

    act(on_the_day(notice, make), how, "Superseded.", moves_days=True)


def succeed(
    notice: NoticeName,
    party: Annotated[str, Parameter(help="The party whose place is taken, for example council.")],
    *,
    name: Annotated[str, Parameter(help="What the new body is called.")],
    note: Annotated[str | None, Parameter(help="What should be known about it.")] = None,
    since: Annotated[Day, Parameter(help="From which day on.")],
    law: Annotated[str, Parameter(help="Under which law.")],
    how: Manner,
) -> None:
    """Let another body take the place of a party; everything owed by or to it is then the new body's."""
    body = stated(Party, id=party, name=name, note=note)
    act(RecordSuccession(notice, body, since, law), how, "Recorded.")


def interpret(
    notice: NoticeName,
    file: Annotated[
        Path,
        Parameter(
            help="YAML with `interpretation`, and the `obligations` and `ladders` that follow from it, each as "
            "in a notice file."
        ),
    ],
    *,
    reason: Reason,
    how: Manner,
) -> None:
    """Read an ambiguity otherwise from now on. `--dry-run` tells which due days that moves."""
    content = read_model(must_exist(file), InterpretationFile, LIMIT_BYTES)
    command = ReviseInterpretation(
        notice, content.interpretation, reason, content.obligations, content.ladders
    )
    act(command, how, "Ruled.", moves_days=True)


def holiday(
    notice: NoticeName,
    day: Annotated[Day, Parameter(help="The day that is no working day any more.")],
    *,
    title: Annotated[str, Parameter(help="What it is called.")],
    reason: Reason,
    how: Manner,
) -> None:
    """Proclaim a holiday. What was counted over it is counted anew."""
    act(ProclaimHoliday(notice, day, title, reason), how, "Proclaimed.", moves_days=True)


def appoint(
    notice: NoticeName,
    role: RoleName,
    person: PersonName,
    *,
    name: Annotated[str, Parameter(help="What they are called.")],
    email: Annotated[
        str | None, Parameter(help="Where they are reached; it stays out of the record.")
    ] = None,
    since: Annotated[Day, Parameter(help="The first day.")],
    until: Annotated[Day | None, Parameter(help="The last day; until further notice, if left out.")] = None,
    how: Manner,
) -> None:
    """Appoint somebody to a role."""
    somebody = stated(Person, id=person, name=name, email=email)
    appointment = stated(Appointment, role=role, person=person, since=since, until=until)
    command = AppointPerson(notice, appointment, somebody)
    act(command, how, "Appointed.", afterwards=addresses_of((somebody,)))


def end_appointment(
    notice: NoticeName,
    role: RoleName,
    person: PersonName,
    *,
    until: Annotated[Day, Parameter(help="The last day on which they hold the role.")],
    reason: Reason,
    how: Manner,
) -> None:
    """End an appointment."""
    act(EndAppointment(notice, role, person, until, reason), how, "Ended.")


def visit(
    notice: NoticeName,
    *,
    visitor: Annotated[str, Parameter(help="Who visits, or has visited.")],
    day: Annotated[Day, Parameter(help="On which day.")],
    purpose: Annotated[str, Parameter(help="What for.")],
    how: Manner,
) -> None:
    """Note the visit of a third party. It stands in the calendar, and is owed nothing."""
    act(NoteVisit(notice, visitor, day, purpose), how, "Noted.")


def rate(
    notice: NoticeName,
    obligation: ObligationName,
    *,
    rating: Annotated[str, Parameter(help="How far it is complied with.")],
    basis: Annotated[str, Parameter(help="What that rests on.")],
    how: Manner,
) -> None:
    """Say, as one who monitors it, how far an obligation is complied with."""
    act(RateCompliance(notice, obligation, rating, basis), how, "Rated.")


def release(
    notice: NoticeName,
    obligation: ObligationName,
    *,
    reasons: Annotated[str, Parameter(help="Why whoever has to be satisfied is satisfied.")],
    decided_on: DecidedOn = None,
    how: Manner,
) -> None:
    """End an obligation that holds until a decision, because that was made."""
    ask = on_the_day(
        notice, lambda today: ReleaseObligation(notice, obligation, reasons, decided_on or today)
    )
    act(ask, how, "Released.", moves_days=True)


def request(
    notice: NoticeName,
    obligation: ObligationName,
    *,
    asked: Annotated[str, Parameter(help="What is asked for.")],
    wanted_by: Annotated[Day, Parameter(help="The day by which it is owed.")],
    how: Manner,
) -> None:
    """Ask for something under an obligation that holds until a decision."""
    act(MakeRequest(notice, obligation, asked, wanted_by), how, "Asked.")


def addresses_of(people: tuple[Person, ...]) -> Afterwards:
    """Addresses are kept outside the record, because they are erasable."""

    async def keep(world: World) -> None:
        now = world.clock.now()
        for person in people:
            if person.email:
                await world.directory.set_address(person.id, person.email, now)

    return keep
