"""The demonstration as people meet it, for one file of journeys: every server real, the clock before nine o'clock."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from forthwith.embedded.ports import choose_port
from forthwith.embedded.state import StateFolder
from forthwith.mailbox.folder import CaughtMail, MailFolder
from forthwith.settings import DEMO
from tests.front_door.conftest import LONGEST_WAIT, Demonstration, Said, run, start

# At eight, the ladders rest for an hour: no step is taken under the feet of a journey.
AN_HOUR_EARLIER = """
from datetime import datetime
from forthwith.demo import clock
from forthwith.main import run
clock.OPENS_AT = datetime.fromisoformat("2016-10-21T08:00")
run()
"""
PATIENCE = 45.0  # seconds


@dataclass(frozen=True)
class Stack:
    """A demonstration that runs. `desk` is the address of its desk."""

    demonstration: Demonstration
    desk: str
    people: dict[str, str]

    def forthwith(self, *arguments: str, **settings: str) -> Said:
        """What the command answers beside it."""
        return self.demonstration(*arguments, **settings)

    def events(self, notice: str = "lancashire-2016") -> list[dict[str, object]]:
        """The record as `forthwith history --json` tells it, oldest first."""
        return self.forthwith("history", notice, "--json").objects

    def letters_to(self, person: str) -> list[CaughtMail]:
        """What was caught for one person, newest first."""
        return [each for each in self._mailbox().messages() if self.people[person] in each.to]

    async def letter_to(
        self, person: str, about: str, more: Callable[[CaughtMail], bool] = bool
    ) -> CaughtMail:
        """The newest letter to this person with `about` in its subject, once it has come."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            found = [each for each in self.letters_to(person) if about in each.subject and more(each)]
            if found:
                return found[0]
            await asyncio.sleep(0.2)
        subjects = [each.subject for each in self.letters_to(person)]
        raise AssertionError(f"No letter “{about}” came to {person}, but: {subjects}")

    def caught_for(self, address: str) -> CaughtMail:
        """The newest letter to an address, once it has come."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            found = [each for each in self._mailbox().messages() if address in each.to]
            if found:
                return found[0]
            time.sleep(0.2)
        raise AssertionError(f"No letter came to {address}.")

    def _mailbox(self) -> MailFolder:
        return MailFolder(self.demonstration.home / DEMO / "mail")


def words_of(letter: CaughtMail) -> str:
    """Its text without its line breaks."""
    return " ".join(letter.text.split())


def paths_in(letter: CaughtMail) -> list[str]:
    """Where its links lead at the desk. A letter of the past names the port of another day."""
    return [urlsplit(each)._replace(scheme="", netloc="").geturl() for each in _LINK.findall(letter.text)]


_LINK = re.compile(r"https?://[^\s>)]+")


def live_through_the_past(home: Path) -> None:
    """Start it once and stop it: afterwards it starts in a few seconds, with the same past."""
    process = start(home, "demo", *_on_a_port(), command=(sys.executable, "-c", AN_HOUR_EARLIER)).process
    run(home, "down")
    process.wait(LONGEST_WAIT)


def _on_a_port() -> tuple[str, str]:
    """One of its own: two that start in the same second would both take the port that everybody prefers."""
    return "--port", str(choose_port())


@contextmanager
def on_a_copy(kept: Path, home: Path) -> Iterator[Stack]:
    """A demonstration on its own copy of that past, at the same place, because servers note where they live."""
    shutil.rmtree(home, ignore_errors=True)
    # Not `copytree`: the files of the servers belong to another account.
    subprocess.run(["cp", "-a", str(kept), str(home)], check=True)
    demonstration = start(home, "demo", *_on_a_port())
    try:
        running = StateFolder(home / DEMO).running()
        assert running is not None
        yield Stack(demonstration, running.desk_url, _addresses())
    finally:
        run(home, "down")
        demonstration.process.wait(LONGEST_WAIT)


def _addresses() -> dict[str, str]:
    """The mail address of each person of the notice."""
    from forthwith.demo.seeding import demo_notice

    return {person.id: person.email for person in demo_notice().people if person.email}
