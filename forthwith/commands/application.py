"""The tree of commands."""

from importlib.metadata import version

import cyclopts

from forthwith.commands import notice
from forthwith.commands.rehearse import rehearse

app = cyclopts.App(
    name="forthwith",
    help="Runs statutory improvement notices: obligations, the chase, the decision, and a history that can be verified.",
    version=version("forthwith"),
)

app.command(notice.app)
app.command(rehearse)
