"""A scanner of the house's own choice looks at each file before it is taken, for example clamdscan.

The command is run without a shell. Where it holds ``{}``, that is replaced by the path of a copy that is readable by this login
alone; otherwise it gets the file on standard input (`clamdscan --no-summary -`). It ends with 0 for clean and with 1 for a
finding, which its output names; anything else means that the file was not examined, and then it is not taken either.
"""

import asyncio
import shlex
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from ledger.evidence.examining import UnfitFile

_PATIENCE = 120.0
_PLACE = "{}"


class NotExamined(UnfitFile):
    """The scanner gave no answer."""


async def scan(command: str | None, content: bytes, patience: float = _PATIENCE) -> None:
    """Raise UnfitFile where the scanner finds something, NotExamined where it gives no answer."""
    if not command:
        return
    async with _where(command, content) as words:
        by_path = _PLACE in command
        code, said = await _run(words, None if by_path else content, patience)
    if code == 1:
        raise UnfitFile(f"The file was refused by the scanner: {said or 'it did not say why.'}")
    if code != 0:
        raise NotExamined(
            f"The file could not be examined, so it was not taken: {said or f'the scanner ended with {code}.'}"
        )


@asynccontextmanager
async def _where(command: str, content: bytes) -> AsyncIterator[list[str]]:
    try:
        words = shlex.split(command)
    except ValueError:
        raise NotExamined(
            "The file could not be examined: FORTHWITH_SCAN_COMMAND is not a command."
        ) from None
    if _PLACE not in command:
        yield words
        return
    with tempfile.TemporaryDirectory(prefix="forthwith-scan-") as folder:
        file = Path(folder) / "file"
        file.touch(0o600)
        file.write_bytes(content)
        yield [word.replace(_PLACE, str(file)) for word in words]


async def _run(words: list[str], given: bytes | None, patience: float) -> tuple[int, str]:
    try:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.DEVNULL if given is None else asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except (OSError, ValueError, IndexError, TypeError) as fault:
        raise NotExamined(f"The file could not be examined: the scanner does not start ({fault}).") from None
    try:
        said, _ = await asyncio.wait_for(process.communicate(given), patience)
    except TimeoutError:
        process.kill()
        await process.wait()
        raise NotExamined(
            f"The file could not be examined: the scanner took more than {patience:.0f} s."
        ) from None
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return process.returncode or 0, lines[0][:200] if lines else ""
