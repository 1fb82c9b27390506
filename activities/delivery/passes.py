"""Passes: signed words in a letter with which its reader acknowledges one task, once, without signing in.

A pass names the person, the task and its end, so it is worth nothing to do anything else. Opening the page changes
nothing: programs that examine mail open every link. What makes it work once is the record itself: the act is recorded
under a command id that is made of the pass, and a command id is never used twice.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from activities.delivery.call import Call
from activities.delivery.occasion import RECEIPTS, Occasion
from domain.actor import Actor
from domain.case import Case
from domain.handing.tasks import acknowledged, not_open, role_for
from domain.identity import OccurrenceId, command_id

PATH = "/acknowledge"
LIFE = timedelta(days=14)
SALT = "forthwith.acknowledge.v1"
FEWEST_BYTES = 32


class PassRefused(Exception):
    """These words are no pass of ours, or their time is over. The sentence is for the person who holds them."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One person may acknowledge one task until an instant. `message` is the letter in which it was given."""

    message: str
    person: str
    occurrence: OccurrenceId
    task: str
    until: datetime

    @property
    def command(self) -> UUID:
        """The id under which its act is recorded."""
        return command_id("pass", SALT, self.message, self.person, str(self.occurrence), self.task)


def signer_of(keys: Sequence[bytes], salt: str) -> URLSafeSerializer:
    """Signs with the first key, and still reads what the others signed. Raises ValueError where a key is too short."""
    if not keys or any(len(key) < FEWEST_BYTES for key in keys):
        raise ValueError(f"Passes need a key, and each key at least {FEWEST_BYTES} bytes.")
    return URLSafeSerializer(
        list(reversed(keys)),  # itsdangerous signs with the last one
        salt=salt,
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )


class Passes:
    """Writes passes and reads them again. `keys`: newest first; older ones are still read, and nothing is written with them."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._serializer = signer_of(keys, SALT)

    def written(self, given: Pass) -> str:
        """The same pass in the same words, however often its letter is written."""
        words = [given.message, given.person, str(given.occurrence), given.task, int(given.until.timestamp())]
        return str(self._serializer.dumps(words))

    def read(self, words: str, now: datetime) -> Pass:
        """Raises PassRefused."""
        try:
            message, person, occurrence, task, until = _five(self._serializer.loads(words))
            given = Pass(
                message, person, OccurrenceId.parse(occurrence), task, datetime.fromtimestamp(until, UTC)
            )
        except (BadData, ValueError, OverflowError):
            raise PassRefused(
                "This link is not one that Forthwith gave. It may have been cut off: copy the whole address from "
                "the message, or sign in and acknowledge the task there."
            ) from None
        if now > given.until:
            raise PassRefused("This link is no longer valid. Sign in and acknowledge the task there.")
        return given


def pass_for(case: Case, call: Call, occasion: Occasion) -> Pass | None:
    """The pass that belongs into a letter: only where its reader holds the task, and has not acknowledged it yet."""
    elsewhere = occasion.matter is not None and occasion.matter.occurrence not in (None, call.occurrence)
    if occasion.task is None or elsewhere or call.topic in RECEIPTS or not_open(case, occasion.task):
        return None
    is_theirs = role_for(case, occasion.task, Actor("person", call.person), occasion.at) is not None
    if not is_theirs or acknowledged(case.occurrence, occasion.task):
        return None
    return Pass(call.id, call.person, call.occurrence, occasion.task, occasion.at + LIFE)


def _five(words: Any) -> tuple[str, str, str, str, int]:
    if not isinstance(words, list) or len(words) != 5 or not isinstance(words[4], int):
        raise ValueError
    if not all(isinstance(each, str) for each in words[:4]):
        raise ValueError
    return words[0], words[1], words[2], words[3], words[4]
