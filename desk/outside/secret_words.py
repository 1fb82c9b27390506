"""The words of a link: a secret, signed, so that what we never gave is told from what is over."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from itsdangerous import BadData

from activities.delivery.passes import signer_of
from desk.feeds.secret_address import OUTSIDE_PLACE

PLACE = OUTSIDE_PLACE
SALT = "forthwith.outside-link.v1"
_BYTES = 32


class NotALink(Exception):
    """These words are no link of ours."""


def new_secret() -> str:
    """256 bits: there is nothing to guess."""
    return secrets.token_urlsafe(_BYTES)


class SecretWords:
    """Writes the words and reads them again. `keys`: newest first, as for the passes in letters."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._serializer = signer_of(keys, SALT)

    def written(self, secret: str) -> str:
        return str(self._serializer.dumps(secret))

    def read(self, words: str) -> str:
        """The secret; raises NotALink."""
        try:
            found = self._serializer.loads(words)
        except BadData:
            raise NotALink from None
        if not isinstance(found, str):
            raise NotALink
        return found
