"""The unprivileged account that PostgreSQL and Temporal run under when we are root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from forthwith.embedded.errors import EmbeddedError

CANDIDATES = ("forthwith", "nobody")


@dataclass(frozen=True)
class Account:
    """An existing account: its name, its user number and its group number."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """None when we are not root: the servers then run as ourselves. No account is ever created."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL refuses to run as root, and this machine has no account to run it under.",
        "Create an account named forthwith, or start Forthwith as an ordinary user.",
    )


def can_enter(account: Account, folder: Path) -> bool:
    """Whether the account may pass through `folder` and all folders above it."""
    absolute = folder.absolute().resolve()
    return all(_has(account, place, stat.S_IXUSR) for place in (absolute, *absolute.parents))


def can_run(account: Account, program: Path) -> bool:
    """Whether the account may read and run `program` where it lies."""
    real = program.resolve()
    return can_enter(account, real.parent) and _has(account, real, stat.S_IRUSR | stat.S_IXUSR)


def _has(account: Account, place: Path, wanted: int) -> bool:
    found = place.stat()
    if found.st_uid == account.uid:
        granted = found.st_mode
    elif found.st_gid == account.gid:
        granted = found.st_mode << 3
    else:
        granted = found.st_mode << 6
    return granted & wanted == wanted
