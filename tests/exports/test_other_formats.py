"""XES, PROV-JSON, the table and the page say what the record says."""

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import r4pm
from hypothesis import given
from hypothesis import strategies as st

from domain.values import write_instant
from forthwith.rehearsal.run import Rehearsal
from projections.exports.model import ObjectLog
from projections.exports.objects import object_log
from projections.exports.page import history_page
from projections.exports.prov import prov_json
from projections.exports.source import Source
from projections.exports.table import COLUMNS, csv_table, harmless
from projections.exports.xes import traces, xes
from tests.exports.conftest import in_log_order

XES = "{http://www.xes-standard.org/}"


def test_another_reader_counts_the_same_events_and_cases_in_xes(
    log: ObjectLog, two_missed: Rehearsal, tmp_path: Path
) -> None:
    file = tmp_path / "log.xes"
    file.write_bytes(b"".join(xes(log)))
    frame, _ = r4pm.df.import_xes(str(file))
    read = Counter((each["case:concept:name"], each["concept:name"]) for each in frame.to_dicts())
    recorded = in_log_order(two_missed)
    assert read == Counter((each.envelope.occurrence or each.envelope.notice, each.type) for each in recorded)
    assert {each["concept:instance"] for each in frame.to_dicts()} == {
        str(each.envelope.id) for each in recorded
    }


def test_within_a_case_the_events_follow_each_other_in_time(log: ObjectLog) -> None:
    root = ET.fromstring(b"".join(xes(log)))
    found = root.findall(f"{XES}trace")
    assert len(found) == len(traces(log))
    for trace in found:
        times = [
            each.get("value") or ""
            for event in trace.findall(f"{XES}event")
            for each in event.findall(f"{XES}date")
            if each.get("key") == "time:timestamp"
        ]
        assert times == sorted(times)


def test_every_event_has_what_the_globals_promise(log: ObjectLog) -> None:
    root = ET.fromstring(b"".join(xes(log)))
    promised = {each.get("key") for each in root.findall(f"{XES}global[@scope='event']/*")}
    prefixes = {each.get("prefix") for each in root.findall(f"{XES}extension")}
    for event in root.iter(f"{XES}event"):
        keys = [each.get("key") or "" for each in event]
        assert promised <= set(keys)
        assert len(keys) == len(set(keys))
        assert {key.partition(":")[0] for key in keys if ":" in key} <= prefixes


def test_the_schema_of_xes_is_kept(log: ObjectLog) -> None:
    """The rules of its XSD (IEEE 1849, annex B): a decimal version, parts in their order, keys that are XML names, typed values."""
    root = ET.fromstring(b"".join(xes(log)))
    assert float(root.attrib["xes.version"]) > 1
    order = ["extension", "global", "classifier", "string", "trace"]
    parts = [each.tag.removeprefix(XES) for each in root]
    assert parts == sorted(parts, key=order.index)
    assert {each.attrib["scope"] for each in root.iter(f"{XES}global")} == {"trace", "event"}
    values = {
        "string": r"(?s).*",
        "int": r"-?[0-9]+",
        "boolean": "true|false",
        "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}\+00:00",
    }
    for trace in root.iter(f"{XES}trace"):
        inside = [each.tag.removeprefix(XES) for each in trace]
        assert inside == ["string"] + ["event"] * (len(inside) - 1)
    for event in root.iter(f"{XES}event"):
        for each in event:
            assert re.fullmatch(r"[A-Za-z_:][A-Za-z0-9_:.-]*", each.attrib["key"])
            assert re.fullmatch(values[each.tag.removeprefix(XES)], each.attrib["value"])


def test_what_has_no_place_in_xml_does_not_spoil_it(log: ObjectLog) -> None:
    spoilt = next(each for each in log.events if each.type == "report-submitted.v1")
    spoilt.attributes["sentence"] = kept = 'A \x0bbell & "<quotes>"\nand a line'
    try:
        root = ET.fromstring(b"".join(xes(ObjectLog((spoilt,), log.objects))))
    finally:
        spoilt.attributes["sentence"] = spoilt.sentence
    (value,) = [each.get("value") for each in root.iter(f"{XES}string") if each.get("key") == "sentence"]
    assert value == kept.replace("\x0b", "\ufffd")


@pytest.fixture(scope="session")
def provenance(corrected: Rehearsal) -> dict[str, dict[str, dict[str, object]]]:
    source = Source(corrected.book)
    found: dict[str, dict[str, dict[str, object]]] = json.loads(
        b"".join(prov_json(source, object_log(source)))
    )
    return found


def test_every_event_was_generated_by_its_command(
    provenance: dict[str, dict[str, dict[str, object]]], corrected: Rehearsal
) -> None:
    generated = {
        (each["prov:entity"], each["prov:activity"]) for each in provenance["wasGeneratedBy"].values()
    }
    for each in in_log_order(corrected):
        assert (f"event:{each.envelope.id}", f"command:{each.command_id}") in generated


def test_a_corrected_event_is_a_revision_of_the_recorded_one(
    provenance: dict[str, dict[str, dict[str, object]]], corrected: Rehearsal
) -> None:
    recorded = {(each.stream, each.version): each for each in in_log_order(corrected)}
    corrections = [each for each in in_log_order(corrected) if each.type == "event-corrected.v1"]
    told = {
        (each["prov:usedEntity"], each["prov:activity"]) for each in provenance["wasDerivedFrom"].values()
    }
    assert told == {
        (
            f"event:{recorded[each.stream, each.envelope.data['version']].envelope.id}",
            f"command:{each.command_id}",
        )
        for each in corrections
    }
    assert all(
        each["prov:type"] == {"$": "prov:Revision", "type": "prov:QUALIFIED_NAME"}
        for each in provenance["wasDerivedFrom"].values()
    )


def test_provenance_names_nothing_that_is_not_there(
    provenance: dict[str, dict[str, dict[str, object]]],
) -> None:
    there = {name for kind in ("entity", "activity", "agent") for name in provenance[kind]}
    ends = (
        "prov:entity",
        "prov:activity",
        "prov:agent",
        "prov:generatedEntity",
        "prov:usedEntity",
        "prov:delegate",
        "prov:responsible",
    )
    for kind, relations in provenance.items():
        for relation in relations.values() if kind not in ("prefix", "entity", "activity", "agent") else ():
            assert {value for name, value in relation.items() if name in ends} <= there
    assert {name.partition(":")[0] for name in there} <= provenance["prefix"].keys()


def test_whoever_acted_is_associated(
    provenance: dict[str, dict[str, dict[str, object]]], corrected: Rehearsal
) -> None:
    told = {(each["prov:activity"], each["prov:agent"]) for each in provenance["wasAssociatedWith"].values()}
    for each in in_log_order(corrected):
        if each.envelope.actor.kind == "person" and each.type == "report-submitted.v1":
            assert (f"command:{each.command_id}", f"forthwith:person/{each.envelope.actor.id}") in told


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_table_has_a_row_for_each_event_with_both_times(log: ObjectLog, two_missed: Rehearsal) -> None:
    content = b"".join(csv_table(log))
    assert content.startswith(b"\xef\xbb\xbf")
    table = rows(content)
    assert tuple(table[0]) == COLUMNS
    for row, each in zip(table, in_log_order(two_missed), strict=True):
        assert row["index"] == str(each.index)
        assert row["recorded"] == write_instant(each.recorded)
        assert row["effective"] == write_instant(each.envelope.effective)
        assert row["what happened"]


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_cell_is_a_formula(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == text.removeprefix("'")


class Page(HTMLParser):
    """What a page is made of, as far as the tests ask."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.fetched: list[str] = []
        self.headings: list[int] = []
        self.open: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.ids += [given["id"] or ""] if "id" in given else []
        self.fetched += [
            given[name] or ""
            for name in ("src", "href")
            if name in given and not (given[name] or "").startswith("#")
        ]
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_is_in_order(source: Source, two_missed: Rehearsal) -> None:
    content = b"".join(history_page(source)).decode()
    page = Page(content)
    assert page.open == []
    assert page.fetched == []
    assert page.tags["script"] == 0
    assert page.tags["li"] == len(two_missed.events)
    assert len(page.ids) == len(set(page.ids))
    assert page.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(page.headings, page.headings[1:], strict=False))
    assert '<html lang="en-GB">' in content


def test_the_page_shows_what_was_recorded_and_what_it_was_corrected_to(corrected: Rehearsal) -> None:
    content = b"".join(history_page(Source(corrected.book))).decode()
    held = content.split('<li id="event-')
    (shown,) = [
        each for each in held if "was held on Tuesday 1 November 2016" in each and "recorded that" in each
    ]
    assert 'class="corrected"' in shown
    assert "10 November 2016" in shown


def test_an_export_of_one_notice_keeps_to_it(source: Source) -> None:
    assert {
        each.case.partition("/")[0] for each in object_log(Source(source.book, "lancashire-2016")).events
    } == {"lancashire-2016"}
