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
    ("notice", "notice:app", "Check a notice, bring it into force, vary it, and tend it until it ends."),
    ("rehearse", "rehearse:rehearse", "Play the whole life of a notice in seconds."),
    ("task", "tasks:app", "List tasks, acknowledge them, hand them on."),
    ("report", "reports:app", "Begin a report, submit it, accept it or return it."),
    ("occurrence", "occurrences:app", "List and show what is owed; attest, answer, judge or waive it."),
    ("extension", "excusing:extension", "Ask for more time, grant it, refuse it."),
    ("suspension", "excusing:suspension", "Stop the count of working days, and restart it."),
    ("review", "reviews:app", "Plan a review, move it, hold it, and follow up what it found."),
    ("plan", "plans:app", "Adopt an improvement plan, keep it up to date, show it."),
    ("concern", "considerations:concern", "Bring a concern to whoever answers it, and answer it."),
    (
        "consideration",
        "considerations:consideration",
        "Consider using a power: hear, propose, sign, issue, publish.",
    ),
    ("correction", "corrections:app", "Correct what the record says, without changing it."),
    ("history", "record:history", "Tell what has happened under a notice."),
    ("why", "record:why", "Say why an occurrence stands where it stands."),
    (
        "replay",
        "replaying:replay",
        "Tell the history again up to an event, and where the notice stood there.",
    ),
    ("diff", "comparing:diff", "Tell what is different between two moments."),
    ("verify", "verify:verify", "Hash the whole record again and say whether it is sound."),
    (
        "publish",
        "publishing:publish",
        "Sign what the record holds, and publish it as a log that anybody can check.",
    ),
    ("checkpoint", "publishing:checkpoint", "Print the newest signed checkpoint of the log."),
    ("prove", "publishing:prove", "Prove that an event is in the published log."),
    ("stamp", "stamping:stamp", "Have the newest checkpoint stamped by a timestamp authority."),
    (
        "keys",
        "keys:app",
        "Make the keys that sign the log, list them, and put a new one in the place of the old.",
    ),
    (
        "witness",
        "witness:witness",
        "Cosign the checkpoints of other logs, and refuse those that tell two histories.",
    ),
    (
        "export",
        "exporting:app",
        "Write the record in the formats of others, and the bag that holds everything.",
    ),
    ("conformance", "conformance:conformance", "Hold what happened against what the notice itself asks for."),
    ("evidence", "evidence:app", "Lodge files as evidence, and read them back."),
    ("privacy", "privacy:app", "List what is kept about people, erase it, and say how long it is kept."),
    ("users", "users:app", "Say who may sign in with a password, and end sessions."),
    ("messages", "messages:app", "See what people are sent, and say how they like to get it."),
    ("clocks", "clocks:app", "List the clocks that wake the chase, or restore them."),
    ("projections", "projections:app", "Keep read models in tables up with the record, and build them anew."),
    ("tokens", "tokens:app", "Make keys for programs that use the API, list them, revoke them."),
    (
        "readers",
        "readers:app",
        "Make logins of the database that read as one person may, list them, remove them.",
    ),
    ("migrate", "record:migrate", "Bring a database up to date."),
)
for name, place, purpose in COMMANDS:
    app.command(f"forthwith.commands.{place}", name=name, help=purpose)


@app.command(name="version")
def say_version() -> None:
    """Say which version this is."""
    sys.stdout.write(f"{version('forthwith')}\n")
