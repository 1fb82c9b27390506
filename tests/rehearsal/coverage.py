"""What of the notice is exercised by what: each clause with its obligations, events, scenarios and tests."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain.notice.state import Notice
from domain.terms.obligations import Obligation
from forthwith.rehearsal.run import Rehearsal

HERE = Path(__file__).parent

# What a clause asks of nobody in particular shows in what happens elsewhere under the notice.
SHOWN_BY = {
    "2": ("update-commissioned.v1", "update-received.v1"),
    "4a": ("person-appointed.v1", "appointment-ended.v1", "role-conflict-found.v1"),
    "14": ("referred-for-consideration.v1",),
}
USUAL = "happy-year"
SAID_BY_MANY = (
    "message-sent.v1",
    "message-undeliverable.v1",
    "non-delivery-reported.v1",
    "occurrence-opened.v1",
)


@dataclass(frozen=True)
class Row:
    """`different`: those of the scenarios in which other kinds of event are recorded for the clause than in a happy year."""

    clause: str
    words: str
    obligations: tuple[str, ...]
    events: tuple[str, ...]
    scenarios: tuple[str, ...]
    different: tuple[str, ...]
    tests: tuple[str, ...]


def rows(notice: Notice, played: Mapping[str, Rehearsal]) -> list[Row]:
    """One for each clause and sub-item, in the notice's own order."""
    tests = scenario_tests()
    return [_row(notice, clause.id, clause.text, played, tests) for clause in notice.clauses]


@cache
def scenario_tests() -> dict[str, set[str]]:
    """Every test of how a scenario ends, with the texts that stand in it."""
    found = {}
    for path in sorted(HERE.glob("test_how_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and node.name.startswith("test_"):
                texts = {
                    each.value
                    for each in ast.walk(node)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
                found[node.name] = texts
    return found


def _row(
    notice: Notice, clause: str, words: str, played: Mapping[str, Rehearsal], tests: Mapping[str, set[str]]
) -> Row:
    own = tuple(each for each in notice.obligations if clause in _clauses(notice, each))
    reached = _reached(notice, own)
    events = {name: _events(clause, reached, rehearsal) for name, rehearsal in played.items()}
    exercised = tuple(name for name, topics in events.items() if topics)
    usual = events[USUAL]
    named = _tests(tests, _names(notice, clause, own)) or _tests(tests, {*reached, *SHOWN_BY.get(clause, ())})
    return Row(
        clause=clause,
        words=words,
        obligations=tuple(each.id for each in own),
        events=tuple(sorted(set().union(*events.values()))),
        scenarios=exercised,
        different=tuple(name for name in exercised if events[name] != usual),
        tests=named,
    )


def _clauses(notice: Notice, obligation: Obligation) -> set[str]:
    """The clauses that an obligation stands under, those of its parts, and those within which they stand."""
    parts = (*getattr(obligation, "sections", ()), *getattr(obligation, "items", ()))
    found = {obligation.clause, *(part.clause for part in parts)}
    return found | {str(notice.clause(each).within) for each in found if notice.clause(each).within}


def _reached(notice: Notice, own: Iterable[Obligation]) -> set[str]:
    """The obligations themselves, and those whose document or event they are about."""
    found: set[str] = set()
    waiting = [each.id for each in own]
    while waiting:
        obligation = notice.obligation(waiting.pop())
        found.add(obligation.id)
        about = getattr(obligation, "of", None)
        if about is not None and about not in found:
            waiting.append(about)
    return found


def _events(clause: str, obligations: set[str], rehearsal: Rehearsal) -> set[str]:
    extra = SHOWN_BY.get(clause, ())
    return {
        each.type
        for each in rehearsal.events
        if each.type not in SAID_BY_MANY and (each.envelope.obligation in obligations or each.type in extra)
    }


def _names(notice: Notice, clause: str, own: Iterable[Obligation]) -> set[str]:
    parts = {
        part.id
        for each in own
        for part in (*getattr(each, "sections", ()), *getattr(each, "items", ()))
        if part.clause == clause
    }
    return {each.id for each in own if each.clause == clause} | parts


def _tests(tests: Mapping[str, set[str]], names: set[str]) -> tuple[str, ...]:
    return tuple(
        test
        for test, texts in tests.items()
        if any(text == name or text.startswith(f"{name}/") for text in texts for name in names)
    )


def as_page(found: Iterable[Row], title: str) -> str:
    """The page, in Markdown."""
    lines = [
        "# What exercises each clause",
        "",
        f"{title}: each clause and sub-item with the obligations that it gives, the kinds of event that were recorded for",
        "them when the shipped scenarios were played, the scenarios in which that happened, and the tests that say how these",
        "end. Written by `tests/rehearsal/test_coverage.py`, which fails where a clause has none.",
        "",
    ]
    for row in found:
        lines += [
            f"## {row.clause}",
            "",
            f"> {row.words}",
            "",
            f"- Obligations: {_listed(row.obligations)}",
            f"- Events: {_listed(row.events)}",
            f"- Scenarios: {_scenarios(row)}",
            f"- Tests: {_listed(row.tests)}",
            "",
        ]
    return "\n".join(lines)


def _scenarios(row: Row) -> str:
    otherwise = f"; otherwise than in a happy year in {_listed(row.different)}" if row.different else ""
    return f"{len(row.scenarios)} of those that ship{otherwise}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)
