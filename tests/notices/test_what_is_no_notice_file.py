"""Files that cannot be read at all are refused in a sentence too."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import NoticeFileFaults
from forthwith.notice_files.reading import read_notice

Reader = Callable[[str | bytes], NoticeFile]

CONTENTS = [
    ("nothing", b"", "This file is empty."),
    ("only a comment", b"# later\n", "This file is empty."),
    ("a list", b"- 1\n", "A set of keys with values is needed here, not a list."),
    ("text", b"hello\n", "hello"),
    (
        "another encoding",
        "format: caf\u00e9".encode("latin-1"),
        "This file is not UTF-8 text; save it as UTF-8.",
    ),
    ("two bytes a character", "format: x".encode("utf-16"), "This file is not UTF-8 text; save it as UTF-8."),
    ("too much", b"#" * 256_001, "This file is larger than 256 kB, which is the most that is read."),
    ("lists in lists", b"[" * 200_000, "This is nested more than 24 deep, which no file needs."),
    ("entries in entries", b"{a: " * 60_000, "This is nested more than 24 deep, which no file needs."),
    ("steps without end", b"- " * 100_000, "This is nested more than 24 deep, which no file needs."),
    ("a thousand laughs", b"a: &a [x]\nb: [*a, *a, *a]\n", "aliases are not used here"),
    ("a huge number", b"format: " + b"9" * 100_000, "cannot stand here"),
]


@pytest.mark.parametrize(
    ("content", "sentence"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS]
)
def test_a_file_that_is_no_notice_is_refused_in_a_sentence(
    read_as_notice: Reader, content: bytes, sentence: str
) -> None:
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(content)
    assert any(sentence in fault.sentence for fault in refused.value.faults), str(refused.value)


def test_the_line_of_a_byte_that_is_not_utf_8_is_named(read_as_notice: Reader) -> None:
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(b"format: x\nnotice: \xff\n")
    assert [fault.line for fault in refused.value.faults] == [2]


def test_a_mark_at_the_beginning_that_says_utf_8_does_no_harm(
    small_notice: str, read_as_notice: Reader
) -> None:
    assert read_as_notice("\ufeff" + small_notice) == read_as_notice(small_notice)


def test_lines_that_end_the_windows_way_are_read_alike(small_notice: str, read_as_notice: Reader) -> None:
    assert read_as_notice(small_notice.replace("\n", "\r\n")) == read_as_notice(small_notice)


def test_a_file_that_is_not_there_is_said_not_to_be_there(tmp_path: Path) -> None:
    with pytest.raises(NoticeFileFaults, match="There is no such file"):
        read_notice(tmp_path / "absent.yaml")


def test_a_folder_is_said_not_to_be_a_file(tmp_path: Path) -> None:
    with pytest.raises(NoticeFileFaults, match="This is not a file"):
        read_notice(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(NoticeFileFaults, match="This is not a file"):
        read_notice(tmp_path / "pipe.yaml")
