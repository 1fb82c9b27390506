"""What goes out with every answer, and who is turned away at the door."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import httpx2
import pytest

from desk.hosts import is_loopback
from desk.ports import DeskPorts

Visitor = Callable[..., httpx2.AsyncClient]
SignIn = Callable[..., Awaitable[httpx2.Response]]


@pytest.mark.parametrize(
    "path", ["/sign-in", "/livez", "/nowhere", "/crash", "/unreachable", "/static/old/forthwith.css"]
)
async def test_every_answer_carries_the_security_headers(visitor: Visitor, path: str) -> None:
    headers = (await visitor().get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["strict-transport-security"].startswith("max-age=31536000")


async def test_plain_http_gets_no_promise_about_https(visitor: Visitor) -> None:
    answer = await visitor("http://127.0.0.1:8000").get("/sign-in")
    assert "strict-transport-security" not in answer.headers


async def test_each_answer_has_its_own_nonce_and_its_scripts_carry_it(visitor: Visitor) -> None:
    client = visitor()
    nonces = set()
    for _ in range(2):
        answer = await client.get("/sign-in")
        nonce = re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])
        assert nonce
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert len(scripts) == 2
        assert all(f'nonce="{nonce[1]}"' in script for script in scripts)
        nonces.add(nonce[1])
    assert len(nonces) == 2


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example", "https://desk.example.evil.example", "http://10.0.0.7"]
)
async def test_a_name_that_is_not_ours_is_refused(visitor: Visitor, url: str) -> None:
    answer = await visitor(url).get("/sign-in", headers={"accept": "application/json"})
    assert answer.status_code == 421
    assert answer.json()["detail"].startswith("This desk does not answer to that address.")


async def test_a_health_check_may_come_by_address(visitor: Visitor) -> None:
    assert (await visitor("http://10.0.0.7").get("/livez")).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
    ids=str,
)
async def test_a_form_from_another_site_changes_nothing(
    visitor: Visitor, sign_in: SignIn, header: dict[str, str]
) -> None:
    client = visitor(**header)
    refused = await sign_in(client)
    assert refused.status_code == 403
    assert "came from another website" in refused.text
    assert (await client.get("/papers")).status_code == 303


@pytest.mark.parametrize(
    "header", [{"sec-fetch-site": "same-origin"}, {"origin": "https://desk.example"}, {}], ids=str
)
async def test_a_form_of_our_own_is_taken(visitor: Visitor, sign_in: SignIn, header: dict[str, str]) -> None:
    assert (await sign_in(visitor(**header))).status_code == 303


async def test_plain_http_from_elsewhere_gets_no_cookie_and_may_change_nothing(
    visitor: Visitor, sign_in: SignIn
) -> None:
    client = visitor("http://desk.example")
    refused = await sign_in(client)
    assert refused.status_code == 403
    assert "https only" in refused.text
    assert not client.cookies


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("localhost", True),
        ("desk.localhost:80", True),
        ("10.0.0.7", False),
        ("localhost.evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_only_this_machine_counts_as_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_short_secret_is_refused(ports: DeskPorts) -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        DeskPorts(**{**vars(ports), "secret": b"short"})


async def test_static_files_are_kept_for_good_only_under_their_own_digest(visitor: Visitor) -> None:
    client = visitor()
    page = (await client.get("/sign-in")).text
    current = re.search(r'href="(/static/[0-9a-f]{16}/forthwith\.css)"', page)
    assert current
    fresh = await client.get(current[1])
    assert "immutable" in fresh.headers["cache-control"]
    assert fresh.headers["content-type"].startswith("text/css")
    assert (await client.get("/static/0000000000000000/forthwith.css")).headers["cache-control"] == "no-cache"
    assert "set-cookie" not in fresh.headers


@pytest.mark.parametrize(
    "name", ["../app.py", "%2e%2e/app.py", "vendor/manifest.json", "vendor", "nothing.css"]
)
async def test_only_listed_static_files_are_served(visitor: Visitor, name: str) -> None:
    assert (await visitor().get(f"/static/x/{name}")).status_code == 404


async def test_readiness_names_each_part(visitor: Visitor) -> None:
    answer = await visitor().get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"ready": True, "checks": {"record": True, "clock": True}},
    )
