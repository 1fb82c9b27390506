"""A mail that comes back is seen: it was sent, and it did not arrive, and both stand in the record."""

from pathlib import Path

import httpx2
import pytest

from activities.delivery.holding import Holding
from desk.app import create_app
from desk.ports import DeskPorts
from domain.refusals import NotFound
from forthwith.bounces import ReportsOfNotify, record_bounce, reports_of_notify
from ledger.office import Office
from projections.casebook import Casebook
from projections.deliveries import deliveries
from tests.delivery.conftest import REPORT, World
from tests.desk.conftest import AUTUMN_2016, Backstage

TOKEN = "the token that Notify presents to us"


@pytest.fixture
async def sent(report_overdue: World) -> World:
    """The overdue notices went out, to the officer and to the director."""
    await report_overdue.dispatcher(holding=Holding()).dispatch_waiting()
    return report_overdue


async def the_mail_to(world: World, person: str) -> str:
    return next(
        each["message_id"] for each in await world.happened("message-sent.v1") if each["person"] == person
    )


async def test_a_bounce_is_recorded_once_and_shown_instead_of_sent(sent: World) -> None:
    book, mail = Casebook(sent.ledger), await the_mail_to(sent, "ben-okafor")
    for _ in range(2):
        assert await record_bounce(book, sent.office, mail, "550 <ben-okafor@example.org> is unknown") == 1
    [lost] = await sent.happened("message-undeliverable.v1")
    assert (lost["person"], lost["rung"], lost["fault"]) == (
        "ben-okafor",
        "overdue",
        "550 (address) is unknown",
    )
    await book.catch_up()
    rows = {row.id: row.delivery for row in deliveries(book.case(REPORT), book.history(REPORT))}
    assert rows[f"{REPORT}#overdue:ben-okafor"] == "undeliverable"
    assert rows[f"{REPORT}#overdue:anna-reed"] == "sent"


async def test_a_mail_that_nobody_sent_cannot_come_back(sent: World) -> None:
    with pytest.raises(NotFound, match="was sent"):
        await record_bounce(Casebook(sent.ledger), sent.office, "<nobody@sent.this>", "550")


async def test_what_was_never_called_for_or_never_sent_is_not_made_undeliverable_by_a_bounce(
    sent: World,
) -> None:
    book = Casebook(sent.ledger)
    before = (await sent.ledger.head()).size
    with pytest.raises(NotFound):
        await record_bounce(book, sent.office, "", "550")
    assert (await sent.ledger.head()).size == before


@pytest.fixture
def desk(sent: World) -> httpx2.AsyncClient:
    book = Casebook(sent.ledger)
    ports = DeskPorts(
        clock_now=lambda: AUTUMN_2016,
        simulated=False,
        ready=Backstage().ready,
        secret=b"a secret used in tests and nowhere else",
        hosts=("desk.example",),
        personas=Backstage().personas,
        office=Office(sent.ledger, sent.clock),
        casebook=book,
        delivery_reports=ReportsOfNotify(book, sent.office, TOKEN),
    )
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=create_app(ports)), base_url="https://desk.example"
    )


async def report(desk: httpx2.AsyncClient, mail: str, status: str, token: str = TOKEN) -> int:
    body = {"id": "x", "reference": mail.strip("<>"), "to": "ben@example.org", "status": status}
    async with desk:
        answer = await desk.post("/api/hooks/notify", json=body, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


async def test_notify_reports_a_failure_and_it_is_recorded(sent: World, desk: httpx2.AsyncClient) -> None:
    assert await report(desk, await the_mail_to(sent, "ben-okafor"), "permanent-failure") == 204
    [lost] = await sent.happened("message-undeliverable.v1")
    assert lost["fault"] == "GOV.UK Notify reports: permanent-failure"


@pytest.mark.parametrize(
    ("status", "token", "answer"),
    [
        ("delivered", TOKEN, 204),
        ("permanent-failure", "guessed", 401),
        ("permanent-failure", "", 401),
        ("odd", TOKEN, 422),
    ],
)
async def test_nothing_else_that_is_reported_changes_anything(
    sent: World, desk: httpx2.AsyncClient, status: str, token: str, answer: int
) -> None:
    assert await report(desk, await the_mail_to(sent, "ben-okafor"), status, token) == answer
    assert await sent.happened("message-undeliverable.v1") == []


def test_a_token_too_short_to_be_one_is_refused(tmp_path: Path, sent: World) -> None:
    file = tmp_path / "token"
    file.write_text("short\n")
    with pytest.raises(ValueError, match="at least 32"):
        reports_of_notify(file, Casebook(sent.ledger), sent.office)
    assert reports_of_notify(None, Casebook(sent.ledger), sent.office) is None
