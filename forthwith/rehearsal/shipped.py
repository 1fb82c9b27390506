"""Where the scenarios lie that ship with the software."""

from importlib.resources import files
from pathlib import Path

SHIPPED = Path(str(files("notices") / "scenarios"))
