"""The front-end files are exactly those the manifest lists, and nothing of the crown is among them."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version

from desk.static_files import FOLDER

VENDOR = FOLDER / "vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())


def test_every_vendored_file_has_the_digest_in_the_manifest() -> None:
    present = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert present == MANIFEST["files"]


def test_the_style_sheet_is_the_version_whose_markup_the_macros_draw() -> None:
    pinned = {package["name"]: package["version"] for package in MANIFEST["packages"]}
    assert (version("govuk-frontend-jinja"), pinned["govuk-frontend"]) == ("4.1.0", "6.3.0")
    css = (VENDOR / "govuk-frontend" / "govuk-frontend.min.css").read_text()
    assert '--govuk-frontend-version:"6.3.0"' in css


def test_no_font_or_picture_that_belongs_to_the_crown_is_shipped() -> None:
    assert {path.suffix for path in FOLDER.rglob("*.*")} <= {".css", ".js", ".svg", ".json", ".txt"}
    for path in FOLDER.rglob("*.css"):
        assert not re.search(r"GDS Transport|@font-face|crest|url\(", path.read_text(), re.IGNORECASE), (
            path.name
        )


def test_each_package_keeps_its_licence_beside_it() -> None:
    for package in MANIFEST["packages"]:
        text = (VENDOR / package["folder"] / "LICENSE.txt").read_text()
        assert "Copyright" in text
        assert "Permission is hereby granted, free of charge" in text
