"""Notices by the hundred: some at a time, found by words of the title."""

from __future__ import annotations

from desk.many_notices import PER_PAGE, some_notices

COUNCILS = [f"Notice to {name} {number}" for number in range(30) for name in ("Ashford & Sons", "Barrow")]


def shown(words: str = "", page: int = 1) -> list[str]:
    return list(some_notices(COUNCILS, str, words, page).shown)


def test_every_notice_is_on_one_page_and_on_no_other() -> None:
    assert [each for page in (1, 2, 3) for each in shown(page=page)] == COUNCILS
    assert len(shown()) == PER_PAGE


def test_a_page_that_there_is_not_is_the_nearest_one() -> None:
    assert shown(page=-5) == shown(page=1)
    assert shown(page=1000) == shown(page=3)


def test_words_are_found_whatever_their_case_and_stay_in_the_links() -> None:
    some = some_notices(COUNCILS, str, " ashford & SONS ", 1)
    assert (some.count, some.of) == (30, 60)
    assert all("Ashford" in each for each in some.shown)
    assert some.pages is not None
    assert some.pages["next"] == {"href": "?notice=ashford+%26+SONS&page=2"}


def test_few_need_neither_search_nor_pages_and_a_search_can_be_taken_back() -> None:
    few = some_notices(COUNCILS[:PER_PAGE], str, "", 1)
    assert few.search is None
    assert few.pages is None
    assert some_notices(COUNCILS[:2], str, "nothing like it", 1).search is not None
