"""Free loopback ports below the range that systems hand out to outgoing connections."""

import secrets
import socket

from forthwith.embedded.errors import EmbeddedError, PortTaken

LOOPBACK = "127.0.0.1"
LOWEST, HIGHEST = 20_000, 32_767
_promised: set[int] = set()


def is_free(port: int) -> bool:
    """Whether this process could listen on the loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Without this, a connection that closed a moment ago would make the port look taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def choose_port(preferred: int | None = None) -> int:
    """`preferred` when it is free, else any free port from 20000 to 32767, each promised only once."""
    if preferred is not None and preferred not in _promised and is_free(preferred):
        _promised.add(preferred)
        return preferred
    width = HIGHEST - LOWEST + 1
    first = secrets.randbelow(width)
    for step in range(width):
        port = LOWEST + (first + step) % width
        if port not in _promised and is_free(port):
            _promised.add(port)
            return port
    raise EmbeddedError(f"No free port between {LOWEST} and {HIGHEST} was found.")


def give_back(*ports: int) -> None:
    """Allow these ports to be chosen again."""
    _promised.difference_update(ports)


def require_free(port: int, what: str) -> None:
    """Refuse with a sentence when another program listens on `port`."""
    if not is_free(port):
        raise PortTaken(
            f"Port {port} on this machine, wanted for {what}, is taken by another program.",
            "Stop that program, or leave the port open so that a free one is chosen.",
        )
