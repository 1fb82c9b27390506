"""Takes the pictures in docs/pictures from a running demonstration, 1280 pixels wide.

    forthwith demo
    python deploy/maintenance/take_pictures.py http://127.0.0.1:8000

Needs the test extra (playwright) and a Chromium.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
PERSON = "Helen Marsh"
NOTICE = "/notice/lancashire-2016"
PICTURES = {
    "inbox": ("/tasks", 900),
    "notice": ("/notice", 1340),
    "looking-back": (f"{NOTICE}/occurrences/monthly-report/2016-09?as_at=2016-10-14", 900),
    "replay": (f"{NOTICE}/replay?event=258", 1240),
    "compare": (f"{NOTICE}/compare?from=2016-10-01&to=2016-10-20", 1340),
    "plan": (f"{NOTICE}/plan", 1000),
    "service": ("/operator", 1100),
}
WIDTH = 1280
HEADLESS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def take_pictures(desk_url: str, folder: Path) -> None:
    """Signs in as the director and writes one PNG for each page; raises playwright's error when the desk is away."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=HEADLESS)
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        _sign_in(page, desk_url)
        for name, (path, height) in PICTURES.items():
            page.set_viewport_size({"width": WIDTH, "height": height})
            page.goto(f"{desk_url}{path}")
            page.screenshot(path=folder / f"{name}.png")
        browser.close()


def _sign_in(page: Page, desk_url: str) -> None:
    page.goto(f"{desk_url}/sign-in")
    page.get_by_label(PERSON).check()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/tasks")


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Take the pictures of the README from a running demonstration."
    )
    parser.add_argument("desk_url", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    given = parser.parse_args()
    take_pictures(given.desk_url.rstrip("/"), given.folder)


if __name__ == "__main__":
    main()
