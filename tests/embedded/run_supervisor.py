"""`python run_supervisor.py STATE_FOLDER`: a supervisor with the tiny engine, as by `forthwith up`."""

import asyncio
import signal
import sys
from pathlib import Path

from forthwith.embedded.state import StateFolder
from forthwith.embedded.supervisor import Supervisor, Wishes

ENGINE = [sys.executable, str(Path(__file__).with_name("tiny_engine.py"))]
WISHES = Wishes(search_attributes={"Notice": "Keyword", "NextActionAt": "Datetime"})

# A suite that is itself run under nohup would otherwise hand on that a closing terminal is not heeded.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
asyncio.run(Supervisor(StateFolder(sys.argv[1]), ENGINE, wishes=WISHES).run_until_stopped())
