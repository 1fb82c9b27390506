"""Where does each occurrence stand? One row each; what only time can tell is told when it is asked."""

from collections.abc import Iterable
from datetime import timedelta

from domain.case import Case
from domain.occurrence.standing import Standing, standing, was_late
from projections.tables.happened import Happened
from projections.tables.table import Change, Put, Table

STANDING = Table(
    "standing",
    (
        "occurrence", "notice", "obligation", "period", "clause", "title", "kind", "strength", "obligor", "obligee",
        "assignee", "opens", "first_due_on", "due_on", "due", "settled", "met_at", "came_late", "corrections", "version",
    ),
)  # fmt: skip
OWED = "owed"
_AFTER_EVERYTHING = timedelta(days=1)


class StandingOfEach:
    """The standing of every occurrence that has opened."""

    name, tables, needs_cases, settles = "standing", (STANDING,), True, True

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]:  # noqa: ARG002 - it follows from the state
        return ()

    def settle(self, case: Case) -> Iterable[Put]:
        state = case.occurrence
        facts, opened = state.facts, state.opened
        assert opened is not None
        yield Put(
            STANDING,
            (
                str(state.id), facts.notice, facts.obligation, facts.period, facts.clause, facts.title, facts.kind,
                facts.strength, facts.obligor, facts.obligee, facts.assignee, facts.opens, opened.due_on, facts.due_on,
                facts.due, _settled(case), state.met_at, was_late(state), len(state.corrections), state.version,
            ),
        )  # fmt: skip


def _settled(case: Case) -> str:
    """Its standing once its time has passed, which is final but for one: that it would be overdue by then."""
    facts = case.occurrence.facts
    found = standing(case.occurrence, max(facts.due, facts.opens) + _AFTER_EVERYTHING)
    return OWED if found is Standing.OVERDUE else str(found)
