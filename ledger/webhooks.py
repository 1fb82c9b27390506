"""How far each webhook has been told, on PostgreSQL and in memory."""

from domain.ports import WebhookState
from ledger import sql_files
from ledger.connection import Database


class PostgresWebhooks:
    """A `domain.ports.WebhookBook` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def state(self, name: str) -> WebhookState | None:
        rows = await self._database.fetch(sql_files.query("webhook"), name)
        return WebhookState(*rows[0].values()) if rows else None

    async def keep(self, name: str, state: WebhookState) -> None:
        await self._database.fetch(
            sql_files.query("keep_webhook"),
            name,
            state.told,
            state.tries,
            state.failing_since,
            state.passed_over,
            state.closed_at,
            state.fault,
        )


async def states_of(database: Database) -> dict[str, WebhookState]:
    """How every webhook stands that was ever told something, by its name."""
    rows = await database.fetch(sql_files.query("webhooks"))
    return {row["name"]: WebhookState(*list(row.values())[1:]) for row in rows}


class MemoryWebhooks:
    """A `domain.ports.WebhookBook` that is gone with its process."""

    def __init__(self) -> None:
        self._states: dict[str, WebhookState] = {}

    async def state(self, name: str) -> WebhookState | None:
        return self._states.get(name)

    async def keep(self, name: str, state: WebhookState) -> None:
        known = self._states.get(name)
        if known is None or known.told <= state.told:
            self._states[name] = state
