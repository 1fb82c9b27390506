"""Reading a notice file: its YAML, its shape, and whether its parts fit together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from domain.terms.checks import check
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import FileFaults, NoticeFileFaults
from forthwith.notice_files.yaml_model import Loaded, load, load_bytes

LIMIT_BYTES = 256_000


def read_notice(path: Path) -> NoticeFile:
    """The notice that the file states; raises NoticeFileFaults with every fault, in the order of the lines.

    Whether the parts fit together is looked at once each of them can be read.
    """
    return _fitting(lambda: load(path, NoticeFile, LIMIT_BYTES))


def read_notice_bytes(content: bytes, file: str) -> NoticeFile:
    """The same of what was sent; `file` is what its faults call it."""
    return _fitting(lambda: load_bytes(content, file, NoticeFile, LIMIT_BYTES))


def _fitting(loading: Callable[[], Loaded[NoticeFile]]) -> NoticeFile:
    try:
        loaded = loading()
    except FileFaults as faults:
        raise NoticeFileFaults(faults.faults) from None
    unfit = check(loaded.model)
    if unfit:
        raise NoticeFileFaults(loaded.fault(fault.path, fault.sentence) for fault in unfit)
    return loaded.model
