"""structlog as a process needs it that writes logs and nothing for a terminal.

Where rich is installed, structlog brings it along to colour tracebacks, and with it pygments: four megabytes that an engine never
uses. To be imported before anything that imports structlog.
"""

import sys
from typing import Any

_COLOURS = "rich"


def _import_without(name: str) -> None:
    modules: dict[str, Any] = sys.modules
    modules[name] = None  # what Python takes for “not installed”
    try:
        import structlog  # noqa: F401
    finally:
        del modules[name]


if _COLOURS not in sys.modules and "structlog" not in sys.modules:
    _import_without(_COLOURS)
