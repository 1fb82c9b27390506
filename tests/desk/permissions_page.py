"""The published page of permissions: written from the table, and read back as what every role may expect."""

from __future__ import annotations

from pathlib import Path

from desk.permission_table import ACTING, ACTS, BY_TOKEN, DUTIES, OF_THE_ENGINE, PAGES, PUBLIC, READING, Act
from domain.notice.state import Notice

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
YES, NO = "yes", "–"

# As they are called on the page, and the roles of the shipped notice, or the duty, that they have.
PEOPLE = {
    "Council officer": ("reporting-officer",),
    "Director": ("director",),
    "Chair": ("chair", "board-chair"),
    "Case lead": ("case-lead",),
    "Adviser": ("adviser",),
    "Minister’s office": ("ministers-office",),
    "Auditor": ("auditor",),
    "Operator": ("administrator",),
}
HEAD = """# Who may do what

One table, `desk/permission_table.py`, says who may do what at the desk. The guard that stands before every page is made
of it, and so are the tests: each role below, with each act, under a notice of its own and under a foreign one, is a test
case against the real desk, which reads what to expect from this page. Another test asks the rules of the domain
themselves, for every command and every role of the shipped notice, and fails where the table and the rules differ.
This page is written by `tests/desk/test_what_the_table_says.py`.

- A role is that of a notice: what it may do follows from what the notice says of it (who owes, who is owed, who keeps
  the notice, who decides), so the same table holds for notices whose roles are called otherwise. The columns are the
  people of the notice of 19 May 2016; the chair of the improvement board answers for the board, too.
- “yes” means that the role can do it at all. Whether this report, this task and this day is theirs is for the rules of
  the domain to say, and they say it in a sentence.
- A notice under which somebody holds no role today is foreign to them. It is answered with 404, as if it did not exist:
  in lists, histories and letters it is missing, and an event of it cannot be opened by its number. What somebody may
  not do under a notice of their own is answered with 403.
- What a notice hides from a party (`hidden_from`, such as the adviser’s reports from the council) is missing for
  its people in the same way, everywhere.
- The auditor reads everything and changes nothing. The operator keeps the service running and reads no notice.
- Every refusal, every request for what is not open to somebody, and every opening of what is hidden from some or
  personal (a letter) is written to the access log before the answer goes out. If it cannot be written, nothing is shown.
  The log is a table that can only be added to (`forthwith.access_log`); the auditor reads it at `/access`.
- What is done to the accounts and sessions of others is a line of the same log, written in the transaction that does it.
- The proofs and tiles under `/log/` hold hashes alone and are public.

"""


def page_of_permissions(notice: Notice) -> str:
    """The whole page, in Markdown."""
    parts = (
        ("Reading", READING),
        ("Acting", ACTING),
        ("What only the engine does", OF_THE_ENGINE),
    )
    tables = [f"## {title}\n\n{_table(notice, acts)}" for title, acts in parts]
    return HEAD + "\n\n".join((*tables, f"## What each page asks for\n\n{_pages()}")) + "\n"


def expectations() -> dict[tuple[str, str], bool]:
    """By person and act, as published."""
    found: dict[tuple[str, str], bool] = {}
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    for line in text.splitlines():
        cells = [each.strip() for each in line.strip("|").split("|")]
        if line.startswith("| `") and cells[0].strip("`") in ACTS:
            for person, cell in zip(PEOPLE, cells[1:], strict=False):
                found[person, cells[0].strip("`")] = cell == YES
    return found


def _table(notice: Notice, acts: tuple[Act, ...]) -> str:
    head = f"| Act | {' | '.join(PEOPLE)} | It is for … to … |\n|---{'|---' * len(PEOPLE)}|---|"
    return "\n".join((head, *(_line(notice, act) for act in acts)))


def _line(notice: Notice, act: Act) -> str:
    may = {role for capacity in act.who for role in capacity.roles(notice)} | {*act.duties}
    cells = [YES if act.signed_in or may.intersection(held) else NO for held in PEOPLE.values()]
    whose = [capacity.words for capacity in act.who] + [DUTIES[duty] for duty in act.duties]
    whom = "whoever is signed in" if act.signed_in else " and ".join(whose) or "nobody"
    return f"| `{act.name}` | {' | '.join(cells)} | {whom}: {act.words} |"


def _pages() -> str:
    words = {PUBLIC: "open to everybody", BY_TOKEN: "proves who asks by a token or a secret address"}
    lines = [f"| `{path}` | {words.get(act, f'`{act}`')} |" for path, act in sorted(PAGES.items())]
    return "\n".join(("| Page | Act |", "|---|---|", *lines))
