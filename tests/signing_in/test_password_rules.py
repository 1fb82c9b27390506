"""Which passwords may be used: length, and what everybody tries first; nothing else is asked."""

import pytest

from desk.devices import device_of
from desk.passwords import password_fault
from tests.signing_in.conftest import FIREFOX, PHONE


@pytest.mark.parametrize(
    "password", ["lantern otter gravel", "ganz ohne großbuchstaben", "пролив лампа ёлка", "x7 k2 m9 q4 p1"]
)
def test_length_is_enough(password):
    assert password_fault(password, "helen-marsh", "Helen Marsh") is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven char", "12 characters or more"),
        ("x" * 257, "256 characters or fewer"),
        ("qwerty123456", "tried first"),
        ("Sunshine2026!", "tried first"),
        ("!!Liverpool1992", "tried first"),
        ("otterotterotter", "tried first"),
        ("aaaaaaaaaaaaaa", "tried first"),
        ("abcdefghijklm", "tried first"),
        ("012345678901234", "tried first"),
        ("helen-marsh-12", "your name"),
        ("Marsh Helen 2026", "your name"),
        ("Forthwith2026", "your name"),
        ("ｑｗｅｒｔｙ123456", "tried first"),  # the same letters, in full width
    ],
)
def test_what_everybody_tries_first_is_refused_with_the_reason(password, why):
    assert why in (password_fault(password, "helen-marsh", "Helen Marsh") or "")


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on an iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Linux",
        ),
        ("curl/8.0", "Another program"),
        ("", "Another program"),
    ],
)
def test_a_device_is_told_in_words(user_agent, words):
    assert device_of(user_agent) == words
