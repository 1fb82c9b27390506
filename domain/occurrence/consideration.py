"""The consideration of using a power, as its events have made it."""

from dataclasses import dataclass

from domain.events import deciding


@dataclass(frozen=True, slots=True)
class Representation:
    made: deciding.RepresentationsMade
    answered: deciding.RepresentationsAnswered | None = None


@dataclass(frozen=True, slots=True)
class Consideration:
    """`corrected`: what has been corrected since of what the deciders had before them."""

    opened: deciding.ConsiderationOpened
    invited: deciding.RepresentationsInvited | None = None
    representations: tuple[Representation, ...] = ()
    proposed: deciding.DecisionProposed | None = None
    decided: deciding.DecisionMade | None = None
    issued: deciding.DecisionIssued | None = None
    published: deciding.DecisionPublished | None = None
    corrected: tuple[deciding.CorrectionNoted, ...] = ()
