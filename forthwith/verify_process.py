"""A look at the whole record in a process of its own: hashing it would hold up everybody who asks the desk meanwhile.

`python -m forthwith.verify_process` reads the address of the record from its environment, because what stands on a command line
can be read by every program on the machine; it prints the verdict as one JSON object.
"""

import asyncio
import json
import os
import sys
from typing import Any

from domain.record import LedgerUnreachable
from forthwith.exits import Exit
from forthwith.settings import Settings
from ledger.privacy.checking import values_of
from ledger.privacy.sealing import keyring_from
from ledger.verify.verify import Beside, verify

MOST_FINDINGS = 20
POLITE = 5


async def looked() -> dict[str, Any]:
    """The findings are sentences, in the order of the log. Raises LedgerUnreachable."""
    settings = Settings()
    values = values_of(keyring_from(settings.privacy_key_file))
    verdict = await verify(settings.application_url or "", beside=Beside(values=values))
    return {
        "sound": verdict.sound,
        "size": verdict.size,
        "root": verdict.root,
        "findings": [each.sentence for each in verdict.findings[:MOST_FINDINGS]],
        "remarks": [*verdict.incomplete, *verdict.notes],
    }


def main() -> int:
    os.nice(POLITE)  # to whoever waits at the desk for a page
    try:
        found = asyncio.run(looked())
    except LedgerUnreachable as fault:
        sys.stderr.write(str(fault))
        return Exit.UNREACHABLE
    sys.stdout.write(json.dumps(found))
    return Exit.OK


if __name__ == "__main__":
    sys.exit(main())
