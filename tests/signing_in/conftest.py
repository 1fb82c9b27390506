"""A live desk: real people, accounts and sessions in a real PostgreSQL, spoken to in memory."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace

import asyncpg
import httpx2
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from desk.app import create_app
from desk.doors import Doors
from desk.guesses import Guesses
from desk.local_accounts import PasswordDoor
from desk.oidc.provider import Provider
from desk.passwords import Passwords
from desk.ports import DeskPorts, Persona
from domain.clock import LiveClock
from forthwith.desk_accounts import DeskAccounts
from forthwith.desk_sessions import DeskSessions
from forthwith.embedded.postgres import EmbeddedPostgres
from ledger.accesses import PostgresAccesses
from ledger.accounts import PostgresAccounts
from ledger.guesses import PostgresCounts
from ledger.memory import MemoryLedger
from ledger.office import Office
from ledger.postgres import PostgresLedger
from ledger.privileges import provision, with_login
from ledger.sessions import Lifetime, PostgresSessions, digest_of
from projections.casebook import Casebook
from tests.conftest import PASSWORD as APPLICATION_PASSWORD

HELEN = Persona("helen-marsh", "Helen Marsh", ("Director of children’s services",), "Example County Council")
PIERS = Persona("piers-lindqvist", "Piers Lindqvist", ("Case lead",), "Department for Education")
PASSWORD = "lantern otter gravel"
LIFETIME = Lifetime(3600, 12 * 3600)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Safari/604.1"
)


def ports(doors: Doors, people: tuple[Persona, ...] = (HELEN, PIERS)) -> DeskPorts:
    async def personas() -> tuple[Persona, ...]:
        return people

    async def ready() -> dict[str, bool]:
        return {"record": True}

    record, clock = MemoryLedger(), LiveClock()
    return DeskPorts(
        clock_now=clock.now,
        simulated=False,
        ready=ready,
        secret=b"a secret used in tests and nowhere else",
        hosts=("desk.example", "127.0.0.1"),
        personas=personas,
        office=Office(record, clock),
        casebook=Casebook(record),
        doors=doors,
    )


class CountingHasher(PasswordHasher):
    """argon2id, cheap enough for tests; counts how often a password was looked at."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.looked_at = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.looked_at += 1
        return bool(super().verify(hash, password))


@dataclass
class Desk:
    """A live desk with what stands behind it."""

    app: FastAPI
    accounts: PostgresAccounts
    sessions: PostgresSessions
    hasher: CountingHasher
    owner: asyncpg.Connection
    opened: list[httpx2.AsyncClient] = field(default_factory=list)

    def client(self, device: str = FIREFOX) -> httpx2.AsyncClient:
        """A browser with its own cookies."""
        transport = httpx2.ASGITransport(app=self.app)
        made = httpx2.AsyncClient(
            transport=transport, base_url="https://desk.example", headers={"user-agent": device}
        )
        self.opened.append(made)
        return made

    async def invited(self, person: Persona = HELEN, hours: float = 1, roles: tuple[str, ...] = ()) -> str:
        """An account, and the link with which its password is set."""
        link = secrets.token_urlsafe(32)
        added = await self.accounts.add(
            person.id, person.id, person.name, roles, digest_of(link), hours * 3600, by="a test"
        )
        assert added
        return link

    async def member(self, person: Persona = HELEN) -> None:
        """Somebody who has an account with a password."""
        link = await self.invited(person)
        answer = await post(self.client(), f"/sign-in/link/{link}", password=PASSWORD)
        assert answer.status_code == 303
        await self.sessions.end(person=person.id)

    async def seated(self, device: str = FIREFOX, person: Persona = HELEN) -> httpx2.AsyncClient:
        client = self.client(device)
        answer = await post(client, "/sign-in", login=person.id, password=PASSWORD)
        assert answer.status_code == 303
        return client


def token_on(page: str) -> str:
    return page.split('name="form_token" value="')[1].split('"', maxsplit=1)[0]


async def post(
    client: httpx2.AsyncClient, action: str, page: str | None = None, **fields: str
) -> httpx2.Response:
    """Open the page of a form and send it."""
    shown = await client.get(page or action)
    return await client.post(action, data={"form_token": token_on(shown.text), **fields})


MakeDesk = Callable[..., Awaitable[Desk]]


@pytest.fixture(scope="session")
async def database(
    postgres: EmbeddedPostgres, migrated_template: str, numbers: Callable[[], int]
) -> AsyncIterator[str]:
    """The owner's way into one database for all tests here; each begins without accounts and sessions."""
    name = f"signing_in_{numbers()}"
    connection = await asyncpg.connect(postgres.dsn)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template}")
    await connection.close()
    dsn = postgres.dsn.replace("/forthwith?", f"/{name}?")
    await provision(dsn, APPLICATION_PASSWORD)
    yield dsn
    await postgres.drop_database(name)


@pytest.fixture
def application_dsn(database: str) -> str:
    return with_login(database, "forthwith_app", APPLICATION_PASSWORD)


@pytest.fixture
async def make_desk(database: str, application_dsn: str) -> AsyncIterator[MakeDesk]:
    """Desks on one database; each is a process of its own as far as its memory goes."""
    owner = await asyncpg.connect(database)
    await owner.execute(
        "DELETE FROM forthwith.sessions; DELETE FROM forthwith.accounts; DELETE FROM forthwith.guesses"
    )
    opened: list[Desk] = []
    async with PostgresLedger(application_dsn, connections=3) as ledger:
        accounts = PostgresAccounts(ledger.database)
        sessions = PostgresSessions(ledger.database, LIFETIME)

        async def make(
            provider: Provider | None = None, people: tuple[Persona, ...] = (HELEN, PIERS)
        ) -> Desk:
            hasher = CountingHasher()
            guesses = Guesses(PostgresCounts(ledger.database))
            door = PasswordDoor(accounts, Passwords(lambda: hasher), guesses)
            keeping = DeskAccounts(ledger.database, LIFETIME, "https://desk.example")
            made = create_app(
                replace(
                    ports(Doors(door, provider), people),
                    accounts=keeping,
                    accesses=PostgresAccesses(ledger.database),
                ),
                sessions=DeskSessions(sessions),
            )
            opened.append(Desk(made, accounts, sessions, hasher, owner))
            return opened[-1]

        yield make
        for desk in opened:
            for client in desk.opened:
                await client.aclose()
    await owner.close()


@pytest.fixture
async def desk(make_desk: MakeDesk) -> Desk:
    return await make_desk()
