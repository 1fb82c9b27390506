"""What the commands about personal data share: who does it and why, and how it is told."""

from collections.abc import Sequence
from typing import Annotated, Any

from cyclopts import Parameter

from domain.values import is_identifier, tidy
from forthwith.commands.evidence import evidence_files
from forthwith.exits import UsageFault
from forthwith.output import print_json, talk
from forthwith.world import World
from ledger.evidence.erasing import remove_erased
from ledger.evidence.sweeping import lodged_files

By = Annotated[str, Parameter(help="Your identifier: personal data is erased by a person.")]
Because = Annotated[str, Parameter(help="Why. It stands in the record for ever, so it names nobody.")]
Authority = Annotated[str, Parameter(help="The law or rule, for example “UK GDPR, article 17(1)(d)”.")]
DryRun = Annotated[bool, Parameter(help="Say what would be erased; erase nothing.")]
Json = Annotated[bool, Parameter(help="Print JSON.")]


def somebody(by: str) -> str:
    """Raises UsageFault: what is erased is answered for by a person, who has to be told from others later."""
    if not is_identifier(by):
        raise UsageFault(f"“{by}” is no identifier of a person; write it as in helen-marsh.")
    return by


def said(option: str, text: str) -> str:
    """Raises UsageFault where nothing is said that the record could keep."""
    if not tidy(text):
        raise UsageFault(f"--{option} cannot be empty; it is what the record will say.")
    return text


async def remove_files(world: World, indexes: Sequence[int]) -> None:
    """The files of these events, where they lodged any."""
    if any(each.index in indexes for each in await lodged_files(world.ledger)):
        for digest in await remove_erased(world.ledger, evidence_files(), indexes):
            talk.print(f"The file {digest} was deleted.", markup=False)


def tell_receipt(receipt: dict[str, Any], done: str, *, json: bool) -> None:
    if json:
        print_json(receipt)
    else:
        talk.print(
            f"{done} Receipt: event {receipt['first_index']}, leaf {receipt['leaves'][0]}.", markup=False
        )
