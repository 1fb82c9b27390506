"""The operator's page: messages that did not arrive and webhooks in trouble are seen there, and make it say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from fastapi import FastAPI

from desk.operating import ClocksAlive, Operations, ReadModelState, Unreachable, WebhookNow
from domain.ports import WebhookState
from forthwith.webhook_words import trouble_with, troubles
from tests.desk.pages.test_handing_on import words_of
from tests.desk.pages.year import CASE_LEAD, OPERATOR, Seat

THEN = datetime(2026, 1, 5, 9, tzinfo=UTC)
WELL = Operations(
    {"record": True, "chase": True},
    size=900,
    clocks=ClocksAlive(3),
    pokes_waiting=0,
    messages_waiting=0,
    messages_refused=0,
    webhooks=(WebhookNow("case-system", 900, 0, None),),
    read_models=(ReadModelState("chronology", 900, 0, THEN, None),),
)
FAILING = WebhookState(41, tries=3, failing_since=THEN, fault="It answered 503.")


class Looks:
    def __init__(self, found: Operations) -> None:
        self.found = found

    async def look(self) -> Operations:
        return self.found


async def shown(app: FastAPI, seat: Seat, found: Operations) -> str:
    app.state.ports = replace(app.state.ports, operator=Looks(found))
    return words_of(await (await seat(OPERATOR)).get("/operator"))


async def test_all_is_well(app: FastAPI, seat: Seat) -> None:
    page = await shown(app, seat, WELL)
    assert "Every part answers, every clock lives, messages arrive, and nothing is stuck." in page
    assert "case-system 900 0 Well" in page


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"unreachable": (Unreachable("Helen Marsh", 2, "550 No such user", THEN),)},
            "Helen Marsh 2 2026-01-05 09:00 UTC 550 No such user",
        ),
        (
            {"webhooks": (WebhookNow("case-system", 41, 859, trouble_with(FAILING)),)},
            "case-system 41 859 It has not taken event 42",
        ),
    ],
)
async def test_what_did_not_arrive_and_what_is_not_taken_needs_somebody(
    app: FastAPI, seat: Seat, changed: dict[str, object], words: str
) -> None:
    page = await shown(app, seat, replace(WELL, **changed))  # type: ignore[arg-type]
    assert "Something below needs somebody." in page
    assert words in page


async def test_in_a_demonstration_the_page_of_accounts_says_that_there_are_none(seat: Seat) -> None:
    operator = await seat(OPERATOR)
    assert "there are no accounts" in words_of(await operator.get("/accounts"))
    assert (await operator.get("/accounts/add")).status_code == 404
    assert (await (await seat(CASE_LEAD)).get("/accounts")).status_code == 403


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (FAILING, "asked 3 times: It answered 503. What follows waits for that."),
        (WebhookState(9, closed_at=THEN, fault="Gone."), "It wants no more, since 2026-01-05 09:00 UTC."),
        (WebhookState(9, passed_over=1, fault="It answered 500."), "One event was passed over"),
    ],
)
def test_each_trouble_is_a_sentence(state: WebhookState, words: str) -> None:
    assert words in str(trouble_with(state))
    assert troubles({"a": state, "b": WebhookState(900)}) == {"a": trouble_with(state)}
