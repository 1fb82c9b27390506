"""The operator's page of accounts and sessions."""

import html
import re

from tests.signing_in.conftest import HELEN, PASSWORD, PHONE, PIERS, Persona, post, token_on

OWEN = Persona("owen-castell", "Owen Castell", (), "")


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def operator(desk):
    link = await desk.invited(OWEN, roles=("administrator",))
    client = desk.client()
    await post(client, f"/sign-in/link/{link}", password=PASSWORD)
    return client


async def test_somebody_is_added_with_a_link_that_works_once(desk):
    owen = await operator(desk)
    assert "Signs in as" in words(await owen.get("/accounts"))
    added = await post(owen, "/accounts/add", person=HELEN.id, name=HELEN.name)
    link = re.search(r"https://desk.example(/sign-in/link/[\w-]+)", added.text)
    assert link
    assert "No notice names" in words(added)
    assert (await post(desk.client(), link[1], password=PASSWORD)).status_code == 303
    assert (await desk.client().get(link[1])).status_code == 410
    listed = words(await owen.get("/accounts"))
    assert "helen-marsh helen-marsh Helen Marsh None Active 1" in listed


async def test_the_same_form_sent_twice_makes_one_account_and_one_link(desk):
    owen = await operator(desk)
    page = (await owen.get("/accounts/add")).text
    slip = page.split('name="slip" value="')[1].split('"')[0]
    fields = {"form_token": token_on(page), "slip": slip, "person": HELEN.id}
    first, second = [await owen.post("/accounts/add", data=fields) for _ in range(2)]
    assert first.status_code == second.status_code == 200
    assert re.findall("/sign-in/link/[^<]+", first.text) == re.findall("/sign-in/link/[^<]+", second.text)
    other = await post(owen, "/accounts/add", person=HELEN.id)
    assert other.status_code == 422
    assert "There is an account of “helen-marsh” already" in words(other)


async def test_what_is_no_identifier_is_said_and_what_was_typed_stays(desk):
    owen = await operator(desk)
    answer = await post(owen, "/accounts/add", person="Helen Marsh", login="two words", name="Helen")
    assert answer.status_code == 422
    assert all(f'href="#{each}"' in answer.text for each in ("person", "login"))
    assert 'value="Helen Marsh"' in answer.text


async def test_a_session_is_ended_from_outside_or_all_of_them(desk):
    owen = await operator(desk)
    await desk.member()
    first, second = await desk.seated(), await desk.seated(PHONE)
    page = await owen.get(f"/accounts/{HELEN.id}")
    assert "Firefox on Windows" in page.text
    name = re.findall('name="session" value="([0-9a-f]+)"', page.text)[-1]
    await post(owen, f"/accounts/{HELEN.id}/end", f"/accounts/{HELEN.id}", session=name)
    assert sorted([(await each.get("/sessions")).status_code for each in (first, second)]) == [200, 303]
    await post(owen, f"/accounts/{HELEN.id}/end", f"/accounts/{HELEN.id}", session="nonsense")
    assert len(await desk.sessions.all(HELEN.id)) == 1
    await post(owen, f"/accounts/{HELEN.id}/end", f"/accounts/{HELEN.id}")
    assert await desk.sessions.all(HELEN.id) == []


async def test_somebody_is_shut_out_and_let_in_again_by_a_new_link(desk):
    owen = await operator(desk)
    await desk.member()
    client = await desk.seated()
    await post(owen, f"/accounts/{HELEN.id}/shut-out", f"/accounts/{HELEN.id}")
    assert (await client.get("/sessions")).status_code == 303
    assert "Shut out" in words(await owen.get(f"/accounts/{HELEN.id}"))
    given = await post(owen, f"/accounts/{HELEN.id}/link", f"/accounts/{HELEN.id}")
    link = re.search(r"/sign-in/link/[\w-]+", given.text)
    assert link
    assert (await post(desk.client(), link[0], password=PASSWORD)).status_code == 303


async def test_nobody_shuts_themselves_out(desk):
    owen = await operator(desk)
    refused = await post(owen, f"/accounts/{OWEN.id}/shut-out", f"/accounts/{OWEN.id}")
    assert refused.status_code == 409
    assert "nobody to let them in again" in words(refused)
    assert (await owen.get("/accounts")).status_code == 200


async def test_it_is_for_the_operator_alone(desk):
    await desk.member(PIERS)
    client = await desk.seated(person=PIERS)
    for page in ("/accounts", "/accounts/add", f"/accounts/{PIERS.id}"):
        assert (await client.get(page)).status_code == 403
    refused = await post(client, f"/accounts/{PIERS.id}/link", "/sessions")
    assert refused.status_code == 403
    assert (await client.get("/sessions")).status_code == 200
