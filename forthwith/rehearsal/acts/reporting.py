"""Reports, what is asked about them, and what else is owed and met: attestations, requests, assessments."""

import hashlib
from typing import Literal

from pydantic import Field

from domain import commands as asked
from domain.events.owing import SectionAnswered
from domain.values import Identifier, Sentence, Term
from forthwith.rehearsal.acts.base import Day, OnNotice, OnOccurrence, Words
from forthwith.rehearsal.acts.making import Maker, Scene, plainly
from forthwith.rehearsal.acts.section import SectionText


class Submit(OnOccurrence):
    """Submit a report. `content`: ``full`` answers every section, ``hollow`` only the first; or spell it out."""

    do: Literal["submit"]
    content: Literal["full", "hollow"] | tuple[SectionText, ...] = "full"
    received_working_days: int | None = Field(default=None, ge=-250, le=250)


class Accept(OnOccurrence):
    do: Literal["accept"]


class ReturnReport(OnOccurrence):
    do: Literal["return-report"]
    reasons: Words
    sections: tuple[Identifier, ...] = ()


class AnswerQuery(OnOccurrence):
    do: Literal["answer-query"]
    query: int = Field(default=1, ge=1)
    answer: Words


class CommissionUpdate(OnOccurrence):
    do: Literal["commission-update"]
    partner: Sentence
    asked: Words
    wanted_by: Day


class RecordUpdate(OnOccurrence):
    do: Literal["record-update"]
    update: int = Field(default=1, ge=1)
    received_from: Sentence
    text: Words


class Attest(OnOccurrence):
    do: Literal["attest"]
    statement: Words


class Assess(OnOccurrence):
    do: Literal["assess"]
    finding: Words = "Assessed as rehearsed."
    outcome: Words | None = None


class AnswerRequest(OnOccurrence):
    do: Literal["answer-request"]
    answer: Words


class RecordNonCooperation(OnOccurrence):
    do: Literal["record-non-cooperation"]
    account: Words


class Request(OnNotice):
    """Ask for something under an obligation that holds until a decision."""

    do: Literal["request"]
    obligation: Identifier
    asked: Words
    wanted_by: Day


class LodgeEvidence(OnOccurrence):
    """Lodge a file. A rehearsal has no files: what counts of it is its name, from which its hash is made."""

    do: Literal["lodge-evidence"]
    file: Words
    version: int | None = Field(default=None, ge=1)


def _lodge(act: LodgeEvidence, scene: Scene) -> asked.LodgeEvidence:
    content = act.file.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    return asked.LodgeEvidence(
        scene.subject, sha256, act.file, "text/plain", max(len(content), 1), act.version
    )


def _submit(act: Submit, scene: Scene) -> asked.SubmitReport:
    return asked.SubmitReport(scene.subject, _content(act, scene), scene.received_at)


def _content(act: Submit, scene: Scene) -> tuple[SectionAnswered, ...]:
    wanted = scene.case.occurrence.facts.sections
    if isinstance(act.content, tuple):
        return tuple(each.answered for each in act.content)
    answered = wanted if act.content == "full" else wanted[:1]
    return tuple(SectionAnswered(each.id, f"{each.title}: as rehearsed.") for each in answered)


MAKERS: dict[type[Term], Maker] = {
    Submit: _submit,
    Accept: plainly(asked.AcceptReport),
    ReturnReport: plainly(asked.ReturnReport),
    AnswerQuery: plainly(asked.AnswerQuery),
    CommissionUpdate: plainly(asked.CommissionUpdate),
    RecordUpdate: plainly(asked.RecordUpdate),
    Attest: plainly(asked.Attest),
    Assess: plainly(asked.RecordAssessment),
    AnswerRequest: plainly(asked.AnswerRequest),
    RecordNonCooperation: plainly(asked.RecordNonCooperation),
    Request: plainly(asked.MakeRequest),
    LodgeEvidence: _lodge,
}
