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
DIRECTOR, OPERATOR = "Helen Marsh", "Owen Castell"
NOTICE = "/notice/lancashire-2016"
PICTURES = {
    "inbox": (DIRECTOR, "/tasks", 900),
    "notice": (DIRECTOR, "/notice", 1340),
    "looking-back": (
        DIRECTOR,
        f"{NOTICE}/occurrences/monthly-report/2016-09?as_at=2016-10-14",
        900,
    ),
    "replay": (DIRECTOR, f"{NOTICE}/replay?event=258", 1240),
    "compare": (DIRECTOR, f"{NOTICE}/compare?from=2016-10-01&to=2016-10-20", 1340),
    "plan": (DIRECTOR, f"{NOTICE}/plan", 1000),
    "service": (OPERATOR, "/operator", 1100),
}
WIDTH = 1280
HEADLESS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def take_pictures(desk_url: str, folder: Path) -> None:
    """Signs in as whoever each page is for and writes one PNG for it; raises playwright's error when the desk is away."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=HEADLESS)
        for name, (person, path, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": WIDTH, "height": height})
            _sign_in(page, desk_url, person)
            page.goto(f"{desk_url}{path}")
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


def _sign_in(page: Page, desk_url: str, person: str) -> None:
    page.goto(f"{desk_url}/sign-in")
    page.get_by_label(person).check()
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
