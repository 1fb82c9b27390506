"""Files lodged as evidence at the desk: examined, kept once, recorded, and given back as they were."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from desk.app import create_app
from desk.ports import DeskPorts
from domain.identity import OccurrenceId
from forthwith.evidence_room import LedgerEvidence
from forthwith.settings import Settings
from tests.desk.pages.conftest import LARGEST_FILE
from tests.desk.pages.year import CHAIR, OFFICER, Seat, Year

PDF = b"%PDF-1.7\nAudit of 40 cases.\n%%EOF\n"


@pytest.fixture
def page(september: OccurrenceId) -> str:
    return f"/tasks/{september}/owed/submit/evidence"


async def lodge(
    client: httpx2.AsyncClient, page: str, content: bytes, name: str, **more: str
) -> httpx2.Response:
    shown = (await client.get(page)).text
    hidden = {each: shown.split(f'name="{each}" value="')[1].split('"')[0] for each in ("form_token", "slip")}
    return await client.post(
        page, data={**hidden, **more}, files={"file": (name, content)}, follow_redirects=True
    )


async def test_a_file_is_lodged_listed_and_given_back_as_it_was(
    seat: Seat, year: Year, page: str, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    answer = await lodge(officer, page, PDF, "C:\\reports\\audit <1>.pdf")
    event = (await year.events())[-1]
    assert (event.type, event.envelope.data["name"]) == ("evidence-lodged.v1", "audit <1>.pdf")
    assert "audit &lt;1&gt;.pdf" in answer.text
    assert event.leaf in answer.text
    file = f"/evidence/{september}/{event.envelope.data['sha256']}"
    chair = await seat(CHAIR)
    given = await chair.get(file)
    assert given.content == PDF
    assert given.headers["content-disposition"] == "attachment; filename*=UTF-8''audit%20%3C1%3E.pdf"
    assert given.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert (await chair.get(f"/evidence/{september}/{'0' * 64}")).status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The file is empty."), (b"MZ\x90\x00", "The file is a program; programs are not evidence.")],
)
async def test_what_is_not_evidence_is_refused_with_a_sentence(
    seat: Seat, year: Year, page: str, content: bytes, sentence: str
) -> None:
    officer, before = await seat(OFFICER), len(await year.events())
    answer = await lodge(officer, page, content, "file.pdf")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'href="#file"' in answer.text
    assert len(await year.events()) == before


async def test_the_same_file_twice_is_refused_by_the_rule_s_own_sentence(seat: Seat, page: str) -> None:
    officer = await seat(OFFICER)
    await lodge(officer, page, PDF, "audit.pdf")
    answer = await lodge(officer, page, PDF, "again.pdf")
    assert answer.status_code == 409
    assert "Priya Nandra lodged this file on 21 October 2016 already." in html.unescape(answer.text)


async def test_no_file_is_no_evidence(seat: Seat, page: str) -> None:
    answer = await lodge(await seat(OFFICER), page, b"", "")
    assert answer.status_code == 422
    assert "Choose a file" in answer.text


@pytest.mark.parametrize("over", [1, 200_000])
async def test_a_file_that_is_too_large_is_refused_before_it_fills_anything(
    seat: Seat, year: Year, page: str, over: int
) -> None:
    officer, before = await seat(OFFICER), len(await year.events())
    answer = await lodge(officer, page, b"%PDF-" + b"x" * (LARGEST_FILE + over - 5), "large.pdf")
    assert answer.status_code in (413, 422)
    assert "longer than the 3.0 MB that are taken" in answer.text
    assert len(await year.events()) == before


async def test_a_form_cannot_be_longer_than_a_form_is(seat: Seat, september: OccurrenceId) -> None:
    officer = await seat(OFFICER)

    async def endless():
        for _ in range(40):
            yield b"reason=" + b"x" * 100_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await officer.post(f"/tasks/{september}/owed/refuse", content=endless(), headers=headers)
    assert answer.status_code == 413
    assert "What was sent is longer than the 1.0 MB that are taken." in answer.text


async def test_the_scanner_of_the_house_is_asked(
    ports: DeskPorts, year: Year, tmp_path: Path, page: str, visitor, sign_in
) -> None:
    scanner = tmp_path / "scanner"
    scanner.write_text("#!/bin/sh\necho 'Eicar-Test-Signature FOUND'\nexit 1\n")
    scanner.chmod(0o755)
    settings = Settings(evidence=str(tmp_path / "evidence"), scan_command=str(scanner))
    app: FastAPI = create_app(replace(ports, evidence=LedgerEvidence(settings, year.office)))
    officer = visitor(site=app)
    await sign_in(officer, OFFICER)
    answer = await lodge(officer, page, PDF, "audit.pdf")
    assert answer.status_code == 422
    assert "The file was refused by the scanner: Eicar-Test-Signature FOUND" in html.unescape(answer.text)
