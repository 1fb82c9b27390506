"""A notice under which a hundred things fall due on the same day, on four tracks."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice

NOTICE = "hundred"
ISSUED, DUE, RUNS_UNTIL = date(2016, 5, 26), date(2016, 6, 3), date(2016, 6, 30)
OBLIGATIONS = 100
TRACKS = {"council": "09:00", "chair": "09:40", "adviser": "10:20", "department": "11:00"}
POSITIONS = ("officer", "head", "chief")
RUNGS = ("seen", "remind", "overdue", "head", "chief", "refer", "refer-seen")


def notice_of_a_hundred(folder: Path) -> NoticeFile:
    """Written to a file and read back by the front door, so that it is as sound as any other notice."""
    file = folder / "hundred.yaml"
    file.write_text(json.dumps(_terms()), encoding="utf-8")
    return read_notice(file)


def _terms() -> dict[str, Any]:
    roles = [
        {"id": f"{track}-{position}", "title": f"{position} of the {track}", "party": track}
        for track in TRACKS
        for position in POSITIONS
    ]
    return {
        "format": "forthwith-notice/1",
        "notice": {
            "id": NOTICE,
            "title": "A notice of a hundred",
            "instrument": "Improvement Notice",
            "issuer": "department",
            "recipient": "council",
            "issued": ISSUED.isoformat(),
            "runs_until": RUNS_UNTIL.isoformat(),
            "zone": "Europe/London",
            "calendar": "england",
            "ground": "Made up for a test.",
            "power": "A power made up for a test",
        },
        "parties": [{"id": track, "name": f"The {track}"} for track in TRACKS],
        "roles": roles,
        "people": [
            {"id": f"p-{role['id']}", "name": role["title"], "email": f"{role['id']}@example.org"}
            for role in roles
        ],
        "appointments": [
            {"role": role["id"], "person": f"p-{role['id']}", "since": ISSUED.isoformat()} for role in roles
        ],
        "clauses": [{"id": "1", "text": "A hundred things have to be delivered.", "strength": "must"}],
        "ladders": [_ladder(track, at) for track, at in TRACKS.items()],
        "obligations": [_obligation(number) for number in range(OBLIGATIONS)],
    }


def _ladder(track: str, at: str) -> dict[str, Any]:
    officer, head, chief = (f"{track}-{position}" for position in POSITIONS)
    rungs = [
        {
            "id": "seen",
            "do": "remind",
            "chases": "owed",
            "after": "opens",
            "working_days": 0,
            "to": [officer],
        },
        {"id": "remind", "do": "remind", "working_days": -1, "to": [officer]},
        {"id": "overdue", "do": "overdue", "working_days": 1, "to": [officer, head]},
        {"id": "head", "do": "escalate", "working_days": 2, "to": [head]},
        {"id": "chief", "do": "escalate", "working_days": 3, "to": [chief]},
        {"id": "refer", "do": "refer", "working_days": 4, "to": ["department-chief"]},
        {
            "id": "refer-seen",
            "do": "remind",
            "chases": "refer",
            "after": "refer",
            "working_days": 1,
            "to": ["department-chief"],
        },
    ]
    return {"id": f"{track}-ladder", "track": track, "at": at, "rungs": rungs}


def _obligation(number: int) -> dict[str, Any]:
    """Half of them are deadlines, open from the start; half are reports, which open while the engine runs."""
    track = list(TRACKS)[number % len(TRACKS)]
    common = {
        "id": f"thing-{number:03}",
        "clause": "1",
        "title": f"Thing {number}",
        "strength": "must",
        "obligor": track,
        "obligee": "department" if track != "department" else "council",
        "assignee": f"{track}-officer",
        "ladder": f"{track}-ladder",
    }
    if number % 2:
        due = {"rule": "fixed-date", "on": DUE.isoformat(), "roll": "none"}
        said = [{"id": "done", "clause": "1", "title": "What was done"}]
        return common | {"kind": "fixed-deadline", "due": due, "sections": said}
    # Three working days after the end of May 2016 is the same Friday.
    return common | {
        "kind": "recurring-report",
        "recurrence": {"periods": "calendar", "months": 1, "first": "stub"},
        "due": {"rule": "working-days-after-period", "n": 3},
    }
