"""A disk that answers later: a small library that waits in fsync, fdatasync and msync, loaded into the servers."""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_disk.c")


class NoCompiler(Exception):
    """The library cannot be built here."""


def slow_disk(folder: Path, milliseconds: float) -> dict[str, str]:
    """Build the library in `folder`; the environment that makes a server's disk that much slower."""
    if milliseconds <= 0:
        return {}
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise NoCompiler("--slow-disk needs a C compiler (gcc), and this machine has none.")
    library = folder / "slow_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    library.chmod(0o755)
    return {"LD_PRELOAD": str(library), "SLOW_DISK_MICROSECONDS": str(round(milliseconds * 1000))}
