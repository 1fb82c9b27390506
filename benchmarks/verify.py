"""How fast the record is verified, against the floor that hashing alone sets: `python benchmarks/verify.py --json`.

The floor is SHA-256 of every stored line and of every inner node, and nothing else. All are measured in one run, in turns,
because other programs on the machine slow everything down alike; each figure is the median of its turns. Seconds of the wall
clock and of the processors are both told: on a busy machine only the second ones mean anything.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID

from ledger.log.checkpoint import Checkpoint
from ledger.log.checkpoint import sign as sign_checkpoint
from ledger.log.keys import LOG, FileSigner
from ledger.postgres import PAGE
from ledger.verify.signatures import Trust
from ledger.verify.tree import Tree
from ledger.verify.verify_bag import verify_bag

ROOT = Path(__file__).parents[1]
STANDALONE = ROOT / "ledger" / "standalone" / "verify.py"
SIGNER = FileSigner("forthwith.invalid/benchmark", LOG, b"b" * 32)
STREAMS = 5000


def event(number: int, random: Random) -> bytes:
    """A reminder of about 460 bytes, in canonical spelling."""
    minute, second = divmod(number // 50, 60)
    time_told = f"2016-{1 + minute // 40320:02}-{1 + minute // 1440 % 28:02}T{minute // 60 % 24:02}:{minute % 60:02}:{second:02}.{number % 50:06}Z"
    stream = f"occ/lancashire-2016/monthly-report/{number % STREAMS}"
    return (
        f'{{"actor":"system:engine","commandid":"{UUID(int=random.getrandbits(128))}","data":{{"to":"m{number}"}},'
        f'"datacontenttype":"application/json","effective":"{time_told}","id":"{UUID(int=random.getrandbits(128))}",'
        f'"notice":"lancashire-2016","occurrence":"monthly-report/{number % STREAMS}","rung":"reminder",'
        f'"source":"forthwith","specversion":"1.0","streamversion":{number // STREAMS + 1},"subject":"{stream}",'
        f'"time":"{time_told}","type":"reminder-issued.v1"}}'
    ).encode()


def make_bag(folder: Path, events: int) -> list[bytes]:
    random = Random(2016)
    lines = [event(number, random) for number in range(events)]
    root = ours(lines)
    data = folder / "data"
    data.mkdir()
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (data / "events.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    signed = sign_checkpoint(Checkpoint(SIGNER.key.name, events, root), (SIGNER,))
    (data / "checkpoint").write_text(str(signed))
    listed = (
        f"{sha256(each.read_bytes()).hexdigest()}  data/{each.name}\n" for each in sorted(data.iterdir())
    )
    (folder / "manifest-sha256.txt").write_text("".join(listed))
    return lines


def floor(lines: list[bytes]) -> bytes:
    """Every leaf and every node, level by level, in the fewest words that Python has for it."""
    level = [sha256(b"\x00" + line).digest() for line in lines]
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        level = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=False)
        ] + odd
    return level[0]


def ours(lines: list[bytes]) -> bytes:
    """Leaf hashes and tree as the verifier of the database makes them, page by page in little memory."""
    tree = Tree()
    for start in range(0, len(lines), PAGE):
        tree.extend([sha256(b"\x00" + line).digest() for line in lines[start : start + PAGE]])
    return tree.root()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall clock, and of the processors, children included."""
    wall, spent = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - wall, sum(os.times()[:4]) - spent


def standalone(folder: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-I", STANDALONE, folder, "--vkey", str(SIGNER.key), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(told.stdout)["sound"]


def measure(events: int, turns: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        bag = Path(folder)
        lines = make_bag(bag, events)
        assert floor(lines) == ours(lines)
        trust = Trust((SIGNER.key,))
        works: dict[str, Callable[[], object]] = {
            "floor": lambda: floor(lines),
            "tree": lambda: ours(lines),
            "standalone": lambda: standalone(bag),
            "whole_bag": lambda: verify_bag(bag, trust),
        }
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
        for _ in range(turns):
            for name, work in works.items():
                spent[name].append(timed(work))
        size = sum(map(len, lines)) // events
    told: dict[str, object] = {
        "events": events,
        "bytes_an_event": size,
        "turns": turns,
        "processors": os.cpu_count(),
    }
    for name, turn in spent.items():
        told[f"{name}_seconds"] = round(statistics.median(wall for wall, _ in turn), 3)
        told[f"{name}_processor_seconds"] = round(statistics.median(cpu for _, cpu in turn), 3)
    pairs = zip(spent["floor"], spent["tree"], strict=True)
    told["share_of_floor"] = round(statistics.median(f[1] / t[1] for f, t in pairs), 3)
    told["load"] = round(os.getloadavg()[0], 2)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    told = measure(asked.events, asked.turns)
    if asked.json:
        print(json.dumps(told))
        return
    for name, value in told.items():
        print(f"{name.replace('_', ' ')}: {value}")


if __name__ == "__main__":
    main()
