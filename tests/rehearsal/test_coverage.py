"""No clause of the notice without an obligation, events, a scenario and a test that says how it ends."""

import pytest

from tests.rehearsal.conftest import NOTICES, Play
from tests.rehearsal.coverage import as_page, rows

SCENARIOS = sorted(path.stem for path in (NOTICES / "scenarios").glob("*.yaml"))
PAGE = NOTICES.parent / "docs" / "coverage.md"


@pytest.mark.slow
async def test_every_clause_and_sub_item_is_exercised(play: Play) -> None:
    played = {name: await play(name, "pure") for name in SCENARIOS}
    notice = played["happy-year"].notice
    found = rows(notice, played)
    assert [row.clause for row in found] == [clause.id for clause in notice.clauses]
    for row in found:
        assert row.obligations, f"clause {row.clause} gives no obligation"
        assert row.events, f"nothing is ever recorded for clause {row.clause}"
        assert row.scenarios, f"no scenario exercises clause {row.clause}"
        assert row.tests, f"no test says how a scenario of clause {row.clause} ends"
    page = as_page(found, notice.terms.title)
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if page != before:
        PAGE.write_text(page, "utf-8")
    assert page == before, "docs/coverage.md was out of date; it has been written anew"
