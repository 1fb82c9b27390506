"""The example application that ships with the library, and its tests of applications, on our ledger.

Nothing of them is changed: the environment names the store, as the library's handbook says. The tests are the
library's own, inherited.
"""

import pytest
from eventsourcing.tests import application, projection

from ledger.bridge.factory import ADDRESS


class OnOurLedger:
    """The two settings."""

    @pytest.fixture(autouse=True)
    def _settings(self, app_dsn, monkeypatch):
        monkeypatch.setenv("PERSISTENCE_MODULE", "ledger.bridge")
        monkeypatch.setenv(ADDRESS, app_dsn)


class TestBankAccounts(OnOurLedger, application.ExampleApplicationTestCase):
    """Accounts are opened, credited and read; snapshots are taken and used."""

    expected_factory_topic = "ledger.bridge.factory:LedgerFactory"


@pytest.mark.filterwarnings("always:'log' is deprecated")
class TestApplications(OnOurLedger, application.ApplicationTestCase):
    """Caches, snapshots, the log. Two are left out: they try a lock in the library's own cache, and sleep for it."""

    test_check_aggregate_fastforwarding_nonblocking = None
    test_check_aggregate_fastforwarding_blocking = None


class TestProjectionThatRecordsEventsItself(OnOurLedger, projection.EventSourcedProjectionTestCase):
    """It follows an application and records its own events, with its position, in one command."""
