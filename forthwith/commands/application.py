"""The tree of commands. Each is imported only when it is asked for, so that short ones start fast."""

import sys
from importlib.metadata import version

import cyclopts

app = cyclopts.App(
    name="forthwith",
    help="Runs statutory improvement notices: obligations, the chase, the decision, and a history that can be verified.",
    version=version("forthwith"),
    default_parameter=cyclopts.Parameter(negative=()),
)
COMMANDS = (
    ("demo", "running:demo", "Show the Lancashire notice of 2016 being chased, on this machine."),
    ("up", "running:up", "Start everything on this machine, in real time."),
    ("down", "running:down", "Stop what runs, in order."),
    ("status", "running:status", "Say what runs here, and where."),
    ("doctor", "running:doctor", "Examine this machine and what runs on it."),
    ("notice", "notice:app", "Check a notice file, show what it asks for, bring it into force."),
    ("rehearse", "rehearse:rehearse", "Play the whole life of a notice in seconds."),
    ("task", "people:task", "List tasks and acknowledge them."),
    ("report", "people:report", "Submit a report, and accept it."),
    ("history", "record:history", "Tell what has happened under a notice."),
    ("why", "record:why", "Say why an occurrence stands where it stands."),
    ("verify", "verify:verify", "Hash the whole record again and say whether it is sound."),
    ("clocks", "clocks:app", "List the clocks that wake the chase, or restore them."),
    ("migrate", "record:migrate", "Bring a database up to date."),
)
for name, place, purpose in COMMANDS:
    app.command(f"forthwith.commands.{place}", name=name, help=purpose)


@app.command(name="version")
def say_version() -> None:
    """Say which version this is."""
    sys.stdout.write(f"{version('forthwith')}\n")
