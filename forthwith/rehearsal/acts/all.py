"""Every act, in one list, and the table from each to its command."""

from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Field

from domain.commands import Command
from domain.values import Term
from forthwith.rehearsal.acts import (
    correcting,
    deciding,
    excusing,
    handing,
    noticing,
    planning,
    reporting,
    reviewing,
)
from forthwith.rehearsal.acts.base import Act
from forthwith.rehearsal.acts.happening import Bounce, Outage
from forthwith.rehearsal.acts.making import Maker, Scene

MAKERS: dict[type[Term], Maker] = {
    **reporting.MAKERS,
    **reviewing.MAKERS,
    **planning.MAKERS,
    **excusing.MAKERS,
    **handing.MAKERS,
    **deciding.MAKERS,
    **noticing.MAKERS,
    **correcting.MAKERS,
}

AnyAct: Any = Annotated[reduce(or_, (*MAKERS, Outage, Bounce)), Field(discriminator="do")]


def command_of(act: Act, scene: Scene) -> Command:
    """What somebody asks for by an act."""
    return MAKERS[type(act)](act, scene)
