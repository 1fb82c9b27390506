"""The JSON Schema of notice files, for editors that help while one writes."""

from __future__ import annotations

from typing import Any

from domain.terms.notice_file import NoticeFile

SCHEMA_FILE = "notices/notice-file.schema.json"


def notice_schema() -> dict[str, Any]:
    """JSON Schema 2020-12. It knows the shape of a notice file, not whether its parts fit together."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **NoticeFile.model_json_schema(),
        "title": "Notice file of Forthwith",
    }
