"""Links for people without an account, on PostgreSQL and in memory with the same manners."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import asyncpg

from domain.access import InTheNameOf
from domain.identity import OccurrenceId
from domain.outside_links import OutsideLink
from ledger import sql_files
from ledger.connection import Database


class PostgresOutsideLinks:
    """A `domain.outside_links.OutsideLinks` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def make(self, link: OutsideLink, digest: bytes) -> None:
        """Keep a link with the SHA-256 of its secret."""
        await self._database.fetch(
            sql_files.query("make_outside_link"),
            link.id,
            digest,
            link.person,
            link.act,
            link.notice,
            str(link.about),
            link.number,
            link.given_by,
            link.made,
            link.expires,
        )

    async def find(self, digest: bytes) -> OutsideLink | None:
        """That of a secret, whatever has become of it."""
        rows = await self._database.fetch(sql_files.query("find_outside_link"), digest)
        return _link(rows[0]) if rows else None

    async def of_notice(self, notice: str, whom: InTheNameOf | None = None) -> Sequence[OutsideLink]:
        """All that were given, newest first; none in the name of somebody who holds no role under it."""
        asked = (sql_files.query("outside_links_of"), notice)
        rows = await (self._database.fetch_for(whom, *asked) if whom else self._database.fetch(*asked))
        return [_link(row) for row in rows]

    async def revoke(self, link: UUID, at: datetime) -> bool:
        """Whether there was such a link."""
        (row,) = await self._database.fetch(sql_files.query("revoke_outside_link"), link, at)
        return bool(row["found"])


class MemoryOutsideLinks:
    """A `domain.outside_links.OutsideLinks` that is gone with its process."""

    def __init__(self) -> None:
        self._digests: dict[bytes, UUID] = {}
        self._links: dict[UUID, OutsideLink] = {}

    async def make(self, link: OutsideLink, digest: bytes) -> None:
        """Keep a link with the SHA-256 of its secret."""
        if link.id not in self._links:
            self._links[link.id], self._digests[digest] = link, link.id

    async def find(self, digest: bytes) -> OutsideLink | None:
        """That of a secret, whatever has become of it."""
        found = self._digests.get(digest)
        return self._links[found] if found else None

    async def of_notice(self, notice: str, whom: InTheNameOf | None = None) -> Sequence[OutsideLink]:
        """All that were given, newest first; none in the name of somebody who holds no role under it."""
        if whom and all(each.split("/")[0] != notice for each in whom.roles):
            return []
        found = sorted(
            (each for each in self._links.values() if each.notice == notice), key=lambda each: each.id
        )
        return sorted(found, key=lambda each: each.made, reverse=True)

    async def revoke(self, link: UUID, at: datetime) -> bool:
        """Whether there was such a link."""
        found = self._links.get(link)
        if found is not None:
            self._links[link] = replace(found, revoked=found.revoked or at)
        return found is not None


def _link(row: asyncpg.Record) -> OutsideLink:
    return OutsideLink(
        id=row["id"],
        person=row["person"],
        act=row["act"],
        about=OccurrenceId.parse(row["about"]),
        number=row["number"],
        given_by=row["given_by"],
        made=row["made"],
        expires=row["expires"],
        revoked=row["revoked"],
    )
