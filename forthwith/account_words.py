"""How an account stands, in words."""

from ledger.accounts import ListedAccount


def standing_of(account: ListedAccount) -> str:
    if account.disabled:
        return "shut out"
    if account.link_until is not None:
        return f"invited, until {account.link_until:%-d %b %Y %H:%M} UTC"
    return "active" if account.password_set else "without a password"
