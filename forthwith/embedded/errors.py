"""What can go wrong when the embedded servers start, in words that a reader can act on."""

from pathlib import Path

LINES_SHOWN = 12


class EmbeddedError(Exception):
    """A start or stop that failed: one sentence, and what to do next."""

    def __init__(self, sentence: str, next_step: str = "Run `forthwith doctor`.") -> None:
        super().__init__(f"{sentence} {next_step}".strip())
        self.sentence = sentence
        self.next_step = next_step


class PartMissing(EmbeddedError):
    """A wheel, or a program inside it, is not installed on this machine."""


class PortTaken(EmbeddedError):
    """Another program already listens on the port that was asked for."""


class AlreadyRunning(EmbeddedError):
    """Another supervisor holds this state folder."""


class StartFailed(EmbeddedError):
    """A server was started and never became ready."""


def start_failed(what: str, log: Path, since: int = 0) -> StartFailed:
    """The failure of `what`, with the last lines it wrote to `log` after byte `since`."""
    return StartFailed(
        f"{what} did not start. Its last words were:\n{last_words(log, since)}\n",
        f"The whole log is {log}.",
    )


def last_words(log: Path, since: int = 0) -> str:
    """The last lines of `log` written after byte `since`, indented."""
    if not log.exists():
        return "  (it wrote nothing)"
    with log.open("rb") as file:
        file.seek(since)
        lines = file.read().decode("utf-8", "replace").splitlines()
    return "\n".join(f"  {line}" for line in lines[-LINES_SHOWN:]) or "  (it wrote nothing)"
