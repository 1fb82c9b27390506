"""The reference pages name everything there is, and what they show is run."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import cyclopts
import pytest
import yaml
from temporalio.envconfig import ClientConfig

from domain.values import Term
from forthwith.commands.application import app
from forthwith.exits import Exit
from forthwith.notice_files.schema import SCENARIO_SCHEMA_FILE, scenario_schema
from forthwith.rehearsal.acts.all import MAKERS
from forthwith.rehearsal.acts.base import OnNotice, OnOccurrence
from forthwith.rehearsal.acts.happening import Bounce, Outage
from forthwith.settings import Settings
from tests.front_door.conftest import NOTICE, ROOT, Forthwith

COMMANDS = (ROOT / "docs" / "command-line.md").read_text("utf-8")
SETTINGS = (ROOT / "docs" / "settings.md").read_text("utf-8")
SCENARIOS = (ROOT / "docs" / "scenario-file.md").read_text("utf-8")
NOTICES = (ROOT / "docs" / "notice-file.md").read_text("utf-8")
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


def commands(of: cyclopts.App = app, path: tuple[str, ...] = ()) -> Iterator[tuple[str, cyclopts.App]]:
    for name in of:
        if name.startswith("-"):
            continue
        inner = of[name]
        below = list(commands(inner, (*path, name)))
        yield from below or [(" ".join((*path, name)), inner)]


def section_of(command: str) -> str:
    """What the page says from the heading of a command to the next heading."""
    found = re.search(rf"^### `forthwith {command}\b.*?(?=^##|\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert found, f"docs/command-line.md has no heading for `forthwith {command}`"
    return found[0]


@pytest.mark.parametrize(
    ("name", "command"), list(commands()), ids=lambda value: str(value) if isinstance(value, str) else ""
)
def test_every_command_and_every_option_stands_on_the_page(name: str, command: cyclopts.App) -> None:
    section = section_of(name)
    for argument in command.assemble_argument_collection():
        if not argument.parse or argument.names == ("*",):
            continue  # a group of options, each of which comes by itself
        shown = argument.names[0]
        if argument.field_info.is_keyword_only:
            assert f"`{shown}`" in section
        else:
            assert shown.removeprefix("--").upper() in section.splitlines()[0]


def test_the_page_names_no_command_and_no_option_that_is_not_there() -> None:
    there = dict(commands())
    for heading in re.findall(r"^### `forthwith ([a-z -]+)", COMMANDS, re.MULTILINE):
        command = there[heading.strip()]
        known = {name for each in command.assemble_argument_collection() for name in each.names}
        assert set(re.findall(r"^- `(--[a-z-]+)`", section_of(heading.strip()), re.MULTILINE)) <= known


def test_every_exit_code_stands_on_the_page() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE)}
    assert told == {each.value for each in Exit}


def test_the_keys_that_are_printed_stand_on_the_page(forthwith: Forthwith) -> None:
    for arguments in (
        ["notice", "check", NOTICE],
        ["notice", "show", NOTICE],
        ["rehearse", NOTICE, "--engine", "pure"],
        ["doctor"],
    ):
        (command,) = [name for name, _ in commands() if " ".join(arguments).startswith(name)]
        for printed in forthwith(*arguments, "--json").objects:
            assert keys_missing(command, printed) == set()


def keys_missing(command: str, printed: dict[str, Any]) -> set[str]:
    section = section_of(command)
    if "as for every act" in section:
        section += COMMANDS.split("## What people do")[1].split("## ")[0]
    return {key for key in printed if f"`{key}`" not in section}


def test_every_setting_stands_on_the_page_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(FORTHWITH_[A-Z_]+)` \| (.*?) \|", SETTINGS, re.MULTILINE))
    assert rows.pop("FORTHWITH_APPLICATION_PASSWORD") == "none"  # read by `migrate` alone
    assert rows.pop("FORTHWITH_PUBLISHER_PASSWORD") == "none"  # the same
    assert rows.pop("FORTHWITH_PROJECTOR_PASSWORD") == "none"  # the same
    assert rows.pop("FORTHWITH_HOME") == "`~/.forthwith`"
    fields = {name: field for name, field in Settings.model_fields.items() if name != "home"}
    assert rows == {f"FORTHWITH_{name.upper()}": _in_words(field.default) for name, field in fields.items()}


def _in_words(default: object) -> str:
    if default is None:
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


TEMPORAL = re.findall(r"`(TEMPORAL_[A-Z_]+)`", SETTINGS.split("## Temporal")[1])


@pytest.mark.parametrize("name", [each for each in TEMPORAL if not each.endswith(("GRPC_META_", "PROFILE"))])
def test_each_setting_of_temporal_on_the_page_has_an_effect(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "given"
    file.write_text('[profile.default]\naddress = "there:1"\n')
    given = {"TEMPORAL_TLS": "true", "TEMPORAL_CONFIG_FILE": str(file)}
    value = given.get(name, str(file) if name.endswith("_PATH") else "given")
    if name.startswith("TEMPORAL_TLS_"):
        monkeypatch.setenv("TEMPORAL_TLS", "true")
    before = temporal_as_set()
    monkeypatch.setenv(name, value)
    assert temporal_as_set() != before


def temporal_as_set() -> str:
    """What the client is told, or why it refuses to be told: it wants a certificate with its key."""
    try:
        return repr(ClientConfig.load_client_connect_config())
    except RuntimeError as fault:
        return str(fault)


def test_the_exported_schema_of_scenarios_is_that_of_the_model() -> None:
    exported = yaml.safe_load((ROOT / SCENARIO_SCHEMA_FILE).read_text("utf-8"))
    assert exported == scenario_schema()


def test_every_key_and_every_choice_of_a_scenario_stands_on_the_page() -> None:
    """What a scenario says in the words of a notice file stands on the page of those."""
    prose = re.sub(r"```.*?```", "", SCENARIOS + NOTICES, flags=re.DOTALL)
    named = set(re.findall(r"[A-Za-z0-9_/-]+", " ".join(re.findall(r"`([^`]+)`", prose))))
    assert _words(scenario_schema()) - named == set()


@pytest.mark.parametrize("act", [*MAKERS, Outage, Bounce], ids=lambda act: act.__name__)
def test_every_act_stands_on_the_page_with_its_own_keys(act: type[Term]) -> None:
    (verb,) = get_args(act.model_fields["do"].annotation)
    (keys,) = re.findall(rf"^\| `{verb}` \|.*\|(.*)\|$", SCENARIOS, re.MULTILINE)
    told = {(name, bool(star)) for name, star in re.findall(r"`(\w+)`( \*)?", keys)}
    shared = {"do", *OnOccurrence.model_fields, *OnNotice.model_fields}
    own = {name: field for name, field in act.model_fields.items() if name not in shared}
    assert told == {(name, field.is_required()) for name, field in own.items()}


def _words(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_words, node))
    if not isinstance(node, dict):
        return set()
    found = set(node.get("properties", {})) | {each for each in node.get("enum", []) if isinstance(each, str)}
    found |= {node["const"]} if isinstance(node.get("const"), str) else set()
    return found.union(*map(_words, node.values()))


def test_every_scenario_that_ships_stands_on_the_page() -> None:
    shipped = {path.stem for path in (ROOT / "notices" / "scenarios").rglob("*.yaml")}
    assert (
        set(
            re.findall(
                r"^\| `([a-z-]+)` \| [A-Z]", SCENARIOS.split("## Scenarios that ship")[1], re.MULTILINE
            )
        )
        == shipped
    )


def test_the_refusals_on_the_page_are_those_that_there_are() -> None:
    from domain.refusals import NotFound, Refusal

    table = SCENARIOS.split("## What `refused` means")[1].split("## ")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert told == {NotFound.__name__, *(each.__name__ for each in Refusal.__subclasses__())}


def test_the_example_of_the_page_plays_as_it_is_told(forthwith: Forthwith, tmp_path: Path) -> None:
    """The report for June comes late, goes up to the director and no further, and no act is a surprise."""
    file = tmp_path / "example.yaml"
    file.write_text(SCENARIOS.split("```yaml\n")[1].split("```")[0], "utf-8")
    said = forthwith("rehearse", NOTICE, "--scenario", str(file), "--engine", "pure", "--json")
    assert (said.code, said.err) == (0, "")
    june = [each for each in said.objects if each["occurrence"] == "lancashire-2016/monthly-report/2016-06"]
    assert [each["rung"] for each in june if each["type"] == "escalation-raised.v1"] == ["director"]
    (report,) = [each for each in june if each["type"] == "report-submitted.v1"]
    assert len(report["data"]["missing"]) == 6
    down = [each for each in said.objects if "2016-10-03T11:00" < each["recorded"] < "2016-10-10T11:00"]
    assert down == []


def test_the_last_line_of_the_happy_year_is_the_one_on_the_page(forthwith: Forthwith) -> None:
    said = forthwith("rehearse", NOTICE, "--scenario", "happy-year", "--engine", "pure")
    assert f"```\n{said.err.splitlines()[-1]}\n```" in SCENARIOS


def shown_commands() -> Iterator[Any]:
    """Each command in a block of the pages that needs no running engine."""
    alone = ("--help", "notice check", "notice show notices/", "rehearse", "version", "doctor")
    for page in PAGES:
        for block in re.findall(
            r"^```(?:console|sh)\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
        ):
            for line in block.splitlines():
                if line.startswith("forthwith ") and line.removeprefix("forthwith ").startswith(alone):
                    yield pytest.param(line, id=f"{page.name}: {line}")


@pytest.mark.parametrize("line", list(shown_commands()))
def test_what_a_page_shows_can_be_typed(forthwith: Forthwith, line: str) -> None:
    said = forthwith(*shlex.split(line)[1:])
    assert said.code == 0
    assert said.out or said.err


def test_the_check_runs_the_two_commands_of_the_readme_word_for_word() -> None:
    readme = (ROOT / "README.md").read_text("utf-8").split("## Two commands")[1]
    both = re.findall(r"^```sh\n(.*?)\n```", readme, re.MULTILINE | re.DOTALL)[:2]
    demonstration, tests = both
    install, _, show = demonstration.rpartition(" && ")
    check = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"\n{install}\n{show} --smoke\n" in check
    assert f"\n{tests}\n" in check
