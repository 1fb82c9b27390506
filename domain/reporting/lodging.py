"""Evidence: a file that somebody lodges with what is owed, or with one version of a report."""

import re
from datetime import datetime

from domain.actor import OUTSIDE, Actor
from domain.case import Case, Decision, Draft
from domain.commands import LodgeEvidence
from domain.events.evidence import EvidenceLodged
from domain.refusals import (
    EvidenceAlreadyLodged,
    NotInYourRole,
    ReasonMissing,
    ValueNotFitting,
    VersionNotKnown,
)
from domain.values import tidy
from domain.who import day_words, held_role, obligor_roles, titles

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def lodge(case: Case, command: LodgeEvidence, by: Actor, now: datetime) -> Decision:
    """Either side may lodge, and a partner who is asked for an update; the same file is lodged once with the same thing."""
    occurrence, notice, facts = case.occurrence, case.notice, case.occurrence.facts
    roles = tuple(dict.fromkeys((*obligor_roles(case), *notice.roles_in(facts.obligee))))
    held = _outside_role(case, by) or held_role(notice, by, roles, now)
    if held is None:
        return NotInYourRole(f"Evidence for {facts.title} is lodged by {titles(notice, roles)}.")
    if (
        not _SHA256.fullmatch(command.sha256)
        or not _MEDIA_TYPE.fullmatch(command.media_type)
        or command.size < 1
    ):
        return ValueNotFitting("A file is lodged with its SHA-256, its media type, and its size in bytes.")
    name = tidy(command.name)
    if not name:
        return ReasonMissing("Say what the file is called.")
    known = {each.version for each in occurrence.submissions}
    if command.version is not None and command.version not in known:
        return VersionNotKnown(f"{facts.title} has no version {command.version}.")
    before = next(
        (
            each
            for each in occurrence.lodged
            if (each.sha256, each.version) == (command.sha256, command.version)
        ),
        None,
    )
    if before is not None:
        return EvidenceAlreadyLodged(
            f"{notice.person_name(before.lodged_by)} lodged this file on {day_words(notice, before.lodged_at)} already."
        )
    event = EvidenceLodged(
        command.sha256, name, command.media_type, command.size, command.version, by.id, held, now
    )
    return (Draft(occurrence.id.stream, event),)


def _outside_role(case: Case, by: Actor) -> str | None:
    """A partner supports what they were asked for, as long as they have not answered."""
    is_asked = any(each.received is None for each in case.occurrence.updates)
    return OUTSIDE if by.kind == OUTSIDE and is_asked else None
