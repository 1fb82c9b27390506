"""The pages for auditors and operators, at the desk of a demonstration that runs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

from forthwith.demo.browsing import Visitor
from tests.front_door.conftest import Demonstration

pytestmark = pytest.mark.slow


class Auditor(Visitor):
    """Somebody who also takes files away."""

    def download(self, where: str) -> bytes:
        with self._opener.open(f"{self._base_url}{where}", timeout=60) as answer:
            return bytes(answer.read())


@contextmanager
def turned_away(status: int) -> Iterator[None]:
    """The answer is closed: whoever drops it leaves its socket to the collector, which complains in another test."""
    with pytest.raises(HTTPError, match=str(status)) as found:
        yield
    found.value.close()


def visitor(demonstration: Demonstration, person: str) -> Auditor:
    (status,) = demonstration("status", "--json").objects
    found = Auditor(status["desk"])
    found.sign_in(person)
    return found


def test_the_operator_sees_every_part_and_every_clock(demonstration: Demonstration) -> None:
    page = "\n".join(visitor(demonstration, "owen-castell").lines("/operator"))
    clocks = demonstration("clocks", "list", "--json").objects
    assert f"Clocks\n{len(clocks)} of {len(clocks)} live" in page
    assert re.search(r"Letters waiting to be sent\n\d+", page)
    assert "chronology" in page
    assert "Does not answer" not in page
    with turned_away(403):
        visitor(demonstration, "imogen-hartley").lines("/operator")


def test_the_record_is_verified_and_taken_away_as_a_bag_that_verifies(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    auditor = visitor(demonstration, "imogen-hartley")
    assert "The record is sound" in auditor.submit("/audit", "/audit/verify")
    with turned_away(409):
        auditor.download("/audit/bag.zip")
    key = demonstration("keys", "new").out.strip()
    assert demonstration("publish", "--once").code == 0
    file = tmp_path / "bag.zip"
    file.write_bytes(auditor.download("/audit/bag.zip"))
    assert demonstration("verify", "--bag", str(file), "--vkey", key).code == 0
    assert "tlog-proof" in auditor.lines("/audit/proof?event=258")[0]
    with turned_away(403):
        visitor(demonstration, "helen-marsh").download("/audit/bag.zip")
    operator = visitor(demonstration, "owen-castell")
    assert "Download the bag (ZIP)" not in operator.lines("/audit")
    with turned_away(404):
        operator.download("/audit/bag.zip")
