"""A real, very small engine: it answers /readyz with its process number, and writes down how it was ended."""

import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import FrameType


class Desk(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode())


def write_down_and_end(number: int, _frame: FrameType | None) -> None:
    Path(os.environ["FORTHWITH_HOME"], "engine-ended-by").write_text(signal.Signals(number).name)
    sys.exit(0)


signal.signal(signal.SIGTERM, write_down_and_end)
HTTPServer(("127.0.0.1", int(os.environ["FORTHWITH_DESK_PORT"])), Desk).serve_forever()
