"""One obligation on one sheet: the clause, what kind of duty it is, whose, and every occurrence with its standing."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.notice.state import Notice
from domain.refusals import NotFound
from domain.terms.obligations import Obligation
from domain.time.due import describe
from projections.casebook import Casebook
from projections.occurrence_sheet import OccurrenceRow, occurrence_rows
from projections.rungs import distance_in_words, rung_as_act
from projections.still_expected import still_expected
from projections.words import STRENGTHS, body, capital, expected_title, joined, role_title

KINDS: dict[str, str] = {
    "recurring-report": "A report for each period",
    "maximum-gap-review": "A review within a time after the last one",
    "fixed-deadline": "Something to be delivered by one date",
    "before-event": "Something that has to be there before an event, and moves with it",
    "during-event": "What is provided while an event takes place",
    "after-event": "A judgement owed once the day of another obligation has come",
    "continuing": "Something that holds at all times",
    "on-demand": "Owed once somebody has asked for it",
    "until-decision": "Holds until somebody is satisfied",
    "content-standard": "What another document must contain",
    "scope-list": "What another obligation may or must cover",
    "discretionary-power": "A power that somebody may use",
}


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """What has not opened yet; `projected`: its day depends on something that has not happened."""

    title: str
    due_on: date
    projected: bool


@dataclass(frozen=True, slots=True)
class ObligationSheet:
    """`rule`: when it is due, in words; `ladder`: each step, in words; `ended`: it is owed no more."""

    obligation: str
    title: str
    clause: str
    clause_text: str
    clause_by_editor: bool
    kind: str
    strength: str
    obligor: str
    obligee: str
    assignee: str
    accepted_by: str | None
    rule: str | None
    sections: tuple[str, ...]
    ladder: tuple[str, ...]
    ended: bool
    opened: tuple[OccurrenceRow, ...]
    to_come: tuple[ExpectedRow, ...]


def obligation_sheet(book: Casebook, notice_id: str, obligation_id: str, now: datetime) -> ObligationSheet:
    """Raises NotFound."""
    notice = book.notice(notice_id)
    found = notice.find_obligation(obligation_id)
    if found is None:
        raise NotFound(f"There is no obligation “{obligation_id}” under this notice.")
    clause, due = notice.clause(found.clause), getattr(found, "due", None)
    awaited = still_expected(notice, book.occurrences(notice_id))
    return ObligationSheet(
        obligation=found.id,
        title=found.title,
        clause=clause.id,
        clause_text=clause.text,
        clause_by_editor=clause.label == "editor",
        kind=KINDS[found.kind],
        strength=STRENGTHS[found.strength],
        obligor=capital(body(notice, found.obligor)),
        obligee=capital(body(notice, found.obligee)),
        assignee=role_title(notice, found.assignee),
        accepted_by=role_title(notice, found.accepted_by) if found.accepted_by else None,
        rule=capital(describe(due)) if due else None,
        sections=tuple(each.title for each in getattr(found, "sections", ())),
        ladder=_ladder(notice, found),
        ended=found not in notice.owed,
        opened=occurrence_rows(book, notice_id, now, found.id),
        to_come=tuple(
            ExpectedRow(expected_title(each), each.due_on, each.projected)
            for each in awaited
            if each.obligation.id == found.id
        ),
    )


def _ladder(notice: Notice, obligation: Obligation) -> tuple[str, ...]:
    if obligation.ladder is None:
        return ()
    rungs = notice.ladder(obligation.ladder).rungs
    return tuple(
        f"{capital(distance_in_words(notice, each, rungs))}: "
        f"{rung_as_act(each, joined([f'the {role_title(notice, role)}' for role in each.to]))}."
        for each in rungs
    )
