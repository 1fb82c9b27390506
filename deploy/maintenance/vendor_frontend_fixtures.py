"""Fetch GOV.UK Frontend's own fixtures and write them, unchanged, where the tests hold the desk's markup against them.

A maintainer runs this by hand with npm on the path, after `vendor_frontend.py`. Every component's are kept, so that
one which a template begins to use tomorrow is judged from that day on.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import zipfile
from pathlib import Path

from vendor_frontend import LICENCES, PACKAGES, fetch

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "desk" / "govuk_frontend"
FIXTURES = re.compile(r"package/dist/govuk/components/([a-z-]+/fixtures\.json)")
EARLIEST_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def fixtures_in(tarball: bytes) -> dict[str, bytes]:
    """`button/fixtures.json` and so on, each as npm delivers it."""
    found = {}
    with tarfile.open(fileobj=io.BytesIO(tarball)) as archive:
        for member in archive.getmembers():
            name = FIXTURES.fullmatch(member.name)
            content = archive.extractfile(member) if name else None
            if name and content:
                found[name[1]] = content.read()
    return dict(sorted(found.items()))


def packed(files: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on the files alone."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST_OF_ZIP), content, zipfile.ZIP_DEFLATED, 9)
    return made.getvalue()


def main() -> None:
    package = next(each for each in PACKAGES if each.name == "govuk-frontend")
    files = fixtures_in(fetch(package))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "fixtures.zip").write_bytes(packed(files))
    (FOLDER / "LICENSE.txt").write_text((LICENCES / f"{package.folder}.txt").read_text())
    manifest = {
        "package": {"name": package.name, "version": package.version, "tarball_sha512": package.sha512},
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    (FOLDER / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


if __name__ == "__main__":
    main()
