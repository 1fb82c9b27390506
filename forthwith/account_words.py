"""How an account stands, and who works at the machine itself, in words."""

import os
import pwd

from ledger.accounts import ListedAccount


def standing_of(account: ListedAccount) -> str:
    if account.disabled:
        return "shut out"
    if account.link_until is not None:
        return f"invited, until {account.link_until:%-d %b %Y %H:%M} UTC"
    return "active" if account.password_set else "without a password"


def at_the_machine() -> str:
    """Who calls a command: nobody who signed in, so in words that are no identifier of anybody.

    The operating system is asked, because what the environment says of it can be set by whoever calls.
    """
    number = os.getuid()
    try:
        return f"operating system user {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"operating system user number {number}"
