"""Exit codes, and which fault gets which: a user's mistake ends in a sentence, never in a traceback."""

from enum import IntEnum


class Exit(IntEnum):
    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    INTEGRITY = 3
    NOT_FOUND = 4
    REFUSED = 5
    UNREACHABLE = 6
    FOUND_SOMETHING = 7
    INTERRUPTED = 130


class UsageFault(Exception):
    """What was typed does not make sense; the sentence says what would."""


class IntegrityFailure(Exception):
    """The record is not what it should be."""


def exit_for(fault: BaseException) -> Exit | None:
    """The exit code of an expected fault, or None for one that nobody expected."""
    # Imported here, so that the process which only watches over the servers stays small.
    from forthwith.expected_faults import EXPECTED

    return next((code for kind, code in EXPECTED if isinstance(fault, kind)), None)
