"""Links for people without an account: where they are kept, with which keys they are signed, and by which way they are sent."""

from uuid import UUID

from desk.outside.door import OutsideDoor
from desk.outside.secret_words import SecretWords
from domain.record import Receipt
from forthwith.channels import channel_of
from forthwith.mail_passes import link_keys
from forthwith.mailbox.catcher import MailCatcher
from forthwith.settings import Settings
from forthwith.world import World
from ledger.outside_links import PostgresOutsideLinks


def outside_door(settings: Settings, world: World, catcher: MailCatcher | None) -> OutsideDoor:
    """Raises OSError and ValueError where a setting of keys or channels cannot be used."""

    async def receipt_of(command: UUID) -> Receipt | None:
        return await world.ledger.receipt_of(command)

    return OutsideDoor(
        links=PostgresOutsideLinks(world.ledger.database),
        words=SecretWords(link_keys(settings)),
        post=channel_of(settings, catcher),
        directory=world.directory,
        base_url=settings.desk_url,
        receipt_of=receipt_of,
    )
