"""What a mail server answered, in a form that may stand in the record for ever."""

import re

from activities.delivery.letter import one_line

LONGEST = 300
_LOOKED_AT = 2000
_LIKE_AN_ADDRESS = re.compile(r"<?[^\s<>()\[\]:;,\"]+@[^\s<>()\[\]:;,\"]+>?")


def for_the_record(answer: str) -> str:
    """One short line without mail addresses: addresses can be erased, the record cannot."""
    # Cut first: a server may answer with very much, and looking for addresses in that would take very long.
    line = _LIKE_AN_ADDRESS.sub("(address)", one_line(answer[:_LOOKED_AT]))
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
