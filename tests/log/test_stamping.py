"""Tokens of a timestamp authority that openssl plays: kept when they hold, refused when they do not."""

import shutil
import subprocess

import pytest

from forthwith.main import main
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.folder import LogFolder
from ledger.log.keys import LOG, FileSigner
from ledger.log.stamping import UnsoundStamp, stamp, stamped_at
from tests.log.authority import roots

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def test_a_token_holds_for_its_bytes_under_its_root_alone(authority):
    token = stamp(b"a checkpoint", authority[1], roots(authority))
    assert stamped_at(token, b"a checkpoint", roots(authority)).tzinfo is not None
    for false in (
        (token, b"another", roots(authority)),
        (token, b"a checkpoint", roots(authority, "other.pem")),
        (b"rubbish", b"a checkpoint", roots(authority)),
    ):
        with pytest.raises(UnsoundStamp):
            stamped_at(*false)
    with pytest.raises(UnsoundStamp):
        stamp(b"a checkpoint", f"{authority[1]}/rubbish", roots(authority))
    with pytest.raises(ConnectionError, match="answered 503"):
        stamp(b"a checkpoint", f"{authority[1]}/away", roots(authority))


def test_the_newest_checkpoint_is_stamped_and_openssl_accepts_it(authority, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FORTHWITH_HOME", str(tmp_path))
    monkeypatch.setenv("FORTHWITH_LOG_FOLDER", str(tmp_path / "site"))
    typed = ["stamp", "--url", authority[1], "--roots"]
    assert main([*typed, str(authority[0] / "ca.pem")]) == 4
    signer = FileSigner("forthwith.example/log", LOG, bytes(32))
    LogFolder(tmp_path / "site").publish(str(sign(Checkpoint(signer.key.name, 3, bytes(32)), [signer])), "")
    assert main([*typed, str(authority[0] / "ca.pem")]) == 0
    assert capsys.readouterr().out.startswith("3 events stamped at 2")
    assert main([*typed, str(authority[0] / "other.pem")]) == 3
    assert main([*typed, str(authority[0] / "config")]) == 2
    verify = ["openssl", "ts", "-verify", "-data", "3.checkpoint", "-in", "3.tsr", "-CAfile"]
    for root, code in (("ca.pem", 0), ("other.pem", 1)):
        done = subprocess.run(
            [*verify, str(authority[0] / root)],
            cwd=tmp_path / "site" / "stamps",
            capture_output=True,
            check=False,
        )
        assert done.returncode == code
