"""How a shipped calendar is written down: one holiday a line, so that a changed day is a changed line."""

import json


def calendar_text(head: dict[str, object], notes: list[str], days: list[list[str]]) -> str:
    members = [f"  {_json(key)}: {_json(value)}" for key, value in head.items()]
    members += [_one_a_line("notes", notes), _one_a_line("holidays", days)]
    return "{\n" + ",\n".join(members) + "\n}\n"


def _one_a_line(key: str, values: list[str] | list[list[str]]) -> str:
    lines = ",\n".join(f"    {_json(value)}" for value in values)
    return f"  {_json(key)}: [\n{lines}\n  ]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
