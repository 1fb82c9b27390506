"""People at the desk: they sign in with their password, and use its pages and forms as a browser would."""

import re
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from html import unescape

import httpx2

from desk.passwords import Passwords
from ledger.accounts import PostgresAccounts
from ledger.postgres import PostgresLedger
from ledger.sessions import digest_of

PASSWORD = "four quiet words together"
AN_HOUR = 3600.0
PATIENCE = 600
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class WrongAnswer(Exception):
    """The desk answered, but not with what was asked for."""


class Person:
    """Somebody who has signed in. `client` holds their session."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def read(self, address: str) -> str:
        answer = await self._client.get(address)
        if answer.status_code != 200:
            raise WrongAnswer(f"{address}: {answer.status_code}")
        return answer.text

    async def fields(self, address: str) -> dict[str, str]:
        """What the forms of a page carry along unseen."""
        return {name: unescape(value) for name, value in _FIELD.findall(await self.read(address))}

    async def send(self, address: str, typed: dict[str, str]) -> str:
        """Send a form; where it leads."""
        answer = await self._client.post(address, data=typed)
        if answer.status_code != 303:
            raise WrongAnswer(f"{address}: {answer.status_code} {answer.text[:2000]}")
        return answer.headers["location"]


async def give_accounts(application_dsn: str, people: Iterable[str]) -> None:
    """Everybody has the same password."""
    digest = await Passwords().digest(PASSWORD)
    async with PostgresLedger(application_dsn, connections=1) as ledger:
        accounts = PostgresAccounts(ledger.database)
        for person in people:
            link = digest_of(secrets.token_urlsafe())
            await accounts.add(person, person, person, (), link, AN_HOUR, by="a measurement")
            await accounts.set_password(link, digest)


@asynccontextmanager
async def signed_in(desk: str, people: Iterable[str]) -> AsyncIterator[dict[str, Person]]:
    """Each with a session and connections of their own."""
    found: dict[str, Person] = {}
    async with AsyncExitStack() as open_clients:
        for name in people:
            client = await open_clients.enter_async_context(
                httpx2.AsyncClient(base_url=desk, timeout=PATIENCE)
            )
            found[name] = Person(client)
            fields = await found[name].fields("/sign-in")
            await found[name].send("/sign-in", {**fields, "login": name, "password": PASSWORD})
        yield found
