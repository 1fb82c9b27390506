"""Whether this machine has what WeasyPrint sets its pages with."""

from ctypes.util import find_library

import pytest

NEEDS_PANGO = pytest.mark.skipif(
    find_library("pangoft2-1.0") is None,
    reason="Pango is not installed (apt-get install libpango-1.0-0 libpangoft2-1.0-0)",
)
