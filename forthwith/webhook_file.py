"""The file that lists the webhooks: who is told, where, and of what."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from activities.webhooks.addresses import parsed
from activities.webhooks.sending import Endpoint
from activities.webhooks.signing import key_of
from domain.events.kinds import KINDS
from forthwith.notice_files.yaml_model import read_model

LIMIT_BYTES = 64 * 1024
TOPICS = frozenset(kind.topic.partition(".v")[0] for kind in KINDS)


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WebhookEntry(_Shape):
    """`secrets`: newest first; each signs, until the receiver has changed to the new one."""

    name: str = Field(min_length=1, max_length=60, pattern=r"^[a-z0-9-]+$")
    url: str
    secrets: tuple[str, ...] = Field(min_length=1, max_length=4)
    events: tuple[str, ...] = ()
    notice: str | None = None

    @field_validator("secrets")
    @classmethod
    def _are_secrets(cls, secrets: tuple[str, ...]) -> tuple[str, ...]:
        for each in secrets:
            key_of(each)
        return secrets

    @field_validator("events")
    @classmethod
    def _are_events(cls, events: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [each for each in events if each not in TOPICS]
        if unknown:
            raise ValueError(f"There is no event “{unknown[0]}”.")
        return events


class WebhookFile(_Shape):
    webhooks: tuple[WebhookEntry, ...]

    @model_validator(mode="after")
    def _has_each_name_once(self) -> Self:
        names = [each.name for each in self.webhooks]
        if len(set(names)) < len(names):
            raise ValueError("Each webhook needs a name of its own.")
        return self


def endpoints_in(path: Path, *, private: bool = False) -> tuple[Endpoint, ...]:
    """Raises FileFaults with everything that is wrong with the file, AddressRefused, OSError."""
    found = read_model(path, WebhookFile, LIMIT_BYTES).webhooks
    for each in found:
        parsed(each.url, private=private)
    return tuple(
        Endpoint(each.name, each.url, tuple(map(key_of, each.secrets)), frozenset(each.events), each.notice)
        for each in found
    )
