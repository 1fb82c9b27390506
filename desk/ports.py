"""What the desk needs from outside; the front door fills it in."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from activities.delivery.passes import Pass
from activities.delivery.samples import Sample
from desk.access_in_memory import MemoryAccesses
from desk.account_keeping import AccountKeeping
from desk.auditing import Audit
from desk.building import NoticeBuilder
from desk.doors import Doors
from desk.drafts import MemoryDrafts
from desk.notice_drafts import MemoryNoticeDrafts
from desk.operating import Operator
from desk.outside.door import OutsideDoor
from desk.requests_in_memory import MemoryRequests
from domain.access import Access, AccessesWanted, InTheNameOf, NotedAccess
from domain.actor import Actor
from domain.case import Case, Draft
from domain.commands import Command
from domain.drafts import Drafts
from domain.identity import OccurrenceId
from domain.notice_drafts import NoticeDrafts
from domain.ports import Directory, Feeds, Ledger
from domain.record import Receipt
from domain.requests import Requests
from domain.tokens import Tokens
from projections.casebook import Casebook

LONDON = ZoneInfo("Europe/London")


class UnavailableError(Exception):
    """A port could not reach what stands behind it; the desk answers 503 and says so."""


class UnfitUploadError(Exception):
    """A file that is not taken; the sentence says why."""


@dataclass(frozen=True)
class Persona:
    """A person who can sit at the desk, with the titles of the roles they hold now.

    `desk_roles`: ``auditor`` and ``administrator``, which no notice gives: see `desk.oidc.mapping.DESK_ROLES`.
    """

    id: str
    name: str
    roles: tuple[str, ...]
    organisation: str
    desk_roles: tuple[str, ...] = ()


class Handled(Protocol):
    """What came of a command; no receipt when there was nothing to record."""

    @property
    def receipt(self) -> Receipt | None: ...


class Office(Protocol):
    """Handles commands; raises what `domain.ports.Handles` names."""

    async def handle(
        self,
        command: Command,
        by: Actor = ...,
        key: UUID | None = None,
        expected: Collection[int] | None = None,
    ) -> Handled: ...

    async def weighed(
        self, command: Command, by: Actor = ..., expected: Collection[int] | None = None
    ) -> tuple[Case, tuple[Draft, ...]]:
        """What would come of it now, with nothing recorded."""
        ...


class Lodge(Protocol):
    """Keeps a file and records it; raises UnfitUploadError, UnavailableError, and what an office raises."""

    async def __call__(
        self,
        content: bytes,
        name: str,
        occurrence: OccurrenceId,
        by: Actor,
        version: int | None,
        key: UUID | None,
        expected: Collection[int] | None = None,
    ) -> Handled: ...


class Mail(Protocol):
    """A mail that was caught instead of being passed on. `date` is in UTC, `text` plain, `html` empty where there is none."""

    @property
    def id(self) -> str: ...

    @property
    def sender(self) -> str: ...

    @property
    def to(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def date(self) -> datetime: ...

    @property
    def text(self) -> str: ...

    @property
    def html(self) -> str: ...


class Mailbox(Protocol):
    """All mail that was caught, newest first, and one by its id."""

    def messages(self) -> Sequence[Mail]: ...

    def message(self, name: str) -> Mail | None: ...


class MailPasses(Protocol):
    """The passes in letters, with which their readers acknowledge without signing in."""

    def read(self, words: str, now: datetime) -> Pass:
        """Raises PassRefused."""
        ...

    async def receipt_of(self, given: Pass) -> Receipt | None:
        """The receipt of the act it was used for; None as long as it was not used."""
        ...


class Letters(Protocol):
    """What people are sent, one letter of each kind."""

    async def samples(self) -> Sequence[Sample]: ...


class DeliveryReports(Protocol):
    """Who may report what became of a mail, and where that is recorded."""

    def accepts(self, token: str) -> bool: ...

    async def bounced(self, message_id: str, fault: str) -> int:
        """How many messages were in that mail; raises NotFound."""
        ...


class Log(Protocol):
    """The published log: what is not there is None. `index` counts from 1."""

    def checkpoint(self) -> str | None: ...

    def keys(self) -> str: ...

    def tile(self, path: str) -> bytes | None: ...

    def proof_text(self, index: int) -> str | None: ...


class Accesses(Protocol):
    """The access log: written before what it tells of is shown. Raises LedgerUnreachable."""

    async def note(self, access: Access) -> None: ...

    async def newest(self, wanted: AccessesWanted, whom: InTheNameOf) -> Sequence[NotedAccess]:
        """Nothing to somebody who does not audit."""
        ...


class FileNotTaken(Exception):
    """A file was refused for what it is, or could not be kept; the sentence says why. Nothing was recorded."""


class FileNotFound(Exception):
    """No such file is kept, or it is not what was lodged; the sentence says which."""


class EvidenceRoom(Protocol):
    """Where files are lodged as evidence and read back. `largest`: how long a file may be, in bytes."""

    @property
    def largest(self) -> int: ...

    async def lodge(
        self, content: bytes, name: str, occurrence: OccurrenceId, by: Actor, key: UUID | None
    ) -> Receipt:
        """Raises FileNotTaken, Refused, NotFound, or a LedgerRefusal."""
        ...

    async def read(self, sha256: str) -> bytes:
        """A file that still has its hash; raises FileNotFound."""
        ...


@dataclass(frozen=True)
class DeskPorts:
    """The callables and facts behind the pages.

    `casebook` is what the record says, `office` where acts are signed, `mailbox` the caught mail, where mail is caught,
    `log` the published log, `feeds` the secret addresses of calendars, `accesses` who was refused what and who opened what,
    `doors` the ways in where people are real.
    `record` is the ledger itself, `tokens` the keys of programs: without these two there is no API. `requests` is what those
    have sent with which key.
    `stopping` is set when everything is about to stop, so that nobody goes on listening. `lodge` takes files as evidence,
    `directory` keeps how people are reached, and how they like it.
    `known` finds one of the `personas` without looking at all of them.
    `audit` verifies the record and gives it out, `operator` says how the service is, `accounts` keeps who may sign in.
    `drafts` is where reports are kept while they are written, `evidence` where files are lodged and read back.
    `mail_passes` reads what stands in letters, `letters` shows what those look like, `delivery_reports` takes what providers
    call back with. `outside` gives links to people without an account.
    `notice_drafts` is where notices are kept while they are drafted, `builder` reads and rehearses them.

    `hosts` are the names the desk answers to, without port. `secret` signs form tokens: at least 32 bytes,
    the same in every process that serves one site. `zone` is the notice's own: every time is told in it.
    """

    clock_now: Callable[[], datetime]
    simulated: bool
    ready: Callable[[], Awaitable[dict[str, bool]]]
    secret: bytes
    hosts: tuple[str, ...]
    personas: Callable[[], Awaitable[tuple[Persona, ...]]]
    office: Office
    casebook: Casebook
    mailbox: Mailbox | None = None
    zone: ZoneInfo = LONDON
    log: Log | None = None
    feeds: Feeds | None = None
    accesses: Accesses = field(default_factory=MemoryAccesses)
    doors: Doors = field(default_factory=Doors)
    record: Ledger | None = None
    tokens: Tokens | None = None
    requests: Requests = field(default_factory=MemoryRequests)
    stopping: asyncio.Event | None = None
    lodge: Lodge | None = None
    directory: Directory | None = None
    audit: Audit | None = None
    operator: Operator | None = None
    accounts: AccountKeeping | None = None
    drafts: Drafts = field(default_factory=MemoryDrafts)
    evidence: EvidenceRoom | None = None
    mail_passes: MailPasses | None = None
    letters: Letters | None = None
    delivery_reports: DeliveryReports | None = None
    notice_drafts: NoticeDrafts = field(default_factory=MemoryNoticeDrafts)
    builder: NoticeBuilder | None = None
    outside: OutsideDoor | None = None
    known: Callable[[str], Awaitable[Persona | None]] | None = None

    async def persona(self, person: str) -> Persona | None:
        """One of the `personas`, by their id."""
        if self.known is not None:
            return await self.known(person)
        return next((each for each in await self.personas() if each.id == person), None)

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise ValueError("The desk's secret must be at least 32 bytes long.")
