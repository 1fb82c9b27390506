"""What has been, or is being, considered? One row for each consideration of using a power."""

from collections.abc import Iterable

from domain.case import Case
from projections.tables.happened import Happened
from projections.tables.table import Change, Put, Table

CONSIDERATIONS = Table(
    "considerations",
    (
        "occurrence", "notice", "obligation", "opened_at", "opened_by", "because", "invited_until", "representations",
        "answered", "proposed_at", "proposed_option", "decided_on", "decided_option", "reasons", "signatories",
        "issued_on", "published_on", "corrected",
    ),
    listed=(14,),
)  # fmt: skip


class ConsiderationOfEach:
    """Every consideration, from its opening to its publication."""

    name, tables, needs_cases, settles = "considerations", (CONSIDERATIONS,), True, True

    def tell(self, happened: Happened, case: Case | None) -> Iterable[Change]:  # noqa: ARG002 - it follows from the state
        return ()

    def settle(self, case: Case) -> Iterable[Put]:
        found = case.occurrence.consideration
        if found is None:
            return
        facts, decided, proposed = case.occurrence.facts, found.decided, found.proposed
        last = decided or proposed
        yield Put(
            CONSIDERATIONS,
            (
                str(case.occurrence.id), facts.notice, facts.obligation, found.opened.opened_at, found.opened.opened_by,
                found.opened.because, found.invited.until if found.invited else None, len(found.representations),
                sum(each.answered is not None for each in found.representations),
                proposed.proposed_at if proposed else None, proposed.option if proposed else None,
                decided.decided_on if decided else None, decided.option if decided else None,
                last.reasons if last else None, tuple(each.person for each in decided.signatories) if decided else (),
                found.issued.issued_on if found.issued else None,
                found.published.published_on if found.published else None, len(found.corrected),
            ),
        )  # fmt: skip
