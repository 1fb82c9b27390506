"""The library's own contract suites, as they ship in its wheel, on our ledger.

Every suite about recorders and factories is here, and nothing in them is left out or changed. (The one that remains,
of the transcoder, is about the library's own JSON and reaches no store.) Each test has a record of its own, because
they count positions from one.
"""

import pytest
from eventsourcing.tests import persistence as contract
from eventsourcing.utils import Environment

from ledger.bridge.factory import ADDRESS, LedgerFactory
from ledger.bridge.recorders import (
    LedgerAggregateRecorder,
    LedgerApplicationRecorder,
    LedgerProcessRecorder,
    LedgerTrackingRecorder,
)
from ledger.bridge.thread import LedgerThread
from ledger.memory import MemoryLedger
from ledger.postgres import PostgresLedger


class OnPostgreSQL:
    """Gives the contract's `create_recorder` a fresh database."""

    @pytest.fixture(autouse=True)
    def _ledger(self, app_dsn):
        self.thread = LedgerThread(lambda: PostgresLedger(app_dsn))
        yield
        self.thread.close()

    def create_recorder(self):
        return self.recorder_class(self.thread)


class InMemory(OnPostgreSQL):
    """The same over the twin."""

    @pytest.fixture(autouse=True)
    def _ledger(self):
        self.thread = LedgerThread(MemoryLedger)
        yield
        self.thread.close()


class Subscribes:
    def test_insert_subscribe(self):
        """The contract offers this one to whoever can subscribe."""
        self.optional_test_insert_subscribe()


class TestAggregateRecorderOnPostgreSQL(OnPostgreSQL, contract.AggregateRecorderTestCase):
    recorder_class = LedgerAggregateRecorder


class TestAggregateRecorderInMemory(InMemory, contract.AggregateRecorderTestCase):
    recorder_class = LedgerAggregateRecorder


class TestApplicationRecorderOnPostgreSQL(OnPostgreSQL, Subscribes, contract.ApplicationRecorderTestCase):
    recorder_class = LedgerApplicationRecorder


class TestApplicationRecorderInMemory(InMemory, Subscribes, contract.ApplicationRecorderTestCase):
    recorder_class = LedgerApplicationRecorder


class TestPositionsDoNotInterleaveOnPostgreSQL(OnPostgreSQL, contract.NonInterleavingNotificationIDsBaseCase):
    recorder_class = LedgerApplicationRecorder


class TestPositionsDoNotInterleaveInMemory(InMemory, contract.NonInterleavingNotificationIDsBaseCase):
    recorder_class = LedgerApplicationRecorder


class TestTrackingRecorderOnPostgreSQL(OnPostgreSQL, contract.TrackingRecorderTestCase):
    recorder_class = LedgerTrackingRecorder


class TestTrackingRecorderInMemory(InMemory, contract.TrackingRecorderTestCase):
    recorder_class = LedgerTrackingRecorder


class TestProcessRecorderOnPostgreSQL(OnPostgreSQL, contract.ProcessRecorderTestCase):
    recorder_class = LedgerProcessRecorder


class TestProcessRecorderInMemory(InMemory, contract.ProcessRecorderTestCase):
    recorder_class = LedgerProcessRecorder


class SpecialTrackingRecorder(LedgerTrackingRecorder):
    """A user's own kind."""


class TestInfrastructureFactory(contract.InfrastructureFactoryTestCase):
    @pytest.fixture(autouse=True)
    def _settings(self, app_dsn):
        self.env = Environment(env={"PERSISTENCE_MODULE": "ledger.bridge", ADDRESS: app_dsn})

    def expected_factory_class(self):
        return LedgerFactory

    def expected_aggregate_recorder_class(self):
        return LedgerAggregateRecorder

    def expected_application_recorder_class(self):
        return LedgerApplicationRecorder

    def expected_tracking_recorder_class(self):
        return LedgerTrackingRecorder

    def tracking_recorder_subclass(self):
        return SpecialTrackingRecorder

    def expected_process_recorder_class(self):
        return LedgerProcessRecorder
