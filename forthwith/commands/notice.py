"""`forthwith notice`: check a notice file and show what it asks for; the rest of the group needs a running engine."""

import asyncio
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.notice.as_issued import as_issued
from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.time.due import describe
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import notice_from
from forthwith.commands.reading import issued, reading_notice
from forthwith.commands.words import LinesOfJson
from forthwith.exits import Exit, UsageFault
from forthwith.notice_files.faults import FileFaults
from forthwith.output import date_text, local_text, print_json, print_table, talk
from projections.still_expected import dated

app = cyclopts.App(
    name="notice", help="Check a notice, bring it into force, vary it, and tend it until it ends."
)

IN_FORCE = (
    ("issue", "issue", "Bring a notice into force on the running engine."),
    ("vary", "vary", "Restate a notice in mid-flight."),
    ("lift", "lift", "End a notice, with or without after-care."),
    ("supersede", "supersede", "Let another instrument take the place of this one."),
    ("succeed", "succeed", "Let another body take the place of a party."),
    ("interpret", "interpret", "Read an ambiguity otherwise from now on."),
    ("holiday", "holiday", "Proclaim a holiday."),
    ("appoint", "appoint", "Appoint somebody to a role."),
    ("end-appointment", "end_appointment", "End an appointment."),
    ("visit", "visit", "Note the visit of a third party."),
    ("rate", "rate", "Say how far an obligation is complied with."),
    ("release", "release", "End an obligation that holds until a decision, because that was made."),
    ("request", "request", "Ask for something under an obligation that holds until a decision."),
)
app.command("forthwith.commands.people:show", name="people", help="Show who acts under a notice.")
for name, function, purpose in IN_FORCE:
    app.command(f"forthwith.commands.instrument:{function}", name=name, help=purpose)


@app.command
def check(file: Path, *, json: bool = False) -> int:
    """Check a notice file: every fault is named with its file, line and place.

    Parameters
    ----------
    file
        The notice file (YAML).
    json
        Print one JSON object; where there are faults, one a line for each.
    """
    terms = _sound(file, as_json=json)
    if terms is None:
        return Exit.FOUND_SOMETHING
    counted = {
        "notice": terms.notice.id,
        "clauses": len(terms.clauses),
        "obligations": len(terms.obligations),
        "interpretations": len(terms.interpretations),
        "occurrences": len(expected(as_issued(terms))),
    }
    if json:
        print_json(counted)
    else:
        parts = ", ".join(f"{number} {name}" for name, number in counted.items() if name != "notice")
        talk.print(f"{file}: sound. {terms.notice.title}: {parts}.", markup=False)
    return Exit.OK


@app.command
def show(
    notice: Annotated[str, Parameter(help="The notice file (YAML), or the name of a notice in the record.")],
    *,
    when: When = NOW,
    json: LinesOfJson = False,
) -> None:
    """Show every occurrence that a notice calls for, with when it opens and when it is due."""
    if _is_a_file(notice):
        if when.is_given:
            raise UsageFault("A file has no past: --as-at and --known-at are for a notice in the record.")
        terms = as_issued(notice_from(Path(notice)))
        _shown(terms, expected(terms), json=json)
        return
    _shown(*asyncio.run(_recorded(notice, when)), json=json)


def _is_a_file(text: str) -> bool:
    """What could not be the name of a notice is a file, whether it is there or not."""
    return Path(text).exists() or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text)


async def _recorded(name: str, when: When) -> tuple[Notice, tuple[Expected, ...]]:
    """With the days as they have been moved."""
    async with reading_notice(name, when) as read:
        notice = issued(read.book, name)
        return notice, dated(notice, read.book.occurrences(name))


def _shown(notice: Notice, found: tuple[Expected, ...], *, json: bool) -> None:
    if json:
        for each in found:
            print_json(_line(notice, each))
    else:
        _show(notice, found)


def _sound(file: Path, *, as_json: bool) -> NoticeFile | None:
    """The notice, or None once each fault has been printed as a JSON object; raises them where people read."""
    try:
        return notice_from(file)
    except FileFaults as found:
        if not as_json:
            raise
        for fault in found.faults:
            print_json(asdict(fault))
        return None


def _show(notice: Notice, found: tuple[Expected, ...]) -> None:
    zone = notice.terms.zone
    print_table(
        ("By the end of", "Clause", "Strength", "What", "Owed by", "To"),
        (
            (
                date_text(each.due, zone),
                each.obligation.clause,
                each.obligation.strength,
                each.title + (" (if the one before is held on its last day)" if each.projected else ""),
                notice.party_name(each.obligation.obligor),
                notice.party_name(each.obligation.obligee),
            )
            for each in found
        ),
    )
    dated = {each.obligation.id: each.obligation for each in found}
    sys.stdout.write("\n")
    print_table(
        ("Clause", "Obligation", "When it is due"),
        ((each.clause, each.title, _rule(each) or "") for each in dated.values()),
    )
    undated = len(notice.obligations) - len(dated)
    if undated:
        talk.print(f"{undated} more obligations of this notice have no due day of their own.")


def _rule(obligation: Obligation) -> str | None:
    due = getattr(obligation, "due", None)
    return describe(due) if due else None


def _line(notice: Notice, each: Expected) -> dict[str, Any]:
    zone, obligation = notice.terms.zone, each.obligation
    return {
        "clause": obligation.clause,
        "obligation": obligation.id,
        "occurrence": str(each.id),
        "title": each.title,
        "obligor": obligation.obligor,
        "obligee": obligation.obligee,
        "assignee": obligation.assignee,
        "strength": obligation.strength,
        "kind": obligation.kind,
        "opens": local_text(each.opens, zone),
        "due": local_text(each.due, zone),
        "rule": _rule(obligation),
        "projected": each.projected,
    }
