"""How HTML mail is set: inline styles only, because mail programs drop all others, and nothing fetched from elsewhere."""

from collections.abc import Sequence

from markupsafe import Markup, escape

_TEXT = "margin:0 0 16px;font-size:16px;line-height:24px;color:#0b0c0c"
_INK = "color:#0b0c0c"


def paragraph(text: str) -> Markup:
    return _set('<p style="{style}">{text}</p>', text, _TEXT)


def heading(text: str) -> Markup:
    return _set(
        '<h2 style="{style}">{text}</h2>', text, f"margin:24px 0 8px;font-size:19px;line-height:26px;{_INK}"
    )


def small(text: str) -> Markup:
    style = "margin:24px 0 0;padding-top:12px;border-top:1px solid #b1b4b6;font-size:14px;line-height:20px;color:#484949"
    return _set('<p style="{style}">{text}</p>', text, style)


def quotation(text: str) -> Markup:
    style = f"margin:0 0 16px;padding:4px 0 4px 12px;border-left:4px solid #17454a;font-size:16px;line-height:24px;{_INK}"
    return _set('<blockquote style="{style}">“{text}”</blockquote>', text, style)


def link(address: str) -> Markup:
    """The address itself is what is pressed: what a reader sees is where it leads."""
    return Markup(
        '<p style="{style}"><a href="{address}" style="color:#17454a;word-break:break-all">{address}</a></p>'
    ).format(style=_TEXT, address=address)


def listing(lines: Sequence[str]) -> Markup:
    if len(lines) == 1:
        return paragraph(lines[0])
    items = Markup("").join(Markup('<li style="margin:0 0 8px">{}</li>').format(line) for line in lines)
    style = f"margin:0 0 16px;padding-left:24px;font-size:16px;line-height:24px;{_INK}"
    return Markup('<ul style="{}">{}</ul>').format(style, items)


def row(label: str, text: str) -> Markup:
    cell = f"padding:4px 16px 4px 0;font-size:16px;line-height:24px;text-align:left;vertical-align:top;{_INK}"
    return Markup(
        '<tr><th scope="row" style="{cell};white-space:nowrap">{label}</th><td style="{cell}">{text}</td></tr>'
    ).format(cell=cell, label=label, text=text)


def table(rows: str) -> Markup:
    """`rows` are already set."""
    return Markup('<table style="margin:0 0 8px;border-collapse:collapse">{}</table>').format(_kept(rows))


def page(subject: str, body: str) -> str:
    """The whole mail; `body` is already set."""
    title = "margin:0 0 16px;font-size:24px;line-height:30px"
    return str(
        Markup(
            '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            "<title>{subject}</title></head>\n"
            '<body style="margin:0;padding:16px;background:#ffffff;font-family:Arial,Helvetica,sans-serif;{ink}">'
            '<main style="max-width:640px;margin:0 auto">\n'
            '<h1 style="{title};{ink}">{subject}</h1>\n{body}</main></body></html>\n'
        ).format(subject=subject, title=title, ink=_INK, body=_kept(body))
    )


def _set(form: str, text: str, style: str) -> Markup:
    return Markup(form).format(  # noqa: S704 - `form` is one of the above
        style=style, text=Markup(" ").join(_kept(text).split())
    )


def _kept(text: str) -> Markup:
    """What the templates themselves put together comes as markup; anything else is text and is escaped."""
    return text if isinstance(text, Markup) else escape(text)
