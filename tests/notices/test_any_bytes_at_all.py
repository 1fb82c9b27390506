"""Whatever stands in a file, it is either a notice or refused in sentences; nothing else comes out."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import Fault, NoticeFileFaults

pytestmark = pytest.mark.slow
Reader = Callable[[str | bytes], NoticeFile]

FEW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
YAML_BITS = st.sampled_from(
    ["&a ", "*a", "<<: ", "!!str ", "- ", ": ", "? ", "[", "]", "{", "}", "|", ">", "'", '"', "#", "%",
     "---\n", "...\n", "\n", "\t", "  ", "null", "~", "true", "-1", "99999999999999999999", "1e9",
     "2016-02-30", "\x00", "\x85", "\u2028", "\ud7ff", "\U0001f600", '"\\ud800"', "? [a]\n: b\n",
     "due", "opens", "owed", "home", "kind", "rule", "months"]
)  # fmt: skip


@FEW
@given(data=st.data())
def test_bytes_changed_anywhere_in_a_notice(
    data: st.DataObject, small_notice: str, read_as_notice: Reader
) -> None:
    content = bytearray(small_notice.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=8))
    _read(read_as_notice, bytes(content))


@FEW
@given(data=st.data())
def test_pieces_of_yaml_put_anywhere_in_a_notice(
    data: st.DataObject, small_notice: str, read_as_notice: Reader
) -> None:
    text = small_notice
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(YAML_BITS) + text[at + data.draw(st.integers(0, 12)) :]
    _read(read_as_notice, text.encode())


@FEW
@given(data=st.data())
def test_lines_moved_left_out_or_doubled(
    data: st.DataObject, small_notice: str, read_as_notice: Reader
) -> None:
    lines = small_notice.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        taken = data.draw(st.integers(0, len(lines) - 1))
        line = lines.pop(taken) if data.draw(st.booleans()) else lines[taken]
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    _read(read_as_notice, "".join(lines).encode())


@FEW
@given(data=st.data())
def test_values_exchanged_for_others(data: st.DataObject, small_notice: str, read_as_notice: Reader) -> None:
    lines = small_notice.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        key, colon, _ = lines[at].partition(": ")
        value = data.draw(
            st.one_of(YAML_BITS, st.integers().map(str), st.dates().map(str), st.text(max_size=12))
        )
        lines[at] = f"{key}{colon}{value}"
    _read(read_as_notice, "\n".join(lines).encode("utf-8", "surrogatepass"))


@FEW
@given(content=st.binary(max_size=300))
def test_bytes_that_nobody_wrote(content: bytes, read_as_notice: Reader) -> None:
    _read(read_as_notice, content)


def _read(read_as_notice: Reader, content: bytes) -> None:
    faults = _faults(read_as_notice, content)
    lines = content.decode("utf-8", "replace").count("\n") + content.count(b"\r") + 2
    assert all(1 <= fault.line <= lines and fault.sentence.strip() for fault in faults)


def _faults(read_as_notice: Reader, content: bytes) -> tuple[Fault, ...]:
    try:
        read_as_notice(content)
    except NoticeFileFaults as refused:
        return refused.faults
    return ()
