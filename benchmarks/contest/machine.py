"""What the figures were measured on."""

import os
import platform
from typing import Any


def machine() -> dict[str, Any]:
    """Cores, how busy they were (load average of the last minute), and the versions that matter."""
    return {
        "cores": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }
