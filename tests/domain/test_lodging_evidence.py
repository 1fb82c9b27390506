"""Evidence: files that are lodged with what is owed."""

import pytest

from domain.actor import Actor
from domain.commands import CommissionUpdate, LodgeEvidence, RecordUpdate
from domain.events.evidence import EvidenceLodged
from domain.refusals import (
    EvidenceAlreadyLodged,
    NotInYourRole,
    ReasonMissing,
    ValueNotFitting,
    VersionNotKnown,
)
from tests.domain.every_command import SUBMITTED
from tests.domain.people import CHAIR, MAY_REPORT, OFFICER, REVIEW_TEAM
from tests.domain.specification import World, london

AT = london(2016, 6, 10, 10)
HASH = "ab" * 32


def lodging(
    name: str = "Minutes of 6 June.pdf", sha256: str = HASH, version: int | None = None
) -> LodgeEvidence:
    return LodgeEvidence(MAY_REPORT, sha256, name, "application/pdf", 2048, version)


def test_either_side_lodges_a_file_with_what_is_owed(report_open: World) -> None:
    (draft,) = report_open.decided(lodging(), OFFICER, AT)
    assert draft.event == EvidenceLodged(
        HASH, "Minutes of 6 June.pdf", "application/pdf", 2048, None, OFFICER.id, "reporting-officer", AT
    )
    assert report_open.decided(lodging(), CHAIR, AT)


def test_a_partner_who_is_asked_for_an_update_lodges_until_they_have_answered(report_open: World) -> None:
    partner = Actor("outside", "outside-0c2d4f6a8b")
    assert isinstance(report_open.decided(lodging(), partner, AT), NotInYourRole)
    asked = report_open.after(
        CommissionUpdate(MAY_REPORT, "The police", "Referrals.", AT.date()), OFFICER, AT
    )
    (draft,) = asked.decided(lodging(), partner, AT)
    assert (draft.event.lodged_by, draft.event.lodged_as) == (partner.id, "outside")
    answered = asked.after(RecordUpdate(MAY_REPORT, 1, "An inspector", "1,204."), OFFICER, AT)
    assert isinstance(answered.decided(lodging(), partner, AT), NotInYourRole)


def test_nobody_else_does(report_open: World) -> None:
    assert isinstance(report_open.decided(lodging(), REVIEW_TEAM, AT), NotInYourRole)


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (lodging(name=" "), ReasonMissing),
        (lodging(sha256="AB" * 32), ValueNotFitting),
        (lodging(version=1), VersionNotKnown),
    ],
)
def test_what_is_no_evidence_is_refused(report_open: World, command: LodgeEvidence, refusal: type) -> None:
    assert isinstance(report_open.decided(command, OFFICER, AT), refusal)


def test_the_same_file_is_lodged_once_with_the_same_version(report_open: World) -> None:
    world = report_open.after(*SUBMITTED, AT).after(lodging(version=1), OFFICER, AT)
    assert isinstance(world.decided(lodging("Another name.pdf", version=1), CHAIR, AT), EvidenceAlreadyLodged)
    assert world.decided(lodging(), OFFICER, AT)
    assert [each.version for each in world.case(MAY_REPORT).occurrence.lodged] == [1]
