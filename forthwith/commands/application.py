"""The tree of commands."""

from importlib.metadata import version

import cyclopts

from forthwith.commands import notice, people, record, running
from forthwith.commands.rehearse import rehearse
from forthwith.commands.verify import verify

app = cyclopts.App(
    name="forthwith",
    help="Runs statutory improvement notices: obligations, the chase, the decision, and a history that can be verified.",
    version=version("forthwith"),
)
for group in (notice.app, people.task, people.report, record.clocks):
    app.command(group)
for command in (
    running.demo,
    running.up,
    running.down,
    running.status,
    running.doctor,
    rehearse,
    record.history,
    record.why,
    verify,
    record.migrate,
):
    app.command(command)


@app.command(name="version")
def say_version() -> None:
    """Say which version this is."""
    print(app.version)  # noqa: T201 - data belongs on standard output
