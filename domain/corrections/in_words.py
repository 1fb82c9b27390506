"""What a correction changes, in words: kinds of events, fields and values as people would say them."""

from contextlib import suppress
from datetime import date, datetime
from typing import Protocol

from domain.notice.state import Notice
from domain.time.words import plain_date
from domain.who import moment_words

_A_DAY = len("2016-05-19")


class Change(Protocol):
    """What a proposal, a correction and a note of one have in common. Values are as the record writes them."""

    @property
    def field(self) -> str: ...

    @property
    def was(self) -> str: ...

    @property
    def now(self) -> str: ...


def kind_in_words(topic: str) -> str:
    """`“report submitted”`."""
    return f"“{topic.partition('.v')[0].replace('-', ' ')}”"


def change_in_words(change: Change, notice: Notice) -> str:
    """`“received at” says “14 June 2016 at 09:00” and no longer “15 June 2016 at 09:00”`."""
    field = change.field.replace("_", " ")
    return f"“{field}” says “{_value(change.now, notice)}” and no longer “{_value(change.was, notice)}”"


def _value(text: str, notice: Notice) -> str:
    if text in notice.names:
        return notice.names[text]
    with suppress(ValueError):
        return plain_date(date.fromisoformat(text)) if len(text) == _A_DAY else _instant(text, notice)
    return text


def _instant(text: str, notice: Notice) -> str:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no instant of the record")
    return moment_words(notice, instant)
