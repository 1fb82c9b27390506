"""Handing letters to chat rooms and other services through apprise, which knows how to reach a hundred of them."""

import asyncio
import hashlib
from collections.abc import Collection

from activities.delivery.letter import Letter
from domain.ports import ChannelFault, Handover


class ChatChannel:
    """Addresses such as `msteams://…` or `slack://…`. `schemes`: those that may be used, and no others."""

    name = "apprise"

    def __init__(self, schemes: Collection[str]) -> None:
        self.schemes = frozenset(each.strip().lower() for each in schemes)

    def reaches(self, address: str) -> bool:
        """Whether it is an address of this kind; a mail address has no `://`."""
        return "://" in address

    async def hand_over(self, letter: Letter, address: str) -> Handover:
        """Raises ChannelFault; what a service answered, apprise does not tell."""
        if address.partition("://")[0].lower() not in self.schemes:
            raise ChannelFault("Its kind of address is not one of those that may be used here.", lasting=True)
        try:
            # An extra, and heavy: it imports what it knows of a hundred services when it is first asked.
            import apprise
        except ImportError:
            raise ChannelFault(
                "apprise is not installed: pip install 'forthwith[apprise]'.", lasting=False
            ) from None
        service = apprise.Apprise()
        if not await asyncio.to_thread(service.add, address):
            raise ChannelFault(
                "The address that is known for this person is not one that apprise knows.", lasting=True
            )
        text = letter.text
        if not await service.async_notify(
            body=text, title=letter.subject, body_format=apprise.NotifyFormat.TEXT
        ):
            raise ChannelFault("The service did not take it for now.", lasting=False)
        return Handover(self.name, letter.message_id, hashlib.sha256(text.encode()).hexdigest(), "Taken.")
