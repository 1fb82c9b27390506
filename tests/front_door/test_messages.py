"""`forthwith messages`: what can be seen before anything runs, and beside a demonstration that runs."""

import re

import httpx2
import pytest

from forthwith.mailbox.folder import MailFolder
from tests.front_door.conftest import Demonstration, Forthwith

TOPIC = "overdue-notice-issued"
HELEN = "helen-marsh"

pytestmark = pytest.mark.slow


def test_every_kind_is_listed_and_one_can_be_read_in_both_forms(forthwith: Forthwith) -> None:
    listed = {each["topic"]: each for each in forthwith("messages", "preview", "--json").objects}
    shown = forthwith("messages", "preview", TOPIC, "--html")
    assert shown.out == listed[TOPIC]["html"]
    assert shown.out.startswith("<!doctype html>")
    assert "What you can do" in listed[TOPIC]["text"]


def test_a_kind_that_a_scenario_does_not_call_for_is_not_found(forthwith: Forthwith) -> None:
    said = forthwith("messages", "preview", "no-such")
    assert (said.code, said.out) == (4, "")
    assert TOPIC in said.err


def test_somebody_unknown_has_no_wish(demonstration: Demonstration) -> None:
    said = demonstration("messages", "prefer", "nobody", "--digest")
    assert (said.code, said.out) == (4, "")
    assert demonstration("messages", "prefer", HELEN, "--no-digest").code == 0


def test_nothing_has_failed_in_the_demonstration_and_unknown_mail_cannot_come_back(
    demonstration: Demonstration,
) -> None:
    assert demonstration("messages", "failed").code == 0
    said = demonstration("messages", "bounced", "<nobody@sent.this>", "--fault", "550")
    assert (said.code, said.out) == (4, "")


def test_the_mail_of_the_demonstration_holds_links_of_its_own_desk(demonstration: Demonstration) -> None:
    """The key of the links is the run's own, and the same for whoever writes letters and whoever serves the page."""
    (status,) = demonstration("status", "--json").objects
    mails = MailFolder(demonstration.home / "demo" / "mail").messages()
    links = [link for mail in mails for link in re.findall(rf"{status['desk']}/acknowledge/\S+", mail.text)]
    answers = [httpx2.get(link) for link in links[:3]]
    assert answers
    assert any("Acknowledge as" in answer.text for answer in answers)
