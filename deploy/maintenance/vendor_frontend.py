"""Fetch the front-end files the desk serves and write them, trimmed, under `desk/static/vendor`.

A maintainer runs this by hand with npm on the path; installing Forthwith never needs Node.
GOV.UK Frontend stays at exactly the version whose markup govuk-frontend-jinja draws: a newer style sheet
beside older markup breaks components quietly. What is left out is left out on purpose: the crown, the crest
and GDS Transport may only be used on gov.uk itself.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "desk" / "static" / "vendor"
LICENCES = Path(__file__).resolve().parent / "licences"

FONT = "GDS Transport,arial,sans-serif"
OWN_FONT = "var(--forthwith-font,arial,sans-serif)"
MOJ_PARTS = re.compile(r"\.moj-timeline(?!__document)|\[aria-sort\] button")


@dataclass(frozen=True)
class Part:
    """One file taken from a package: where it lies there, what it is called here, how it is trimmed."""

    source: str
    target: str
    trim: Callable[[str], str]


@dataclass(frozen=True)
class Package:
    """An npm package pinned by version and by the digest of its tarball."""

    name: str
    version: str
    sha512: str
    folder: str
    parts: tuple[Part, ...]


def without_source_map(text: str) -> str:
    """Drop the pointer to a map we do not ship; browsers would ask for it and find nothing."""
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+(\s*\*/)?", "", text).rstrip() + "\n"


def with_own_font(css: str) -> str:
    """Replace GDS Transport by the custom property that forthwith.css sets."""
    css = re.sub(r"/\*![^*]*Margaret Calvert.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    return css.replace(FONT, OWN_FONT)


def without_crest(css: str) -> str:
    """Drop every rule that draws the royal arms in the footer."""
    return "".join(rule for rule in top_rules(css) if "govuk-crest" not in rule)


def top_rules(css: str) -> Iterator[str]:
    """Cut minified CSS into its top-level rules; a media query stays one piece."""
    start = depth = 0
    for at, letter in enumerate(css):
        depth += (letter == "{") - (letter == "}")
        if depth == 0 and letter in "};":
            yield css[start : at + 1]
            start = at + 1
    yield css[start:]


def moj_parts_only(css: str) -> str:
    """Keep the rules of the timeline and the sortable table, also inside media queries."""
    kept = (_moj_rule(rule.strip()) for rule in top_rules(without_source_map(css)))
    return "\n".join(rule for rule in kept if rule) + "\n"


def _moj_rule(rule: str) -> str:
    selector, _, body = rule.partition("{")
    if selector.startswith(("@media", "@supports")):
        inner = "".join(part for part in top_rules(body[:-1]) if _is_wanted(part))
        return f"{selector}{{{inner}}}" if inner else ""
    return rule if _is_wanted(rule) else ""


def _is_wanted(rule: str) -> bool:
    selectors = rule.partition("{")[0].split(",")
    return all(MOJ_PARTS.match(selector.strip()) for selector in selectors)


def trim_govuk_css(css: str) -> str:
    return without_crest(with_own_font(without_source_map(css)))


def trim_moj_css(css: str) -> str:
    return with_own_font(moj_parts_only(css))


PACKAGES = (
    Package(
        name="govuk-frontend",
        version="6.3.0",
        sha512="cXIQxm5PHCsbic47GXZrVBZhAeeshTLRL6ZBKilLsR6rMCjJuWb7Fruq0VUNMBJFlJk/srsRj/q8d5bM9cgKoA==",
        folder="govuk-frontend",
        parts=(
            Part("dist/govuk/govuk-frontend.min.css", "govuk-frontend.min.css", trim_govuk_css),
            Part("dist/govuk/govuk-frontend.min.js", "govuk-frontend.min.js", without_source_map),
        ),
    ),
    Package(
        name="@ministryofjustice/frontend",
        version="11.1.0",
        sha512="1bkUbm2M4DpcpX/pOmumQRBsbJco9W2RwmJv5h/ZC/ZqrAOn2/FjpF+A7vS0gs7oMXBizr9O5huDrSYbLx73Nw==",
        folder="moj-frontend",
        parts=(
            Part("moj/moj-frontend.min.css", "moj-parts.css", trim_moj_css),
            Part(
                "moj/components/sortable-table/sortable-table.bundle.mjs",
                "sortable-table.js",
                without_source_map,
            ),
        ),
    ),
)


def fetch(package: Package) -> bytes:
    """The tarball as npm delivers it; a digest other than the pinned one stops the run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "npm",
            "pack",
            f"{package.name}@{package.version}",
            "--silent",
            "--pack-destination",
            folder,
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        tarball = next(Path(folder).glob("*.tgz")).read_bytes()
    digest = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if digest != package.sha512:
        raise SystemExit(
            f"{package.name} {package.version}: the tarball is not the pinned one (sha512 {digest})."
        )
    return tarball


def unpack(package: Package, tarball: bytes) -> None:
    """Write each wanted part, trimmed, and the licence beside it."""
    folder = VENDOR / package.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        for part in package.parts:
            member = archive.extractfile(f"package/{part.source}")
            if member is None:
                raise SystemExit(f"{package.name} {package.version} has no file {part.source}.")
            (folder / part.target).write_text(part.trim(member.read().decode()))
    (folder / "LICENSE.txt").write_text((LICENCES / f"{package.folder}.txt").read_text())


def manifest() -> dict[str, object]:
    """What lies in the vendor folder: the packages with their versions, and the sha256 of every file."""
    files = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {
        "packages": [
            {
                "name": p.name,
                "version": p.version,
                "licence": "MIT",
                "folder": p.folder,
                "tarball_sha512": p.sha512,
            }
            for p in PACKAGES
        ],
        "files": {str(f.relative_to(VENDOR)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files},
    }


def main() -> None:
    for package in PACKAGES:
        unpack(package, fetch(package))
    (VENDOR / "manifest.json").write_text(json.dumps(manifest(), indent=2) + "\n")


if __name__ == "__main__":
    main()
