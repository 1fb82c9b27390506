"""The object-centric log: complete, qualified, typed, and counted alike by somebody else's reader."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import r4pm

from domain.actor import ENGINE, Actor
from domain.record import Envelope, Recorded
from forthwith.rehearsal.run import Rehearsal
from projections.exports.book import BookOnDisk
from projections.exports.model import Happening, ObjectLog, Relation, Thing, UntypedValue, type_of
from projections.exports.objects import object_log
from projections.exports.ocel_json import ocel_json
from projections.exports.ocel_sqlite import ocel_sqlite, table_name
from projections.exports.page import history_page
from projections.exports.source import Source, source_of
from tests.exports.conftest import Played, in_log_order

CONSTRAINTS = dict(
    re.findall(
        r"^-- (\d\d [^\n]*)\n(.*?;)\n(?=\n--|\Z)",
        (Path(__file__).parent / "ocel_constraints.sql").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)


@pytest.fixture(scope="session")
def sqlite_file(log: ObjectLog, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ocel") / "ocel.sqlite"
    file.write_bytes(b"".join(ocel_sqlite(log)))
    return file


def broken(file: Path, constraint: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(CONSTRAINTS[constraint]).fetchall()


def test_there_are_twenty_four_constraints() -> None:
    assert [name[:2] for name in CONSTRAINTS] == [f"{number:02}" for number in range(1, 25)]


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_the_relational_file_keeps_the_constraint(sqlite_file: Path, constraint: str) -> None:
    assert broken(sqlite_file, constraint) == []


SPOILT = {
    "01": "DROP TABLE object_object",
    "02": "DROP TABLE object_Report",
    "03": "INSERT INTO event_map_type VALUES ('never-seen', 'NeverSeen')",
    "04": "ALTER TABLE event_map_type RENAME COLUMN ocel_type TO type",
    "05": "ALTER TABLE event_map_type RENAME COLUMN ocel_type_map TO map",
    "06": "ALTER TABLE object RENAME COLUMN ocel_id TO id",
    "07": "ALTER TABLE event_object RENAME COLUMN ocel_qualifier TO role",
    "08": "ALTER TABLE event_object RENAME COLUMN ocel_object_id TO object",
    "09": "ALTER TABLE object_object RENAME COLUMN ocel_target_id TO target",
    "10": "ALTER TABLE object_Person RENAME COLUMN ocel_id TO id",
    "11": "ALTER TABLE event_NoticeIssuedV1 RENAME COLUMN ocel_id TO id",
    "12": "ALTER TABLE object_Person RENAME COLUMN ocel_time TO time",
    "13": "ALTER TABLE event_NoticeIssuedV1 RENAME COLUMN ocel_time TO time",
}
REMADE = {
    "14": ("event_map_type", "ocel_type TEXT, ocel_type_map TEXT"),
    "15": ("object", "ocel_id TEXT, ocel_type TEXT REFERENCES object_map_type (ocel_type)"),
    "16": ("event_object", "ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT"),
    "17": ("object_object", "ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT"),
    "18": ("event_NoticeIssuedV1", "ocel_id TEXT REFERENCES event (ocel_id), ocel_time TIMESTAMP"),
    "19": ("event", "ocel_id TEXT PRIMARY KEY, ocel_type TEXT"),
    "20": ("object", "ocel_id TEXT PRIMARY KEY, ocel_type TEXT"),
    "21": ("event_object", "ocel_event_id TEXT REFERENCES event (ocel_id), ocel_object_id TEXT, ocel_qualifier TEXT"),
    "22": ("object_object", "ocel_source_id TEXT REFERENCES object (ocel_id), ocel_target_id TEXT, ocel_qualifier TEXT"),
    "23": ("event_NoticeIssuedV1", "ocel_id TEXT PRIMARY KEY, ocel_time TIMESTAMP"),
    "24": ("object_Person", "ocel_id TEXT, ocel_time TIMESTAMP"),
}  # fmt: skip


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_each_constraint_can_be_broken(sqlite_file: Path, tmp_path: Path, constraint: str) -> None:
    spoilt = tmp_path / "spoilt.sqlite"
    spoilt.write_bytes(sqlite_file.read_bytes())
    number = constraint[:2]
    table, columns = REMADE.get(number, ("", ""))
    script = SPOILT.get(number) or f"DROP TABLE {table}; CREATE TABLE {table} ({columns})"
    with closing(sqlite3.connect(spoilt)) as database:
        database.executescript(f"PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; {script}")
    assert broken(spoilt, constraint) != []


def test_no_reference_leads_nowhere(sqlite_file: Path) -> None:
    with closing(sqlite3.connect(sqlite_file)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.fixture(params=["json", "sqlite"])
def as_others_read_it(request: pytest.FixtureRequest, log: ObjectLog, tmp_path: Path) -> dict[str, object]:
    file = tmp_path / f"ocel.{request.param}"
    file.write_bytes(b"".join({"json": ocel_json, "sqlite": ocel_sqlite}[request.param](log)))
    found: dict[str, object] = r4pm.df.import_ocel(str(file))
    return found


def test_another_reader_counts_the_same_events_objects_and_relations(
    as_others_read_it: dict[str, object], log: ObjectLog, two_missed: Rehearsal
) -> None:
    events, objects, e2o, o2o = (
        as_others_read_it[name].to_dicts()  # type: ignore[attr-defined]  # a polars frame
        for name in ("events", "objects", "relations", "o2o")
    )
    recorded = in_log_order(two_missed)
    assert Counter(each["ocel:activity"] for each in events) == Counter(each.type for each in recorded)
    assert {each["ocel:eid"] for each in events} == {str(each.envelope.id) for each in recorded}
    assert {each["ocel:oid"]: each["ocel:type"] for each in objects} == {
        name: each.type for name, each in log.objects.items()
    }
    assert Counter((each["ocel:eid"], each["ocel:oid"], each["ocel:qualifier"]) for each in e2o) == Counter(
        (each.id, relation.object, relation.qualifier) for each in log.events for relation in each.relations
    )
    assert Counter((each["ocel:oid"], each["ocel:oid_2"], each["ocel:qualifier"]) for each in o2o) == Counter(
        (each.id, *relation) for each in log.objects.values() for relation in each.relations
    )


def test_objects_are_counted_from_the_record_itself(log: ObjectLog, two_missed: Rehearsal) -> None:
    """Without the code that names them: how many there must be of a kind, straight from the stored words."""
    recorded = in_log_order(two_missed)
    kinds = Counter(each.type for each in log.objects.values())
    types = Counter(each.type for each in recorded)
    assert kinds["occurrence"] == types["occurrence-opened.v1"]
    assert kinds["report"] == types["report-submitted.v1"]
    assert kinds["obligation"] == types["obligation-imposed.v1"]
    assert kinds["party"] == types["party-named.v1"]
    assert kinds["clause"] == types["clause-stated.v1"]
    assert kinds["role"] == types["role-established.v1"]
    assert kinds["decision"] == 1
    called_for = {message["id"] for each in recorded for message in each.envelope.data.get("messages") or ()}
    assert {name for name in log.objects if name.startswith("message/")} == {
        f"message/{each}" for each in called_for
    }


@pytest.mark.parametrize(
    "scenario", ["happy-year", "wrong-date-corrected", "varied-mid-flight", "extension-after-due"]
)
async def test_every_event_relates_to_something_and_every_relation_says_how(
    played: Played, scenario: str
) -> None:
    found = object_log(Source((await played(scenario)).book))
    for event in found.events:
        assert f"notice/{'lancashire-2016'}" in {each.object for each in event.relations}
        assert all(each.qualifier and each.object in found.objects for each in event.relations)
        assert len({(each.object, each.qualifier) for each in event.relations}) == len(event.relations)
    for thing in found.objects.values():
        assert all(other in found.objects and qualifier for other, qualifier in thing.relations)


def test_every_event_of_an_occurrence_relates_to_it(log: ObjectLog, two_missed: Rehearsal) -> None:
    for happening, each in zip(log.events, in_log_order(two_missed), strict=True):
        if each.envelope.occurrence:
            assert f"occurrence/{each.envelope.occurrence}" in {
                relation.object for relation in happening.relations
            }


def test_what_an_object_becomes_is_dated(corrected: Rehearsal) -> None:
    """The second review opened for one day, and was dated anew by the correction of the first."""
    review = object_log(Source(corrected.book)).objects["occurrence/lancashire-2016/department-review/2"]
    due = [each for each in review.changes if each.name == "due"]
    assert [each.value.date().isoformat() for each in due if isinstance(each.value, datetime)] == [
        "2017-05-01",
        "2017-05-10",
    ]
    assert [each.time.year for each in due] == [1970, 2016]


def test_a_correction_is_an_object_with_both_values(corrected: Rehearsal) -> None:
    log = object_log(Source(corrected.book))
    thing = log.objects["correction/lancashire-2016/department-review/1/event-12/1"]
    assert (thing.now("was"), thing.now("now"), thing.now("standing")) == (
        "2016-11-01",
        "2016-11-10",
        "approved",
    )
    assert ("occurrence/lancashire-2016/department-review/1", "of") in thing.relations


def test_events_of_the_record_itself_belong_to_an_export_of_the_whole(two_missed: Rehearsal) -> None:
    events = in_log_order(two_missed)
    envelope = Envelope(
        uuid4(),
        "log-key-rotated.v1",
        events[-1].recorded,
        Actor("person", "somebody"),
        {
            "key": "log.example+22222222+BB",
            "replaces": "log.example+11111111+AA",
            "overlap_until": "2017-07-01T12:00:00.000000Z",
        },
    )
    rotated = Recorded(len(events) + 1, "log/keys", 1, events[-1].recorded, envelope, uuid4(), "00" * 32)
    foreign = replace(
        rotated,
        index=len(events) + 2,
        envelope=replace(envelope, id=uuid4(), type="something-else.v7", actor=ENGINE),
    )
    source = source_of(BookOnDisk(two_missed.book._ledger, [*events, rotated, foreign]))
    found = object_log(source)
    assert [each.index for each in found.events] == list(range(1, len(events) + 3))
    last, other = found.events[-2:]
    assert {each.object for each in last.relations} == {"record/record", "person/somebody"}
    assert last.sentence == (
        "The key “log.example+22222222” of the log took the place of “log.example+11111111”; "
        "both sign until Saturday 1 July 2017."
    )
    assert "“something-else.v7”" in other.sentence
    assert (
        "The key “log.example+22222222” of the log took the place" in b"".join(history_page(source)).decode()
    )
    assert source_of(BookOnDisk(two_missed.book._ledger, [*events, rotated]), "lancashire-2016").others == ()


def test_times_and_numbers_are_typed(log: ObjectLog) -> None:
    document = json.loads(b"".join(ocel_json(log)))
    (submitted,) = [each for each in document["eventTypes"] if each["name"] == "report-submitted.v1"]
    types = {each["name"]: each["type"] for each in submitted["attributes"]}
    assert (types["received_at"], types["version"], types["sentence"]) == ("time", "integer", "string")
    (held,) = [each for each in document["objectTypes"] if each["name"] == "occurrence"]
    assert {each["name"]: each["type"] for each in held["attributes"]}["due"] == "time"


def test_values_that_differ_in_type_are_text() -> None:
    log = ObjectLog(
        (_happening({"n": 1}), _happening({"n": "one"})), {"notice/n": Thing("notice/n", "notice")}
    )
    assert log.event_types() == {"it-happened.v1": {"n": "string"}}
    assert [each["attributes"][0]["value"] for each in json.loads(b"".join(ocel_json(log)))["events"]] == [
        "1",
        "one",
    ]


def test_what_has_no_type_is_refused() -> None:
    with pytest.raises(UntypedValue):
        type_of(1.5)  # type: ignore[arg-type]  # that is what is tried


def test_names_of_tables_need_no_quotes() -> None:
    assert table_name("event", "report-submitted.v1") == "event_ReportSubmittedV1"


def _numbers() -> Iterator[int]:
    yield from range(1, 1000)


_next = _numbers()


def _happening(attributes: dict[str, object]) -> Happening:
    number, noon = next(_next), datetime(2016, 6, 14, 12, tzinfo=UTC)
    return Happening(
        id=str(number),
        index=number,
        type="it-happened.v1",
        time=noon,
        recorded=noon,
        command="a command",
        sentence="It happened.",
        actor=ENGINE.id,
        actor_name="Forthwith",
        case="n",
        role=None,
        attributes=attributes,  # type: ignore[arg-type]  # some of them are what a test tries
        relations=(Relation("notice/n", "under"),),
    )
