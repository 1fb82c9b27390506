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
from forthwith.desk_doors import doors_of
from forthwith.evidence_room import LedgerEvidence
from forthwith.letter_samples import RecordedLetters
from forthwith.lodging import lodging
from forthwith.log_places import log_places
from forthwith.mail_passes import RecordedPasses, passes_of
from forthwith.mailbox.catcher import MailCatcher
from forthwith.outside_door import outside_door
from forthwith.settings import Settings, state_folder
from forthwith.world import World
from ledger.accesses import PostgresAccesses
from ledger.drafts import PostgresDrafts
from ledger.log.published import PublishedLog
from projections.casebook import Casebook

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

    host = urlsplit(settings.desk_url).hostname or "127.0.0.1"
    return DeskPorts(
        clock_now=world.clock.now,
        simulated=world.clock.simulated,
        ready=ready,
        secret=state_folder(settings).secret("desk").encode(),
        hosts=tuple(dict.fromkeys((host, "127.0.0.1", "localhost"))),
        personas=personas,
        office=world.office,
        casebook=world.casebook,
        mailbox=catcher,
        log=PublishedLog(log_places(settings).folder),
        feeds=world.feeds(),
        accesses=PostgresAccesses(world.ledger.database),
        doors=doors_of(settings, world),
        record=world.ledger,
        tokens=world.tokens,
        stopping=stopping,
        lodge=lodging(settings, world.office),
        directory=world.directory,
        audit=DeskAudit(settings, world),
        operator=operator,
        drafts=PostgresDrafts(world.ledger.database, world.ledger.keyring),
        evidence=LedgerEvidence(settings, world.office),
        mail_passes=RecordedPasses(passes_of(settings), world.ledger),
        delivery_reports=reports_of_notify(settings.notify_callback_file, world.casebook, world.office),
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
    found: dict[str, Persona] = {}
    for notice in book.notices():
        today = local_date(now, notice.terms.zone)
        for person, name in notice.names.items():
            roles = [notice.role(each) for each in notice.roles_of(person, today)]
            if roles:
                titles = tuple(role.title for role in roles)
                found[person] = Persona(person, name, titles, notice.party_name(roles[0].party))
    return tuple(found.values())
