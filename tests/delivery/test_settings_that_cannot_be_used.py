"""A mistake in the settings of sending stops the engine with a sentence, before anything runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from forthwith.embedded.state import StateFolder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("FORTHWITH_QUIET_HOURS", "at night", "FORTHWITH_QUIET_HOURS is written as 18:00-08:00"),
        ("FORTHWITH_DIGEST_AT", "noon", "is no time of day such as 09:30"),
        ("FORTHWITH_WEBHOOKS", "there-is-no-such-file.yaml", "there-is-no-such-file.yaml"),
    ],
)
def test_the_engine_says_which_and_ends(
    app_dsn: str, passable_folder: Path, setting: str, value: str, sentence: str
) -> None:
    StateFolder(passable_folder / "state").prepare()
    given = {
        "FORTHWITH_APPLICATION_URL": app_dsn,
        "FORTHWITH_HOME": str(passable_folder / "state"),
        setting: value,
    }
    ended = subprocess.run(
        [sys.executable, "-m", "forthwith.engine"],
        env={**os.environ, **given},
        cwd=passable_folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = ended.stdout + ended.stderr
    assert ended.returncode == 2, said
    assert sentence in said
    assert "Traceback" not in said
