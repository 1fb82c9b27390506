"""The whole history as one page that opens from a disk: no script, no picture, nothing fetched. A corrected event shows both."""

from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from domain.notice.state import Notice
from domain.record import Recorded
from domain.values import write_instant
from projections.casebook import Entry
from projections.corrected import correction_sentence, corrections_of
from projections.exports.record import actor_in_words, sentence_of
from projections.exports.source import Source
from projections.exports.spool import in_chunks
from projections.telling import tell
from projections.words import actor_name, day_of, moment, occurrence_title


def history_page(source: Source) -> Iterator[bytes]:
    return in_chunks(_page(source))


def _page(source: Source) -> Iterator[str]:
    shown = [each for each in source.book.notices() if source.notice in (None, each.terms.id)]
    style = (files("projections.exports") / "page.css").read_text("utf-8")
    title = shown[0].terms.title if len(shown) == 1 else "Every notice in the record"
    yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>History: {escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>History: {escape(title)}</h1>\n{_INTRODUCTION}\n"
    if len(shown) > 1:
        yield from _contents(shown)
    for notice in shown:
        yield from _notice(source, notice, tuple(source.under(notice.terms.id)))
    if source.others:
        yield from _record(source.others)
    yield "</main>\n</body>\n</html>\n"


_INTRODUCTION = (
    "<p>Everything that the record says, in its own order. Nothing is ever removed from it. Where something was recorded "
    "wrongly, what was recorded stands here, followed by what it was corrected to, when and why.</p>"
)


def _contents(notices: list[Notice]) -> Iterator[str]:
    yield '<nav aria-label="Notices">\n<ul>\n'
    for each in notices:
        yield f'<li><a href="#{each.terms.id}">{escape(each.terms.title)}</a></li>\n'
    yield "</ul>\n</nav>\n"


def _notice(source: Source, notice: Notice, entries: Sequence[Entry]) -> Iterator[str]:
    zone, day = notice.terms.zone, ""
    yield f'<section id="{notice.terms.id}" aria-labelledby="{notice.terms.id}-title">\n'
    yield f'<h2 id="{notice.terms.id}-title">{escape(notice.terms.title)}</h2>\n'
    yield f"<p>{len(entries):,} events. Times are those of {escape(zone)}.</p>\n"
    for entry in entries:
        recorded_on = day_of(entry.recorded, zone)
        if recorded_on != day:
            yield ("</ol>\n" if day else "") + f"<h3>{recorded_on}</h3>\n<ol>\n"
            day = recorded_on
        yield from _event(source, notice, entry)
    yield ("</ol>\n" if day else "") + "</section>\n"


def _event(source: Source, notice: Notice, entry: Entry) -> Iterator[str]:
    occurrence, zone = source.occurrence_of(entry), notice.terms.zone
    yield f'<li id="event-{entry.index}" value="{entry.index}">\n'
    if occurrence:
        yield f'<p class="about">{escape(occurrence_title(notice, occurrence.facts))}</p>\n'
    yield f"<p>{escape(tell(entry.event, notice, occurrence))}</p>\n"
    for each in corrections_of(entry, notice, occurrence):
        yield f'<p class="corrected">{escape(correction_sentence(each, notice))}</p>\n'
    recorded = f'<time datetime="{write_instant(entry.recorded)}">{moment(entry.recorded, zone)}</time>'
    yield f'<p class="small">Recorded {recorded}'
    if entry.effective != entry.recorded:
        yield f'; true since <time datetime="{write_instant(entry.effective)}">{moment(entry.effective, zone)}</time>'
    yield f"; by {escape(actor_name(notice, entry.record.envelope.actor))}.</p>\n</li>\n"


def _record(events: Sequence[Recorded]) -> Iterator[str]:
    """What happened to the record itself. Times are in UTC, as it is under no notice."""
    yield '<section id="record" aria-labelledby="record-title">\n<h2 id="record-title">The record itself</h2>\n<ol>\n'
    for each in events:
        when = f'<time datetime="{write_instant(each.recorded)}">{moment(each.recorded, "UTC")}</time>'
        by = escape(actor_in_words(each.envelope.actor))
        yield f'<li id="event-{each.index}" value="{each.index}">\n<p>{escape(sentence_of(each))}</p>\n'
        yield f'<p class="small">Recorded {when} (UTC); by {by}.</p>\n</li>\n'
    yield "</ol>\n</section>\n"
