"""Asking the witnesses of a policy for their cosignatures (c2sp.org/tlog-witness), over HTTP."""

import asyncio
import http.client
from collections.abc import Callable
from urllib.parse import urlsplit

from ledger.log.checkpoint import SignedCheckpoint
from ledger.log.keys import verified_by
from ledger.log.notes import Note, Signature, UnsoundNote, encode, parse_signatures
from ledger.log.policy import Policy, Witness
from ledger.log.tiles import TileTree

_PATIENCE = 5.0
_LONGEST_ANSWER = 64_000


class Witnesses:
    """Collects cosignatures until the policy's quorum is met. It remembers how far each witness has come."""

    def __init__(self, policy: Policy, warn: Callable[[str], None]) -> None:
        self._policy, self._warn = policy, warn
        self._sizes: dict[str, int] = {}
        self._got: tuple[str, dict[str, Signature]] = ("", {})

    async def __call__(self, signed: SignedCheckpoint, tree: TileTree) -> SignedCheckpoint | None:
        """The checkpoint with cosignatures, or None while there are too few of them."""
        text = signed.note.text
        got = self._got[1] if self._got[0] == text else {}
        self._got = (text, got)
        missing = [each for each in self._policy.witnesses.values() if each.url and each.name not in got]
        answers = await asyncio.gather(
            *(asyncio.to_thread(self._ask, each, signed, tree) for each in missing)
        )
        got.update({each.name: line for each, line in zip(missing, answers, strict=True) if line is not None})
        keys = [self._policy.witnesses[name].key for name in got]
        if not self._policy.is_met(keys):
            self._warn(f"Too few witnesses have cosigned the checkpoint of size {signed.size}; it waits.")
            return None
        return SignedCheckpoint(signed.checkpoint, signed.note.signed_also(got.values()))

    def _ask(self, witness: Witness, signed: SignedCheckpoint, tree: TileTree) -> Signature | None:
        for _ in range(2):
            old_size = self._sizes.get(witness.name, 0)
            try:
                status, answer = _post(witness.url or "", request(old_size, signed, tree))
                if status == 200:
                    self._sizes[witness.name] = signed.size
                    return _cosignature(witness, signed, answer)
                if status != 409 or not answer.strip().isdigit() or int(answer) > signed.size:
                    self._warn(f"The witness “{witness.name}” answered {status}: {answer[:200].strip()}")
                    return None
                self._sizes[witness.name] = int(answer)
            except (OSError, http.client.HTTPException, UnsoundNote, ValueError) as fault:
                self._warn(f"The witness “{witness.name}” could not be asked: {fault}")
                return None
        return None


def request(old_size: int, signed: SignedCheckpoint, tree: TileTree) -> str:
    """The body of a request to cosign."""
    proof = "".join(f"{encode(each)}\n" for each in tree.consistency(old_size, signed.size))
    return f"old {old_size}\n{proof}\n{signed}"


def _cosignature(witness: Witness, signed: SignedCheckpoint, answer: str) -> Signature:
    lines = [each for each in parse_signatures(answer) if witness.key.made(each)]
    if not verified_by(Note(signed.note.text, tuple(lines)), [witness.key]):
        raise UnsoundNote("its answer holds no cosignature of its key")
    return lines[0]


def _post(url: str, body: str) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"“{url}” is no address of a witness")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=_PATIENCE)
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body.encode())
        answer = connection.getresponse()
        return answer.status, answer.read(_LONGEST_ANSWER).decode("utf-8", "replace")
    finally:
        connection.close()
