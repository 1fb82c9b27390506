"""The note that says what runs: running.json."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from forthwith.embedded.processes import ProcessMark


@dataclass(frozen=True)
class Running:
    """A running Forthwith. `database_url` is the owner's and holds its password; times are UTC."""

    supervisor_pid: int
    # Left out of the representation, so that no log ever shows its password.
    database_url: str = field(repr=False)
    temporal_address: str
    desk_url: str
    started_at: datetime
    children: Mapping[str, int]
    temporal_ui_url: str | None = None


class RunningNote:
    """Reads and writes running.json, and knows a note whose processes have gone."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, running: Running) -> None:
        """Replace the note in one step, readable only by us because it holds a password."""
        text = json.dumps(
            {
                "supervisor": _with_beginnings({"supervisor": running.supervisor_pid})["supervisor"],
                "database_url": running.database_url,
                "temporal_address": running.temporal_address,
                "temporal_ui_url": running.temporal_ui_url,
                "desk_url": running.desk_url,
                "started_at": running.started_at.isoformat(),
                "children": _with_beginnings(running.children),
            },
            indent=2,
        )
        fresh = self._file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        fresh.replace(self._file)

    def read(self) -> Running | None:
        note = self._load()
        if note is None:
            return None
        if not _mark(note["supervisor"]).alive():
            # Kept while a child outlives its supervisor, because only this note can name that child.
            if not self.leftovers():
                self.remove()
            return None
        return Running(
            supervisor_pid=note["supervisor"]["pid"],
            database_url=note["database_url"],
            temporal_address=note["temporal_address"],
            temporal_ui_url=note["temporal_ui_url"],
            desk_url=note["desk_url"],
            started_at=datetime.fromisoformat(note["started_at"]),
            children={name: child["pid"] for name, child in note["children"].items()},
        )

    def leftovers(self) -> dict[str, ProcessMark]:
        note = self._load()
        if note is None or _mark(note["supervisor"]).alive():
            return {}
        return {name: mark for name, mark in _children(note).items() if mark.alive()}

    def marks(self) -> dict[str, ProcessMark]:
        """Every process the note names, the supervisor under `supervisor`."""
        note = self._load()
        return {} if note is None else {"supervisor": _mark(note["supervisor"]), **_children(note)}

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)

    def _load(self) -> dict[str, Any] | None:
        try:
            note = json.loads(self._file.read_text("utf-8"))
            _require_shape(note)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            # A note that cannot be read names nobody; a power cut may have left it empty.
            return None
        return note if isinstance(note, dict) else None


def _require_shape(note: dict[str, Any]) -> None:
    marks = [_mark(note["supervisor"]), *_children(note).values()]
    texts = [note["database_url"], note["temporal_address"], note["desk_url"], note["started_at"]]
    if not all(isinstance(mark.pid, int) for mark in marks) or not all(isinstance(t, str) for t in texts):
        raise TypeError


def _with_beginnings(pids: Mapping[str, int]) -> dict[str, dict[str, int | str]]:
    marks = {name: ProcessMark.of(pid) or ProcessMark(pid, "gone") for name, pid in pids.items()}
    return {name: {"pid": mark.pid, "began": mark.began} for name, mark in marks.items()}


def _children(note: dict[str, Any]) -> dict[str, ProcessMark]:
    return {name: _mark(child) for name, child in note["children"].items()}


def _mark(entry: dict[str, Any]) -> ProcessMark:
    return ProcessMark(entry["pid"], entry["began"])
