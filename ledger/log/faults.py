"""How the log refuses."""


class LogMismatch(Exception):
    """What was signed, what is stored and what is published do not agree. Nothing more is signed."""


class AlreadyPublishing(Exception):
    """Another process holds the state of this log."""


class NotInLog(Exception):
    """The published log does not hold that; the sentence says what to do."""
