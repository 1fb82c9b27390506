"""A timestamp authority that openssl plays, with a root of its own."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.x509 import load_pem_x509_certificates

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

    from tests.log.test_witness import (
        free_port,  # only here: that module needs the conftest which gives this fixture
    )

    server = HTTPServer(("127.0.0.1", free_port()), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def roots(authority, name="ca.pem"):
    return load_pem_x509_certificates((authority[0] / name).read_bytes())
