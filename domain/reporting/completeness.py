"""What a report has to contain (6c to 6e), and what a received one lacks."""

from domain.events.owing import SectionAnswered
from domain.refusals import NotASection, Refusal, SectionsMissing
from domain.terms.obligations import Section


def missing_sections(asked: tuple[Section, ...], answered: tuple[SectionAnswered, ...]) -> tuple[str, ...]:
    """Required sections that are empty, where an express “none” counts as an answer only if it is allowed."""
    given = {each.section: each for each in answered}
    return tuple(
        section.id
        for section in asked
        if section.required and not _is_answered(section, given.get(section.id))
    )


def fault_in_sections(asked: tuple[Section, ...], answered: tuple[SectionAnswered, ...]) -> Refusal | None:
    """A report without any content is no report; a section that nobody asked for is a mistake."""
    known = {section.id for section in asked}
    for each in answered:
        if each.section not in known:
            return NotASection(
                f"“{each.section}” is not a section of this report; they are {', '.join(sorted(known))}."
            )
    if len({each.section for each in answered}) < len(answered):
        return NotASection("A section of the report is answered twice; put what it says into one answer.")
    if asked and not any(each.text.strip() or each.nil for each in answered):
        return SectionsMissing("The report is empty. Fill in at least one section.")
    return None


def _is_answered(section: Section, answer: SectionAnswered | None) -> bool:
    if answer is None:
        return False
    return bool(answer.text.strip()) or (answer.nil and section.nil_return)
