"""The walk itself notices what it is there to notice."""

from __future__ import annotations

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]


@pytest.mark.parametrize(
    ("fault", "plain"),
    [
        ("document.body.append(document.createElement('iframe'))", False),
        ("console.error('something is wrong')", False),
        ("document.querySelector('main').style.width = '3000px'", False),
        ("document.querySelector('main').style.width = '3000px'", True),
    ],
    ids=["axe", "console", "width", "width of a plain page"],
)
async def test_a_fault_of_a_page_is_noticed(walk_as: WalkAs, fault: str, plain: bool) -> None:
    walk = await walk_as(None, plain=plain)
    await walk.open("/sign-in")
    walk.examined.clear()
    await walk.page.evaluate(fault)
    with pytest.raises(AssertionError):
        await walk.look()


async def test_a_fault_of_the_document_is_noticed_without_scripts_too(walk_as: WalkAs) -> None:
    walk = await walk_as(None)
    await walk.open("/sign-in")
    document = await walk.document()
    with pytest.raises(AssertionError, match="without scripts"):
        await walk.examine_plain(document.replace("<html", "<html lang='' dir='ltr'", 1), "here")
    with pytest.raises(AssertionError, match="without scripts"):
        await walk.examine_plain(document.replace("<main", "<p style='width:400px'>Wide</p><main"), "here")
