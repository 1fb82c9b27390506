"""`forthwith notice`: check a notice file, show what it asks for, bring it into force."""

import asyncio
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cyclopts

from domain.actor import ENGINE, Actor
from domain.case import Case
from domain.commands import IssueNotice
from domain.decide import decide
from domain.notice.fold import fold
from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.refusals import Refusal
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.time.calendar import load_calendar
from domain.time.due import describe
from domain.time.zones import zone_named
from forthwith.commands.opening import notice_from, the_world
from forthwith.exits import Exit, UsageFault
from forthwith.notice_files.faults import FileFaults
from forthwith.output import date_text, local_text, print_json, print_table, receipt_line, talk

app = cyclopts.App(name="notice", help="Check a notice file, show what it asks for, bring it into force.")


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
def show(file: Path, *, json: bool = False) -> None:
    """Show every occurrence that a notice calls for, with when it opens and when it is due.

    Parameters
    ----------
    file
        The notice file (YAML).
    json
        Print one JSON object a line, for each occurrence.
    """
    notice = as_issued(notice_from(file))
    found = expected(notice)
    if json:
        for each in found:
            print_json(_line(notice, each))
    else:
        _show(notice, found)


@app.command
def issue(
    file: Path, *, by: str = "operator", chase_from: datetime | None = None, json: bool = False
) -> None:
    """Bring a notice into force on the running engine. Nothing that fell due before `--chase-from` is chased.

    Parameters
    ----------
    file
        The notice file (YAML).
    by
        Who issues it.
    chase_from
        A day or an instant; the moment of issuing, if left out.
    json
        Print the receipt as one JSON object.
    """
    terms = notice_from(file)
    receipt = asyncio.run(_issue(terms, Actor("person", by), chase_from))
    if json:
        print_json(receipt)
        return
    talk.print(f"{terms.notice.title} is in force.", markup=False)
    talk.print(
        f"Receipt: events {receipt['first_index']} to {receipt['last_index']}, first leaf {receipt['leaves'][0]}."
    )


def as_issued(terms: NoticeFile) -> Notice:
    """The notice as it would be on the day of its issue."""
    day = datetime.combine(terms.notice.issued, datetime.min.time(), UTC)
    decision = decide(
        Case(Notice()), IssueNotice(terms, load_calendar(terms.notice.calendar), day), ENGINE, day
    )
    assert not isinstance(decision, Refusal), "a notice that has not been issued can always be issued"
    return fold(draft.event for draft in decision)


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


async def _issue(terms: NoticeFile, by: Actor, chase_from: datetime | None) -> dict[str, Any]:
    async with the_world() as world:
        now = world.clock.now()
        for person in terms.people:
            if person.email:
                await world.directory.set_address(person.id, person.email, now)
        start = _instant(chase_from, terms.notice.zone) or now
        command = IssueNotice(terms, load_calendar(terms.notice.calendar), start)
        handled = await world.office.handle(command, by)
        assert handled.receipt is not None
        return receipt_line(handled.receipt)


def _instant(given: datetime | None, zone: str) -> datetime | None:
    if given is None:
        return None
    if given.year < 1900:
        raise UsageFault("--chase-from is a day such as 2026-11-23, or an instant with its zone.")
    return given if given.tzinfo else given.replace(tzinfo=zone_named(zone))


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
