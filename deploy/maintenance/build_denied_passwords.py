"""Writes desk/denied/passwords.txt: the passwords that everybody tries first.

    python deploy/maintenance/build_denied_passwords.py django-5.2.19-py3-none-any.whl

The list is Django's (Royce Williams's count of passwords found in breaches), with its licence beside it. What is shorter
than six characters helps nobody who has to write twelve, and stays out.
"""

import gzip
import sys
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "desk" / "denied"


def main(wheel: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        words = gzip.decompress(archive.read("django/contrib/auth/common-passwords.txt.gz")).decode().split()
        (licence,) = (
            name for name in archive.namelist() if name.endswith(("licenses/LICENSE", "dist-info/LICENSE"))
        )
        (FOLDER / "LICENSE.txt").write_bytes(archive.read(licence))
    kept = sorted({word.casefold() for word in words if len(word) >= 6 and word.isascii()})
    (FOLDER / "passwords.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    print(f"{len(kept)} passwords")


if __name__ == "__main__":
    main(sys.argv[1])
