"""HTML that is not ours, or that carries its own styles, shown where it can do nothing."""

from __future__ import annotations

from starlette.responses import HTMLResponse

# No script, no form, nothing fetched, and no cookie of ours: `sandbox` gives it an origin of its own.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-popups"


def foreign_html(page: str) -> HTMLResponse:
    return HTMLResponse(page, headers={"content-security-policy": POLICY})
