"""`forthwith privacy retention`, as somebody types it, over a notice that was lifted years ago and one that runs."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.actor import Actor
from domain.clock import LiveClock
from domain.commands import IssueNotice, LiftNotice
from domain.events.of_the_record import PERSONAL_DATA_ERASED, RETENTION_RULE_SET
from domain.time.calendar import load_calendar
from forthwith.exits import Exit
from forthwith.main import main
from forthwith.notice_files.reading import read_notice
from ledger.office import Office
from ledger.postgres import PostgresLedger
from ledger.privacy.kept import kept_values
from ledger.privacy.retention import Keeper
from ledger.verify.verify import verify
from tests.lives import the_notice
from tests.privacy.conftest import NOTICES

NOTICE, RUNNING = "lancashire-2016", "lancashire-direction-2017"
KEEPER = Actor("person", "imogen-hartley")
ENDED = date(2017, 5, 31)
APPOINTED = "person-appointed.v1"
WHY = ("--by", "dana-price", "--reason", "By the schedule.", "--authority", "Section 46 code, part 2")


NONSENSE = (
    (("set", "nothing.v1", 24, *WHY), "“nothing.v1” is no kind of event that withholds anything"),
    (("set", "notice-closed.v1", 24, *WHY), "“notice-closed.v1” is no kind of event that withholds anything"),
    (("set", "log-key-rotated.v1", 24, *WHY), "is no kind of event that withholds anything"),
    (("set", "all", -1, *WHY), "A period is 0 to 1200 months."),
    (("set", "all", 1201, *WHY), "A period is 0 to 1200 months."),
    (("set", "all", "two", *WHY), 'unable to convert "two" into int'),
    (("set", "all"), "requires an argument"),
    (("set", "all", 12, "--by", "dana-price", "--reason", "So."), "--authority"),
    (
        ("set", "all", 12, "--by", "dana-price", "--reason", " ", "--authority", "X"),
        "--reason cannot be empty",
    ),
    (
        ("set", "all", 12, "--by", "dana-price", "--reason", "X", "--authority", ""),
        "--authority cannot be empty",
    ),
    (
        ("set", "all", 12, "--by", "Dana Price", "--reason", "X", "--authority", "X"),
        "no identifier of a person",
    ),
    (("run",), "--by"),
    (("run", "--by", ""), "“” is no identifier of a person"),
)


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Retention = Callable[..., Awaitable[Said]]


@pytest.fixture
async def lifted(ledger: PostgresLedger) -> PostgresLedger:
    """The Lancashire notice, which was lifted in May 2017."""
    office = Office(ledger, LiveClock())
    terms = the_notice()
    await office.handle(IssueNotice(terms, load_calendar("england"), office.clock.now()), KEEPER)
    lift = LiftNotice(NOTICE, "The services are good.", ENDED, ENDED)
    await office.handle(lift, KEEPER)
    return ledger


@pytest.fixture
async def retention(
    lifted: PostgresLedger, app_dsn: str, tmp_path: Any, monkeypatch: Any, capsys: Any
) -> Retention:
    monkeypatch.setenv("FORTHWITH_APPLICATION_URL", app_dsn)
    monkeypatch.setenv("FORTHWITH_HOME", str(tmp_path))

    async def run(*arguments: object) -> Said:
        typed = ["privacy", "retention", *map(str, arguments)]
        code = await asyncio.to_thread(main, typed)
        said = capsys.readouterr()
        return Said(int(code), said.out, said.err)

    return run


async def types_kept(ledger: PostgresLedger) -> Counter[str]:
    return Counter(each.type for each in await kept_values(ledger))


async def told(ledger: PostgresLedger, topic: str) -> list[dict[str, Any]]:
    return [each.envelope.data for each in await ledger.read(limit=1000) if each.type == topic]


async def test_a_rule_is_set_listed_and_replaced_by_a_newer_one(retention, lifted):
    assert (await retention("list")).out.split() == ["What", "Of", "For", "Why"]
    said = await retention("set", APPOINTED, 24, *WHY)
    size = (await lifted.head()).size
    assert (said.code, said.out) == (Exit.OK, "")
    assert said.err.startswith(f"The rule is set. Receipt: event {size}, leaf ")
    (receipt,) = (await retention("set", APPOINTED, 1, *WHY, "--json")).objects
    assert (receipt["first_index"], len(receipt["leaves"])) == (size + 1, 1)
    await retention("set", "all", 0, *WHY)
    lines = (await retention("list", "--json")).objects
    assert lines == [
        {"what": "rule", "of": APPOINTED, "period": "1 month", "why": "By the schedule. (Section 46 code, part 2)"},
        {"what": "rule", "of": "all", "period": "0 months", "why": "By the schedule. (Section 46 code, part 2)"},
    ]  # fmt: skip
    shown = (await retention("list")).out
    assert "1 month " in shown
    assert "24 months" not in shown


async def test_what_a_rule_has_run_out_for_is_erased_and_the_record_says_so(retention, lifted):
    before = await types_kept(lifted)
    assert before[APPOINTED] > 1
    assert len(before) > 1
    await retention("set", APPOINTED, 24, *WHY)
    said = await retention("run", "--by", "dana-price")
    assert (said.code, said.out) == (Exit.OK, "")
    assert said.err == f"{NOTICE}: {before[APPOINTED]} values by the rule for {APPOINTED}: erased.\n"
    assert await types_kept(lifted) == Counter({**before, APPOINTED: 0})
    (erasure,) = await told(lifted, PERSONAL_DATA_ERASED)
    assert (erasure["erased_by"], erasure["reason"], erasure["authority"], len(erasure["digests"])) == (
        "dana-price", "By the schedule.", "Section 46 code, part 2", before[APPOINTED],
    )  # fmt: skip
    assert (await verify(lifted)).findings == ()
    assert (await retention("run", "--by", "dana-price")).err == "Nothing is due for erasure.\n"
    assert (await retention("run", "--by", "dana-price", "--json")).out == ""


async def test_the_rule_of_a_kind_goes_before_the_rule_for_all(retention, lifted):
    before = await types_kept(lifted)
    await retention("set", "all", 24, *WHY)
    await retention("set", APPOINTED, 1200, *WHY)
    said = await retention("run", "--by", "dana-price", "--json")
    (line,) = said.objects
    assert (line["kind"], line["values"]) == ("all", before.total() - before[APPOINTED])
    assert await types_kept(lifted) == Counter({APPOINTED: before[APPOINTED]})


async def test_a_dry_run_says_what_would_be_erased_and_erases_nothing(retention, lifted):
    await retention("set", APPOINTED, 24, *WHY)
    before, size = await types_kept(lifted), (await lifted.head()).size
    said = await retention("run", "--by", "dana-price", "--dry-run")
    assert (said.code, said.out) == (Exit.OK, "")
    assert said.err == f"{NOTICE}: {before[APPOINTED]} values by the rule for {APPOINTED}: would be erased.\n"
    (line,) = (await retention("run", "--by", "dana-price", "--dry-run", "--json")).objects
    assert line == {
        "notice": NOTICE, "ended": "2017-05-31", "kind": APPOINTED, "values": before[APPOINTED], "held": None,
    }  # fmt: skip
    assert (await types_kept(lifted), (await lifted.head()).size) == (before, size)


async def test_what_is_erased_is_told_line_by_line_with_the_event_that_says_so(retention, lifted):
    await retention("set", APPOINTED, 24, *WHY)
    await retention("set", "notice-lifted.v1", 0, *WHY)
    lines = (await retention("run", "--by", "dana-price", "--json")).objects
    last = (await lifted.head()).size
    assert {each["kind"]: each["events"] for each in lines} == {
        APPOINTED: [last - 1],
        "notice-lifted.v1": [last],
    }
    assert {each["kind"]: each["values"] for each in lines}["notice-lifted.v1"] == 1


async def test_one_value_is_told_as_one(retention):
    await retention("set", "notice-lifted.v1", 0, *WHY)
    said = await retention("run", "--by", "dana-price")
    assert said.err == f"{NOTICE}: 1 value by the rule for notice-lifted.v1: erased.\n"


async def test_a_period_that_has_not_run_out_erases_nothing(retention):
    today = datetime.now(UTC).date()
    months = (today.year - ENDED.year) * 12 + today.month - ENDED.month + 1
    await retention("set", "all", months, *WHY)
    assert (await retention("run", "--by", "dana-price")).err == "Nothing is due for erasure.\n"


async def test_what_is_held_stays_until_it_is_released(retention, lifted):
    await retention("set", APPOINTED, 24, *WHY)
    keeper = Keeper(lifted, LiveClock())
    await keeper.hold(NOTICE, "The inquiry asked for it.", "dana-price")
    before = await types_kept(lifted)
    said = await retention("run", "--by", "dana-price")
    assert said.err == f"{NOTICE}: {before[APPOINTED]} values by the rule for {APPOINTED}: held.\n"
    (line,) = (await retention("run", "--by", "dana-price", "--json")).objects
    assert (line["held"], "events" in line) == ("The inquiry asked for it.", False)
    assert await types_kept(lifted) == before
    assert {"what": "hold", "of": NOTICE, "period": "until released", "why": "The inquiry asked for it."} in (
        await retention("list", "--json")
    ).objects
    await keeper.release(NOTICE, "It is over.", "dana-price")
    assert "erased" in (await retention("run", "--by", "dana-price")).err
    assert APPOINTED not in await types_kept(lifted)


async def test_a_notice_that_runs_is_never_due(retention, lifted):
    office = Office(lifted, LiveClock())
    terms = read_notice(NOTICES / f"{RUNNING}.yaml")
    await office.handle(IssueNotice(terms, load_calendar("england"), office.clock.now()), KEEPER)
    await retention("set", "all", 0, *WHY)
    assert {each["notice"] for each in (await retention("run", "--by", "dana-price", "--json")).objects} == {
        NOTICE
    }
    assert await kept_values(lifted, notice=RUNNING)


async def test_what_makes_no_sense_is_said_in_a_sentence_and_changes_nothing(retention, lifted):
    await retention("set", APPOINTED, 24, *WHY)
    before, size = await types_kept(lifted), (await lifted.head()).size
    for arguments, sentence in NONSENSE:
        said = await retention(*arguments)
        assert (said.code, said.out) == (Exit.USAGE, ""), arguments
        assert sentence in said.err
        assert "Traceback" not in said.err
    assert (await types_kept(lifted), (await lifted.head()).size) == (before, size)


async def test_letters_in_parts_are_recorded_as_whole_letters(retention, lifted):
    said = await retention(
        "set", "all", 12, "--by", "dana-price", "--reason", " Cafe\u0301 closed.\r\n", "--authority", "Decree e\u0301"
    )  # fmt: skip
    assert said.code == Exit.OK
    (rule,) = await told(lifted, RETENTION_RULE_SET)
    assert (rule["reason"], rule["authority"]) == ("Caf\u00e9 closed.", "Decree \u00e9")


async def test_without_a_record_the_next_step_is_named(retention, monkeypatch):
    monkeypatch.delenv("FORTHWITH_APPLICATION_URL")
    for arguments in (("list",), ("run", "--by", "dana-price"), ("set", "all", 12, *WHY)):
        said = await retention(*arguments)
        assert (said.code, said.out) == (Exit.UNREACHABLE, "")
        assert "forthwith up" in said.err
