"""`forthwith privacy`: what is kept about people outside the hashed record, erasing it, and how long it is kept."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.events.kinds import BY_TOPIC
from domain.record import Receipt
from domain.time.words import counted
from domain.time.zones import local_date
from domain.values import is_identifier, tidy
from forthwith.commands.evidence import evidence_files
from forthwith.commands.opening import must_exist, the_world
from forthwith.commands.verify import verifier_keys
from forthwith.commands.words import LinesOfJson
from forthwith.exits import Exit, IntegrityFailure, UsageFault
from forthwith.output import print_json, print_table, receipt_line, talk
from forthwith.world import World
from ledger.drafts import dispose_of_drafts
from ledger.evidence.erasing import back_again, remove_erased
from ledger.evidence.sweeping import erased_events, lodged_files
from ledger.privacy.batch import PERSON
from ledger.privacy.disposing import Due, due_for_erasure, end_of
from ledger.privacy.erasure import Eraser, Why
from ledger.privacy.kept import KeptValue, kept_values
from ledger.privacy.reapplying import Back, Erasure, Reapplying, erasures_in, own_erasures
from ledger.privacy.retention import EVERYTHING, Keeper, Rule, retention_of
from ledger.verify.signatures import Trust
from ledger.verify.verify_bag import verify_bag

app = cyclopts.App(name="privacy")
retention = cyclopts.App(
    name="retention", help="Rules by which personal values are disposed of after a notice has ended."
)
app.command(retention)

By = Annotated[str, Parameter(help="Your identifier: personal data is erased by a person.")]
Because = Annotated[str, Parameter(help="Why. It stands in the record for ever, so it names nobody.")]
Authority = Annotated[str, Parameter(help="The law or rule, for example “UK GDPR, article 17(1)(d)”.")]
DryRun = Annotated[bool, Parameter(help="Say what would be erased; erase nothing.")]
Json = Annotated[bool, Parameter(help="Print JSON.")]


@app.command(name="list")
def list_values(subject: str = "", *, json: LinesOfJson = False) -> None:
    """List what is kept about people: names and free text, each with its event.

    Parameters
    ----------
    subject
        A person (what is kept of them, and the texts that they wrote), or a notice; everything, if left out.
    """
    asyncio.run(_list(subject, json=json))


@app.command
def erase(
    *,
    event: int | None = None,
    person: str | None = None,
    by: By,
    reason: Because,
    authority: Authority,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Erase what one event withholds, or what is kept of one person; the record says that it was done.

    Parameters
    ----------
    event
        The number of the event whose texts and names are erased.
    person
        The person whose name is erased wherever it stands, with their address; texts that they wrote stay.
    """
    if (event is None) == (person is None):
        raise UsageFault("Say what is to be erased: either --event or --person.")
    why = Why(_somebody(by), _said("reason", reason), _said("authority", authority))
    asyncio.run(_erase(event, person, why, dry_run=dry_run, json=json))


@app.command
def reapply(
    *,
    from_: Annotated[Path | None, Parameter(name="--from")] = None,
    vkey: tuple[str, ...] = (),
    by: Annotated[str | None, Parameter(help="Your identifier; needed unless it is a dry run.")] = None,
    dry_run: DryRun = False,
    json: LinesOfJson = False,
) -> int:
    """Erase again what was erased and is back, as after an older backup was restored. Each is recorded again.

    Which erasures there were is told by the record itself, and by a bag of the newer record, if one is named. With --dry-run
    it ends with 7 where something is back.

    Parameters
    ----------
    from_
        A bag that was made of the record as it was before the backup was restored. It is verified first.
    vkey
        The verifier key of the log, or a file of keys: without one the bag proves only that it fits itself.
    """
    if by is None and not dry_run:
        raise UsageFault("Say who erases (--by), or only look (--dry-run).")
    if by is not None:
        _somebody(by)
    erasures = _erasures_of(from_, vkey) if from_ else []
    return asyncio.run(_reapply(erasures, None if dry_run else by, json=json))


@app.command
def hold(notice: str, *, by: By, reason: Because, json: Json = False) -> None:
    """Forbid every erasure under a notice, for example while an inquiry asks for its record.

    Parameters
    ----------
    notice
        The notice, for example lancashire-2016.
    """
    asyncio.run(_keep("hold", notice, _said("reason", reason), _somebody(by), json=json))


@app.command
def release(notice: str, *, by: By, reason: Because, json: Json = False) -> None:
    """Lift the hold on a notice.

    Parameters
    ----------
    notice
        The notice, for example lancashire-2016.
    """
    asyncio.run(_keep("release", notice, _said("reason", reason), _somebody(by), json=json))


@retention.command(name="set")
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
    rule = Rule(kind, months, _said("reason", reason), _said("authority", authority))
    asyncio.run(_set_rule(rule, _somebody(by), json=json))


@retention.command
def run(*, by: By, dry_run: DryRun = False, json: LinesOfJson = False) -> None:
    """Erase whatever the rules have run out for, and record it. What is held stays.

    Drafts that nobody has touched for 60 days go too, and those under notices that have ended: they are no part of the record.
    """
    asyncio.run(_run(_somebody(by), dry_run=dry_run, json=json))


@retention.command(name="list")
def list_rules(*, json: LinesOfJson = False) -> None:
    """List the rules and the holds that are in force."""
    asyncio.run(_list_rules(json=json))


def _somebody(by: str) -> str:
    """Raises UsageFault: what is erased is answered for by a person, who has to be told from others later."""
    if not is_identifier(by):
        raise UsageFault(f"“{by}” is no identifier of a person; write it as in helen-marsh.")
    return by


def _said(option: str, text: str) -> str:
    """Raises UsageFault where nothing is said that the record could keep."""
    if not tidy(text):
        raise UsageFault(f"--{option} cannot be empty; it is what the record will say.")
    return text


async def _list(subject: str, *, json: bool) -> None:
    async with the_world() as world:
        await world.casebook.catch_up()
        values: Sequence[KeptValue]
        if subject and any(each.terms.id == subject for each in world.casebook.notices()):
            values = await kept_values(world.ledger, notice=subject)
        elif subject:
            theirs = await kept_values(world.ledger, subject=PERSON + subject)
            written = await kept_values(world.ledger, subject=f"person:{subject}")
            values = sorted({*theirs, *written}, key=lambda each: (each.index, each.digest))
        else:
            values = await kept_values(world.ledger)
        _show(values, json=json)
        address = await world.directory.address_of(subject) if subject else None
        if address and json:
            print_json({"person": subject, "address": address})
        elif address:
            talk.print(f"Besides, the directory holds an address: {address}", markup=False)


async def _erase(event: int | None, person: str | None, why: Why, *, dry_run: bool, json: bool) -> None:
    async with the_world() as world:
        if dry_run:
            values = await kept_values(
                world.ledger, index=event or 0, subject=PERSON + person if person else ""
            )
            _show(values, json=json)
            talk.print("Nothing was erased.")
            return
        eraser = Eraser(world.ledger, world.clock)
        receipts = await (
            eraser.of_event(event, why) if event is not None else eraser.of_person(str(person), why)
        )
        for receipt in receipts:
            _told(receipt_line(receipt), "Erased.", json=json)
        if event is not None:
            await _remove_files(world, [event])


def _erasures_of(bag: Path, vkeys: tuple[str, ...]) -> list[Erasure]:
    """What a sound bag says was erased. Raises IntegrityFailure."""
    verdict = verify_bag(must_exist(bag), Trust(verifier_keys(vkeys)))
    if not verdict.sound:
        raise IntegrityFailure(
            f"The bag is not sound ({verdict.findings[0].code}), so nothing was erased. Run `forthwith verify --bag`."
        )
    for sentence in verdict.incomplete:
        talk.print(sentence, markup=False)
    return erasures_in(bag)


async def _reapply(told: list[Erasure], by: str | None, *, json: bool) -> int:
    async with the_world() as world:
        again = Reapplying(world.ledger, world.clock, [*await own_erasures(world.ledger), *told])
        back = await again.back()
        for each in back:
            receipts = () if by is None else await again.erase(each, by)
            _tell_back(each, receipts, dry_run=by is None, json=json)
        keys = await again.idle_keys(destroy=by is not None)
        files = await _files_back(world, dry_run=by is None, json=json)
    if keys and json:
        print_json({"keys": keys, "erased_again": by is not None})
    elif keys:
        talk.print(f"{keys} keys that seal nothing {'are back' if by is None else 'were destroyed'}.")
    found = bool(back or files or keys)
    if not found and not json:
        talk.print("Nothing that was erased is back.")
    return Exit.FOUND_SOMETHING if by is None and found else Exit.OK


async def _files_back(world: World, *, dry_run: bool, json: bool) -> Sequence[str]:
    """Files of evidence that are kept although they were erased; they go, unless it is a dry run."""
    if not await erased_events(world.ledger) or not await lodged_files(world.ledger):
        return ()
    place = evidence_files()
    found = await back_again(world.ledger, place)
    for digest in found:
        if not dry_run:
            await place.remove(digest)
        if json:
            print_json({"file": digest, "erased_again": not dry_run})
        else:
            talk.print(f"The file {digest} {'is back' if dry_run else 'was deleted'}.", markup=False)
    return found


def _tell_back(back: Back, receipts: Sequence[Receipt], *, dry_run: bool, json: bool) -> None:
    of = back.erasure
    if json:
        print_json(
            {
                "erasure": of.index, "person": of.person, "events": sorted({each.index for each in back.values}),
                "values": len(back.values), "address": back.address, "kept_since": back.new,
                "erased_again": [each.first_index for each in receipts],
            }
        )  # fmt: skip
        return
    what = f"{len(back.values)} values" + (" and an address" if back.address else "")
    stays = not receipts and back.new and not back.values
    became = "are back" if dry_run else "stay" if stays else "were erased again"
    talk.print(f"Erased by event {of.index} ({of.reason}): {what} {became}.", markup=False)
    if back.new and back.address:
        talk.print(
            f"Of {of.person} more was recorded since, so their address stays: `forthwith privacy erase --person` "
            "erases all of it.", markup=False,
        )  # fmt: skip


async def _remove_files(world: World, indexes: Sequence[int]) -> None:
    """The files of these events, where they lodged any."""
    if any(each.index in indexes for each in await lodged_files(world.ledger)):
        for digest in await remove_erased(world.ledger, evidence_files(), indexes):
            talk.print(f"The file {digest} was deleted.", markup=False)


async def _keep(act: str, notice: str, reason: str, by: str, *, json: bool) -> None:
    async with the_world() as world:
        await world.office.notice(notice)
        keeper = Keeper(world.ledger, world.clock)
        held = notice in (await retention_of(world.ledger)).holds
        if (act == "hold") == held:
            talk.print(f"“{notice}” is {'held already' if held else 'not held'}; nothing had to be changed.")
            return
        receipt = await (keeper.hold if act == "hold" else keeper.release)(notice, reason, by)
        _told(receipt_line(receipt), "Held." if act == "hold" else "Released.", json=json)


async def _set_rule(rule: Rule, by: str, *, json: bool) -> None:
    async with the_world() as world:
        receipt = await Keeper(world.ledger, world.clock).set_rule(rule, by)
        _told(receipt_line(receipt), "The rule is set.", json=json)


async def _run(by: str, *, dry_run: bool, json: bool) -> None:
    async with the_world() as world:
        due = await _due(world)
        for each in due:
            line = _due_line(each)
            if each.held is None and not dry_run:
                why = Why(by, each.rule.reason, each.rule.authority)
                receipts = await Eraser(world.ledger, world.clock).of_values(each.values, why)
                line |= {"events": [receipt.first_index for receipt in receipts]}
                await _remove_files(world, [value.index for value in each.values])
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


def _show(values: Sequence[KeptValue], *, json: bool) -> None:
    if json:
        for each in values:
            print_json(
                {"event": each.index, "type": each.type, "person": each.person, "by": each.by, "field": each.field,
                 "text": each.text, "digest": each.digest}
            )  # fmt: skip
        return
    rows = (
        (str(each.index), each.type, each.field or "", each.person or "", _short(each.text))
        for each in values
    )
    print_table(("Event", "Kind", "Field", "Of", "What it says"), rows)


def _short(text: str | None) -> str:
    if text is None:
        return "cannot be opened"
    return text if len(text) <= 60 else f"{text[:57]}..."


def _due_line(due: Due) -> dict[str, Any]:
    return {
        "notice": due.notice, "ended": due.ended.isoformat(), "kind": due.rule.kind, "values": len(due.values),
        "held": due.held,
    }  # fmt: skip


def _told(receipt: dict[str, Any], done: str, *, json: bool) -> None:
    if json:
        print_json(receipt)
    else:
        talk.print(
            f"{done} Receipt: event {receipt['first_index']}, leaf {receipt['leaves'][0]}.", markup=False
        )
