"""What the two processes that always run do not carry about with them: memory is what a small machine has least of."""

import subprocess
import sys

import pytest

PRINT_MODULES = "import sys, {}; print(*sys.modules)"


def loaded_by(module: str) -> set[str]:
    """The names of all modules that a fresh interpreter has loaded once it has imported this one."""
    command = (sys.executable, "-c", PRINT_MODULES.format(module))
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


@pytest.fixture(scope="module")
def loaded_by_the_engine():
    return loaded_by("forthwith.engine")


@pytest.fixture(scope="module")
def loaded_by_the_supervisor():
    return loaded_by("forthwith.main, forthwith.commands.running")


@pytest.mark.parametrize(
    "needless",
    [
        "obstore",
        "rfc3161_client",
        "PIL",
        "babel",
        "weasyprint",
        "eventsourcing",
        "cyclopts",
        "rich",
        "pygments",
        "forthwith.rehearsal",
        "forthwith.notice_trial",
        "ledger.export",
        "ledger.verify.verify",
    ],
)
def test_the_engine_leaves_alone_what_only_commands_need(loaded_by_the_engine, needless):
    assert "ledger.office" in loaded_by_the_engine
    assert needless not in loaded_by_the_engine


@pytest.mark.parametrize(
    "needless",
    [
        "cryptography",
        "obstore",
        "structlog",
        "temporalio",
        "fastapi",
        "domain.notice.state",
        "ledger.postgres",
    ],
)
def test_the_process_that_only_watches_over_the_servers_knows_no_rule_and_no_record(
    loaded_by_the_supervisor, needless
):
    assert "forthwith.embedded.supervisor" in loaded_by_the_supervisor
    assert needless not in loaded_by_the_supervisor
