"""Whether there is somebody who can make a PDF: the extra `pdf`."""

from __future__ import annotations

from importlib.util import find_spec


def pdf_is_made() -> bool:
    """It is found and not imported: that costs 60 MB and half a second."""
    return find_spec("weasyprint") is not None
