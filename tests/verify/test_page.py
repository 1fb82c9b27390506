"""verify.html, opened from disk in a real browser, finds what the other two find."""

import base64
import json
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from ledger.verify.document import Reader
from tests.desk.browsing import (
    ARGUMENTS,
    CHROMIUM,
    NEEDS_CHROMIUM,
    accessibility_faults,
    fits_sideways,
    picture,
)
from tests.verify import bags
from tests.verify.bags import ALTERED, LOG_KEY, write_folder, write_zip
from tests.verify.test_bags import KEPT, codes_of, is_canonical, one_line

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]
PAGE = Path(bags.__file__).parents[2] / "ledger" / "standalone" / "verify.html"
EXAMINE = """async ([files, vkeys, kept]) => {
    const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
    const read = new Map(Object.entries(files).map(([name, text]) => [name, async () => bytes(text)]));
    return JSON.stringify(await examine({ files: read, vkeys, checkpoint: kept ? bytes(kept) : undefined }));
}"""
WITHOUT_WEBCRYPTO = "Object.defineProperty(window, 'crypto', {value: {subtle: undefined}})"


@pytest.fixture(scope="module")
async def browser():
    async with async_playwright() as driver:
        opened = await driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser):
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    opened = await context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda fault: opened.complaints.append(str(fault)))
    opened.on("console", lambda told: opened.complaints.append(told.text) if told.type == "error" else None)
    await opened.goto(PAGE.as_uri())
    yield opened
    assert opened.complaints == []
    await context.close()


async def examined(page, files, kept=None, vkeys=str(LOG_KEY.key)):
    packed = {name: base64.b64encode(content).decode() for name, content in files.items()}
    note = base64.b64encode(kept).decode() if kept else None
    return json.loads(await page.evaluate(EXAMINE, [packed, vkeys, note]))


async def test_the_page_finds_the_same_in_every_altered_bag(page):
    for attack, (make, expected) in ALTERED.items():
        assert codes_of(await examined(page, make())) == expected, attack


async def test_a_kept_checkpoint_is_judged_alike(page):
    for make, expected in KEPT.values():
        assert codes_of(await examined(page, bags.sound(), make())) == expected


async def test_the_page_calls_the_same_spellings_canonical(page):
    spelled = [
        json.dumps(value, sort_keys=sorted_keys, ensure_ascii=ascii_only, separators=(",", ":"))
        for value in (1, -1, 2**53 - 1, 2**53, 1.5, "Ü", "U\u0308", "\x00", "\x1f\x7f\b\n", '"\\/', {"b": {}, "a": []}, {"_": [{"B": 1, "a": 2}]},
                      {"1": 0, "10": 0, "2": 0}, {"é": 1}, {"": 1}, [[]] * 3, "\u2028\u212b", "\U0001f600", {"__proto__": 1}, {"__proto__": {"a": 1}})
        for sorted_keys in (True, False)
        for ascii_only in (True, False)
    ] + ["-0", "1e2", "01", "9007199254740993", "-9007199254740992", '"\\/"', '"\\u0041"', '"\\ud800"', "NaN", '{"a":1,"a":1}', "[" * 31 + "]" * 31,
         "[" * 32 + "]" * 32, " 1", "1.0", '"\ufeff"', "1.0000000000000000001", "true", "null", '"\\u001F"', '"\\u001f"']  # fmt: skip
    lines = [one_line(each) for each in spelled]
    packed = [base64.b64encode(line).decode() for line in lines]
    found = await page.evaluate(
        "lines => lines.map(line => { try { readEvent(Uint8Array.from(atob(line), c => c.charCodeAt(0))); return true; } catch { return false; } })",
        packed,
    )
    expected = [is_canonical(Reader().read, line) for line in lines]
    assert dict(zip(spelled, found, strict=True)) == dict(zip(spelled, expected, strict=True))
    assert True in expected and False in expected


async def test_without_the_browsers_cryptography_the_page_sums_for_itself(browser):
    page = await browser.new_page()
    await page.add_init_script(WITHOUT_WEBCRYPTO)
    await page.goto(PAGE.as_uri())
    assert await page.evaluate("crypto.subtle === undefined")
    for attack in (
        "nothing",
        "another key",
        "a cosignature replaced",
        "the size in the checkpoint changed",
        "evidence changed",
    ):
        make, expected = ALTERED[attack]
        assert codes_of(await examined(page, make())) == expected, attack
    assert await examined(page, bags.sound(), vkeys="") | {"incomplete": None} == await examined(page, bags.sound()) | {
        "incomplete": None, "complete": False,
    }  # fmt: skip
    await page.close()


@pytest.mark.parametrize(
    ("attack", "key", "state"),
    [("nothing", True, "sound"), ("one byte flipped", True, "tampered"), ("nothing", False, "incomplete")],
)
async def test_a_person_chooses_a_zip_and_reads_the_answer(page, tmp_path, attack, key, state):
    await page.set_input_files("#zip", write_zip(ALTERED[attack][0](), tmp_path / "bag.zip"))
    await page.fill("#vkeys", str(LOG_KEY.key) if key else "")
    await page.click("button")
    box = page.locator(".answer")
    await box.wait_for()
    assert await box.get_attribute("data-state") == state
    assert await page.evaluate("document.activeElement.className") == f"answer {state}"
    if state == "tampered":
        assert await box.locator("tbody tr").first.inner_text() == (
            "LEAF_HASH\t7\tThe bytes of event 7 do not have the hash that its tile holds; it is the first."
        )
    await picture(page, f"verify-{state}")
    assert await accessibility_faults(page) == []
    await page.set_viewport_size({"width": 320, "height": 900})
    assert await fits_sideways(page)


async def test_a_folder_does_as_well_and_what_is_no_bag_is_refused_in_a_sentence(page, tmp_path):
    await page.set_input_files("#folder", write_folder(bags.sound(), tmp_path / "bag"))
    await page.fill("#vkeys", str(LOG_KEY.key))
    await page.click("button")
    await page.locator(".answer.sound").wait_for()
    (tmp_path / "no.zip").write_bytes(b"nothing at all")
    await page.set_input_files("#zip", tmp_path / "no.zip")
    await page.click("button")
    await page.locator("[data-state=refused]").wait_for()
    assert "The file is not a zip." in await page.locator(".answer").inner_text()


def test_the_page_may_open_no_connection_and_loads_nothing():
    text = PAGE.read_text("utf-8")
    assert "default-src 'none'" in text
    assert not any(
        word in text for word in ("http://", "https://", "src=", "@import", "fetch(", "XMLHttpRequest")
    )
