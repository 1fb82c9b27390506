"""The shape of a rule: it decides one kind of command on a case, at a time that it is told."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.actor import Actor
from domain.case import Case, Decision

Rule = Callable[[Case, Any, Actor, datetime], Decision]
Rules = dict[type, Rule]
