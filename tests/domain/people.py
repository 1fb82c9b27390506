"""The invented office-holders of the shipped notice, and the occurrences that most specifications speak of."""

from domain.actor import Actor
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.terms.obligations import Section

OFFICER = Actor("person", "priya-nandra")
DIRECTOR = Actor("person", "helen-marsh")
CHIEF_EXECUTIVE = Actor("person", "duncan-ashworth")
CHAIR = Actor("person", "margaret-oduya")
BOARD_SECRETARY = Actor("person", "tomasz-wilk")
ADVISER = Actor("person", "ruth-pemberton")
REVIEW_TEAM = Actor("person", "callum-reyes")
CASE_LEAD = Actor("person", "imogen-hartley")
SENIOR_CIVIL_SERVANT = Actor("person", "david-achebe")
MINISTERS_OFFICE = Actor("person", "fiona-laidlaw")
STRANGER = Actor("person", "somebody-else")

THE_COUNCIL = {OFFICER.id, DIRECTOR.id, CHIEF_EXECUTIVE.id}


def occurrence(obligation: str, period: str) -> OccurrenceId:
    return OccurrenceId("lancashire-2016", obligation, period)


MAY_REPORT = occurrence("monthly-report", "2016-05")
CHAIR_REPORT = occurrence("chair-report", "2016-Q2")
ADVISER_REPORT = occurrence("adviser-report", "2016-Q2")
FIRST_REVIEW = occurrence("department-review", "1")
SECOND_REVIEW = occurrence("department-review", "2")
DEADLINE = occurrence("plan-delivered", "2017-05-31")


def answers(*sections: str) -> tuple[SectionAnswered, ...]:
    return tuple(SectionAnswered(each, f"What there is to say about {each}.") for each in sections)


def full(asked: tuple[Section, ...]) -> tuple[SectionAnswered, ...]:
    return answers(*(section.id for section in asked))


MONTHLY_SECTIONS = (
    "data",
    "analysis",
    "recommendations",
    "impact",
    "slow-objectives",
    "contributions",
    "views",
)
WHOLE_REPORT = answers(*MONTHLY_SECTIONS)
