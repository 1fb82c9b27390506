"""Timestamps go into the bag with the checkpoints that they are over, and verification looks at them."""

import asyncio
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from forthwith.bagging import Material
from forthwith.commands.stamping import NEEDS_EXTRA
from forthwith.commands.verify import verify as verify_command
from forthwith.exits import UsageFault
from ledger.export.checkpoint import UnfitCheckpoint
from ledger.log import stamping
from ledger.log.stamps import Stamp, keep, kept_stamps
from ledger.verify import timestamps
from ledger.verify.signatures import Trust
from ledger.verify.timestamps import BY_NOBODY, NO_TIMESTAMPS, NOT_LOOKED_AT
from ledger.verify.verify_bag import verify_bag
from tests.exports.conftest import SIGNER, signed_over
from tests.exports.test_bag import verified, written
from tests.log.authority import roots

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
EARLIER = 300


@pytest.fixture(scope="module")
def stamped(material: Material, authority: Any) -> Material:
    """A record whose newest checkpoint and an earlier one were stamped."""
    return replace(
        material,
        stamps=tuple(
            Stamp(size, note, stamping.stamp(note, authority[1], roots(authority)))
            for size in (EARLIER, len(material.events))
            for note in [signed_over(list(material.events[:size]))]
        ),
    )


@pytest.fixture(scope="module")
async def stamped_bag(stamped: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return await written(stamped, tmp_path_factory.mktemp("stamped") / "bag")


@pytest.fixture
def bag(stamped_bag: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    shutil.copytree(stamped_bag, tmp_path / "bag")
    return tmp_path / "bag"


def trusting(authority: Any, name: str = "ca.pem") -> Trust:
    return Trust((SIGNER.key,), None, tuple(roots(authority, name)))


def altered(bag: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """A file changed or removed by somebody who makes the manifest afresh."""
    file = bag / "data" / name
    content = change(file.read_bytes())
    file.unlink() if content is None else file.write_bytes(content)
    listed = sorted(each for each in (bag / "data").rglob("*") if each.is_file())
    lines = (
        f"{sha256(each.read_bytes()).hexdigest()}  {each.relative_to(bag).as_posix()}\n" for each in listed
    )
    (bag / "manifest-sha256.txt").write_text("".join(lines))
    (bag / "tagmanifest-sha256.txt").unlink()
    return bag


def codes(bag: Path, trust: Trust) -> list[tuple[str, int | None]]:
    return [(each.code, each.index) for each in verify_bag(bag, trust).findings]


def test_a_stamped_bag_is_sound_and_openssl_accepts_its_tokens(bag, stamped, authority, tmp_path):
    verdict = verify_bag(bag, trusting(authority))
    assert (verdict.sound, verdict.incomplete, verdict.notes) == (True, (), ())
    again = asyncio.run(written(stamped, tmp_path / "again"))
    for each in stamped.stamps:
        token = f"{each.size}.tsr"
        place = bag / "data" / "timestamps"
        assert (place / token).read_bytes() == (again / "data" / "timestamps" / token).read_bytes()
        command = ["openssl", "ts", "-verify", "-data", f"{each.size}.checkpoint", "-in", token, "-CAfile"]
        done = subprocess.run(
            [*command, authority[0] / "ca.pem"], cwd=place, capture_output=True, check=False
        )
        assert done.returncode == 0
    alone = verified(bag)
    assert (alone.returncode, "openssl" in json.loads(alone.stdout)["notes"][0]) == (0, True)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (f"timestamps/{EARLIER}.tsr", lambda token: token[:-20] + bytes([token[-20] ^ 1]) + token[-19:]),
        (f"timestamps/{EARLIER}.tsr", lambda _: b"rubbish"),
        (f"timestamps/{EARLIER}.tsr", lambda _: None),
        (f"timestamps/{EARLIER}.checkpoint", lambda _: None),
        (f"timestamps/{EARLIER}.checkpoint", lambda note: note + note.split(b"\n\n")[1]),
    ],
    ids=["one bit", "rubbish", "no token", "no checkpoint", "another note"],
)
def test_a_token_that_was_tampered_with_is_a_finding(bag, authority, name, change):
    assert codes(altered(bag, name, change), trusting(authority)) == [("BAD_SIGNATURE", None)]


def test_a_token_of_an_authority_that_is_not_trusted_is_a_finding(bag, authority):
    assert codes(bag, trusting(authority, "other.pem")) == [("BAD_SIGNATURE", None)] * 2


def test_a_token_over_another_history_is_a_finding(bag, material, authority):
    other = signed_over(list(material.events[1 : EARLIER + 1]))
    token = stamping.stamp(other, authority[1], roots(authority))
    altered(bag, f"timestamps/{EARLIER}.checkpoint", lambda _: other)
    altered_again = bag / "data" / "timestamps" / f"{EARLIER}.tsr"
    altered_again.write_bytes(token)
    assert ("ROOT_MISMATCH", None) in codes(bag, trusting(authority))


def test_an_event_that_says_it_was_recorded_after_the_stamp_is_a_finding(
    bag, authority, monkeypatch, material
):
    """Events of 2016 stamped in 2016: the authority's word is moved to the middle of the stamped events."""
    middle = material.events[200].recorded
    monkeypatch.setattr(stamping, "stamped_at", lambda *_: middle)
    (found,) = codes(bag, trusting(authority))
    assert found[0] == "RECORDED_AFTER_WITNESS"
    assert found[1] is not None and 200 < found[1] <= EARLIER


def test_without_certificates_of_authorities_only_the_fit_is_looked_at(bag, material):
    trust = Trust((SIGNER.key,))
    verdict = verify_bag(bag, trust)
    assert (verdict.sound, verdict.incomplete, verdict.notes) == (True, (), (BY_NOBODY,))
    newest = (bag / "data" / "timestamps" / f"{len(material.events)}.tsr").read_bytes()
    altered(bag, f"timestamps/{EARLIER}.tsr", lambda _: newest)
    assert codes(bag, trust) == [("BAD_SIGNATURE", None)]


async def test_what_was_not_looked_at_is_said(bag, material, authority, tmp_path, monkeypatch):
    plain = await written(material, tmp_path / "plain")
    assert verify_bag(plain, trusting(authority)).incomplete == (NO_TIMESTAMPS,)
    monkeypatch.setattr(timestamps, "_installed", lambda: False)
    assert verify_bag(bag, Trust((SIGNER.key,))).notes == (NOT_LOOKED_AT,)
    monkeypatch.setattr("forthwith.commands.verify.find_spec", lambda _: None)
    with pytest.raises(UsageFault, match="pip install"):
        verify_command(bag=bag, roots=authority[0] / "ca.pem")
    assert "forthwith[timestamp]" in NEEDS_EXTRA


async def test_a_stamp_that_is_not_of_this_record_stops_the_export(stamped, tmp_path):
    foreign = signed_over(list(stamped.events[1:]))
    with pytest.raises(UnfitCheckpoint, match="is not of this record"):
        await written(replace(stamped, stamps=(Stamp(EARLIER, foreign, b""),)), tmp_path / "bag")


def test_stamps_are_found_by_size_up_to_the_bags_and_a_half_kept_one_is_none(tmp_path):
    for size in (1000, 9, 2000):
        keep(tmp_path, Stamp(size, b"%d" % size, b"token"))
    (tmp_path / "stamps" / "9.checkpoint").unlink()
    assert [each.size for each in kept_stamps(tmp_path, 1500)] == [1000]
