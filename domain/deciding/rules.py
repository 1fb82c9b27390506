"""Which rule answers which command: concerns and considerations. None of it is ever done by the engine."""

from domain import commands as asked
from domain.deciding import announcing, answering, concerns, considering, hearing, signing
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.RecordConcern: by_people(concerns.record_concern),
    asked.AnswerConcern: by_people(answering.answer_concern),
    asked.OpenConsideration: by_people(considering.open_consideration),
    asked.InviteRepresentations: by_people(hearing.invite),
    asked.MakeRepresentations: by_people(hearing.make),
    asked.AnswerRepresentations: by_people(hearing.answer),
    asked.ProposeDecision: by_people(signing.propose),
    asked.SignDecision: by_people(signing.sign),
    asked.IssueDecision: by_people(announcing.issue),
    asked.PublishDecision: by_people(announcing.publish),
}
