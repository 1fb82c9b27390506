"""What is installed from a wheel is what is in the clone: our packages with their data, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

import pytest

from tests.front_door.conftest import ROOT

ROOMS = {"domain", "ledger", "activities", "workflows", "projections", "desk", "forthwith", "notices"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[PurePosixPath]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    if built.returncode and "No matching distribution found for hatchling" in built.stderr:
        pytest.skip("the build needs hatchling from the package index, which cannot be reached")
    assert built.returncode == 0, built.stderr
    (file,) = folder.glob("forthwith-*.whl")
    with zipfile.ZipFile(file) as archive:
        return {PurePosixPath(name) for name in archive.namelist()}


def tracked() -> set[PurePosixPath]:
    """The files of the rooms that are in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *sorted(ROOMS)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {PurePosixPath(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}


def test_the_wheel_holds_the_rooms_and_nothing_else(wheel: set[PurePosixPath]) -> None:
    assert {path.parts[0] for path in wheel if not path.parts[0].endswith(".dist-info")} == ROOMS
    assert not [path for path in wheel if "tests" in path.parts or path.suffix in {".pyc", ".log"}]


def test_the_wheel_holds_every_file_of_the_rooms(wheel: set[PurePosixPath]) -> None:
    assert tracked() - wheel == set()


def test_the_wheel_holds_the_data_that_the_code_reads(wheel: set[PurePosixPath]) -> None:
    kinds = {path.suffix for path in wheel}
    assert kinds >= {".py", ".yaml", ".json", ".sql", ".html", ".css", ".js", ".txt"}
    for needed in (
        "notices/lancashire-2016.yaml",
        "notices/scenarios/happy-year.yaml",
        "domain/time/calendars/england.json",
        "domain/time/calendars/united-states.json",
        "forthwith/demo/past.yaml",
        "ledger/sql/queries/append.sql",
        "desk/templates/layout.html",
        "desk/static/vendor/govuk-frontend/govuk-frontend.min.css",
    ):
        assert PurePosixPath(needed) in wheel
    assert [path.name for path in wheel if "licenses" in path.parts] == ["LICENSE"]
