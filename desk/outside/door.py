"""Giving links and finding them again: the secret goes to the address on record, and nowhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from activities.delivery.letter import Letter
from activities.delivery.wire import is_address
from desk.outside.letter import link_facts, link_letter
from desk.outside.offers import Offer
from desk.outside.pace import Pace
from desk.outside.secret_words import PLACE, SecretWords, new_secret
from domain.case import Case
from domain.notice.state import Notice
from domain.outside_links import OutsideLink, OutsideLinks
from domain.ports import ChannelFault, Directory
from domain.record import Receipt
from domain.tokens import digest_of


class NotGiven(Exception):
    """No link was given; the sentence says why."""


class Post(Protocol):
    """A way of sending mail: what the dispatcher has, too."""

    async def hand_over(self, letter: Letter, address: str) -> object:
        """Raises ChannelFault."""
        ...


@dataclass(frozen=True, slots=True)
class Gift:
    """What is to be given: for what, by whom, until when. `id` makes two askings one link."""

    id: UUID
    offer: Offer
    by: str
    days: int
    address: str = ""


@dataclass(frozen=True)
class OutsideDoor:
    """`base_url` is the address of the desk. `receipt_of` knows the act of a link by the id under which it is recorded."""

    links: OutsideLinks
    words: SecretWords
    post: Post
    directory: Directory
    base_url: str
    receipt_of: Callable[[UUID], Awaitable[Receipt | None]]
    pace: Pace = field(default_factory=Pace)

    async def find(self, words: str) -> OutsideLink | None:
        """The link of these words, whatever has become of it. Raises NotALink where we never gave them."""
        return await self.links.find(digest_of(self.words.read(words)))

    async def give(self, notice: Notice, case: Case | None, gift: Gift, now: datetime) -> OutsideLink:
        """Make it, and send it. Older ones for the same thing are good for nothing from then on. Raises NotGiven."""
        given = await self.links.of_notice(notice.terms.id)
        known = next((each for each in given if each.id == gift.id), None)
        if known is not None:
            return known
        address = await self._address(gift, now)
        link = _link(gift, now)
        secret = new_secret()
        await self.links.make(link, digest_of(secret))
        await self._send(notice, case, link, gift.offer, secret, address, now)
        for each in given:
            if _is_the_same(each, link) and each.revoked is None:
                await self.links.revoke(each.id, now)
        return link

    async def _address(self, gift: Gift, now: datetime) -> str:
        typed, person = gift.address.strip(), gift.offer.person
        if gift.offer.needs_address and typed:
            if not is_address(typed):
                raise NotGiven("Enter a mail address in the usual form, such as name@example.org.")
            await self.directory.set_address(person, typed, now)
        found = await self.directory.address_of(person)
        if found is None:
            raise NotGiven(f"No mail address is known for {gift.offer.name}.")
        return found

    async def _send(
        self, notice: Notice, case: Case | None, link: OutsideLink, offer: Offer, secret: str, address: str,
        now: datetime,
    ) -> None:  # fmt: skip
        where = f"{self.base_url.rstrip('/')}{PLACE}{self.words.written(secret)}"
        letter = link_letter(link_facts(notice, case, link, offer.name, offer.do, where), link, now)
        try:
            await self.post.hand_over(letter, address)
        except ChannelFault as fault:
            await self.links.revoke(link.id, now)
            raise NotGiven(f"The mail could not be sent, so no link was given. {fault}") from fault


def _link(gift: Gift, now: datetime) -> OutsideLink:
    offer = gift.offer
    return OutsideLink(
        gift.id,
        offer.person,
        offer.act,
        offer.about,
        offer.number,
        gift.by,
        now,
        now + timedelta(days=gift.days),
    )


def _is_the_same(one: OutsideLink, other: OutsideLink) -> bool:
    return (one.person, one.act, one.about, one.number) == (
        other.person,
        other.act,
        other.about,
        other.number,
    )
