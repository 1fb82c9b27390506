"""The wiring of the desk: what its ports are plugged into."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlsplit

from desk.operating import Operator
from desk.ports import DeskPorts, Persona
from domain.record import LedgerUnreachable
from domain.time.zones import local_date
from forthwith.bounces import reports_of_notify
from forthwith.desk_audit import DeskAudit
from forthwith.desk_doors import accounts_of, doors_of
from forthwith.evidence_room import LedgerEvidence
from forthwith.letter_samples import RecordedLetters
from forthwith.lodging import lodging
from forthwith.log_places import log_places
from forthwith.mail_passes import RecordedPasses, passes_of
from forthwith.mailbox.catcher import MailCatcher
from forthwith.notice_builder import TrialBuilder
from forthwith.outside_door import outside_door
from forthwith.settings import Settings, state_folder
from forthwith.world import World
from ledger.accesses import PostgresAccesses
from ledger.drafts import PostgresDrafts
from ledger.log.published import PublishedLog
from ledger.notice_drafts import PostgresNoticeDrafts
from ledger.requests import PostgresRequests
from projections.casebook import Casebook
from projections.quarters import quarter_of
from projections.seen_by import roles_held

# Invented people of the demonstration, who hold no role under any notice.
OF_THE_SERVICE = (
    Persona("grace-adeyemi", "Grace Adeyemi", ("Auditor",), "Audit and operation", ("auditor",)),
    Persona(
        "owen-castell", "Owen Castell", ("Service administrator",), "Audit and operation", ("administrator",)
    ),
)


def desk_ports(
    settings: Settings,
    world: World,
    ready: Callable[[], Awaitable[dict[str, bool]]],
    catcher: MailCatcher | None,
    stopping: asyncio.Event | None = None,
    operator: Operator | None = None,
) -> DeskPorts:
    """The desk of one world. It answers to its own address and to loopback names."""

    async def personas() -> tuple[Persona, ...]:
        found = await personas_of_book(world.casebook, world.clock.now())
        return (*found, *OF_THE_SERVICE) if world.clock.simulated else found

    async def known(person: str) -> Persona | None:
        of_service = OF_THE_SERVICE if world.clock.simulated else ()
        found = await persona_of_book(world.casebook, person, world.clock.now())
        return found or next((each for each in of_service if each.id == person), None)

    host = urlsplit(settings.desk_url).hostname or "127.0.0.1"
    return DeskPorts(
        clock_now=world.clock.now,
        simulated=world.clock.simulated,
        ready=ready,
        secret=state_folder(settings).secret("desk").encode(),
        hosts=tuple(dict.fromkeys((host, "127.0.0.1", "localhost"))),
        personas=personas,
        known=known,
        office=world.office,
        casebook=world.casebook,
        mailbox=catcher,
        log=PublishedLog(log_places(settings).folder),
        feeds=world.feeds(),
        accesses=PostgresAccesses(world.ledger.database),
        doors=doors_of(settings, world),
        record=world.ledger,
        tokens=world.tokens,
        requests=PostgresRequests(world.ledger.database),
        stopping=stopping,
        lodge=lodging(settings, world.office),
        directory=world.directory,
        audit=DeskAudit(settings, world),
        operator=operator,
        accounts=accounts_of(settings, world),
        drafts=PostgresDrafts(world.ledger.database, world.ledger.keyring),
        evidence=LedgerEvidence(settings, world.office),
        mail_passes=RecordedPasses(passes_of(settings), world.ledger),
        delivery_reports=reports_of_notify(settings.notify_callback_file, world.casebook, world.office),
        notice_drafts=PostgresNoticeDrafts(world.ledger.database),
        builder=TrialBuilder(),
        letters=RecordedLetters(world.ledger, settings.desk_url) if settings.demo else None,
        outside=outside_door(settings, world, catcher),
    )


async def personas_of_book(book: Casebook, now: datetime) -> tuple[Persona, ...]:
    """Everybody who holds a role today, with the titles of their roles.

    While the record cannot be reached, as last read: whoever was writing then gets their words back instead of an
    empty error page. Nothing can be signed meanwhile, because every act is decided on the record itself.
    """
    with suppress(LedgerUnreachable):
        await book.catch_up()
    people = (person for notice in book.notices() for person in notice.names)
    found = (_persona(book, person, now) for person in dict.fromkeys(people))
    return tuple(each for each in found if each is not None)


async def persona_of_book(book: Casebook, person: str, now: datetime) -> Persona | None:
    """One of them, by their id. Asked before every page, so it is kept until something happens."""
    with suppress(LedgerUnreachable):
        await book.catch_up()
    return book.kept_of_all(("persona", person), quarter_of(now), lambda: _persona(book, person, now))


def _persona(book: Casebook, person: str, now: datetime) -> Persona | None:
    """As the newest of the notices under which they hold a role says."""
    for notice in reversed(book.notices_naming(person)):
        held = roles_held(book, notice.terms.id, person, local_date(now, notice.terms.zone))
        roles = [notice.role(each) for each in held]
        if roles and person in notice.names:
            titles = tuple(role.title for role in roles)
            return Persona(person, notice.names[person], titles, notice.party_name(roles[0].party))
    return None
