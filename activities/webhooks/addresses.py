"""Where a webhook may lead: to the public internet, decided on the very address that is then connected to.

A name that is looked up once to be examined and once more to be connected to can answer differently the second time
(DNS rebinding). So it is looked up once, and the connection goes to the address that was examined.
"""

import asyncio
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class AddressRefused(ValueError):
    """A webhook may not lead there."""


class AddressNotFound(OSError):
    """Its name is not known, for now."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address that was examined: `url` names it by number, `host` is the name for the header and the certificate."""

    url: str
    host: str
    name: str


def parsed(url: str, *, private: bool = False) -> SplitResult:
    """Raises AddressRefused: https and a name, without a password in it; with `private` plain http too."""
    try:
        parts = urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        raise AddressRefused(f"“{url}” is no address.") from None
    if parts.scheme not in (("https", "http") if private else ("https",)) or not port_is_sound:
        raise AddressRefused(f"A webhook is called by https; “{parts.scheme}” is not.")
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise AddressRefused("The address of a webhook has a host, and neither a password nor a # in it.")
    return parts


async def examined(url: str, *, private: bool = False) -> Place:
    """Look the name up once; raises AddressRefused where any answer is not public, AddressNotFound."""
    parts = parsed(url, private=private)
    name = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressNotFound(f"The name {name} is not known.") from None
    found = [ip_address(str(answer[4][0]).partition("%")[0]) for answer in answers]
    if not private and not all(is_public(each) for each in found):
        # One private answer among public ones is how rebinding begins.
        raise AddressRefused(f"{name} leads to an address that is not public.")
    chosen = found[0]
    number = f"[{chosen}]" if isinstance(chosen, IPv6Address) else str(chosen)
    url_by_number = parts._replace(netloc=f"{number}:{port}").geturl()
    return Place(url_by_number, parts.netloc, name)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is on the public internet; an address that stands for another one is judged by that."""
    if isinstance(address, IPv6Address):
        inner = _within(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _within(address: IPv6Address) -> IPv4Address | None:
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
