"""Tokens of a timestamp authority that openssl plays: kept when they hold, refused when they do not."""

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.x509 import load_pem_x509_certificates

from forthwith.main import main
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.folder import LogFolder
from ledger.log.keys import LOG, FileSigner
from ledger.log.stamping import UnsoundStamp, stamp, stamped_at
from tests.log.test_witness import free_port

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
[v3]
extendedKeyUsage = critical, timeStamping
keyUsage = critical, digitalSignature
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[req]
distinguished_name = name
[name]
"""
NEW = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
MAKE = (
    f"req -x509 -config config {NEW} -keyout ca.key -out ca.pem -subj /CN=root -extensions ca",
    f"req -x509 -config config {NEW} -keyout x.key -out other.pem -subj /CN=other -extensions ca",
    f"req -config config {NEW} -keyout tsa.key -out tsa.csr -subj /CN=tsa",
    "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -out tsa.pem -days 30 -extfile config -extensions v3",
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Its folder and its address."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "config").write_text(CONFIG)
    (folder / "serial").write_text("01\n")

    def openssl(command):
        done = subprocess.run(
            ["openssl", *command.split()], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    for each in MAKE:
        openssl(each)

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["content-length"])))
            openssl("ts -reply -config config -queryfile query -signer tsa.pem -inkey tsa.key -out reply")
            self.send_response(503 if self.path == "/away" else 200)
            self.end_headers()
            self.wfile.write(b"rubbish" if self.path == "/rubbish" else (folder / "reply").read_bytes())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", free_port()), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def roots(authority, name="ca.pem"):
    return load_pem_x509_certificates((authority[0] / name).read_bytes())


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
