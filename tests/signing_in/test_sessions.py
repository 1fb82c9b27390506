"""Sessions in the database: listed, ended, over."""

import re

import pytest

from desk.sessions import Flash, Session
from domain.record import LedgerUnreachable
from forthwith.desk_sessions import REMEMBERED_SECONDS, DeskSessions
from ledger.sessions import Sitting, digest_of
from tests.signing_in.conftest import HELEN, PHONE, PIERS, post


def names(page: str) -> list[str]:
    return re.findall(r'name="session" value="([0-9a-f]+)"', page)


async def test_a_person_sees_their_sessions_and_ends_one_the_others_or_all(desk):
    await desk.member()
    await desk.member(PIERS)
    here, phone, third, other = (
        await desk.seated(), await desk.seated(PHONE), await desk.seated(), await desk.seated(person=PIERS)
    )  # fmt: skip
    page = (await here.get("/sessions")).text
    assert page.count("Firefox on Windows") == 2
    assert page.count("Safari on an iPhone") == 1
    assert page.count("This one") == 1
    assert page.index("This one") < page.index("Safari on an iPhone")
    of_phone = page.split("Safari on an iPhone")[1]
    ended = await post(here, "/sessions/end", "/sessions", session=names(of_phone)[0])
    assert ended.status_code == 303
    assert "That session has been ended." in (await here.get("/sessions")).text
    assert (await phone.get("/sessions")).status_code == 303
    assert (await third.get("/sessions")).status_code == 200
    await post(here, "/sessions/end-others", "/sessions")
    assert (await third.get("/sessions")).status_code == 303
    assert (await here.get("/sessions")).status_code == 200
    gone = await post(here, "/sessions/end-all", "/sessions")
    assert gone.headers["location"] == "/sign-in?signed-out"
    assert (await here.get("/sessions")).status_code == 303
    assert (await other.get("/sessions")).status_code == 200


async def test_nobody_ends_the_session_of_somebody_else(desk):
    await desk.member()
    await desk.member(PIERS)
    hers, his = await desk.seated(), await desk.seated(person=PIERS)
    (name,) = names((await hers.get("/sessions")).text)
    for each in (name, "", "zz", name[:2]):
        await post(his, "/sessions/end", "/sessions", session=each)
    assert (await hers.get("/sessions")).status_code == 200


async def test_ending_the_session_in_hand_signs_out(desk):
    await desk.member()
    here = await desk.seated()
    (name,) = names((await here.get("/sessions")).text)
    gone = await post(here, "/sessions/end", "/sessions", session=name)
    assert gone.headers["location"] == "/sign-in?signed-out"
    assert await desk.sessions.all() == []


@pytest.mark.parametrize(
    ("column", "age", "stays"),
    [
        ("seen", "59 minutes", True),
        ("seen", "1 hour", False),
        ("opened", "11:59", True),
        ("opened", "12 hours", False),
    ],
)
async def test_a_session_is_over_when_left_alone_or_too_old(desk, column, age, stays):
    await desk.member()
    client = await desk.seated()
    await desk.owner.execute(f"UPDATE forthwith.sessions SET {column} = clock_timestamp() - interval '{age}'")
    assert ((await client.get("/sessions")).status_code == 200) is stays
    assert len(await desk.sessions.all()) == int(stays)
    await desk.seated()
    assert await desk.owner.fetchval("SELECT count(*) FROM forthwith.sessions") == 1 + stays, "swept away"


async def test_using_a_session_keeps_it_alive(desk):
    await desk.member()
    client = await desk.seated()
    for _ in range(3):
        await desk.owner.execute(
            "UPDATE forthwith.sessions SET seen = clock_timestamp() - interval '50 minutes'"
        )
        assert (await client.get("/sessions")).status_code == 200
    (row,) = await desk.sessions.all()
    assert row.seen > row.opened


async def test_a_session_outlives_the_process_and_so_does_a_message_in_it(desk, make_desk):
    await desk.member()
    client = await desk.seated()
    session_id = client.cookies["__Host-session"]
    found = await DeskSessions(desk.sessions).find(session_id)
    told = Flash("Acknowledged.", receipt=((7, "ab" * 32),))
    await DeskSessions(desk.sessions).keep(session_id, Session(HELEN.id, (told,)))
    later = await make_desk()
    again = later.client()
    page = await again.get("/sessions", headers={"cookie": f"__Host-session={session_id}"})
    assert found is not None
    assert "Acknowledged. Receipt: event 7, leaf abababababab" in page.text
    assert (
        "Acknowledged."
        not in (await again.get("/sessions", headers={"cookie": f"__Host-session={session_id}"})).text
    )


async def test_the_application_login_can_change_sessions_and_accounts_through_functions_alone(desk):
    for statement in ("UPDATE forthwith.accounts SET disabled = false", "DELETE FROM forthwith.sessions"):
        with pytest.raises(Exception, match="permission denied"):
            await desk.accounts._database.fetch(statement)


class Away:
    """A database that is there and then is not."""

    there = True

    async def use(self, digest: bytes) -> Sitting | None:
        if not self.there:
            raise LedgerUnreachable("away")
        return (
            Sitting("helen-marsh", "Helen Marsh", (), "password", "") if digest == digest_of("hers") else None
        )


async def test_an_outage_signs_nobody_out_and_lets_nobody_in():
    away, now = Away(), [0.0]
    sessions = DeskSessions(away, now=lambda: now[0])  # type: ignore[arg-type]
    assert await sessions.find("hers") is not None
    away.there = False
    assert (await sessions.find("hers")).persona_id == "helen-marsh"
    with pytest.raises(LedgerUnreachable):
        await sessions.find("guessed")
    now[0] = REMEMBERED_SECONDS
    with pytest.raises(LedgerUnreachable):
        await sessions.find("hers")
