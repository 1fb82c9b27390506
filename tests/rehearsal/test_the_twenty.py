"""The twenty scenarios that software for such notices must survive: each ships, and tests say how it ends."""

import pytest

from tests.rehearsal.conftest import NOTICES
from tests.rehearsal.coverage import scenario_tests

THE_TWENTY = {
    "a happy year": "happy-year",
    "two monthly reports missed, the ladder, the consideration declined with reasons": "two-reports-missed",
    "the chair late, the council's status unchanged": "chair-late",
    "the Department misses its own review of 19 November 2016": "department-misses-review",
    "a review moved forward inside the self-assessment lead time": "review-moved-forward",
    "31 May 2017 passes and the notice stays open": "deadline-passes",
    "the notice superseded by a direction": "superseded-by-direction",
    "the direction stepped down to a notice": "direction-stepped-down",
    "varied in mid-flight, the history kept": "varied-mid-flight",
    "a wrong date corrected, a decision earlier than its publication": "wrong-date-corrected",
    "one person appointed to two roles, the conflict shown": "one-person-two-roles",
    "the council replaced by a successor body": "successor-body",
    "a new bank holiday announced": "new-bank-holiday",
    "the engine down for forty days": "forty-day-outage",
    "a hollow report on time, deficient, supplemental": "hollow-report",
    "a reminder bounces": "reminder-bounces",
    "a delegate would approve their own submission, refused": "delegate-approves-own",
    "an administrator deletes the newest three events, a verifier with a receipt says so": "newest-events-deleted",
    "a report in time, recorded late, withdraws the escalation it had caused": "recorded-late",
    "an extension granted after the due day, the first day kept": "extension-after-due",
}


def test_there_are_twenty() -> None:
    assert len(set(THE_TWENTY.values())) == 20


@pytest.mark.parametrize("name", THE_TWENTY.values(), ids=THE_TWENTY)
def test_it_ships_and_its_ending_is_asserted(name: str) -> None:
    assert (NOTICES / "scenarios" / f"{name}.yaml").is_file()
    assert [test for test, texts in scenario_tests().items() if name in texts]
