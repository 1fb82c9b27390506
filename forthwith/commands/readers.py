"""`forthwith readers`: logins of the database for people who ask the read models in SQL."""

import asyncio
import secrets
from collections.abc import Awaitable
from dataclasses import asdict
from typing import Annotated, TypeVar

import cyclopts
from cyclopts import Parameter

from domain.refusals import NotFound
from forthwith.commands.opening import UNREACHABLE
from forthwith.commands.words import LinesOfJson
from forthwith.exits import UsageFault
from forthwith.output import day_text, print_json, print_table, talk
from forthwith.settings import NothingRuns, Settings, owner_url
from ledger.readers import LoginTaken, bind_reader, readers, unbind_reader

app = cyclopts.App(name="readers")
Answer = TypeVar("Answer")
Login = Annotated[
    str, Parameter(help="The name of the login, for example sql_helen: lower case, digits, underscores.")
]


@app.command
def add(
    login: Login,
    *,
    person: Annotated[str, Parameter(help="As whom it reads, for example helen-marsh.")],
    everything: Annotated[bool, Parameter(help="It is an auditor's, from whom nothing is hidden.")] = False,
    json: Annotated[bool, Parameter(help="Print one JSON object.")] = False,
) -> None:
    """Make a login that reads what one person may see, or bind it anew, and print its address with a new password, once."""
    if not person.strip() or any(letter.isspace() for letter in person):
        raise UsageFault("An identifier is one word.")
    password = secrets.token_urlsafe(24)
    try:
        address = _asked(bind_reader(owner_url(Settings()), login, password, person, everything=everything))
    except (LoginTaken, ValueError) as fault:
        raise UsageFault(str(fault)) from None
    if json:
        print_json({"login": login, "person": person, "everything": everything, "address": address})
        return
    print(address)  # noqa: T201 - the data of this command
    talk.print(
        "Keep it safe: it is not shown again. A second time makes a new password, and the old one opens nothing."
    )


@app.command(name="list")
def show(*, json: LinesOfJson = False) -> None:
    """List the logins that are bound to a person."""
    found = _asked(readers(owner_url(Settings())))
    for each in found if json else ():
        print_json(asdict(each))
    if not json:
        rows = (
            (
                each.login,
                each.person,
                "everything" if each.everything else "what they may see",
                day_text(each.since, "UTC"),
            )
            for each in found
        )
        print_table(("Login", "Person", "Reads", "Since"), rows)


@app.command
def remove(login: Login) -> None:
    """Take a login away. Whoever is connected with it reads nothing from then on."""
    try:
        found = _asked(unbind_reader(owner_url(Settings()), login))
    except ValueError as fault:
        raise UsageFault(str(fault)) from None
    if not found:
        raise NotFound(
            f"No login “{login}” is bound to anybody. `forthwith readers list` names those that are."
        )
    talk.print("Removed.")


def _asked(question: Awaitable[Answer]) -> Answer:
    async def answer() -> Answer:
        return await question

    try:
        return asyncio.run(answer())
    except UNREACHABLE as fault:
        raise NothingRuns(f"The database cannot be reached as its owner: {fault}.") from None
