"""Files are written once under their hash, and come back only as they were."""

import asyncio
from hashlib import sha256

import pytest

from ledger.evidence.examining import UnfitFile, media_type_of
from ledger.evidence.files import EvidenceMismatch, EvidenceMissing
from ledger.evidence.scanning import NotExamined, scan
from tests.evidence.conftest import PDF

ODT = (
    b"PK\x03\x04"
    + bytes(14)
    + (39).to_bytes(4, "little") * 2
    + (8).to_bytes(2, "little")
    + bytes(2)
    + b"mimetype"
    + b"application/vnd.oasis.opendocument.text"
)
DOCX = b"PK\x03\x04" + bytes(200) + b"[Content_Types].xml" + b"word/document.xml"


async def test_a_file_comes_back_as_it_was(files, kept):
    digest = await files.put(PDF)
    assert digest == sha256(PDF).hexdigest()
    assert await files.get(digest) == PDF
    assert [path.name for path in kept()] == [digest]
    assert kept()[0].parent.name == digest[:2]


async def test_the_same_file_is_written_once_however_many_lodge_it_at_once(files, kept):
    digests = await asyncio.gather(*(files.put(PDF) for _ in range(8)))
    assert len(set(digests)) == len(kept()) == 1


async def test_a_file_that_was_changed_is_never_given_out_and_never_repaired_in_silence(files, kept):
    digest = await files.put(PDF)
    kept()[0].write_bytes(b"something else")
    with pytest.raises(EvidenceMismatch, match="not what was lodged"):
        await files.get(digest)
    with pytest.raises(EvidenceMismatch):
        await files.put(PDF)
    assert kept()[0].read_bytes() == b"something else"


async def test_what_is_not_there_is_said_to_be_missing(files):
    with pytest.raises(EvidenceMissing):
        await files.get("0" * 64)
    await files.remove("0" * 64)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"<svg onload='alert(1)'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?><!DOCTYPE x><SVG/>", "image/svg+xml"),
        (b"  <!doctype html>", "text/html"),
        (b"hello <script>alert(1)</script>", "text/html"),
        ("Zwei Zeilen,\r\nmit Umläuten: äöü".encode(), "text/plain"),
        (b"\xff\xfe\x00", "application/octet-stream"),
        (b"a\x00b", "application/octet-stream"),
        (ODT, "application/vnd.oasis.opendocument.text"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04" + bytes(100), "application/zip"),
    ],
)  # fmt: skip
def test_the_type_is_told_by_the_content(content, kind):
    assert media_type_of(content) == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"MZ\x90", "program"),
        (b"\x7fELF", "program"),
        (b"#!/bin/sh", "program"),
        (b"x" * 101, "at most 100"),
    ],
)
def test_what_is_not_taken(content, words):
    with pytest.raises(UnfitFile, match=words):
        media_type_of(content, largest=100)


@pytest.mark.parametrize("command", [None, "", "grep -q minutes", "grep -q minutes {}"])
async def test_a_clean_file_passes(command):
    await scan(command, PDF)


@pytest.mark.parametrize(
    "command", ["sh -c 'cat > /dev/null; echo Eicar FOUND; exit 1'", "sh -c 'echo Eicar FOUND in {}; exit 1'"]
)
async def test_a_finding_refuses_the_file_with_its_sentence(command):
    with pytest.raises(UnfitFile, match="Eicar FOUND"):
        await scan(command, PDF)


@pytest.mark.parametrize(
    "command", ["sh -c 'exit 2'", "/no/such/scanner", "sh -c 'kill -9 $$'", "'", "true-but-not-there {}"]
)
async def test_a_scanner_without_an_answer_refuses_the_file(command):
    with pytest.raises(NotExamined, match="could not be examined"):
        await scan(command, PDF)


async def test_a_scanner_that_hangs_is_stopped():
    with pytest.raises(NotExamined, match="took more than"):
        await scan("sleep 60", PDF, patience=0.1)


async def test_a_scanner_that_does_not_read_all_of_it_is_heard_all_the_same():
    await scan("true", b"x" * 5_000_000)
