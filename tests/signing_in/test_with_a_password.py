"""Local accounts: the link, the password, and that nobody can find out who has one."""

import asyncio
import hashlib
import re

import pytest

from desk.guesses import Guesses
from desk.local_accounts import TOO_OFTEN, WRONG
from tests.signing_in.conftest import HELEN, PASSWORD, PIERS, Persona, post


async def test_a_link_sets_the_password_once_and_lets_its_person_in(desk):
    link = await desk.invited()
    client = desk.client()
    page = await client.get(f"/sign-in/link/{link}")
    assert "This link is for Helen Marsh" in page.text
    assert (await client.get(f"/sign-in/link/{link}")).status_code == 200, "opening it has changed nothing"
    set_ = await post(client, f"/sign-in/link/{link}", password=PASSWORD)
    assert (set_.status_code, set_.headers["location"]) == (303, "/")
    assert "Helen Marsh" in (await client.get("/sessions")).text
    spent = await desk.client().get(f"/sign-in/link/{link}")
    assert spent.status_code == 410
    assert "Ask whoever runs this service for another one" in spent.text


async def test_a_password_that_will_not_do_leaves_the_link_as_it_was(desk):
    link = await desk.invited()
    client = desk.client()
    refused = await post(client, f"/sign-in/link/{link}", password="Sunshine2026!")
    assert refused.status_code == 422
    assert "one of those that are tried first" in refused.text
    assert (await post(client, f"/sign-in/link/{link}", password=PASSWORD)).status_code == 303


async def test_a_link_that_is_too_old_or_never_was_is_worth_nothing(desk):
    link = await desk.invited()
    await desk.owner.execute("UPDATE forthwith.accounts SET link_until = clock_timestamp()")
    for each in (link, "x" * 43):
        assert (await desk.client().get(f"/sign-in/link/{each}")).status_code == 410


async def test_the_database_knows_neither_cookie_nor_link_nor_password(desk):
    link = await desk.invited()
    client = desk.client()
    kept = str(await desk.owner.fetchrow("SELECT * FROM forthwith.accounts"))
    assert hashlib.sha256(link.encode()).digest() == await desk.owner.fetchval(
        "SELECT link FROM forthwith.accounts"
    )
    await post(client, f"/sign-in/link/{link}", password=PASSWORD)
    cookie = client.cookies["__Host-session"]
    digests = await desk.owner.fetch("SELECT digest FROM forthwith.sessions")
    assert [row["digest"] for row in digests] == [hashlib.sha256(cookie.encode()).digest()]
    kept += str(await desk.owner.fetchrow("SELECT * FROM forthwith.accounts"))
    kept += str(await desk.owner.fetchrow("SELECT * FROM forthwith.sessions"))
    assert "$argon2id$" in kept
    assert not any(secret in kept for secret in (link, cookie, PASSWORD))


async def test_one_signs_in_and_comes_to_the_page_that_was_wanted(desk):
    await desk.member()
    client = desk.client()
    page = await client.get("/sign-in?next=/history%3Fpage%3D2")
    planted = client.cookies["__Host-session"]
    assert "Password" in page.text
    assert "Demonstration" not in page.text
    came = await post(client, "/sign-in", login=" Helen-Marsh ", password=PASSWORD, next="/history?page=2")
    assert (came.status_code, came.headers["location"]) == (303, "/history?page=2")
    assert client.cookies["__Host-session"] != planted
    astray = await post(desk.client(), "/sign-in", login=HELEN.id, password=PASSWORD, next="//evil.example")
    assert astray.headers["location"] == "/"


async def test_names_cannot_be_told_apart_by_the_answer_or_by_the_work(desk):
    """Unknown, wrong, shut out, and without a password yet: the same page, and the password is looked at once."""
    await desk.member()
    await desk.member(PIERS)
    await desk.accounts.disable(PIERS.id, by="a test")
    await desk.invited(Persona("rowan", "Rowan", (), ""))
    pages = set()
    for login, password in (
        ("nobody", PASSWORD), (HELEN.id, "not my password"), (PIERS.id, PASSWORD), ("rowan", PASSWORD)
    ):  # fmt: skip
        before = desk.hasher.looked_at
        page = await post(desk.client(), "/sign-in", login=login, password=password)
        assert desk.hasher.looked_at == before + 1
        pages.add((page.status_code, re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.text)))
    (one,) = pages
    assert one[0] == 422
    assert WRONG in one[1]


async def test_guessing_ends_after_ten_tries_even_for_the_right_password_and_for_names_nobody_has(desk):
    await desk.member()
    for login in (HELEN.id, "nobody"):
        client = desk.client()
        answers = await asyncio.gather(
            *(post(desk.client(), "/sign-in", login=login, password=f"guess number {n}") for n in range(12))
        )
        assert sorted(each.status_code for each in answers) == [422] * 10 + [429] * 2
        late = await post(client, "/sign-in", login=login, password=PASSWORD)
        assert late.status_code == 429
        assert TOO_OFTEN in late.text


async def test_one_place_cannot_try_one_password_on_everybody():
    """A household changes its IPv6 address at will, within its network."""
    guesses = Guesses()
    tries = [await guesses.may_try(f"n{n}", f"2001:db8::{n:x}") for n in range(101)]
    assert tries == [True] * 100 + [False]
    assert await guesses.may_try("n1", "2001:db8:0:1::1")
    assert await guesses.may_try("n1", "192.0.2.1")


async def test_several_engines_count_together_and_a_restart_forgets_nothing(make_desk):
    one, other = await make_desk(), await make_desk()
    await one.member()
    for n in range(10):
        desk = one if n % 2 else other
        assert (
            await post(desk.client(), "/sign-in", login=HELEN.id, password="a wrong guess")
        ).status_code == 422
    for desk in (one, other, await make_desk()):
        late = await post(desk.client(), "/sign-in", login=HELEN.id, password=PASSWORD)
        assert late.status_code == 429
    await one.owner.execute("UPDATE forthwith.guesses SET tried = tried - interval '16 minutes'")
    assert (await post(other.client(), "/sign-in", login=HELEN.id, password=PASSWORD)).status_code == 303
    assert (
        await one.owner.fetchval(
            "SELECT count(*) FROM forthwith.guesses WHERE tried < now() - interval '1 minute'"
        )
        == 0
    )


async def test_nobody_reads_in_the_database_who_tried_from_where(desk):
    await post(desk.client(), "/sign-in", login=HELEN.id, password="a wrong guess")
    kept = await desk.owner.fetch("SELECT * FROM forthwith.guesses")
    assert len(kept) == 2
    assert HELEN.id not in str(kept)
    assert hashlib.sha256(f"name {HELEN.id}".encode()).digest() in [row["about"] for row in kept]


async def test_coming_in_forgives_the_tries_before(desk):
    await desk.member()
    for _ in range(3):
        for _ in range(9):
            await post(desk.client(), "/sign-in", login=HELEN.id, password="a slip of the finger")
        await desk.seated()


async def test_what_was_left_empty_is_asked_for(desk):
    page = await post(desk.client(), "/sign-in", login="", password="")
    assert page.status_code == 422
    assert page.text.count("Enter your sign-in name") == page.text.count("Enter your password") == 2


async def test_a_password_made_at_a_lower_cost_is_kept_at_todays_cost_from_the_next_sign_in_on(desk):
    await desk.member()
    before = await desk.owner.fetchval("SELECT password FROM forthwith.accounts")
    desk.hasher._parameters = desk.hasher._parameters.__class__(
        **{
            **{f: getattr(desk.hasher._parameters, f) for f in desk.hasher._parameters.__slots__},
            "time_cost": 2,
        }
    )
    await desk.seated()
    after = await desk.owner.fetchval("SELECT password FROM forthwith.accounts")
    assert after != before
    assert "t=2" in after
    await desk.seated()


async def test_whoever_holds_no_role_is_told_so_after_the_right_password_only(make_desk):
    desk = await make_desk(people=(PIERS,))
    await desk.invited()
    link = "l" * 43
    await desk.accounts.reset(HELEN.id, hashlib.sha256(link.encode()).digest(), 60, by="a test")
    told = await post(desk.client(), f"/sign-in/link/{link}", password=PASSWORD)
    assert told.status_code == 403
    assert "Your password is set." in told.text
    refused = await post(desk.client(), "/sign-in", login=HELEN.id, password=PASSWORD)
    assert refused.status_code == 403
    assert "you hold no role under any notice" in refused.text
    assert await desk.sessions.all() == []


async def test_an_auditor_needs_no_notice_to_come_in(make_desk):
    desk = await make_desk(people=(PIERS,))
    link = await desk.invited(roles=("auditor",))
    client = desk.client()
    assert (await post(client, f"/sign-in/link/{link}", password=PASSWORD)).status_code == 303
    page = await client.get("/sessions")
    assert "Helen Marsh" in page.text
    assert "Auditor" in page.text


@pytest.mark.parametrize("act", ["reset", "disable"])
async def test_the_operator_puts_somebody_out_at_once(desk, act):
    await desk.member()
    client = await desk.seated()
    if act == "reset":
        await desk.accounts.reset(HELEN.id, bytes(32), 60, by="a test")
    else:
        assert await desk.accounts.disable(HELEN.id, by="a test") == 1
    assert (await client.get("/sessions")).status_code == 303
    refused = await post(desk.client(), "/sign-in", login=HELEN.id, password=PASSWORD)
    assert refused.status_code == 422


async def test_the_link_of_somebody_who_was_shut_out_is_worth_nothing(desk):
    link = await desk.invited()
    await desk.accounts.disable(HELEN.id, by="a test")
    assert (await desk.client().get(f"/sign-in/link/{link}")).status_code == 410


@pytest.mark.parametrize(
    "deleted", ["directory WHERE person = 'helen-marsh'", "subject_keys WHERE subject = 'person/helen-marsh'"]
)
async def test_whoever_is_erased_leaves_no_account_and_no_session(desk, deleted):
    await desk.owner.execute(
        "INSERT INTO forthwith.directory VALUES ('helen-marsh', 'h@example.org', now()) ON CONFLICT DO NOTHING;"
        "INSERT INTO forthwith.subject_keys VALUES ('person/helen-marsh', decode(repeat('00', 33), 'hex')) "
        "ON CONFLICT DO NOTHING"
    )
    for person in (HELEN, PIERS):
        await desk.member(person)
        await desk.seated(person=person)
    await desk.owner.execute(f"DELETE FROM forthwith.{deleted}")
    assert [each.person for each in await desk.accounts.all(3600, 3600)] == [PIERS.id]
    assert [each.person for each in await desk.sessions.all()] == [PIERS.id]


async def test_the_personas_of_the_demonstration_open_no_live_desk(desk):
    client = desk.client()
    refused = await post(client, "/sign-in", persona=HELEN.id)
    assert refused.status_code == 422
    assert (await client.get("/sessions")).status_code == 303
