"""What happened to a report after it was received, and to what it rests on."""

from dataclasses import dataclass
from datetime import date

from domain.events.chasing import Message
from domain.values import Instant


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """A version was returned as deficient. It stays on time if it was; a supplemental report is owed besides.

    `sections` are those found deficient, `supplement` is the period of the supplemental occurrence.
    """

    version: int
    reasons: str
    sections: tuple[str, ...]
    supplement: str
    supplement_due_on: date
    returned_by: str
    returned_as: str
    messages: tuple[Message, ...]
    returned_at: Instant


@dataclass(frozen=True, slots=True)
class DeficiencyMadeGood:
    """The supplemental report was accepted, and with it the report that it supplements."""

    supplement: str
    accepted_by: str
    accepted_as: str
    made_good_at: Instant


@dataclass(frozen=True, slots=True)
class QueryRaised:
    """A report says that there is nothing where the plan's own record says otherwise. `contradicted_by` names what."""

    query: int
    section: str
    question: str
    contradicted_by: tuple[str, ...]
    messages: tuple[Message, ...]
    queried_at: Instant


@dataclass(frozen=True, slots=True)
class QueryAnswered:
    query: int
    answer: str
    answered_by: str
    answered_as: str
    answered_at: Instant


@dataclass(frozen=True, slots=True)
class UpdateCommissioned:
    """A partner was asked for an update. The obligor stays answerable for the report."""

    update: int
    partner: str
    asked: str
    wanted_by: date
    commissioned_by: str
    commissioned_as: str
    commissioned_at: Instant


@dataclass(frozen=True, slots=True)
class UpdateReceived:
    """A partner answered; `received_from` says who spoke for it."""

    update: int
    received_from: str
    text: str
    recorded_by: str
    recorded_as: str
    received_at: Instant


@dataclass(frozen=True, slots=True)
class ContentFoundLacking:
    """So many reports in a row lacked what a content standard asks for, and those whom it names are told."""

    standard: str
    sections: tuple[str, ...]
    reports: int
    messages: tuple[Message, ...]
    found_at: Instant
