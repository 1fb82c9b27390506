"""What each address of the API asks for, by rows of the table of permissions, as `desk/permission_table.py` has it of pages.

An address in no row is open to nobody. A test holds that whatever a page is for can be done here, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

ONE = "/notices/{notice}/occurrences/{obligation}/{period}"
READS: Mapping[str, str] = {
    "/notices": "read-portfolio",
    "/portfolio": "read-portfolio",
    "/notices/{notice}": "read-notice",
    "/notices/{notice}/obligations": "read-notice",
    "/notices/{notice}/obligations/{obligation}": "read-notice",
    "/notices/{notice}/schedule": "read-calendar",
    "/notices/{notice}/people": "read-people",
    "/notices/{notice}/history": "read-history",
    "/notices/{notice}/deliveries": "read-letters",
    "/notices/{notice}/interpretations": "read-interpretations",
    "/notices/{notice}/corrections": "read-history",
    "/notices/{notice}/escalations": "read-escalation",
    "/notices/{notice}/decisions": "read-escalation",
    "/notices/{notice}/diff": "replay",
    "/notices/{notice}/replay": "replay",
    "/notices/{notice}/state": "replay",
    "/notices/{notice}/occurrences": "read-occurrence",
    ONE: "read-occurrence",
    f"{ONE}/why": "read-occurrence",
    f"{ONE}/history": "read-history",
    f"{ONE}/messages": "read-letters",
    f"{ONE}/draft": "read-occurrence",
    f"{ONE}/plan": "read-plan",
    f"{ONE}/review": "read-review",
    f"{ONE}/consideration": "read-escalation",
    f"{ONE}/decisions": "read-escalation",
    f"{ONE}/evidence": "read-evidence",
    f"{ONE}/evidence/{{sha256}}": "read-evidence",
    f"{ONE}/tasks/{{task}}": "read-task",
    "/tasks": "read-own-tasks",
    "/events": "read-event",
    "/events/{index}": "read-event",
    "/notices/{notice}/possible-links": "send-link",
    "/notices/{notice}/links": "send-link",
    "/notices/{notice}/links/{link}": "send-link",
    "/notice-files/check": "build-notice",
    "/notice-files/rehearse": "build-notice",
    "/access-log": "read-access-log",
    "/audit": "read-audit",
    "/audit/verify": "read-audit",
    "/audit/bag.zip": "export",
    "/me/sessions": "manage-own-access",
    "/me/sessions/{session}/end": "manage-own-access",
    "/me/sessions/end-all": "manage-own-access",
    "/me/feeds": "manage-own-access",
    "/me/feeds/{feed}/revoke": "manage-own-access",
    "/me/messages": "manage-own-access",
}


def name_acts(api: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the row of the table of permissions at each operation (`x-act`)."""
    document = api.openapi()
    for path, operations in document["paths"].items():
        for each in operations.values():
            act = READS.get(path) or (each["operationId"] if "/acts/" in path else None)
            if act is not None:
                each["x-act"] = act
    return document
