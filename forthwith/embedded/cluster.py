"""The PostgreSQL data folder: made once, recognised afterwards, and freed of a dead server's lock."""

import os
import shutil
from pathlib import Path

from forthwith.embedded.account import Account
from forthwith.embedded.children import Program, start_child
from forthwith.embedded.errors import EmbeddedError, start_failed
from forthwith.embedded.wheels import postgres_version

SUPERUSER = "postgres"


async def make_cluster(
    pgdata: Path,
    programs: Path,
    password: str,
    account: Account | None,
    log: Path,
    environment: dict[str, str],
) -> None:
    """Run initdb beside `pgdata` and rename, so that an interrupted start never leaves half a folder."""
    unfinished = pgdata.with_name("pgdata.unfinished")
    password_file = pgdata.with_name("password.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    _write_for(account, password_file, password)
    command = [
        *(str(programs / "initdb"), "--pgdata", str(unfinished), "--username", SUPERUSER),
        *("--pwfile", str(password_file), "--auth", "scram-sha-256", "--data-checksums"),
        # The builtin provider sorts the same after any upgrade of the operating system.
        *("--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"),
        *("--builtin-locale", "C.UTF-8", "--no-instructions"),
    ]
    initdb = await start_child(Program("initdb", command, log, environment, account))
    try:
        failed = await initdb.wait() != 0
    finally:
        await initdb.stop()
        password_file.unlink(missing_ok=True)
    if failed:
        raise start_failed("PostgreSQL's first preparation (initdb)", log, initdb.log_start)
    unfinished.rename(pgdata)


def require_same_major(pgdata: Path) -> None:
    """Refuse a data folder that another major version of PostgreSQL wrote."""
    wrote = (pgdata / "PG_VERSION").read_text("ascii").strip()
    installed = postgres_version().partition(".")[0]
    if wrote != installed:
        raise EmbeddedError(
            f"The data in {pgdata} was written by PostgreSQL {wrote}, but version {installed} is installed.",
            f"Install the embedded servers with PostgreSQL {wrote}, dump the database, and restore it here.",
        )


def forget_strangers_lock(pgdata: Path) -> None:
    """Remove a postmaster.pid whose number now belongs to some other program.

    After a container restarts, process numbers repeat: PostgreSQL would find its old number in use by
    our own Temporal and refuse to start for ever. A living server of this folder stands in this folder.
    """
    lock = pgdata / "postmaster.pid"
    try:
        pid = int(lock.read_text("utf-8").split("\n", 1)[0])
        stands_in = Path(f"/proc/{pid}/cwd").readlink()
    except (OSError, ValueError):
        # No lock, no such process, or no /proc: PostgreSQL itself judges those rightly.
        return
    if stands_in != pgdata:
        lock.unlink(missing_ok=True)


def _write_for(account: Account | None, file: Path, text: str) -> None:
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as writer:
        writer.write(text)
    if account is not None:
        os.chown(file, account.uid, account.gid)
