"""A small notice to spoil, taken from the documentation, and a way to write one down and read it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def small_notice() -> str:
    page = (ROOT / "docs" / "notice-file.md").read_text(encoding="utf-8")
    return page.split("```yaml\n")[1].split("```")[0]


@pytest.fixture
def read_as_notice(tmp_path: Path) -> Callable[[str | bytes], NoticeFile]:
    def read(content: str | bytes) -> NoticeFile:
        file = tmp_path / "notice.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_notice(file)

    return read
