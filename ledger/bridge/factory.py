"""What the library asks for its recorders."""

from pathlib import Path
from typing import TypeVar

from eventsourcing.persistence import InfrastructureFactory, ProcessRecorder
from eventsourcing.utils import Environment, EnvType, resolve_topic

from ledger.bridge.recorders import (
    LedgerAggregateRecorder,
    LedgerApplicationRecorder,
    LedgerProcessRecorder,
    LedgerTrackingRecorder,
)
from ledger.bridge.thread import LedgerThread
from ledger.postgres import PostgresLedger
from ledger.privacy.sealing import keyring_from

ADDRESS = "FORTHWITH_APPLICATION_URL"
KEY_FILE = "FORTHWITH_PRIVACY_KEY_FILE"

Made = TypeVar("Made", LedgerApplicationRecorder, LedgerTrackingRecorder, LedgerProcessRecorder)


class LedgerFactory(InfrastructureFactory[LedgerTrackingRecorder]):
    """Recorders of one application on one ledger, whose address stands in FORTHWITH_APPLICATION_URL."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        address = self.env.get(ADDRESS)
        if not address:
            raise OSError(f"The bridge to the ledger needs the address of a database in {ADDRESS}.")
        file = self.env.get(KEY_FILE)
        keyring = keyring_from(Path(file) if file else None)
        self.thread = LedgerThread(lambda: PostgresLedger(address, keyring=keyring))

    def close(self) -> None:
        """Close the ledger; its recorders cannot be used any more."""
        self.thread.close()

    def aggregate_recorder(self, purpose: str = "events") -> LedgerAggregateRecorder:
        """Sequences for one purpose; ``snapshots`` are kept apart from ``events``."""
        return LedgerAggregateRecorder(self.thread, self.env.name, purpose)

    def application_recorder(self) -> LedgerApplicationRecorder:
        """The application's events, or what APPLICATION_RECORDER_TOPIC names."""
        return self._made(self.APPLICATION_RECORDER_TOPIC, LedgerApplicationRecorder)

    def tracking_recorder(
        self, tracking_recorder_class: type[LedgerTrackingRecorder] | None = None
    ) -> LedgerTrackingRecorder:
        """The application's positions in other logs, by the class given or TRACKING_RECORDER_TOPIC."""
        if tracking_recorder_class is not None:
            return tracking_recorder_class(self.thread, self.env.name)
        return self._made(self.TRACKING_RECORDER_TOPIC, LedgerTrackingRecorder)

    def process_recorder(self) -> ProcessRecorder:
        """Events with positions, or what PROCESS_RECORDER_TOPIC names."""
        return self._made(self.PROCESS_RECORDER_TOPIC, LedgerProcessRecorder)

    def _made(self, setting: str, usual: type[Made]) -> Made:
        topic = self.env.get(setting)
        chosen: type[Made] = resolve_topic(topic) if topic else usual
        if not issubclass(chosen, usual):
            raise TypeError(f"{setting} names {chosen.__name__}, which is not a {usual.__name__}.")
        return chosen(self.thread, self.env.name)
