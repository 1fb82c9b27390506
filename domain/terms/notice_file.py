"""A whole notice, as its file states it."""

from datetime import date
from typing import Literal

from pydantic import Field

from domain.terms.clauses import Clause, Interpretation
from domain.terms.ladders import Ladder
from domain.terms.obligations import Obligation
from domain.terms.parties import Appointment, Party, Person, Role
from domain.values import Identifier, Sentence, Term

FORMAT: Literal["forthwith-notice/1"] = "forthwith-notice/1"


class Signature(Term):
    """Who signs for the issuer. The date stays empty where the instrument leaves it blank."""

    name: Sentence
    title: Sentence
    signed: date | None = None


class Source(Term):
    """Where the text was taken from, with its hash, so that anybody can compare."""

    title: Sentence
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Header(Term):
    """The instrument itself. `issued` is the anchor from which its dates are counted.

    `runs_until`: no period falls due after this day unless the notice is continued.
    `addressed_to`: the address lines as the instrument has them.
    `power`: under which law those to whom matters are referred may act.
    `kept_by`: the role that keeps the notice for its issuer: it rules on readings, appoints, and approves corrections.
    """

    id: Identifier
    title: Sentence
    instrument: Sentence
    issuer: Identifier
    recipient: Identifier
    addressed_to: Sentence | None = None
    issued: date
    runs_until: date
    zone: str
    calendar: Identifier
    ground: Sentence
    power: Sentence | None = None
    kept_by: Identifier | None = None
    signature: Signature | None = None
    source: Source | None = None


class NoticeFile(Term):
    """Everything the engine knows about one notice before anything has happened."""

    format: Literal["forthwith-notice/1"]
    notice: Header
    parties: tuple[Party, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    clauses: tuple[Clause, ...] = Field(min_length=1)
    interpretations: tuple[Interpretation, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    obligations: tuple[Obligation, ...] = Field(min_length=1)
