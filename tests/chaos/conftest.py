"""States of the world for runs in which parts are killed."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from forthwith.embedded.state import StateFolder


@pytest.fixture
def folder() -> Iterator[StateFolder]:
    """An empty state folder that the servers' account can enter, which pytest's own folders forbid."""
    path = Path(tempfile.mkdtemp(prefix="forthwith-chaos-"))
    path.chmod(0o711)
    yield StateFolder(path / "state")
    shutil.rmtree(path)
