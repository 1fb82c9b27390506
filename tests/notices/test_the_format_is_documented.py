"""The page, the schema and the models say the same."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.schema import SCHEMA_FILE, notice_schema

ROOT = Path(__file__).parents[2]


def test_the_example_of_the_page_is_a_whole_notice(
    small_notice: str, read_as_notice: Callable[[str], NoticeFile]
) -> None:
    assert read_as_notice(small_notice).notice.id == "willow-house-2025"


def test_the_exported_schema_is_that_of_the_models() -> None:
    exported = json.loads((ROOT / SCHEMA_FILE).read_text(encoding="utf-8"))
    assert exported == json.loads(json.dumps(notice_schema()))


def test_every_key_and_every_choice_of_the_format_stands_on_the_page() -> None:
    page = (ROOT / "docs" / "notice-file.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    named = set(re.findall(r"[A-Za-z0-9_/-]+", " ".join(re.findall(r"`([^`]+)`", prose))))
    assert _words(notice_schema()) - named == set()


def _words(node: Any) -> set[str]:
    """Every key of the format, and every word that one of them may hold."""
    if isinstance(node, list):
        return set().union(*(_words(each) for each in node))
    if not isinstance(node, dict):
        return set()
    found = set(node.get("properties", {})) | {word for word in node.get("enum", []) if isinstance(word, str)}
    found |= {node["const"]} if isinstance(node.get("const"), str) else set()
    return found.union(*(_words(each) for each in node.values()))
