"""The Temporal runtime: its own log lines go through our logging, because otherwise they land on standard output."""

import logging
from functools import cache

from temporalio.runtime import LogForwardingConfig, LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter


@cache
def quiet_runtime() -> Runtime:
    """One runtime for the process; its core reports warnings and errors to the logger “temporalio.core”."""
    forwarding = LogForwardingConfig(logger=logging.getLogger("temporalio.core"))
    logs = LoggingConfig(TelemetryFilter(core_level="WARN", other_level="ERROR"), forwarding=forwarding)
    return Runtime(telemetry=TelemetryConfig(logging=logs))
