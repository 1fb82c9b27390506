"""The JSON Schemas of notice files and scenario files, for editors that help while one writes."""

from __future__ import annotations

from typing import Any

from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.scenario import Scenario

SCHEMA_FILE = "notices/notice-file.schema.json"
SCENARIO_SCHEMA_FILE = "notices/scenario-file.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def notice_schema() -> dict[str, Any]:
    """JSON Schema 2020-12. It knows the shape of a notice file, not whether its parts fit together."""
    return {
        "$schema": DIALECT,
        **NoticeFile.model_json_schema(),
        "title": "Notice file of Forthwith",
    }


def scenario_schema() -> dict[str, Any]:
    """The same for scenario files."""
    return {"$schema": DIALECT, **Scenario.model_json_schema(), "title": "Scenario file of Forthwith"}
