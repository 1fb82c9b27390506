"""Changing one's own password: the old one is asked for, and whoever sits elsewhere has to leave."""

import pytest

from desk.local_accounts import OLD_WRONG, THE_SAME, TOO_OFTEN_HERE
from desk.sessions import Session
from tests.signing_in.conftest import HELEN, PASSWORD, PHONE, PIERS, post

NEW = "copper willow lantern"


async def test_the_password_is_changed_and_every_other_session_is_over(desk):
    await desk.member()
    here, elsewhere = await desk.seated(), await desk.seated(PHONE)
    assert 'href="/password"' in (await here.get("/sessions")).text
    changed = await post(here, "/password", old=PASSWORD, new=NEW)
    assert (changed.status_code, changed.headers["location"]) == (303, "/sessions")
    assert "Your password is changed" in (await here.get("/sessions")).text
    assert (await elsewhere.get("/sessions")).status_code == 303
    assert (await post(desk.client(), "/sign-in", login=HELEN.id, password=PASSWORD)).status_code == 422
    assert (await post(desk.client(), "/sign-in", login=HELEN.id, password=NEW)).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "field", "sentence"),
    [
        ("", NEW, "old", "Enter your password as it is now"),
        (PASSWORD, "", "new", "Enter your new password"),
        ("not my password", NEW, "old", OLD_WRONG),
        (PASSWORD, PASSWORD, "new", THE_SAME),
        (PASSWORD, "short", "new", "Your password must be 12 characters or more"),
        (PASSWORD, "Sunshine2026!", "new", "one of those that are tried first"),
        (PASSWORD, "helen-marsh-1", "new", "must not be made of your name"),
    ],
)
async def test_what_will_not_do_is_said_and_changes_nothing(desk, old, new, field, sentence):
    await desk.member()
    here, elsewhere = await desk.seated(), await desk.seated(PHONE)
    before = await desk.owner.fetchval("SELECT password FROM forthwith.accounts")
    answer = await post(here, "/password", old=old, new=new)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert sentence in answer.text
    assert not any(secret and f'value="{secret}"' in answer.text for secret in (old, new))
    assert await desk.owner.fetchval("SELECT password FROM forthwith.accounts") == before
    assert (await elsewhere.get("/sessions")).status_code == 200


async def test_whoever_sits_at_an_open_desk_cannot_guess_for_ever(desk):
    await desk.member()
    here = await desk.seated()
    answers = [await post(here, "/password", old=f"guess {n}", new=NEW) for n in range(11)]
    assert [each.status_code for each in answers] == [422] * 10 + [429]
    assert TOO_OFTEN_HERE in answers[-1].text


async def test_whose_password_is_kept_elsewhere_has_no_such_page(desk):
    await desk.member(PIERS)
    client = await desk.seated(person=PIERS)
    await desk.owner.execute("UPDATE forthwith.sessions SET way = 'provider'")
    assert (await client.get("/password")).status_code == 404
    assert 'href="/password"' not in (await client.get("/sessions")).text
    assert Session(PIERS.id).way == "persona"


async def test_a_password_that_was_taken_away_meanwhile_is_not_set_again(desk):
    await desk.member()
    account = await desk.accounts.of(HELEN.id)
    assert account
    await desk.accounts.reset(HELEN.id, bytes(32), 60, by="a test")
    assert not await desk.accounts.change_password(HELEN.id, account.password, "$argon2id$x", bytes(32))
