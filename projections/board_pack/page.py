"""The pack as one file that opens from a disk and prints: no script, no picture, nothing fetched; the same bytes each time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from html import escape
from importlib.resources import files

from domain.time.words import counted
from domain.values import write_instant
from projections.board_pack.pack import BoardPack, ReportRow
from projections.plan_sheet import ObjectiveRow
from projections.words import capital, joined, long_date, moment

FORMAT = "forthwith-board-pack/1"


def file_name(pack: BoardPack) -> str:
    """`board-pack-lancashire-2016-20161021T075800Z-262.html`: two packs never share a name."""
    stamp = f"{pack.moment.at:%Y%m%dT%H%M%SZ}"
    return f"board-pack-{pack.notice}-{stamp}-{pack.moment.event}.html"


def pack_file(pack: BoardPack) -> bytes:
    """The whole file, in UTF-8."""
    style = (files("projections.board_pack") / "pack.css").read_text("utf-8")
    title = escape(f"Board pack as at {moment(pack.moment.at, pack.zone)}: {pack.title}")
    head = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="generator" content="{FORMAT}">\n<title>{title}</title>\n<style>\n{style}</style>\n</head>\n'
    )
    body = f'<body class="pack-file">\n<main class="pack">\n{pack_body(pack)}</main>\n</body>\n</html>\n'
    return (head + body).encode()


def pack_body(pack: BoardPack) -> str:
    """What stands in it, for a page that has a frame of its own."""
    return "".join(_parts(pack))


def _parts(pack: BoardPack) -> Iterator[str]:
    yield f'<p class="pack__of">{escape(pack.title)}</p>\n'
    yield f"<h1>Board pack as at {escape(moment(pack.moment.at, pack.zone))}</h1>\n"
    yield f'<p class="pack__lead">{escape(pack.summary)}</p>\n'
    yield (
        f"<p>Frozen at this moment: it says what was so, and was known, then. Nothing that was recorded after event "
        f"{pack.moment.event} is in it, no correction either.</p>\n"
    )
    if pack.left_out:
        yield (
            "<p>It holds what everybody under the notice may read. What the notice hides from one party, such as reports "
            "that only the Department is shown, is left out.</p>\n"
        )
    yield from _reports(pack)
    yield from _plan(pack)
    yield from _late(pack)
    yield from _risks(pack)
    yield from _decisions(pack)
    yield from _in_full(pack)
    yield from _proof(pack)


def _reports(pack: BoardPack) -> Iterator[str]:
    rows = [
        (
            each.title,
            _day(each.due_on),
            f"{_moment(each.received_at, pack)}, from {each.by}" if each.received_at else "Not received",
            capital(each.standing),
            "; ".join(_flags(each)) or "None",
        )
        for each in pack.reports
    ]
    yield from _table(
        "Reports and their flags", ("Report", "Due", "Received", "Standing", "Flags"), rows, "reports"
    )


def _flags(row: ReportRow) -> Iterator[str]:
    if row.late:
        yield "came after its day"
    if row.missing:
        yield f"nothing said under {joined([f'“{each}”' for each in row.missing])}"
    if row.queries:
        yield f"{counted(row.queries, 'query')} not answered".replace("querys", "queries")
    if row.returned_because:
        yield f"returned as deficient: {row.returned_because}"
    if row.versions > 1:
        yield f"{row.versions} versions"
    if row.versions and not row.accepted_by and not row.returned_because:
        yield "not accepted yet"


def _plan(pack: BoardPack) -> Iterator[str]:
    rows = [
        (each.title, each.owner, capital(_state(each)), _said(each, pack), _actions(each))
        for each in pack.objectives
    ]
    columns = ("Objective", "Owner", "State", "What its owner said last", "Actions past their day")
    yield from _table("The plan", columns, rows, "plan", "No version of the plan had been adopted.")


def _state(row: ObjectiveRow) -> str:
    return f"{row.state}, and stale" if row.also_stale and row.state != "stale" else row.state


def _said(row: ObjectiveRow, pack: BoardPack) -> str:
    return f"{row.said} ({_moment(row.said_at, pack)})" if row.said and row.said_at else "Nothing yet"


def _actions(row: ObjectiveRow) -> str:
    late = [f"{each.title} (by {_day(each.due_on)})" for each in row.actions if each.outstanding]
    return "; ".join(late) or "None"


def _late(pack: BoardPack) -> Iterator[str]:
    rows = [
        (
            each.title,
            track.name,
            _day(each.due_on),
            counted(each.working_days, "working day"),
            each.next_step.sentence,
        )
        for track in pack.tracks
        for each in track.overdue
    ]
    columns = ("What", "Owed by", "Was due", "Late by", "What happens next")
    yield from _table("Late", columns, rows, "late", "Nothing was late.")
    deficient = [
        (each.title, "; ".join(_flags(replace(each, late=False))))
        for each in pack.reports
        if each.missing or each.returned_because or each.queries
    ]
    yield from _table("Deficient", ("What", "Why"), deficient, "deficient", "Nothing was deficient.")


def _risks(pack: BoardPack) -> Iterator[str]:
    yield '<section aria-labelledby="risks">\n<h2 id="risks">Risks</h2>\n<ul>\n'
    found = list(_risk_sentences(pack))
    yield from (f"<li>{escape(each)}</li>\n" for each in found)
    yield "</ul>\n</section>\n" if found else "<li>None that the record shows.</li>\n</ul>\n</section>\n"


def _risk_sentences(pack: BoardPack) -> Iterator[str]:
    for each in pack.brought_up:
        taken = "acknowledged" if each.acknowledged else "not acknowledged yet"
        what = "Referred for consideration" if each.referred else "Brought up"
        yield f"{what}: {each.title}, to {each.to} on {_moment(each.at, pack)}; {taken}. {each.next_step}"
    for row in pack.objectives:
        if row.state in ("slow", "stale") or row.also_stale:
            yield f"“{row.title}” is {_state(row)}; its owner is {row.owner}."
    if pack.gap is not None:
        left = counted(abs(pack.gap.days_left), "day")
        when = f"{left} left" if pack.gap.days_left >= 0 else f"{left} too late"
        yield f"{pack.gap.title}: it has to be held by {_day(pack.gap.last_day)}; {when}."


def _decisions(pack: BoardPack) -> Iterator[str]:
    rows = [(f"Event {each.event}", _moment(each.at, pack), each.sentence) for each in pack.decisions]
    columns = ("Event", "When", "What was decided")
    yield from _table("Decisions, the newest first", columns, rows, "decisions", "Nothing had been decided.")


def _in_full(pack: BoardPack) -> Iterator[str]:
    if not pack.in_full:
        return
    yield '<section aria-labelledby="in-full">\n<h2 id="in-full">The newest reports in full</h2>\n'
    for each in pack.in_full:
        yield f"<h3>{escape(each.title)}</h3>\n"
        yield f"<p>Version {each.versions}, received {escape(_moment(each.received_at, pack))} from {escape(each.by or '')}.</p>\n<dl>\n"
        for part in each.sections:
            said = f"Nothing to report. {part.text}".strip() if part.nil else part.text or "Nothing was said."
            yield f'<dt>{escape(part.section.title)} <span class="pack__clause">clause {escape(part.section.clause)}</span></dt>\n'
            yield f'<dd class="pack__words">{escape(said)}</dd>\n'
        yield "</dl>\n"
    yield "</section>\n"


def _proof(pack: BoardPack) -> Iterator[str]:
    at = write_instant(pack.moment.at)
    yield '<section aria-labelledby="proof" class="pack__proof">\n<h2 id="proof">What it stands on</h2>\n<dl>\n'
    for term, words in (
        ("Last event of the record that was taken into account", str(pack.moment.event)),
        ("Last of them under this notice", f"event {pack.events}"),
        ("Its leaf hash", pack.leaf),
        ("Digest of the state of the notice", pack.digest),
        ("As at, and known at", at),
        ("Format", FORMAT),
    ):
        yield f'<dt>{escape(term)}</dt>\n<dd class="pack__hash">{escape(words)}</dd>\n'
    yield "</dl>\n<p>Whoever has the record, or a bag of it that verifies, can work out the same digest, and make this very file again:</p>\n"
    for command in (
        f"forthwith replay {pack.notice} --to {pack.moment.event} --as-at {at} --known-at {at} --digest",
        f"forthwith export board-pack {pack.notice} --at {at} --event {pack.moment.event} --to pack.html",
    ):
        yield f'<p class="pack__hash">{escape(command)}</p>\n'
    yield (
        f"<p>That event {pack.events} stands in the published log is shown by its proof. Only an erasure of personal values, "
        "which the record shows, makes the file another one.</p>\n</section>\n"
    )


def _table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    name: str,
    nothing: str = "There is none.",
) -> Iterator[str]:
    yield f'<section>\n<h2 id="{name}">{escape(caption)}</h2>\n'
    if not rows:
        yield f"<p>{escape(nothing)}</p>\n</section>\n"
        return
    yield f'<div class="pack__wide" role="region" aria-labelledby="{name}" tabindex="0">\n<table>\n<thead>\n<tr>'
    yield "".join(f'<th scope="col">{escape(each)}</th>' for each in columns)
    yield "</tr>\n</thead>\n<tbody>\n"
    for first, *rest in rows:
        cells = "".join(f"<td>{escape(each)}</td>" for each in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>\n'
    yield "</tbody>\n</table>\n</div>\n</section>\n"


def _day(value: date) -> str:
    return long_date(value)


def _moment(value: datetime | None, pack: BoardPack) -> str:
    return moment(value, pack.zone) if value else ""
