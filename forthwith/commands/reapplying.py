"""`forthwith privacy reapply`: what was erased and is back goes again."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from domain.record import Receipt
from forthwith.commands.erasing import DryRun, somebody
from forthwith.commands.evidence import evidence_files
from forthwith.commands.opening import must_exist, the_world
from forthwith.commands.verify import verifier_keys
from forthwith.commands.words import LinesOfJson
from forthwith.exits import Exit, IntegrityFailure, UsageFault
from forthwith.output import print_json, talk
from forthwith.world import World
from ledger.evidence.erasing import back_again
from ledger.evidence.sweeping import erased_events, lodged_files
from ledger.privacy.reapplying import Back, Erasure, Reapplying, erasures_in, own_erasures
from ledger.verify.signatures import Trust
from ledger.verify.verify_bag import verify_bag


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
        somebody(by)
    erasures = _erasures_of(from_, vkey) if from_ else []
    return asyncio.run(_reapply(erasures, None if dry_run else by, json=json))


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
