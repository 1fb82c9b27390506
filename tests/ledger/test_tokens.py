"""Tokens are found by the hash of their secret, for as long as they are good; in memory as on PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.tokens import Token, Tokens, digest_of
from ledger.postgres import PostgresLedger
from ledger.tokens import MemoryTokens, PostgresTokens


@pytest.fixture
def memory_tokens() -> MemoryTokens:
    return MemoryTokens()


@pytest.fixture
def postgresql_tokens(ledger: PostgresLedger) -> PostgresTokens:
    return PostgresTokens(ledger.database)


@pytest.fixture(params=["memory", "postgresql"])
def tokens(request: pytest.FixtureRequest) -> Tokens:
    found: Tokens = request.getfixturevalue(f"{request.param}_tokens")
    return found


def a_token(lasts: timedelta = timedelta(hours=1), age: timedelta = timedelta(0)) -> Token:
    made = datetime.now(UTC) - age
    return Token(uuid4(), "helen-marsh", "a report", ("read", "act"), "lancashire-2016", made, made + lasts)


async def test_a_token_is_found_by_its_secret_alone(tokens: Tokens) -> None:
    token, other = a_token(), a_token()
    await tokens.create(token, digest_of("one"))
    await tokens.create(other, digest_of("two"))
    assert await tokens.find(digest_of("one")) == token
    assert await tokens.find(digest_of("two")) == other
    assert await tokens.find(digest_of("three")) is None
    assert list(await tokens.all()) == [token, other]


async def test_a_token_that_has_run_out_or_was_revoked_is_not_found(tokens: Tokens) -> None:
    old, revoked = a_token(timedelta(hours=1), timedelta(hours=2)), a_token()
    await tokens.create(old, digest_of("old"))
    await tokens.create(revoked, digest_of("revoked"))
    assert await tokens.revoke(revoked.id)
    assert await tokens.find(digest_of("old")) is None
    assert await tokens.find(digest_of("revoked")) is None
    _, found = await tokens.all()
    assert found.revoked is not None
    assert await tokens.revoke(revoked.id)
    assert (await tokens.all())[1].revoked == found.revoked
    assert not await tokens.revoke(UUID(int=0))


async def test_the_application_can_neither_change_nor_bring_back_a_token_on_postgresql(
    postgresql_tokens: PostgresTokens, app_dsn: str
) -> None:
    token = a_token()
    await postgresql_tokens.create(token, digest_of("a secret"))
    connection = await asyncpg.connect(app_dsn)
    try:
        for statement in ("UPDATE forthwith.tokens SET scopes = '{audit}'", "DELETE FROM forthwith.tokens"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
        (row,) = await connection.fetch("SELECT * FROM forthwith.tokens")
        assert "a secret" not in str(dict(row))
    finally:
        await connection.close()
