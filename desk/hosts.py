"""Names in the Host header."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def bare_host(host: str) -> str:
    """The name without its port, lower case, without IPv6 brackets; empty when it is not a name."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine itself."""
    name = bare_host(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
