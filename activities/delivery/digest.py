"""One mail a day: several messages to one person, each with its own why, next step and link."""

from collections.abc import Sequence

from markupsafe import Markup

from activities.delivery import markup
from activities.delivery.call import Call
from activities.delivery.layout import Form, templates, tidy
from activities.delivery.letter import DEFAULT_MAIL_HOST, Letter, message_id_for, one_line, subject_line
from activities.delivery.passes import Passes
from activities.delivery.sentences import joined
from activities.delivery.writing import Piece, compose
from domain.case import Case

Parts = Sequence[tuple[Case, Call]]


def write_digest(
    parts: Parts, links: str, mail_host: str = DEFAULT_MAIL_HOST, passes: Passes | None = None
) -> Letter:
    """The one mail of a day to one person. What is due soonest comes first.

    Its Message-ID is made of the messages in it, so that a mail program shows once what had to be handed over twice.
    """
    ordered = sorted(parts, key=lambda part: (part[0].occurrence.facts.due, part[1].id))
    pieces = [compose(case, call, links, passes) for case, call in ordered]
    subject = subject_line(f"{len(pieces)} messages about {_what(ordered)}")
    return Letter(
        to_name=pieces[0].facts.dear,
        subject=subject,
        text=tidy(_set(pieces, ordered, "text")),
        message_id=message_id_for("\n".join(sorted(call.id for _, call in parts)), mail_host),
        written_at=max(piece.at for piece in pieces),
        html=markup.page(subject, _set(pieces, ordered, "html")),
        flowed=tidy(_set(pieces, ordered, "flowed")),
        link=f"{links.rstrip('/')}/tasks",
    )


def _set(pieces: Sequence[Piece], ordered: Parts, form: Form) -> str:
    shown = [piece.set_as(form, "digest-part.txt", number=n) for n, piece in enumerate(pieces, start=1)]
    text = (
        templates(form)
        .get_template("digest.txt")
        .render(dear=pieces[0].facts.dear, parts=shown, notices=_notices(ordered))
    )
    return Markup(text) if form == "html" else text  # noqa: S704 - the same


def _what(ordered: Parts) -> str:
    titles = list(dict.fromkeys(case.occurrence.facts.title for case, _ in ordered))
    return titles[0] if len(titles) == 1 else f"{titles[0]} and {len(titles) - 1} more"


def _notices(ordered: Parts) -> str:
    return joined(list(dict.fromkeys(one_line(case.notice.terms.title) for case, _ in ordered)))
