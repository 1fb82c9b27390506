"""Every way in which an act can be refused, each with a name and a sentence."""


class Refusal:
    """Why an act was not allowed, in plain English, with what to do next where there is something to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    @property
    def name(self) -> str:
        return type(self).__name__

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Refusal) and self.sentence == other.sentence

    def __hash__(self) -> int:
        return hash((self.name, self.sentence))

    def __repr__(self) -> str:
        return f"{self.name}({self.sentence!r})"


class NoticeAlreadyIssued(Refusal): ...


class NoticeNotIssued(Refusal): ...


class NoticeHasEnded(Refusal): ...


class OccurrenceNotOpen(Refusal): ...


class OccurrenceAlreadyMet(Refusal): ...


class NoLongerOwed(Refusal): ...


class TaskNotOpen(Refusal): ...


class TaskAlreadyAcknowledged(Refusal): ...


class TaskClaimedByAnother(Refusal): ...


class NotYourTask(Refusal): ...


class NotForYouToAccept(Refusal): ...


class NotInYourRole(Refusal): ...


class NothingToAccept(Refusal): ...


class CannotBeReturned(Refusal): ...


class WrongKindOfObligation(Refusal): ...


class NotASection(Refusal): ...


class SectionsMissing(Refusal): ...


class DateInTheFuture(Refusal): ...


class DateInThePast(Refusal): ...


class DateBeforeOpening(Refusal): ...


class DateOutOfOrder(Refusal): ...


class DateBeyondCalendar(Refusal): ...


class ReasonMissing(Refusal): ...


class MessageNotKnown(Refusal): ...


class FourEyesRequired(Refusal): ...


class RolesConflict(Refusal): ...


class PersonNotKnown(Refusal): ...


class RoleNotKnown(Refusal): ...


class PartyNotKnown(Refusal): ...


class ObligationNotKnown(Refusal): ...


class NotAnItem(Refusal): ...


class ItemAlreadyConfirmed(Refusal): ...


class ReviewNotPlanned(Refusal): ...


class ReviewAlreadyPlanned(Refusal): ...


class ReviewAlreadyNotified(Refusal): ...


class ReviewNotHeld(Refusal): ...


class OutcomeAlreadyIssued(Refusal): ...


class FindingNotKnown(Refusal): ...


class FindingAlreadyClosed(Refusal): ...


class PartyNotAgreed(Refusal): ...


class PartyAlreadyAgreed(Refusal): ...


class FindingUnsound(Refusal): ...


class PlanUnsound(Refusal): ...


class PlanNotAdopted(Refusal): ...


class ObjectiveNotKnown(Refusal): ...


class ActionNotKnown(Refusal): ...


class ActionAlreadyDelivered(Refusal): ...


class VersionNotKnown(Refusal): ...


class EvidenceAlreadyLodged(Refusal): ...


class QueryNotOpen(Refusal): ...


class UpdateNotOpen(Refusal): ...


class ExtensionNotRequested(Refusal): ...


class ExtensionAlreadyRequested(Refusal): ...


class ExtensionNotLater(Refusal): ...


class ClockAlreadyStopped(Refusal): ...


class ClockNotStopped(Refusal): ...


class NothingFurtherUp(Refusal): ...


class RungNotRaised(Refusal): ...


class ConcernAlreadyAnswered(Refusal): ...


class ClauseNotKnown(Refusal): ...


class MatterNotKnown(Refusal): ...


class AlreadyConsidered(Refusal): ...


class RepresentationsNotInvited(Refusal): ...


class RepresentationsNotKnown(Refusal): ...


class RepresentationsUnanswered(Refusal): ...


class RepresentationsAlreadyAnswered(Refusal): ...


class DecisionNotProposed(Refusal): ...


class DecisionAlreadyMade(Refusal): ...


class DecisionNotMade(Refusal): ...


class DecisionAlreadyIssued(Refusal): ...


class DecisionAlreadyPublished(Refusal): ...


class OptionNotOpen(Refusal): ...


class OnlyPeopleDecide(Refusal): ...


class EventNotKnown(Refusal): ...


class FieldNotCorrectable(Refusal): ...


class ValueNotFitting(Refusal): ...


class CorrectionAlreadyProposed(Refusal): ...


class CorrectionNotProposed(Refusal): ...


class NothingChanges(Refusal): ...


class VariationUnsound(Refusal): ...


class InterpretationNotKnown(Refusal): ...


class SuccessorNotIssued(Refusal): ...


class AlreadyReleased(Refusal): ...


class Refused(Exception):
    """Raised by whoever handles commands, around the refusal that the domain gave."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


class NotFound(Exception):
    """There is no such notice or occurrence in the record."""
