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


class OccurrenceNotOpen(Refusal): ...


class OccurrenceAlreadyMet(Refusal): ...


class TaskNotOpen(Refusal): ...


class TaskAlreadyAcknowledged(Refusal): ...


class NotYourTask(Refusal): ...


class NotForYouToAccept(Refusal): ...


class NothingToAccept(Refusal): ...


class WrongKindOfObligation(Refusal): ...


class NotASection(Refusal): ...


class SectionsMissing(Refusal): ...


class DateInTheFuture(Refusal): ...


class DateBeforeOpening(Refusal): ...


class ReasonMissing(Refusal): ...


class MessageNotKnown(Refusal): ...


class Refused(Exception):
    """Raised by whoever handles commands, around the refusal that the domain gave."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


class NotFound(Exception):
    """There is no such notice or occurrence in the record."""
