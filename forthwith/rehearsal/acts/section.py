"""What a report says in a section, as files state it."""

from domain.events.owing import SectionAnswered
from domain.values import Identifier, Term


class SectionText(Term):
    """What a report says in a section; `nil` says expressly that there is nothing."""

    section: Identifier
    text: str = ""
    nil: bool = False

    @property
    def answered(self) -> SectionAnswered:
        return SectionAnswered(self.section, self.text, self.nil)
