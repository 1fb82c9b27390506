"""What the library's contracts do not ask, but we promise."""

import subprocess
import sys
from threading import Thread
from time import sleep
from typing import ClassVar
from uuid import uuid4

import pytest
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import (
    DataError,
    InfrastructureFactory,
    IntegrityError,
    InterfaceError,
    NotSupportedError,
    OperationalError,
    StoredEvent,
)

from ledger.bridge.factory import ADDRESS, LedgerFactory
from ledger.bridge.recorders import LedgerAggregateRecorder, LedgerApplicationRecorder
from ledger.bridge.thread import LedgerThread
from ledger.instance import set_instance
from ledger.memory import MemoryLedger
from ledger.verify.verify import verify


class Plan(Aggregate):
    @event("Written")
    def __init__(self, title):
        self.title = title
        self.steps = []

    @event("Extended")
    def extend(self, step):
        self.steps.append(step)


class Plans(Application):
    env: ClassVar = {"PERSISTENCE_MODULE": "ledger.bridge"}
    snapshotting_intervals: ClassVar = {Plan: 2}


@pytest.fixture
def thread():
    thread = LedgerThread(MemoryLedger)
    yield thread
    thread.close()


def stored(version, originator="a", state=b"{}", topic="topic"):
    return StoredEvent(originator, version, topic, state)


async def test_an_application_of_the_library_leaves_a_record_that_verifies(app_dsn):
    with Plans(env={ADDRESS: app_dsn}) as plans:
        plan = Plan("Children first")
        for number in range(5):
            plan.extend(f"step {number} – überprüft")
            plans.save(plan)
        copy = plans.repository.get(plan.id)
        assert (copy.title, copy.version, len(copy.steps)) == ("Children first", 6, 5)
        assert plans.repository.get(plan.id, version=3).steps == copy.steps[:2]
        assert [each.originator_version for each in plans.notification_log.select(None, 10)] == [
            1,
            2,
            3,
            4,
            5,
            6,
        ]
        assert plans.snapshots is not None
        assert [each.originator_version for each in plans.snapshots.get(plan.id)] == [2, 4, 6]
    verdict = await verify(app_dsn)
    assert verdict.findings == ()
    assert verdict.size == 9


def test_applications_in_one_ledger_do_not_see_each_other(thread):
    one, other = (LedgerApplicationRecorder(thread, name) for name in ("one", "other"))
    one.insert_events([stored(1)])
    assert other.insert_events([stored(1)]) == [2]
    assert [each.id for each in one.select_notifications(None, 10)] == [1]
    assert [each.id for each in other.select_notifications(None, 10)] == [2]
    assert (one.max_notification_id(), other.max_notification_id()) == (1, 2)
    assert LedgerApplicationRecorder(thread, "third").max_notification_id() is None


def test_positions_come_in_the_order_of_the_call(thread):
    recorder = LedgerApplicationRecorder(thread)
    given = [stored(1, "a"), stored(1, "b"), stored(2, "a")]
    positions = recorder.insert_events(given)
    by_position = {each.id: each for each in recorder.select_notifications(None, 10)}
    told = [(by_position[place].originator_id, by_position[place].originator_version) for place in positions]
    assert told == [("a", 1), ("b", 1), ("a", 2)]


@pytest.mark.parametrize("first", [0, 1])
def test_a_sequence_may_begin_with_nought_or_one(thread, first):
    recorder = LedgerAggregateRecorder(thread)
    for version in range(first, first + 5):
        recorder.insert_events([stored(version)])
    for gt in (None, *range(-1, 7)):
        expected = [version for version in range(first, first + 5) if gt is None or version > gt]
        assert [each.originator_version for each in recorder.select_events("a", gt=gt)] == expected
    for version in range(first, first + 5):
        with pytest.raises(IntegrityError):
            recorder.insert_events([stored(version)])


def test_a_sequence_of_snapshots_has_gaps(thread):
    recorder = LedgerAggregateRecorder(thread, purpose="snapshots")
    versions = [1, 10, 20, 30]
    for version in versions:
        recorder.insert_events([stored(version)])
    for gt in range(32):
        expected = [version for version in versions if version > gt]
        assert [each.originator_version for each in recorder.select_events("a", gt=gt)] == expected
    newest = recorder.select_events("a", desc=True, limit=1, lte=25)
    assert [each.originator_version for each in newest] == [20]
    with pytest.raises(IntegrityError):
        recorder.insert_events([stored(15)])


@pytest.mark.parametrize("name", ["a b", "ü/é", "100%", "x" * 60, "notice/lancashire-2016"])
def test_any_name_of_an_aggregate_comes_back_as_it_was(thread, name):
    recorder = LedgerApplicationRecorder(thread, "an application")
    recorder.insert_events([stored(1, name, bytes(range(256)))])
    assert recorder.select_events(name) == [stored(1, name, bytes(range(256)))]


def test_a_number_and_its_text_are_told_apart_by_type(thread):
    recorder = LedgerApplicationRecorder(thread)
    name = uuid4()
    recorder.insert_events([stored(1, name)])
    assert recorder.select_events(name)[0].originator_id == name
    assert recorder.select_notifications(None, 1)[0].originator_id == name


def test_a_state_too_large_for_the_record_is_a_data_error(thread):
    with pytest.raises(DataError, match="at most 65535"):
        LedgerApplicationRecorder(thread).insert_events([stored(1, state=b"x" * 60_000)])


async def test_a_simulated_record_takes_nothing_from_the_library(postgres_dsn, app_dsn):
    await set_instance(postgres_dsn, "simulated")
    factory = LedgerFactory({ADDRESS: app_dsn})
    with pytest.raises(NotSupportedError, match="simulated"):
        factory.application_recorder().insert_events([stored(1)])
    factory.close()


def test_a_database_that_does_not_answer_is_an_operational_error():
    factory = LedgerFactory({ADDRESS: "postgresql://nobody@127.0.0.1:1/nothing"})
    with pytest.raises(OperationalError, match="could not be reached"):
        factory.application_recorder().max_notification_id()
    factory.close()


def test_after_closing_nothing_is_answered(thread):
    recorder = LedgerApplicationRecorder(thread)
    recorder.insert_events([stored(1)])
    thread.close()
    thread.close()
    with pytest.raises(InterfaceError, match="closed"):
        recorder.max_notification_id()


def test_without_an_address_the_factory_says_what_it_needs():
    with pytest.raises(OSError, match=ADDRESS):
        InfrastructureFactory.construct({"PERSISTENCE_MODULE": "ledger.bridge"})


def test_stopping_wakes_whoever_waits_for_a_notification(thread):
    subscription = LedgerApplicationRecorder(thread).subscribe()
    seen = []
    waiting = Thread(target=lambda: seen.extend(subscription))
    with subscription:
        waiting.start()
    waiting.join(timeout=30)
    assert not waiting.is_alive()
    assert seen == []


def test_closing_wakes_whoever_waits_for_a_notification(thread):
    """Several wait, because the one who is woken first must not end the loop for the others."""
    subscriptions = [LedgerApplicationRecorder(thread).subscribe() for _ in range(5)]
    waiting = [Thread(target=lambda each=each: list(each), daemon=True) for each in subscriptions]
    for each in waiting:
        each.start()
    while not all(each._waiting for each in subscriptions):
        sleep(0.01)
    thread.close()
    for each in waiting:
        each.join(timeout=30)
    assert not any(each.is_alive() for each in waiting)


def test_the_clocks_never_load_the_library_or_the_ledger():
    """The library patches dataclasses at every import, and inside Temporal's sandbox that ends in a RecursionError."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, workflows.worker; print(*sorted({m.partition('.')[0] for m in sys.modules}))"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert "temporalio" in loaded
    assert not {"eventsourcing", "asyncpg", "ledger"}.intersection(loaded)


def test_the_ledger_itself_does_not_load_the_library():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, ledger.office, ledger.postgres, ledger.verify.verify, forthwith.main; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert "ledger.office" in loaded
    assert "eventsourcing" not in loaded
