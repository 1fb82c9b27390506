"""Turns one sheet, read from standard input as HTML, into PDF/UA on standard output: `python -m desk.paper.weasy ADDRESS`.

It is a process of its own: WeasyPrint takes 60 MB and a second, which the desk should not carry about or wait for.
Nothing is fetched from anywhere, and no clock is read: the same sheet gives the same bytes.
"""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from typing import NoReturn

from weasyprint import CSS, HTML

from desk.static_files import FOLDER

VARIANT = "pdf/ua-1"


def nothing_is_fetched(url: str, **_: object) -> NoReturn:
    """A sheet is whole as it comes."""
    raise ValueError(f"A sheet asks for {url}.")


def drawing_rules(css: str) -> str:
    """The rules of our drawings with their colours written out: within a drawing WeasyPrint reads nothing but its own style."""
    values = dict(re.findall(r"(--[a-z-]+): ([^;]+);", css))
    rules = "".join(re.findall(r"^\.year__[^{}]+\{[^}]*\}", css, re.MULTILINE))
    resolved = re.sub(r"var\((--[a-z-]+)\)", lambda found: values[found[1]], rules)
    return f"text {{ font-family: {values['--forthwith-font']}; }}{resolved}"


def made(page: str, address: str) -> bytes:
    """`address`: where the desk stands, so that a link on paper leads there."""
    css = (FOLDER / "forthwith.css").read_text()
    within = f"<style>{drawing_rules(css)}</style>"
    whole = re.sub(r"<svg\b[^>]*>", lambda found: found.group() + within, page)
    sheet = HTML(string=whole, base_url=address, url_fetcher=nothing_is_fetched, media_type="print")
    return bytes(
        sheet.write_pdf(
            stylesheets=[CSS(string=css, media_type="print")],
            pdf_variant=VARIANT,
            pdf_tags=True,
            pdf_identifier=hashlib.sha256(whole.encode()).digest()[:16],
        )
    )


def main() -> None:
    # It would say of every rule of a style sheet made for screens that paper does not need it.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    sys.stdout.buffer.write(made(sys.stdin.buffer.read().decode(), sys.argv[1]))


if __name__ == "__main__":
    main()
