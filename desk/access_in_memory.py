"""The access log of one process, for tests: a restart forgets it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.access import Access, AccessesWanted, InTheNameOf, NotedAccess


class MemoryAccesses:
    """Keeps what `desk.ports.Accesses` names in a list."""

    def __init__(self) -> None:
        self._noted: list[NotedAccess] = []

    async def note(self, access: Access) -> None:
        self._noted.append(NotedAccess(len(self._noted) + 1, access))

    async def newest(self, wanted: AccessesWanted, whom: InTheNameOf) -> Sequence[NotedAccess]:
        found = [each for each in reversed(self._noted) if whom.everything and _is_wanted(each, wanted)]
        return found[: wanted.limit]


def _is_wanted(noted: NotedAccess, wanted: AccessesWanted) -> bool:
    access = noted.access
    return (
        wanted.kind in (None, access.kind)
        and wanted.notice in (None, access.notice)
        and wanted.person in (None, access.person)
        and (wanted.before is None or noted.number < wanted.before)
    )
