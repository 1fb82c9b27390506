"""What programs may read, of which moments, and in which parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import httpx2
import pytest

from desk.ports import DeskPorts
from domain.access import AccessesWanted, InTheNameOf
from domain.actor import Actor
from domain.commands import AcknowledgeTask, NoteVisit
from domain.events.of_the_record import LOG_KEY_ROTATED, LOG_KEYS
from domain.identity import OccurrenceId
from domain.record import Append, Envelope, StreamWrite
from ledger.tokens import MemoryTokens
from projections.chronology import chronology
from projections.occurrence_sheet import occurrence_rows
from projections.overdue import overdue
from projections.seen_by import SeenBy
from projections.state.spelling import plain
from projections.tasks import tasks_of
from projections.why import why_it_stands
from tests.desk.pages.api.conftest import NOTICE, SEPTEMBER, Program
from tests.desk.pages.year import ADVISER, CASE_LEAD, OFFICER, Year

THE_AUDITOR = InTheNameOf("grace-adeyemi", everything=True)

pytestmark = pytest.mark.slow
READS = (
    "/portfolio",
    "/notices",
    "/tasks",
    f"/notices/{NOTICE}",
    f"/notices/{NOTICE}/occurrences",
    f"/notices/{NOTICE}/history",
    f"/notices/{NOTICE}/deliveries",
    "/events/5",
)


async def every_page(client: httpx2.AsyncClient, address: str, limit: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    cursor: str | None = ""
    while cursor is not None:
        told = (
            await client.get(address, params={"limit": limit} | ({"cursor": cursor} if cursor else {}))
        ).json()
        found, cursor = [*found, *told["items"]], told["next"]
    return found


async def test_lists_hold_what_the_pages_show(program: Program, year: Year, september: OccurrenceId) -> None:
    client, now = await program(OFFICER), year.clock.now()
    await year.casebook.catch_up()
    seen = SeenBy(year.casebook, OFFICER, now)
    tasks = await every_page(client, "/tasks", 2)
    assert tasks == [plain(row) for row in tasks_of(seen, OFFICER, now)]
    owed = await every_page(client, f"/notices/{NOTICE}/occurrences", 7)
    expected = [plain(row) for row in occurrence_rows(seen, NOTICE, now)]
    assert sorted(owed, key=lambda row: str(row["occurrence"])) == sorted(
        expected, key=lambda row: row["occurrence"]
    )
    notice = (await client.get(f"/notices/{NOTICE}")).json()
    assert notice["tracks"] == plain(overdue(seen, NOTICE, now))
    why = (await client.get(f"{SEPTEMBER}/why")).json()
    assert why == plain(why_it_stands(seen, september, now))


async def test_a_history_in_parts_stays_the_same_while_it_grows(program: Program, year: Year) -> None:
    client = await program(CASE_LEAD, "audit")
    address = f"/notices/{NOTICE}/history"
    await year.casebook.catch_up()
    size = year.casebook.position
    whole = [row.index for row in chronology(year.casebook, NOTICE, per_page=10_000).rows]
    first = (await client.get(address, params={"limit": 10})).json()
    visit = NoteVisit(NOTICE, "Ofsted", year.clock.now().date(), "Monitoring")
    await year.office.handle(visit, Actor("person", CASE_LEAD))
    rest, cursor = [], first["next"]
    while cursor:
        part = (await client.get(address, params={"limit": 200, "cursor": cursor})).json()
        rest, cursor = [*rest, *part["items"]], part["next"]
    newest_first = [row["index"] for row in (*first["items"], *rest)]
    assert newest_first == whole[::-1]
    oldest = (await client.get(address, params={"order": "oldest", "limit": 200})).json()
    assert [row["index"] for row in oldest["items"]] == whole[:200]
    assert (await client.get(address, params={"limit": 1})).json()["items"][0]["index"] > size


@pytest.mark.parametrize("cursor", ["x", "WzFd", "bnVsbA", "W10", "WyJhIl0"])
async def test_a_cursor_of_no_list_is_not_understood(program: Program, cursor: str) -> None:
    answer = await (await program(OFFICER)).get("/tasks", params={"cursor": cursor})
    assert (answer.status_code, answer.json()["name"]) == (422, "UnfitCursor")


async def test_the_past_is_read_as_it_was_and_as_it_was_known(program: Program, year: Year) -> None:
    client = await program(OFFICER)
    now = (await client.get(SEPTEMBER)).json()["sheet"]["row"]
    then = await client.get(SEPTEMBER, params={"as_at": "2016-10-05"})
    assert (now["standing"], then.json()["sheet"]["row"]["standing"]) == ("critically overdue", "open")
    assert "etag" not in then.headers
    unknown = await client.get(SEPTEMBER, params={"known_at": "2016-09-20"})
    assert unknown.status_code == 404
    june = (await client.get("/portfolio", params={"as_at": "2016-06-20"})).json()["items"][0]
    assert june["standings"] != (await client.get("/portfolio")).json()["items"][0]["standings"]
    early = await client.get(f"/notices/{NOTICE}/history", params={"as_at": "2016-06-20", "limit": 1})
    assert early.json()["items"][0]["effective"] < "2016-06-21"


@pytest.mark.parametrize("moment", ["tomorrow", "2017-01-01", "1789-07-14", ""])
async def test_what_is_no_moment_of_the_past_is_not_understood(program: Program, moment: str) -> None:
    answer = await (await program(OFFICER)).get(SEPTEMBER, params={"as_at": moment})
    assert answer.status_code == 422
    assert answer.json()["name"] == "UnfitMoment"


async def test_an_event_comes_with_its_receipt_and_the_bytes_that_were_hashed(
    program: Program, year: Year, september: OccurrenceId
) -> None:
    handled = await year.office.handle(AcknowledgeTask(september), Actor("person", OFFICER))
    assert handled.receipt is not None
    told = (await (await program(OFFICER)).get(f"/events/{handled.receipt.first_index}")).json()
    (row,) = (await year.events())[-1:]
    assert told["canonical"] == row.canonical.decode()
    assert told["receipt"]["leaves"] == [row.leaf]
    assert told["event"]["sentence"].startswith("Priya Nandra")
    assert (await (await program(OFFICER)).get("/events/999999")).status_code == 404


async def test_nobody_reads_without_a_token_that_is_good(
    visitor: Callable[..., httpx2.AsyncClient],
    secret_for: Callable[..., Awaitable[str]],
    tokens: MemoryTokens,
) -> None:
    expired, revoked = await secret_for(OFFICER, lasts=timedelta(seconds=-1)), await secret_for(OFFICER)
    (_, token) = await tokens.all()
    assert await tokens.revoke(token.id)
    only_to_act = await secret_for(OFFICER, "act")
    for place in (f"/api/v1{address}" for address in READS):
        missing = await visitor().get(place)
        assert (missing.status_code, missing.headers["www-authenticate"]) == (401, "Bearer")
        for secret in (expired, revoked, "never made"):
            answer = await visitor(authorization=f"Bearer {secret}").get(place)
            assert answer.status_code == 401
            assert "invalid_token" in answer.headers["www-authenticate"]
        other = await visitor(authorization=f"Bearer {only_to_act}").get(place)
        assert (other.status_code, other.json()["name"]) == (403, "NotAllowed")


async def test_a_token_to_read_does_not_act_and_one_for_a_notice_is_for_no_other(program: Program) -> None:
    reader = await program(OFFICER, "read")
    assert (await reader.post(f"{SEPTEMBER}/acts/acknowledge-task", json={})).status_code == 403
    elsewhere = await program(OFFICER, "read", "act", notice="another")
    for address in READS[3:]:
        assert (await elsewhere.get(address)).status_code == 404
    for address in READS[:3]:
        assert (await elsewhere.get(address)).json()["items"] == []
    assert (await elsewhere.post(f"{SEPTEMBER}/acts/acknowledge-task", json={})).status_code == 404
    here = await program(OFFICER, "read", notice=NOTICE)
    assert [(await here.get(address)).status_code for address in READS] == [200] * len(READS)
    assert (await here.get("/me")).json()["notice"] == NOTICE


async def test_somebody_without_a_role_reads_nothing_and_an_auditor_everything(program: Program) -> None:
    assert (await (await program("stranger", "read")).get("/notices")).status_code == 403
    auditor = await program("stranger", "audit")
    assert (await auditor.get("/notices")).json()["items"][0]["notice"] == NOTICE


async def test_what_is_hidden_from_a_person_is_hidden_from_their_program(
    program: Program, year: Year
) -> None:
    await year.casebook.catch_up()
    hidden = {each.id for each in year.casebook.notice(NOTICE).obligations if each.hidden_from}
    assert hidden
    address = f"/notices/{NOTICE}/obligations"
    seen = {row["obligation"] for row in await every_page(await program(OFFICER), address, 200)}
    assert not hidden & seen
    for client in (await program(ADVISER), await program(OFFICER, "audit")):
        assert hidden <= {row["obligation"] for row in await every_page(client, address, 200)}


async def test_what_happens_to_the_record_itself_is_read_like_the_rest(program: Program, year: Year) -> None:
    now = year.clock.now()
    data = {"key": "a+1+b", "replaces": "a+2+c", "overlap_until": "2016-11-20T08:30:00.000000Z"}
    event = Envelope(uuid4(), LOG_KEY_ROTATED, now, Actor("person", CASE_LEAD), data)
    receipt = await year.ledger.append(Append(uuid4(), (StreamWrite(LOG_KEYS, 0, (event,)),), told=now))
    address = f"/events/{receipt.first_index}"
    told = (await (await program(OFFICER)).get(address)).json()
    assert (told["event"]["notice"], told["stream"]) == (None, LOG_KEYS)
    assert told["event"]["sentence"].endswith(".")
    assert (await (await program(OFFICER, "read", notice=NOTICE)).get(address)).status_code == 404


async def test_the_auditor_learns_what_programs_were_refused_or_shown(
    program: Program, ports: DeskPorts
) -> None:
    hidden = f"/notices/{NOTICE}/occurrences/adviser-report/2016-Q2"
    officer = await program(OFFICER)
    assert (await officer.get(hidden)).status_code == 404
    assert (await officer.post(f"{SEPTEMBER}/acts/accept-report", json={})).status_code == 403
    assert (await (await program(CASE_LEAD)).get(hidden)).status_code == 200
    noted = [each.access for each in await ports.accesses.newest(AccessesWanted(), THE_AUDITOR)][::-1]
    assert [(each.person, each.kind) for each in noted] == [
        (OFFICER, "hidden"),
        (OFFICER, "refused"),
        (CASE_LEAD, "opened"),
    ]
    assert noted[1].act == "accept-report"
    assert noted[2].about == f"/api/v1{hidden}"
