"""Trust policies: which logs, which witnesses, and how many of them must have signed (c2sp.org/tlog-policy)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ledger.log.checkpoint import SignedCheckpoint, read_checkpoint
from ledger.log.keys import LOG, WITNESS, UnfitKey, VerifierKey, verified_by
from ledger.log.notes import UnsoundNote

NONE = "none"


class UnfitPolicy(ValueError):
    """A file that is no policy; the sentence names the line."""


@dataclass(frozen=True, slots=True)
class Witness:
    """`name` has a meaning in the policy alone; `url` is where it is asked, or None."""

    name: str
    key: VerifierKey
    url: str | None


@dataclass(slots=True)
class Policy:
    """`groups` maps a name to how many of which members it takes."""

    logs: dict[VerifierKey, str | None] = field(default_factory=dict)
    witnesses: dict[str, Witness] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    quorum: str | None = None

    def is_met(self, witnesses: Collection[VerifierKey]) -> bool:
        """Whether these witnesses are enough."""
        return self.quorum == NONE or self._has_witnessed(self.quorum or "", witnesses)

    def accepted(self, data: bytes) -> SignedCheckpoint:
        """A checkpoint of one of the logs, cosigned by enough witnesses; raises UnsoundNote."""
        signed = read_checkpoint(data, self.logs)
        if not self.is_met(self.witnesses_of(signed)):
            raise UnsoundNote(f"Too few of the witnesses have cosigned the checkpoint of size {signed.size}.")
        return signed

    def witnesses_of(self, signed: SignedCheckpoint) -> tuple[VerifierKey, ...]:
        """Whose cosignatures it bears; raises UnsoundNote when one of them does not verify."""
        return verified_by(signed.note, [each.key for each in self.witnesses.values()])

    def _has_witnessed(self, name: str, witnesses: Collection[VerifierKey]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name].key in witnesses
        least, members = self.groups[name]
        return sum(self._has_witnessed(each, witnesses) for each in members) >= least


def read_policy(file: Path) -> Policy:
    """Raises FileNotFoundError or UnfitPolicy."""
    if not file.is_file():
        raise FileNotFoundError(f"There is no policy “{file}”.")
    return parse_policy(file.read_bytes())


def parse_policy(data: bytes) -> Policy:
    """Read a policy; names are compared as bytes, so the text is taken as Latin-1. Raises UnfitPolicy."""
    reader = _Reader()
    for place, line in enumerate(data.decode("latin-1").split("\n"), start=1):
        try:
            reader.take(line)
        except (UnfitPolicy, UnfitKey) as fault:
            raise UnfitPolicy(f"Line {place} of the policy: {fault}") from None
    if reader.policy.quorum is None:
        raise UnfitPolicy("The policy has no quorum line.")
    return reader.policy


class _Reader:
    def __init__(self) -> None:
        self.policy = Policy()
        self._publics: dict[int, set[bytes]] = {LOG: set(), WITNESS: set()}
        self._members: set[str] = set()

    def take(self, line: str) -> None:
        if any(each < " " and each != "\t" for each in line) or "\x7f" in line:
            raise UnfitPolicy("it holds control characters.")
        words = line.replace("\t", " ").split(" ")
        words = [word for word in words if word]
        if not words or words[0].startswith("#"):
            return
        match words:
            case ["log", vkey, *url] if len(url) <= 1:
                self.policy.logs[self._key(vkey, LOG)] = url[0] if url else None
            case ["witness", name, vkey, *url] if len(url) <= 1:
                self._named(name)
                self.policy.witnesses[name] = Witness(name, self._key(vkey, WITNESS), url[0] if url else None)
            case ["group", name, least, *members] if members:
                self._named(name)
                self.policy.groups[name] = (_threshold(least, len(members)), self._joined(members))
            case ["quorum", name]:
                self._quorum(name)
            case _:
                raise UnfitPolicy("it is neither log, witness, group nor quorum.")

    def _key(self, vkey: str, algorithm: int) -> VerifierKey:
        key = VerifierKey.parse(vkey.encode("latin-1").decode("utf-8", "replace"))
        if key.algorithm != algorithm:
            raise UnfitPolicy("the key is of another kind: logs sign with 0x01, witnesses with 0x04.")
        if key.public in self._publics[algorithm]:
            raise UnfitPolicy("the key is listed twice.")
        self._publics[algorithm].add(key.public)
        return key

    def _named(self, name: str) -> None:
        if name == NONE or name in self.policy.witnesses or name in self.policy.groups:
            raise UnfitPolicy(f"the name “{name}” is taken.")

    def _joined(self, members: list[str]) -> tuple[str, ...]:
        for each in members:
            if each not in self.policy.witnesses and each not in self.policy.groups:
                raise UnfitPolicy(f"“{each}” has not been defined before.")
            if each in self._members:
                raise UnfitPolicy(f"“{each}” belongs to a group already.")
            self._members.add(each)
        return tuple(members)

    def _quorum(self, name: str) -> None:
        if self.policy.quorum is not None:
            raise UnfitPolicy("there is a quorum already.")
        if name != NONE and name not in self.policy.witnesses and name not in self.policy.groups:
            raise UnfitPolicy(f"“{name}” has not been defined before.")
        self.policy.quorum = name


def _threshold(least: str, members: int) -> int:
    if least in ("any", "all"):
        return 1 if least == "any" else members
    if not (least.isascii() and least.isdecimal() and 1 <= int(least) <= members):
        raise UnfitPolicy(f"a group needs any, all, or a number from 1 to {members}.")
    return int(least)
