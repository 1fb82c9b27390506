"""The rehearsed Lancashire year on PostgreSQL, seen through the library."""

from itertools import groupby

import asyncpg
import pytest
from eventsourcing.application import AggregateNotFoundError
from eventsourcing.persistence import NotSupportedError, StoredEvent

from domain.events.kinds import from_data
from domain.notice.fold import fold as fold_notice
from domain.occurrence.fold import fold as fold_occurrence
from domain.record import Append, StreamWrite
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS
from ledger.bridge.application import RecordApplication
from ledger.bridge.deep import deep_verify
from ledger.bridge.factory import ADDRESS
from ledger.instance import set_instance
from ledger.postgres import PostgresLedger
from ledger.verify.verify import verify
from tests.lives import the_notice

NOTICE = "lancashire-2016"
STREAM = f"notice/{NOTICE}"
REPORT = f"{NOTICE}/monthly-report/2016-09"


@pytest.fixture(scope="session")
async def rehearsed():
    terms = the_notice()
    return (await rehearse(terms, NOBODY_ACTS, "pure")).events


@pytest.fixture
async def year(postgres_dsn, app_dsn, rehearsed):
    """The address of a record that holds the year in which nobody acts."""
    await set_instance(postgres_dsn, "simulated")
    async with PostgresLedger(app_dsn) as ledger:
        for (command, recorded), run in groupby(rehearsed, key=lambda each: (each.command_id, each.recorded)):
            by_stream = {}
            for event in run:
                by_stream.setdefault(event.stream, []).append(event)
            writes = (
                StreamWrite(stream, events[0].version - 1, tuple(each.envelope for each in events))
                for stream, events in by_stream.items()
            )
            await ledger.append(Append(command, tuple(writes), told=recorded))
    return app_dsn


@pytest.fixture
async def superuser(postgres, postgres_dsn, year):
    name = postgres_dsn.rpartition("/")[2].partition("?")[0]
    connection = await asyncpg.connect(f"{postgres.superuser_dsn.rpartition('/')[0]}/{name}")
    for table in ("events", "streams"):
        await connection.execute(f"ALTER TABLE forthwith.{table} DISABLE TRIGGER ALL")
    yield connection
    await connection.close()


@pytest.fixture
def application(year):
    with RecordApplication(env={ADDRESS: year}) as application:
        yield application


def of_stream(rehearsed, stream):
    return [from_data(each.type, each.envelope.data) for each in rehearsed if each.stream == stream]


async def test_the_copied_year_is_sound(year, rehearsed):
    verdict = await verify(year)
    assert verdict.findings == ()
    assert verdict.size == len(rehearsed)


def test_the_repository_rebuilds_a_notice(application, rehearsed):
    assert application.notice(NOTICE) == fold_notice(of_stream(rehearsed, STREAM))


def test_the_repository_rebuilds_an_occurrence_at_every_version(application, rehearsed):
    facts = of_stream(rehearsed, f"occ/{REPORT}")
    assert len(facts) > 5
    for version in range(1, len(facts) + 1):
        assert application.occurrence(REPORT, version) == fold_occurrence(facts[:version])


def test_what_is_not_in_the_record_is_not_found(application):
    with pytest.raises(AggregateNotFoundError):
        application.notice("westshire-1999")


def test_the_notification_log_is_the_log(application, rehearsed):
    seen = application.recorder.select_notifications(start=None, limit=len(rehearsed) + 1)
    assert [each.id for each in seen] == list(range(1, len(rehearsed) + 1))
    assert application.notification_log.select(start=5, limit=10) == seen[4:14]
    assert sorted(each.topic for each in seen) == sorted(each.type for each in rehearsed)


def test_a_subscription_follows_the_record(application, rehearsed):
    with application.recorder.subscribe(gt=len(rehearsed) - 3) as subscription:
        assert [next(subscription).id for _ in range(3)] == [
            len(rehearsed) - 2,
            len(rehearsed) - 1,
            len(rehearsed),
        ]


def test_the_library_cannot_write_past_the_rules(application):
    with pytest.raises(NotSupportedError, match="written through commands"):
        application.recorder.insert_events([StoredEvent(STREAM, 999, "notice-issued.v1", b"{}")])


def test_both_replays_agree_on_every_stream(year, rehearsed):
    told = []
    verdict = deep_verify(year, lambda done, of: told.append((done, of)))
    assert verdict.differences == ()
    assert verdict.same
    assert verdict.events == len(rehearsed)
    assert verdict.streams == len({each.stream for each in rehearsed})
    assert told[-1] == (verdict.streams, verdict.streams)


TAMPERED = {
    "an event moved to another stream's rows": (
        "UPDATE forthwith.events SET stream = 'occ/x/y/z', version = 1 WHERE stream = $1 AND version = 3",
        "The library cannot rebuild it: OriginatorVersionError",
    ),
    "the rows of two versions exchanged": (
        "UPDATE forthwith.events SET version = CASE version WHEN 2 THEN 1003 ELSE 1002 END"
        " WHERE stream = $1 AND version IN (2, 3)",
        "The library cannot rebuild it: OriginatorVersionError",
    ),
    "the newest event hidden": (
        "UPDATE forthwith.events SET stream = 'occ/x/y/z', version = 1 WHERE stream = $1"
        " AND version = (SELECT max(version) FROM forthwith.events WHERE stream = $1)",
        "The library comes to version",
    ),
    "an event deleted": (
        "DELETE FROM forthwith.events WHERE stream = $1 AND version = 3",
        "The log holds version 4 where version 3 should be.",
    ),
    "all events deleted": (
        "DELETE FROM forthwith.events WHERE stream = $1",
        "Its head is there, but the log holds no event of it.",
    ),
    "a kind of event that nobody knows": (
        "UPDATE forthwith.events SET canonical ="
        " convert_to(replace(convert_from(canonical, 'UTF8'), '-issued.v1', '-issued.v9'), 'UTF8')"
        " WHERE stream = $1 AND type = 'overdue-notice-issued.v1'",
        "Our fold stops at version",
    ),
}


@pytest.mark.parametrize("attack", TAMPERED)
async def test_what_does_not_come_out_the_same_is_named(year, superuser, attack):
    statement, sentence = TAMPERED[attack]
    stream = f"occ/{REPORT}"
    assert not (await superuser.execute(statement, stream)).endswith(" 0")
    differences = {each.stream: each.sentence for each in deep_verify(year).differences}
    assert differences.keys() == {stream}
    assert differences[stream].startswith(sentence)
