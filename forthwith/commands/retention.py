"""`forthwith privacy retention`, `hold` and `release`: how long it is kept what people wrote, and what is kept longer."""

import asyncio
from collections.abc import Sequence
from typing import Any

import cyclopts

from domain.events.kinds import BY_TOPIC
from domain.time.words import counted
from domain.time.zones import local_date
from forthwith.commands.erasing import (
    Authority,
    Because,
    By,
    DryRun,
    Json,
    remove_files,
    said,
    somebody,
    tell_receipt,
)
from forthwith.commands.opening import the_world
from forthwith.commands.words import LinesOfJson
from forthwith.exits import UsageFault
from forthwith.output import print_json, print_table, receipt_line, talk
from forthwith.world import World
from ledger.drafts import dispose_of_drafts
from ledger.privacy.disposing import Due, due_for_erasure, end_of
from ledger.privacy.erasure import Eraser, Why
from ledger.privacy.retention import EVERYTHING, Keeper, Rule, retention_of

app = cyclopts.App(
    name="retention", help="Rules by which personal values are disposed of after a notice has ended."
)


def hold(notice: str, *, by: By, reason: Because, json: Json = False) -> None:
    """Forbid every erasure under a notice, for example while an inquiry asks for its record.

    Parameters
    ----------
    notice
        The notice, for example lancashire-2016.
    """
    asyncio.run(_keep("hold", notice, said("reason", reason), somebody(by), json=json))


def release(notice: str, *, by: By, reason: Because, json: Json = False) -> None:
    """Lift the hold on a notice.

    Parameters
    ----------
    notice
        The notice, for example lancashire-2016.
    """
    asyncio.run(_keep("release", notice, said("reason", reason), somebody(by), json=json))


@app.command(name="set")
def set_rule(
    kind: str, months: int, *, by: By, reason: Because, authority: Authority, json: Json = False
) -> None:
    """Say how long what a kind of event withholds is kept after the end of its notice.

    Parameters
    ----------
    kind
        A kind of event, for example report-submitted.v1, or all.
    months
        Whole months after the notice has ended, after-care included.
    """
    if kind != EVERYTHING and not (kind in BY_TOPIC and BY_TOPIC[kind].withheld):
        raise UsageFault(f"“{kind}” is no kind of event that withholds anything; write its name, or all.")
    if not 0 <= months <= 1200:
        raise UsageFault("A period is 0 to 1200 months.")
    rule = Rule(kind, months, said("reason", reason), said("authority", authority))
    asyncio.run(_set_rule(rule, somebody(by), json=json))


@app.command
def run(*, by: By, dry_run: DryRun = False, json: LinesOfJson = False) -> None:
    """Erase whatever the rules have run out for, and record it. What is held stays.

    Drafts that nobody has touched for 60 days go too, and those under notices that have ended: they are no part of the record.
    """
    asyncio.run(_run(somebody(by), dry_run=dry_run, json=json))


@app.command(name="list")
def list_rules(*, json: LinesOfJson = False) -> None:
    """List the rules and the holds that are in force."""
    asyncio.run(_list_rules(json=json))


async def _keep(act: str, notice: str, reason: str, by: str, *, json: bool) -> None:
    async with the_world() as world:
        await world.office.notice(notice)
        keeper = Keeper(world.ledger, world.clock)
        held = notice in (await retention_of(world.ledger)).holds
        if (act == "hold") == held:
            talk.print(f"“{notice}” is {'held already' if held else 'not held'}; nothing had to be changed.")
            return
        receipt = await (keeper.hold if act == "hold" else keeper.release)(notice, reason, by)
        tell_receipt(receipt_line(receipt), "Held." if act == "hold" else "Released.", json=json)


async def _set_rule(rule: Rule, by: str, *, json: bool) -> None:
    async with the_world() as world:
        receipt = await Keeper(world.ledger, world.clock).set_rule(rule, by)
        tell_receipt(receipt_line(receipt), "The rule is set.", json=json)


async def _run(by: str, *, dry_run: bool, json: bool) -> None:
    async with the_world() as world:
        due = await _due(world)
        for each in due:
            line = _due_line(each)
            if each.held is None and not dry_run:
                why = Why(by, each.rule.reason, each.rule.authority)
                receipts = await Eraser(world.ledger, world.clock).of_values(each.values, why)
                line |= {"events": [receipt.first_index for receipt in receipts]}
                await remove_files(world, [value.index for value in each.values])
            if json:
                print_json(line)
            else:
                became = "held" if each.held else "would be erased" if dry_run else "erased"
                values = counted(len(each.values), "value")
                talk.print(
                    f"{each.notice}: {values} by the rule for {each.rule.kind}: {became}.", markup=False
                )
        drafts = await _dispose_of_drafts(world, dry_run=dry_run, json=json)
        if not due and not drafts and not json:
            talk.print("Nothing is due for erasure.")


async def _dispose_of_drafts(world: World, *, dry_run: bool, json: bool) -> int:
    """How many sections that somebody had begun to write are or would be gone."""
    held = (await retention_of(world.ledger)).holds
    ended = [
        each.terms.id
        for each in world.casebook.notices()
        if end_of(each) is not None and each.terms.id not in held
    ]
    found = await dispose_of_drafts(world.ledger.database, ended, only_count=dry_run)
    if json and found:
        print_json({"drafts": found, "disposed_of": not dry_run})
    elif found:
        became = "would be deleted" if dry_run else "deleted"
        talk.print(f"{counted(found, 'section')} of drafts: {became}.", markup=False)
    return found


async def _due(world: World) -> Sequence[Due]:
    await world.casebook.catch_up()
    notices = world.casebook.notices()
    zone = notices[0].terms.zone if notices else "UTC"
    today = local_date(world.clock.now(), zone)
    return await due_for_erasure(world.ledger, notices, await retention_of(world.ledger), today)


async def _list_rules(*, json: bool) -> None:
    async with the_world() as world:
        kept = await retention_of(world.ledger)
    rows = [
        ("rule", each.kind, counted(each.months, "month"), f"{each.reason} ({each.authority})")
        for each in kept.rules.values()
    ]
    rows += [("hold", notice, "until released", reason) for notice, reason in kept.holds.items()]
    if json:
        for what, of, period, why in rows:
            print_json({"what": what, "of": of, "period": period, "why": why})
    else:
        print_table(("What", "Of", "For", "Why"), rows)


def _due_line(due: Due) -> dict[str, Any]:
    return {
        "notice": due.notice, "ended": due.ended.isoformat(), "kind": due.rule.kind, "values": len(due.values),
        "held": due.held,
    }  # fmt: skip
