"""The `eventsourcing` library on our ledger: set its PERSISTENCE_MODULE to ``ledger.bridge``.

The library looks for its factory in the module of that name, which is why it is named here.
"""

from ledger.bridge.factory import LedgerFactory

__all__ = ["LedgerFactory"]
