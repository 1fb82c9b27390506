#!/usr/bin/env python3
"""Verifies an exported record (a bag, as a folder or a zip) with nothing but Python 3.9 or newer. It needs no network.

    python3 verify.py BAG --vkey KEY [--policy FILE] [--checkpoint FILE] [--receipts DIR] [--deep] [--json]

Take this file, and the key, from somewhere else than the bag. Ends with 0: sound; 3: tampered with; 7: sound as far as
could be told, but something needed was not given; 2 or 4: what was asked makes no sense, or is not there.
Formats: BagIt 1.0 (RFC 8493), RFC 6962 trees, C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy and
tlog-tiles, RFC 8032 (Ed25519), RFC 8785 (canonical JSON), RFC 9901 (disclosures).
"""

import argparse
import base64
import datetime
import hashlib
import json
import re
import sys
import unicodedata
import zipfile
from hashlib import sha256
from itertools import groupby
from pathlib import Path

MOST_FINDINGS = 1000
SMALL = 100_000  # so many events are examined to the last letter without being asked
CLOCKS_MAY_DIFFER = 5  # seconds between the clocks of the record and of a witness
TEXTS = (
    "actor",
    "commandid",
    "datacontenttype",
    "effective",
    "id",
    "source",
    "specversion",
    "subject",
    "time",
    "type",
)
MAYBE = ("authority", "causation", "correlation", "notice", "obligation", "occurrence", "reason", "rung")
FIXED = {"specversion": "1.0", "source": "forthwith", "datacontenttype": "application/json"}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9_.:/-]+")
TAIL = re.compile(
    rb'"streamversion":([1-9][0-9]{0,15}),"subject":"([^"\\]*)","time":"([-0-9T:.]{26}Z)","type":"[^"\\]*"}(?:\n|\Z)'
)
TILE = re.compile(r"data/tile/(\d{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/(\d{1,3}))?", re.ASCII)


class Usage(Exception):
    """What was asked makes no sense; the sentence says why."""


class Findings:
    def __init__(self):
        self.kept, self.unlisted, self.incomplete = [], 0, []

    def add(self, code, index, sentence):
        if len(self.kept) < MOST_FINDINGS:
            self.kept.append({"code": code, "index": index, "sentence": sentence})
        else:
            self.unlisted += 1

    def in_log_order(self):
        return sorted(self.kept, key=lambda each: (each["index"] is None, each["index"] or 0))


# Ed25519, RFC 8032 section 5.1, on extended coordinates
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
HALF = pow(2, (P - 1) // 4, P)


def add_points(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = add_points(total, point)
        point, number = add_points(point, point), number >> 1
    return total


def point_of(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * HALF % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed_by(public, signature, message):
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ORDER:
        return False
    try:
        x, y, z, t = point_of(public)
    except ValueError:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, t = add_points(times(s, BASE), times(k, (P - x, y, z, P - t)))
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# Signed notes, checkpoints, policies
def decode(text):
    data = base64.b64decode(text.encode(), validate=True)
    if base64.b64encode(data).decode() != text or not data:
        raise ValueError("is not base64")
    return data


def is_key_name(name):
    spaces = any(each.isspace() or unicodedata.category(each) == "Cc" for each in name)
    return name and "+" not in name and not spaces


def read_vkey(text):
    """(name, key id, algorithm, public key); algorithm 1 signs as a log, 4 cosigns as a witness."""
    try:
        name, key_id, rest = text.strip().split("+", 2)
        data = decode(rest)
        if len(data) != 33 or data[0] not in (1, 4) or not is_key_name(name):
            raise ValueError
        if sha256(name.encode() + b"\n" + data).hexdigest()[:8] != key_id:
            raise ValueError
    except ValueError:
        raise Usage("“%s” is no verifier key (name+hash+key)." % text.strip()[:80]) from None
    return name, bytes.fromhex(key_id), data[0], data[1:]


def read_vkeys(texts):
    keys = []
    for text in texts:
        whole = Path(text).read_text("utf-8") if "+" not in text or Path(text).is_file() else text
        keys += [read_vkey(line) for line in whole.splitlines() if line.strip() and line[0] != "#"]
    return keys


def read_policy(text):
    """{"logs": [key], "witnesses": {name: key}, "groups": {name: (threshold, members)}, "quorum": name}"""
    policy = {"logs": [], "witnesses": {}, "groups": {}, "quorum": None}
    try:
        for words in (line.split() for line in text.splitlines()):
            known = set(policy["witnesses"]) | set(policy["groups"])
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log" and len(words) in (2, 3):
                policy["logs"].append(read_vkey(words[1]))
            elif words[0] == "witness" and len(words) in (3, 4) and words[1] not in known | {"none"}:
                policy["witnesses"][words[1]] = read_vkey(words[2])
            elif words[0] == "group" and len(words) > 3 and words[1] not in known | {"none"}:
                members = words[3:]
                least = {"any": 1, "all": len(members)}.get(words[2]) or int(words[2])
                if not 1 <= least <= len(members) or not known.issuperset(members):
                    raise ValueError
                policy["groups"][words[1]] = (least, members)
            elif (
                words[0] == "quorum"
                and len(words) == 2
                and policy["quorum"] is None
                and words[1] in known | {"none"}
            ):
                policy["quorum"] = words[1]
            else:
                raise ValueError
        if policy["quorum"] is None:
            raise ValueError
    except ValueError:
        raise Usage("The policy is not in the form of C2SP tlog-policy.") from None
    return policy


def quorum_reached(policy, name, cosigners):
    if name == "none" or name in policy["witnesses"]:
        return name == "none" or name in cosigners
    least, members = policy["groups"][name]
    return sum(quorum_reached(policy, each, cosigners) for each in members) >= least


class Checkpoint:
    """A signed note read as a checkpoint; raises ValueError for anything else."""

    def __init__(self, note):
        text, blank, signatures = note.decode().rpartition("\n\n")
        said, lines = text.split("\n"), signatures.split("\n")
        if not blank or lines.pop() or not 1 <= len(lines) <= 64 or len(note) > 1_000_000 or len(said) < 3:
            raise ValueError
        if not all(said) or re.search("[\0-\x09\x0b-\x1f]", note.decode()):
            raise ValueError
        if not re.fullmatch("0|[1-9][0-9]{0,18}", said[1], re.ASCII):
            raise ValueError
        self.origin, self.size, self.root = said[0], int(said[1]), decode(said[2])
        self.body, self.signatures = (text + "\n").encode(), []
        for line in lines:
            dash, name, blob = line.split(" ")
            if dash != "—" or len(self.root) != 32 or not is_key_name(name) or len(decode(blob)) < 5:
                raise ValueError
            self.signatures.append((name, decode(blob)[:4], decode(blob)[4:]))

    def signed_at(self, key):
        """None: this key did not sign; False: its signature is wrong; a log gives True, a witness its time."""
        name, key_id, algorithm, public = key
        answers = []
        for signature in (
            blob for named, known_id, blob in self.signatures if (named, known_id) == (name, key_id)
        ):
            if algorithm == 1:
                answers.append(signed_by(public, signature, self.body))
                continue
            at = int.from_bytes(signature[:8], "big")
            told = b"cosignature/v1\ntime %d\n" % at
            answers.append(
                len(signature) == 72 and signed_by(public, signature[8:], told + self.body) and (at or True)
            )
        return False if False in answers else answers[0] if answers else None


def check_signatures(note, which, keys, policy, findings):
    """The checkpoint and its witnesses' times, or None where it is unreadable; `policy` may be None."""
    try:
        checkpoint = Checkpoint(note)
    except ValueError:
        findings.add("BAD_SIGNATURE", None, "%s is no signed checkpoint." % which)
        return None, []
    answers = [(key[0], checkpoint.signed_at(key)) for key in keys if key[2] == 1]
    if any(good is False for _, good in answers) or (checkpoint.origin, True) not in answers:
        findings.add("BAD_SIGNATURE", None, "%s is not signed by the log's key." % which)
    witnesses = policy["witnesses"] if policy else {}
    cosigned = {name: checkpoint.signed_at(key) for name, key in witnesses.items()}
    for name in (name for name, at in cosigned.items() if at is False):
        findings.add("BAD_SIGNATURE", None, "%s bears a cosignature of “%s” that is wrong." % (which, name))
    return checkpoint, {name: at for name, at in cosigned.items() if at}


# The tree of RFC 6962, in levels of 256 as the tiles hold them
def pair_up(hashes):
    while len(hashes) > 1:
        hashes = [sha256(b"\x01" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2])]
    return hashes[0]


class Tree:
    def __init__(self):
        self.levels = [[]]

    def extend(self, leaves, level=0):
        if level == len(self.levels):
            self.levels.append([])
        here = self.levels[level]
        done = len(here) // 256
        here += leaves
        full = [pair_up(here[at * 256 : at * 256 + 256]) for at in range(done, len(here) // 256)]
        if full:
            self.extend(full, level + 1)

    def root(self, size):
        """The root over the first `size` leaves."""
        peaks, covered = [], 0
        for level in range(len(self.levels) - 1, -1, -1):
            width = 256**level
            for place in range(covered // width, size // width):
                peak, wide = self.levels[level][place], width
                while peaks and peaks[-1][0] == wide:
                    peak, wide = sha256(b"\x01" + peaks.pop()[1] + peak).digest(), wide * 2
                peaks.append((wide, peak))
            covered = size // width * width
        root = peaks.pop()[1] if peaks else sha256(b"").digest()
        while peaks:
            root = sha256(b"\x01" + peaks.pop()[1] + root).digest()
        return root


# The events
def refuse(_):
    raise ValueError("is no whole number of the profile")


def require_fit(value, depth=0):
    if isinstance(value, str):
        if "\0" in value or not unicodedata.is_normalized("NFC", value):
            raise ValueError("holds text that is not normal")
    elif isinstance(value, int):
        if abs(value) >= 2**53:
            raise ValueError("holds a number of more than 53 bits")
    elif value is not None:
        if depth >= 32:
            raise ValueError("is nested too deeply")
        if isinstance(value, dict) and not all(map(KEY.fullmatch, value)):
            raise ValueError("holds an odd key")
        for item in value.values() if isinstance(value, dict) else value:
            require_fit(item, depth + 1)


def read_event(line):
    """The event in a line; raises ValueError with a sentence unless it is spelled in the one canonical way."""
    try:
        event = json.loads(line.decode(), parse_float=refuse, parse_constant=refuse)
        spelled = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        raise ValueError("is not JSON of the profile") from None
    if type(event) is not dict or spelled != line or len(line) > 65535:
        raise ValueError("is not spelled in the one canonical way")
    kinds = {name: str for name in (*TEXTS, *(name for name in MAYBE if name in event))}
    kinds.update(data=dict, streamversion=int)
    if {name: type(value) for name, value in event.items()} != kinds:
        raise ValueError("does not have the fields of an event")
    if any(event[name] != value for name, value in FIXED.items()):
        raise ValueError("has fields that no event has")
    if not INSTANT.fullmatch(event["time"]) or not INSTANT.fullmatch(event["effective"]):
        raise ValueError("has a time that is no time")
    for value in event.values():
        require_fit(value)
    return event


def digests_in(value):
    """Every commitment in a value (RFC 9901): members of `_sd`, and the hidden elements of lists."""
    if isinstance(value, dict):
        for key, item in value.items():
            hidden = item if key == "_sd" and isinstance(item, list) else [item] if key == "..." else ()
            yield from (each for each in hidden if isinstance(each, str))
            yield from digests_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from digests_in(item)


class Events:
    """Takes the lines of the log in order; `cosigned`: (size, latest time allowed) of each witness."""

    def __init__(self, findings, cosigned, deep, wanted):
        self.findings, self.cosigned, self.deep, self.wanted = findings, cosigned, deep, wanted
        self.tree, self.size, self.recorded, self.last = Tree(), 0, b"", b""
        self.limit = min((limit for _, limit, _ in cosigned), default=b"a")
        self.streams, self.commands, self.command_at = {}, set(), {}
        self.committed, self.erased, self.late = {}, set(), False

    def take(self, lines, text):
        self.tree.extend([sha256(b"\0" + line).digest() for line in lines])
        if not lines or (not self.deep and self.as_usual(lines, text)):
            return
        first, recorded = self.size + 1, []
        for line in lines:
            self.size += 1
            recorded.append(b"")
            try:
                event = read_event(line)
            except ValueError as fault:
                self.findings.add("NOT_CANONICAL", self.size, "Event %d %s." % (self.size, fault))
                continue
            recorded[-1] = event["time"].encode()
            self.note_commitments(event)
            self.check_place(
                event["commandid"].encode(), event["streamversion"], event["subject"].encode(), recorded[-1]
            )
        for size, limit, witness in self.cosigned:
            late = [at for at, when in enumerate(recorded, first) if when > limit and at <= size]
            if late and not self.late:
                self.late, told = True, "Event %d says that it was recorded after “%s” had cosigned it."
                self.findings.add("RECORDED_AFTER_WITNESS", late[0], told % (late[0], witness))

    def as_usual(self, lines, text):
        """Take lines in which nothing is out of the ordinary, fast; False where they have to be read in full."""
        places = TAIL.findall(text)
        commands = [line[(at := line.find(b'"commandid":"') + 13) : at + 36] for line in lines]
        runs = [command for command, _ in groupby(commands) if command != self.last]
        recorded = [place[2] for place in places]
        odd = any(mark in text for mark in (b'"_sd":', b'{"...":', b'"personal-data-erased.v1"}'))
        if (
            odd
            or len(places) != len(lines)
            or len(set(runs)) != len(runs)
            or not self.commands.isdisjoint(runs)
        ):
            return False
        if recorded != sorted(recorded) or not self.recorded <= recorded[0] or recorded[-1] > self.limit:
            return False
        if not self.wanted.isdisjoint(range(self.size + 1, self.size + 1 + len(lines))):
            return False
        for version, stream, _ in places:
            self.size += 1
            if int(version) != self.streams.get(stream, 0) + 1:
                self.gap(int(version), stream)
            self.streams[stream] = int(version)
        self.commands.update(runs)
        self.last, self.recorded = commands[-1], recorded[-1]
        return True

    def check_place(self, command, version, stream, recorded):
        if self.size in self.wanted:
            self.command_at[self.size] = command.decode()
        if command != self.last:
            if command in self.commands:
                told = "Event %d repeats command %s, recorded before." % (self.size, command.decode())
                self.findings.add("DUPLICATE_COMMAND", self.size, told)
            self.commands.add(command)
            self.last = command
        if version != self.streams.get(stream, 0) + 1:
            self.gap(version, stream)
        self.streams[stream] = version
        if recorded < self.recorded:
            told = "Event %d was recorded at %s, before the event in front of it." % (
                self.size,
                recorded.decode(),
            )
            self.findings.add("TIME_REGRESSION", self.size, told)
        else:
            self.recorded = recorded

    def gap(self, version, stream):
        told = "Event %d is version %d of “%s”, where version %d should be."
        told %= self.size, version, stream.decode(), self.streams.get(stream, 0) + 1
        self.findings.add("STREAM_GAP", self.size, told)

    def note_commitments(self, event):
        digests = set(digests_in(event["data"]))
        if digests:
            self.committed[self.size] = digests
        if event["type"] == "personal-data-erased.v1" and isinstance(event["data"].get("digests"), list):
            self.erased.update(each for each in event["data"]["digests"] if isinstance(each, str))


# The bag
class Bag:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path) if path.is_file() else None
        if self.zip:
            names = [each.filename for each in self.zip.infolist() if not each.is_dir()]
            roots = [name[:-9] for name in names if name == "bagit.txt" or name.endswith("/bagit.txt")]
            self.root = min(roots, key=len, default="")
            self.names = {name[len(self.root) :] for name in names if name.startswith(self.root)}
        else:
            self.root = path
            self.names = {each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()}
        if "bagit.txt" not in self.names:
            raise Usage("“%s” is no bag: it holds no bagit.txt." % path)

    def open(self, name):
        return self.zip.open(self.root + name) if self.zip else (self.root / name).open("rb")

    def read(self, name):
        if name not in self.names:
            return b""
        with self.open(name) as file:
            return file.read()

    def hash(self, name):
        whole = sha256()
        with self.open(name) as file:
            for chunk in iter(lambda: file.read(1 << 20), b""):
                whole.update(chunk)
        return whole.hexdigest()


def read_log(bag, events, expected):
    """Give the lines to `events`; the hash of the whole file, and whether anything came after event `expected`."""
    whole, rest, beyond = sha256(), b"", False
    if "data/events.jsonl" not in bag.names:
        return whole.hexdigest(), beyond
    with bag.open("data/events.jsonl") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            whole.update(chunk)
            text, newline, rest = (rest + chunk).rpartition(b"\n")
            lines = text.split(b"\n") if newline else []
            beyond = beyond or events.size + len(lines) > expected
            events.take(lines[: expected - events.size], text)
    beyond = beyond or (rest and events.size == expected)
    if rest and events.size < expected:
        events.take([rest], rest)
    return whole.hexdigest(), beyond


def check_root(events, checkpoint, which, findings):
    if checkpoint.size > events.size:
        told = "%s is of %d events; %d are here." % (which, checkpoint.size, events.size)
        findings.add("TRUNCATED", events.size + 1, told)
    elif events.tree.root(checkpoint.size) != checkpoint.root:
        told = "The first %d events do not have the root that %s names." % (checkpoint.size, which)
        findings.add("ROOT_MISMATCH", None, told)


def check_tiles(bag, tree, findings):
    wrong = {}
    for name in sorted(bag.names):
        tile = TILE.fullmatch(name)
        if not tile:
            continue
        level, place, held = int(tile[1]), int(re.sub("[x/]", "", tile[2])) * 256, bag.read(name)
        here = tree.levels[level][place : place + 256] if level < len(tree.levels) else []
        for at, expected in enumerate(here[: len(held) // 32]):
            if held[at * 32 : at * 32 + 32] != expected:
                code = "ROOT_MISMATCH" if level else "LEAF_HASH"
                index = (place + at) * 256**level + 1
                wrong[code] = min(index, wrong.get(code, index))
    if "LEAF_HASH" in wrong:
        told = "The bytes of event %d do not have the hash that its tile holds; it is the first."
        findings.add("LEAF_HASH", wrong["LEAF_HASH"], told % wrong["LEAF_HASH"])
    elif "ROOT_MISMATCH" in wrong:
        told = "From event %d on the tiles are not those of the events."
        findings.add("ROOT_MISMATCH", wrong["ROOT_MISMATCH"], told % wrong["ROOT_MISMATCH"])


def check_manifest(bag, known, findings):
    """Every file of the payload, and the files of the bag itself; `known`: hashes that were already made."""
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        if manifest not in bag.names:
            if not manifest.startswith("tag"):
                findings.add("PROJECTION_DRIFT", None, "The bag has no manifest-sha256.txt.")
            continue
        told = dict(
            reversed(line.split(None, 1)) for line in bag.read(manifest).decode().splitlines() if " " in line
        )
        files = {name for name in bag.names if name.startswith("data/")} if manifest[0] == "m" else set(told)
        for name in sorted(files | set(told)):
            if name in bag.names and told.get(name) == (known.get(name) or bag.hash(name)):
                continue
            what = (
                "is not what the manifest says"
                if name in bag.names and name in told
                else "is not in the manifest"
            )
            what = what if name in bag.names else "is named in the manifest, but not there"
            code = "EVIDENCE_MISMATCH" if name.startswith("data/evidence/") else "PROJECTION_DRIFT"
            findings.add(code, None, "“%s” %s." % (name, what))
    for name in sorted(bag.names):
        parts = name.split("/")
        if name.startswith("data/evidence/sha256/") and bag.hash(name) != parts[-1]:
            findings.add(
                "EVIDENCE_MISMATCH",
                None,
                "The file “%s” does not have the hash that is its name." % parts[-1],
            )


def lines_of(bag, name, findings):
    for line in bag.read(name).split(b"\n"):
        if line.strip():
            try:
                told = json.loads(line.decode())
                if type(told["index"]) is not int:
                    raise ValueError
                yield told
            except (ValueError, TypeError, KeyError):
                findings.add(
                    "DISCLOSURE_SUBSTITUTED", None, "“%s” holds a line that is none of its kind." % name
                )


def check_disclosures(bag, events, findings):
    open_, given, strangers = {n: set(digests) for n, digests in events.committed.items()}, {}, {}
    for told in lines_of(bag, "data/disclosures.jsonl", findings):
        given.setdefault(told["index"], []).append(str(told.get("disclosure")))
    for index, texts in given.items():
        values = {}
        for text in texts:
            try:
                said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
                values[b64(sha256(text.encode()).digest())] = said[-1] if 2 <= len(said) <= 3 else None
            except (ValueError, TypeError, KeyError):
                values[text] = None
        committed, shown, more = open_.get(index, set()), set(), True
        while more:
            more = values.keys() & committed - shown
            shown |= more
            for digest in more:
                committed.update(digests_in(values[digest]))
        open_[index] = committed - shown
        strangers[index] = len(values.keys() - shown)
    for told in lines_of(bag, "data/withheld.jsonl", findings):
        index, digest = told["index"], str(told.get("digest"))
        if digest in open_.get(index, ()) and told.get("exemption"):
            open_[index].discard(digest)
        elif digest not in events.committed.get(index, ()):
            strangers[index] = strangers.get(index, 0) + 1
    for index in sorted(open_.keys() | strangers.keys()):
        missing, strange = len(open_.get(index, set()) - events.erased), strangers.get(index, 0)
        if strange:
            told = "A value is given for event %d to which it never committed." % index
            findings.add("DISCLOSURE_SUBSTITUTED", index, told)
        if missing > strange:
            told = (
                "Event %d commits to a value that is neither shown, nor withheld by the schedule, nor erased."
            )
            findings.add("DISCLOSURE_MISSING", index, told % index)


def b64(data):
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def read_receipts(folder):
    receipts = []
    for file in sorted(Path(folder).glob("*.json")):
        text = file.read_text("utf-8")
        try:
            for told in [text] if text.lstrip().startswith("{\n") else filter(str.strip, text.splitlines()):
                told = json.loads(told)
                receipts.append((str(told["command"]), int(told["first_index"]), list(told["leaves"])))
        except (ValueError, TypeError, KeyError):
            raise Usage("“%s” holds no receipt." % file) from None
    if not receipts:
        raise Usage("There is no receipt (a file ending in .json) in “%s”." % folder)
    return receipts


def check_receipts(receipts, events, findings):
    leaves = events.tree.levels[0]
    for command, first, promised in receipts:
        for at, leaf in enumerate(promised, first):
            if (
                not 1 <= at <= len(leaves)
                or leaves[at - 1].hex() != leaf
                or events.command_at.get(at) != command
            ):
                told = "A receipt that was kept says that command %s is event %d; it is not." % (command, at)
                findings.add("RECEIPT_UNMATCHED", at, told)
                break


def examine(asked, findings):
    bag = Bag(asked.bag)
    policy_text = asked.policy.read_bytes() if asked.policy else bag.read("data/policy")
    policy = read_policy(policy_text.decode("utf-8", "surrogateescape")) if policy_text else None
    keys = read_vkeys(asked.vkey) + (policy["logs"] if asked.policy else [])
    if not keys:
        findings.incomplete.append("No key of yours was given (--vkey): whose record this is cannot be told.")
        keys = [read_vkey(line) for line in bag.read("data/keys.txt").decode().splitlines() if line.strip()]
    receipts = read_receipts(asked.receipts) if asked.receipts else []
    checkpoint, cosigned = check_signatures(
        bag.read("data/checkpoint"), "The bag's checkpoint", keys, policy, findings
    )
    notes = [(checkpoint, cosigned, "the bag's checkpoint")]
    if asked.checkpoint:
        kept = asked.checkpoint.read_bytes()
        notes.append(
            (
                *check_signatures(kept, "The checkpoint that you kept", keys, policy, findings),
                "your checkpoint",
            )
        )
    if policy and checkpoint and not quorum_reached(policy, policy["quorum"], cosigned):
        findings.add("NOT_WITNESSED", None, "The checkpoint lacks the cosignatures that the policy asks for.")
    limits = [(note.size, latest(at), name) for note, at_by, _ in notes if note for name, at in at_by.items()]
    deep = asked.deep or not checkpoint or checkpoint.size <= SMALL
    wanted = {first + n for _, first, leaves in receipts for n in range(len(leaves))}
    events = Events(findings, limits, deep, wanted)
    size = checkpoint.size if checkpoint else sys.maxsize
    whole, beyond = read_log(bag, events, size)
    if beyond:
        findings.add("ROOT_MISMATCH", size + 1, "The events after event %d stand under no signature." % size)
    for note, _, which in notes:
        if note:
            check_root(events, note, which, findings)
    check_tiles(bag, events.tree, findings)
    check_disclosures(bag, events, findings)
    check_receipts(receipts, events, findings)
    check_manifest(bag, {"data/events.jsonl": whole}, findings)
    return {
        "sound": not findings.kept,
        "complete": not findings.incomplete,
        "origin": checkpoint and checkpoint.origin,
        "size": checkpoint.size if checkpoint else 0,
        "root": events.tree.root(events.size).hex(),
        "events_checked": events.size,
        "streams": len(events.streams),
        "spelling": "all" if deep else "envelopes",
        "findings": findings.in_log_order(),
        "unlisted": findings.unlisted,
        "incomplete": findings.incomplete,
    }


def latest(at):
    when = datetime.datetime(1970, 1, 1) + datetime.timedelta(
        seconds=min(at, 250_000_000_000) + CLOCKS_MAY_DIFFER
    )
    return when.strftime("%Y-%m-%dT%H:%M:%S.999999Z").encode()


def tell(told):
    print("%s: %d events in %d streams" % (told["origin"], told["events_checked"], told["streams"]))
    print("root " + told["root"])
    for each in told["findings"]:
        place = "" if each["index"] is None else " at event %d" % each["index"]
        print("%s%s: %s" % (each["code"], place, each["sentence"]))
    if told["unlisted"]:
        print("%d more findings are not listed." % told["unlisted"])
    print("Checked: signatures, tree, tiles, streams, times, commands, disclosures, evidence, manifest.")
    if told["spelling"] != "all":
        print("The spelling of the events was checked in their envelopes only; --deep checks every letter.")
    for sentence in told["incomplete"]:
        print(sentence)
    if not told["sound"]:
        print("The record is not what it was when it was written. The first finding is the first fault.")
    elif told["complete"]:
        print("The record is sound: no finding.")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bag", type=Path)
    parser.add_argument("--vkey", action="append", default=[], help="a verifier key, or a file of them")
    parser.add_argument("--policy", type=Path, help="a C2SP tlog-policy file of your own")
    parser.add_argument("--checkpoint", type=Path, help="a checkpoint that you kept")
    parser.add_argument("--receipts", type=Path, help="a folder of receipts that you kept")
    parser.add_argument("--deep", action="store_true", help="examine the spelling of every event in any case")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    try:
        told = examine(asked, Findings())
    except Usage as fault:
        print(fault, file=sys.stderr)
        return 2
    except (OSError, zipfile.BadZipFile) as fault:
        print("It could not be read: %s." % fault, file=sys.stderr)
        return 4
    print(json.dumps(told)) if asked.json else tell(told)
    return 3 if not told["sound"] else 0 if told["complete"] else 7


if __name__ == "__main__":
    sys.exit(main())
