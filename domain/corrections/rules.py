"""Which rule answers which command: corrections. The engine corrects nothing."""

from domain import commands as asked
from domain.corrections import deciding, proposing
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.ProposeCorrection: by_people(proposing.propose),
    asked.ApproveCorrection: by_people(deciding.approve),
    asked.RejectCorrection: by_people(deciding.reject),
}
