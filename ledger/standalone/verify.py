#!/usr/bin/env python3
"""Verifies an exported record (a bag, as a folder or a zip) with nothing but Python 3.9 or newer. It needs no network.

    python3 verify.py BAG --vkey KEY [--policy FILE] [--checkpoint FILE] [--receipts DIR] [--deep] [--json]

Take this file, and the key, from somewhere else than the bag. It ends with 0: sound; 3: tampered with; 7: no fault found,
but something needed was not given; 2 or 4: what was asked makes no sense, or is not there. It reads BagIt (RFC 8493), trees
of RFC 6962, C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy and tlog-tiles, Ed25519 (RFC 8032), canonical
JSON (RFC 8785) and disclosures (RFC 9901).
"""
import argparse
import base64
import datetime
import gc
import hashlib
import json
import re
import sys
import unicodedata
import zipfile
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import groupby
from pathlib import Path

MOST_FINDINGS = 1000
SMALL = 100_000  # so many events are examined to the last letter without being asked
CHUNK = 1 << 17  # as much as stays in a processor's cache
CLOCKS_MAY_DIFFER = 5  # seconds between the clocks of the record and of a witness
TEXTS = ("actor", "commandid", "datacontenttype", "effective", "id", "source", "specversion", "subject", "time", "type")
MAYBE = ("authority", "causation", "correlation", "notice", "obligation", "occurrence", "reason", "rung")
FIXED = {"specversion": "1.0", "source": "forthwith", "datacontenttype": "application/json"}
MARKS = (b'"_sd":', b'{"...":', b'"personal-data-erased.v1"}', b'"evidence-lodged.v1"}')
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
KEY = re.compile(r"[A-Za-z0-9_.:/-]+")
TILE = re.compile(r"data/tile/(\d|[1-5]\d|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)
TAIL = re.compile(rb'"streamversion":([1-9][0-9]{0,15}),"subject":"([^"\\]*)","time":"([-0-9T:.]{26}Z)",'
                  rb'"type":"[^"\\]*"}(?:\n|\Z)')

class Usage(Exception):
    """What was asked makes no sense; the sentence says why."""

class Findings(list):
    unlisted = 0
    def add(self, code, index, sentence):
        if len(self) < MOST_FINDINGS:
            self.append({"code": code, "index": index, "sentence": sentence})
        else:
            self.unlisted += 1

# Ed25519 (RFC 8032, section 5.1) on extended coordinates

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, HALF = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)

def plus(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        total = plus(total, point) if number & 1 else total
        point, number = plus(point, point), number >> 1
    return total

def point_of(data):
    """The point that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x * HALF % P if (x * x - square) % P else x
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

def signed_by(public, signature, message):
    s, key, base = int.from_bytes(signature[32:], "little"), point_of(public), point_of(b"X" + b"f" * 31)
    if len(signature) != 64 or s >= ORDER or key is None:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    x, y, z, _ = plus(times(s, base), times(k, (P - key[0], key[1], 1, P - key[3])))
    x, y = x * pow(z, -1, P) % P, y * pow(z, -1, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

# Keys, policies, signed notes

def need(good):
    if not good:
        raise ValueError

def decode(text):
    data = base64.b64decode(text.encode(), validate=True)
    need(data and base64.b64encode(data).decode() == text)
    return data

def is_key_name(name):
    return name and not any(each == "+" or each.isspace() or unicodedata.category(each) == "Cc" for each in name)

def read_vkey(text):
    """(name, key id, algorithm, public key); algorithm 1 signs as a log, 4 cosigns as a witness."""
    try:
        name, key_id, rest = text.strip().split("+", 2)
        data = decode(rest)
        need(len(data) == 33 and data[0] in (1, 4) and is_key_name(name))
        need(sha256(name.encode() + b"\n" + data).hexdigest()[:8] == key_id)
    except ValueError:
        raise Usage("“%s” is no verifier key (name+hash+key)." % text.strip()[:80]) from None
    return name, bytes.fromhex(key_id), data[0], data[1:]

def read_vkeys(text):
    return [read_vkey(line) for line in text.splitlines() if line.strip() and not line.startswith("#")]

class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        members, keys = set(), set()
        try:
            need(not re.search("[\0-\x08\x0b-\x1f\x7f]", text))
            for words in (re.findall("[^ \t]+", line) for line in text.split("\n")):
                if not words or words[0].startswith("#"):
                    continue
                kind, name, rest = words[0], words[1], words[2:]
                known = self.witnesses.keys() | self.groups.keys()
                need(kind in ("log", "quorum") or name not in known | {"none"})
                if kind == "log" and len(rest) < 2:
                    self.logs.append(read_vkey(name))
                elif kind == "witness" and len(rest) in (1, 2):
                    self.witnesses[name] = read_vkey(rest[0])
                elif kind == "group" and len(rest) > 1:
                    least, inside = {"any": "1", "all": str(len(rest) - 1)}.get(rest[0], rest[0]), rest[1:]
                    need(re.fullmatch("[0-9]+", least) and 1 <= int(least) <= len(inside))
                    need(known.issuperset(inside) and len({*inside}) == len(inside) and members.isdisjoint(inside))
                    members.update(inside)
                    self.groups[name] = (int(least), inside)
                else:
                    need(kind == "quorum" and not rest and self.quorum is None and name in known | {"none"})
                    self.quorum = name
            keys = [*self.logs, *self.witnesses.values()]
            need(self.quorum and len({key[2:] for key in keys}) == len(keys))
            need(all(key[2] == 1 for key in self.logs) and all(key[2] == 4 for key in self.witnesses.values()))
        except (ValueError, IndexError, Usage):
            raise Usage("The policy is not in the form of C2SP tlog-policy.") from None

    def met(self, cosigners, name):
        if name == "none" or name in self.witnesses:
            return name == "none" or name in cosigners
        return sum(self.met(cosigners, each) for each in self.groups[name][1]) >= self.groups[name][0]

class Checkpoint:
    """A signed note read as a checkpoint; raises ValueError for anything else. `cosigned`: seconds, by witness."""

    def __init__(self, note, which):
        text, blank, signatures = note.decode().rpartition("\n\n")
        said, lines = text.split("\n"), signatures.split("\n")
        need(blank and not lines.pop() and 1 <= len(lines) <= 64 and len(note) <= 1_000_000 and len(said) > 2)
        need(all(said) and not re.search("[\0-\x09\x0b-\x1f]", note.decode()))
        need(re.fullmatch("0|[1-9][0-9]{0,18}", said[1]))
        self.origin, self.size, self.root, self.which = said[0], int(said[1]), decode(said[2]), which
        self.body, self.signatures, self.cosigned = (text + "\n").encode(), [], {}
        for line in lines:
            dash, name, blob = line.split(" ")
            need(dash == "—" and len(self.root) == 32 and is_key_name(name) and len(decode(blob)) > 4)
            self.signatures.append((name, decode(blob)[:4], decode(blob)[4:]))

    def signed_at(self, key):
        """None: this key did not sign; False: its signature is wrong; True for a log; seconds for a witness."""
        answers = []
        for signature in [blob for name, key_id, blob in self.signatures if (name, key_id) == key[:2]]:
            at, told = True, self.body
            if key[2] == 4:
                at = len(signature) == 72 and int.from_bytes(signature[:8], "big")
                told, signature = b"cosignature/v1\ntime %d\n" % at + told, signature[8:]
            answers.append(at if at is not False and signed_by(key[3], signature, told) else False)
        return False if any(each is False for each in answers) else answers[0] if answers else None

def judge(note, which, keys, policy, findings):
    try:
        checkpoint = Checkpoint(note, which)
    except ValueError:
        return findings.add("BAD_SIGNATURE", None, "%s is no signed checkpoint." % which)
    answers = [(key[0], checkpoint.signed_at(key)) for key in keys if key[2] == 1]
    if any(good is False for _, good in answers) or (checkpoint.origin, True) not in answers:
        findings.add("BAD_SIGNATURE", None, "%s is not signed by the log's key." % which)
    for name, key in policy.witnesses.items() if policy else ():
        at = checkpoint.signed_at(key)
        if at is False:
            findings.add("BAD_SIGNATURE", None, "%s bears a cosignature of “%s” that is wrong." % (which, name))
        elif at is not None:
            checkpoint.cosigned[name] = at
    return checkpoint

# The tree of RFC 6962, in levels of 256 as the tiles hold them

class Tree:
    def __init__(self):
        self.levels = [[]]

    def extend(self, hashes, level=0):
        self.levels += [[]] if level == len(self.levels) else []
        here, full = self.levels[level], []
        done = len(here) // 256
        here += hashes
        for at in range(done * 256, len(here) // 256 * 256, 256):
            pair = here[at:at + 256]
            while len(pair) > 1:
                pair = [sha256(b"\x01" + a + b).digest() for a, b in zip(pair[::2], pair[1::2])]
            full += pair
        if full:
            self.extend(full, level + 1)

    def root(self, size):
        peaks, covered = [], 0
        for level in range(len(self.levels) - 1, -1, -1):
            for place in range(covered // 256**level, size // 256**level):
                peak, wide = self.levels[level][place], 256**level
                while peaks and peaks[-1][0] == wide:
                    peak, wide = sha256(b"\x01" + peaks.pop()[1] + peak).digest(), wide * 2
                peaks.append((wide, peak))
            covered = size // 256**level * 256**level
        root = peaks.pop()[1] if peaks else sha256(b"").digest()
        while peaks:
            root = sha256(b"\x01" + peaks.pop()[1] + root).digest()
        return root

# The events

def refuse(_):
    raise ValueError

def require_fit(value, depth=0):
    if isinstance(value, str):
        need("\0" not in value and unicodedata.is_normalized("NFC", value))
    elif isinstance(value, int):
        need(abs(value) < 2**53)
    elif value is not None:
        need(depth < 32 and (isinstance(value, list) or all(map(KEY.fullmatch, value))))
        for item in value.values() if isinstance(value, dict) else value:
            require_fit(item, depth + 1)

def read_event(line):
    """The event in a line; raises ValueError unless it is an event, spelled in the one canonical way."""
    try:
        event = json.loads(line.decode(), parse_float=refuse, parse_constant=refuse)
        spelled = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except RecursionError:
        raise ValueError from None
    need(type(event) is dict and spelled == line and len(line) <= 65535)
    kinds = {name: str for name in (*TEXTS, *(name for name in MAYBE if name in event))}
    need({name: type(value) for name, value in event.items()} == {**kinds, "data": dict, "streamversion": int})
    need(all(event[name] == value for name, value in FIXED.items()))
    need(INSTANT.fullmatch(event["time"]) and INSTANT.fullmatch(event["effective"]))
    for value in event.values():
        require_fit(value)
    return event

def digests_in(value):
    """Every commitment in a value (RFC 9901): members of `_sd`, and the hidden elements of lists."""
    for key, item in value.items() if isinstance(value, dict) else ():
        hidden = item if key == "_sd" and isinstance(item, list) else [item] if key == "..." else ()
        yield from (each for each in hidden if isinstance(each, str))
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from digests_in(item)

class Contents:
    """Takes the lines of the log: their hashes, and what they commit to or erase."""

    def __init__(self):
        self.tree, self.size, self.committed, self.erased, self.whole = Tree(), 0, {}, set(), sha256()
        self.lodged, self.gone = {}, set()  # files of evidence by event, and events of which something was erased

    def take(self, lines, text):
        self.tree.extend([sha256(b"\0" + line).digest() for line in lines])
        if any(mark in text for mark in MARKS):
            for at, line in enumerate(lines, self.size + 1):
                try:
                    event = read_event(line) if any(mark in line for mark in MARKS) else {"data": {}, "type": ""}
                except ValueError:
                    continue  # not canonical, which `Order` tells
                digests, told = set(digests_in(event["data"])), event["data"]
                if digests:
                    self.committed[at] = digests
                self.lodged.update({at: str(told.get("sha256"))} if event["type"] == "evidence-lodged.v1" else {})
                for name, kind, known in (("digests", str, self.erased), ("events", int, self.gone)):
                    if event["type"] == "personal-data-erased.v1" and isinstance(told.get(name), list):
                        known.update(each for each in told[name] if isinstance(each, kind))
        self.size += len(lines)

class Order:
    """Takes the same lines: spelling, streams, times, commands. `limits`: (size, latest time, witness)."""

    def __init__(self, limits, wanted, deep):
        self.findings, self.limits, self.wanted, self.deep = Findings(), limits, wanted, deep
        self.size, self.recorded, self.last, self.streams, self.commands, self.at = 0, b"", b"", {}, set(), {}

    def take(self, lines, text):
        if not lines or (not self.deep and self.as_usual(len(lines), text)):
            return
        for line in lines:
            self.size += 1
            try:
                event = read_event(line)
            except ValueError:
                told = "Event %d is not spelled in the one way in which events are." % self.size
                self.findings.add("NOT_CANONICAL", self.size, told)
                continue
            self.place(event["commandid"].encode(), event["streamversion"], event["subject"].encode(), event["time"].encode())

    def as_usual(self, number, text):
        """Take lines in which nothing is out of the ordinary, fast; False where they have to be read in full."""
        parts = text.split(b'"commandid":"')[1:]
        places = TAIL.findall(b"".join([part[part.rfind(b'"streamversion":'):] for part in parts]))
        runs = [command for command, _ in groupby([part[:36] for part in parts]) if command != self.last]
        recorded = [place[2] for place in places]
        if not len(places) == len(parts) == number or len({*runs}) < len(runs) or not self.commands.isdisjoint(runs):
            return False
        late = recorded[-1] > min((limit for _, limit, _ in self.limits), default=b"a")
        if late or recorded != sorted(recorded) or recorded[0] < self.recorded:
            return False
        if not self.wanted.isdisjoint(range(self.size + 1, self.size + 1 + number)):
            return False
        for version, stream, _ in places:
            self.size += 1
            self.version(int(version), stream)
        self.commands.update(runs)
        self.last, self.recorded = parts[-1][:36], recorded[-1]
        return True

    def version(self, version, stream):
        expected = self.streams.get(stream, 0) + 1
        if version != expected:
            told = "Event %d is version %d of “%s”, where version %d should be."
            self.findings.add("STREAM_GAP", self.size, told % (self.size, version, stream.decode(), expected))
        self.streams[stream] = version

    def place(self, command, version, stream, recorded):
        self.at[self.size] = command.decode()
        if command != self.last and command in self.commands:
            told = "Event %d repeats command %s, recorded before." % (self.size, command.decode())
            self.findings.add("DUPLICATE_COMMAND", self.size, told)
        self.commands.add(command)
        self.last = command
        self.version(version, stream)
        if recorded < self.recorded:
            told = "Event %d was recorded at %s, before the event in front of it." % (self.size, recorded.decode())
            self.findings.add("TIME_REGRESSION", self.size, told)
        self.recorded = max(self.recorded, recorded)
        for witness in [name for size, limit, name in self.limits if recorded > limit and self.size <= size][:1]:
            told, self.limits = "Event %d says that it was recorded after “%s” had cosigned it.", []
            self.findings.add("RECORDED_AFTER_WITNESS", self.size, told % (self.size, witness))

def read_log(path, expected, *takers):
    """Give each line up to event `expected` to the takers; True where more lines come behind."""
    bag, rest, beyond, size = Bag(path), b"", False, 0
    for chunk in bag.chunks("data/events.jsonl"):
        text, newline, rest = (rest + chunk).rpartition(b"\n")
        lines = text.split(b"\n") if newline else []
        for taker in takers:
            taker.take(lines[:expected - size], text)
            if isinstance(taker, Contents):
                taker.whole.update(chunk)
        beyond, size = beyond or size + len(lines) > expected, min(size + len(lines), expected)
    for taker in takers if rest and size < expected else ():
        taker.take([rest], rest)
    return beyond or bool(rest and size == expected)

def read_order(path, expected, order):
    """The order of the events alone: what a second processor does while the first one hashes."""
    read_log(path, expected, order)
    order.commands = set()
    return order

# The bag

class Bag:
    def __init__(self, path):
        self.path, self.zip, self.root = path, zipfile.ZipFile(path) if path.is_file() else None, ""
        if self.zip:
            names = [each.filename for each in self.zip.infolist() if not each.is_dir()]
            roots = [name[:-9] for name in names if name == "bagit.txt" or name.endswith("/bagit.txt")]
            self.root = min(roots, key=len, default="")
            self.names = {name[len(self.root):] for name in names if name.startswith(self.root)}
        else:
            files = [each for each in path.rglob("*") if each.is_file() and not each.is_symlink()]
            self.names = {each.relative_to(path).as_posix() for each in files}
        if not path.exists():
            raise FileNotFoundError("There is no bag “%s”." % path)
        if "bagit.txt" not in self.names:
            raise Usage("“%s” is no bag: it holds no bagit.txt." % path)

    def chunks(self, name):
        if name in self.names:
            with self.zip.open(self.root + name) if self.zip else (self.path / name).open("rb") as file:
                yield from iter(lambda: file.read(CHUNK), b"")

    def read(self, name):
        return b"".join(self.chunks(name))

    def hash(self, name):
        whole = sha256()
        for chunk in self.chunks(name):
            whole.update(chunk)
        return whole.hexdigest()

def check_tiles(bag, tree, findings):
    wrong = {}
    for name, tile in ((name, TILE.fullmatch(name)) for name in sorted(bag.names)):
        level, first = (int(tile[1]), int(re.sub("[x/]", "", tile[2])) * 256) if tile else (0, 0)
        here = tree.levels[level][first:first + 256] if tile and level < len(tree.levels) else []
        held = bag.read(name) if here else b""
        differ = [at for at in range(min(len(here), len(held) // 32)) if held[at * 32:at * 32 + 32] != here[at]]
        for at in differ[:1]:
            wrong.setdefault(level > 0, []).append((first + at) * 256**level + 1)
    if False in wrong:
        told = "The bytes of event %d do not have the hash that its tile holds; it is the first."
        findings.add("LEAF_HASH", min(wrong[False]), told % min(wrong[False]))
    elif wrong:
        findings.add("ROOT_MISMATCH", min(wrong[True]), "From event %d on the tiles are not its." % min(wrong[True]))

def check_files(bag, contents, findings):
    known = {"data/events.jsonl": contents.whole.hexdigest()}
    evidence = sorted(name for name in bag.names if name.startswith("data/evidence/sha256/"))
    for name in [name for name in evidence if bag.hash(name) != name.split("/")[-1]]:
        findings.add("EVIDENCE_MISMATCH", None, "“%s” does not have the hash that is its name." % name)
    held = {name.split("/")[-1] for name in evidence}
    for at in [at for at, digest in contents.lodged.items() if at not in contents.gone and digest not in held]:
        findings.add("EVIDENCE_MISMATCH", at, "The file that event %d has lodged is not in the bag." % at)
    if "manifest-sha256.txt" not in bag.names:
        findings.add("PROJECTION_DRIFT", None, "The bag has no manifest-sha256.txt.")
    for manifest in sorted({"manifest-sha256.txt", "tagmanifest-sha256.txt"} & bag.names):
        pairs = [line.split(None, 1) for line in bag.read(manifest).decode("utf-8", "replace").splitlines()]
        told = {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
        files = {name for name in bag.names if name.startswith("data/") and manifest[0] == "m"}
        for name in sorted(files | told.keys()):
            if name not in bag.names or told.get(name) != (known.get(name) or bag.hash(name)):
                code = "EVIDENCE_MISMATCH" if name.startswith("data/evidence/") else "PROJECTION_DRIFT"
                findings.add(code, None, "“%s” is not as the manifest says, is not in it, or is gone." % name)

def lines_of(bag, name, findings):
    for line in filter(bytes.strip, bag.read(name).split(b"\n")):
        try:
            told = json.loads(line.decode())
            need(type(told["index"]) is int)
            yield told
        except (ValueError, TypeError, KeyError):
            findings.add("DISCLOSURE_SUBSTITUTED", None, "“%s” holds a line that is none of its kind." % name)

def read_disclosure(text):
    """Its digest and its value; what is no disclosure has itself in the place of a digest, which fits nowhere."""
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        need(type(said) is list and 2 <= len(said) <= 3)
        return base64.urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("="), said[-1]
    except ValueError:
        return text, None

def check_disclosures(bag, contents, findings):
    opened, given, strangers = {n: set(digests) for n, digests in contents.committed.items()}, {}, {}
    for told in lines_of(bag, "data/disclosures.jsonl", findings):
        given.setdefault(told["index"], {}).update([read_disclosure(str(told.get("disclosure")))])
    for index, values in given.items():
        committed, shown = opened.setdefault(index, set()), set()
        while values.keys() & committed - shown:
            for digest in values.keys() & committed - shown:
                shown.add(digest)
                committed.update(digests_in(values[digest]))
        committed -= shown
        strangers[index] = len(values.keys() - shown)
        if shown & contents.erased:
            findings.add("DISCLOSURE_SUBSTITUTED", index, "A value of event %d is given that was erased." % index)
    for told in lines_of(bag, "data/withheld.jsonl", findings):
        index, digest = told["index"], str(told.get("digest"))
        contents.gone.add(index)
        if digest in opened.get(index, ()) and told.get("exemption"):
            opened[index].discard(digest)
        elif digest not in contents.committed.get(index, ()):
            strangers[index] = strangers.get(index, 0) + 1
    for index in sorted(opened.keys() | strangers.keys()):
        missing, strange = len(opened.get(index, set()) - contents.erased), strangers.get(index, 0)
        if strange:
            told = "A value is given for event %d to which it never committed." % index
            findings.add("DISCLOSURE_SUBSTITUTED", index, told)
        if missing > strange:
            told = "Event %d commits to a value that is neither shown, nor withheld by the schedule, nor erased."
            findings.add("DISCLOSURE_MISSING", index, told % index)

def read_receipts(folder):
    receipts = []
    for file in sorted(folder.glob("*.json")):
        text = file.read_text("utf-8")
        try:
            for line in [text] if text.lstrip().startswith("{\n") else filter(str.strip, text.splitlines()):
                told = json.loads(line)
                receipts.append((str(told["command"]), int(told["first_index"]), list(told["leaves"])))
        except (ValueError, TypeError, KeyError):
            raise Usage("“%s” holds no receipt." % file) from None
    if not receipts:
        raise Usage("There is no receipt (a file ending in .json) in “%s”." % folder)
    return receipts

def latest(seconds):
    after = datetime.timedelta(seconds=min(seconds, 250_000_000_000) + CLOCKS_MAY_DIFFER)
    return (datetime.datetime(1970, 1, 1) + after).strftime("%Y-%m-%dT%H:%M:%S.999999Z").encode()

def examine(asked):
    bag, findings, incomplete = Bag(asked.bag), Findings(), []
    text = asked.policy.read_bytes() if asked.policy else bag.read("data/policy")
    policy = Policy(text.decode("latin-1")) if text or asked.policy else None
    keys = [key for each in asked.vkey for key in read_vkeys(each if "+" in each and not Path(each).is_file() else
                                                             Path(each).read_text("utf-8"))]
    keys += policy.logs if asked.policy else []
    if not any(key[2] == 1 for key in keys):
        incomplete.append("No key of yours was given (--vkey): whose record this is cannot be told.")
        try:
            keys = read_vkeys(bag.read("data/keys.txt").decode("utf-8", "replace"))
        except Usage:
            keys = []
    receipts = read_receipts(asked.receipts) if asked.receipts else []
    checkpoint = judge(bag.read("data/checkpoint"), "The bag's checkpoint", keys, policy, findings)
    notes = [checkpoint] if checkpoint else []
    if asked.checkpoint:
        kept = judge(asked.checkpoint.read_bytes(), "The checkpoint that you kept", keys, policy, findings)
        notes += [kept] if kept else []
    if policy and checkpoint and not policy.met(checkpoint.cosigned, policy.quorum):
        findings.add("NOT_WITNESSED", None, "The checkpoint lacks the cosignatures that the policy asks for.")
    limits = [(note.size, latest(at), name) for note in notes for name, at in note.cosigned.items()]
    size = checkpoint.size if checkpoint else sys.maxsize
    deep = asked.deep or size <= SMALL or not checkpoint
    contents, order = Contents(), Order(limits, {n + at for _, n, leaves in receipts for at in range(len(leaves))}, deep)
    if deep:
        beyond = read_log(asked.bag, size, contents, order)
    else:
        with ProcessPoolExecutor(1) as second:
            ordering = second.submit(read_order, asked.bag, size, order)
            beyond, order = read_log(asked.bag, size, contents), ordering.result()
    findings += order.findings
    if beyond:
        findings.add("ROOT_MISMATCH", size + 1, "The events after event %d stand under no signature." % size)
    for note in notes:
        if note.size > contents.size:
            told = "%s is of %d events; %d are here." % (note.which, note.size, contents.size)
            findings.add("TRUNCATED", contents.size + 1, told)
        elif contents.tree.root(note.size) != note.root:
            told = "The first %d events do not have the root that is signed. %s names another."
            findings.add("ROOT_MISMATCH", None, told % (note.size, note.which))
    check_tiles(bag, contents.tree, findings)
    check_disclosures(bag, contents, findings)
    for command, first, leaves in receipts:
        held = contents.tree.levels[0][first - 1:first - 1 + len(leaves)] if first > 0 else []
        same = [at for at, leaf in enumerate(held) if (leaf.hex(), order.at.get(first + at)) == (leaves[at], command)]
        wrong = next((at for at in range(len(leaves)) if at not in same), None)
        if wrong is not None:
            told = "A receipt that was kept says that command %s is event %d; it is not there." % (command, first + wrong)
            findings.add("RECEIPT_UNMATCHED", first + wrong, told)
    check_files(bag, contents, findings)
    remarks = ["The spelling of the events was checked in their envelopes only; --deep checks every letter."] * (not deep)
    if any(name.startswith("data/timestamps/") for name in bag.names):
        remarks.append("The timestamps were not looked at; `openssl ts -verify` does that.")
    findings.sort(key=lambda each: (each["index"] is None, each["index"] or 0))
    return {"sound": not findings, "complete": not incomplete, "origin": checkpoint and checkpoint.origin,
            "size": checkpoint.size if checkpoint else 0, "root": contents.tree.root(contents.size).hex(),
            "events_checked": contents.size, "streams": len(order.streams), "spelling": "all" if deep else "envelopes",
            "findings": findings, "unlisted": findings.unlisted + order.findings.unlisted, "incomplete": incomplete,
            "notes": remarks}

def tell(told):
    print("%s: %d events in %d streams\nroot %s" % (told["origin"], told["events_checked"], told["streams"], told["root"]))
    for each in told["findings"]:
        print(each["code"] + (" at event %d" % each["index"] if each["index"] is not None else "") + ":", each["sentence"])
    if told["unlisted"]:
        print("%d more findings are not listed." % told["unlisted"])
    print("Checked: signatures, tree, tiles, streams, times, commands, disclosures, evidence, manifest.")
    print("\n".join(told["notes"] + (told["incomplete"] or ["Nothing that was needed was missing."])))
    if not told["sound"]:
        print("The record is not what it was when it was written. The first finding is the first fault.")
    elif told["complete"]:
        print("The record is sound: no finding.")

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bag", type=Path, help="a folder or a zip")
    parser.add_argument("--vkey", action="append", default=[], help="a verifier key that you trust, or a file of them")
    for name, purpose in (("policy", "a C2SP tlog-policy file of your own"), ("checkpoint", "a checkpoint that you kept"),
                          ("receipts", "a folder of receipts that you kept")):
        parser.add_argument("--" + name, type=Path, help=purpose)
    parser.add_argument("--deep", action="store_true", help="examine the spelling of every event, however many")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    gc.disable()  # nothing here refers to itself, and looking for it takes a twentieth of the time
    try:
        told = examine(asked)
    except (Usage, OSError, zipfile.BadZipFile) as fault:
        print("%s" % fault, file=sys.stderr)
        return 2 if isinstance(fault, Usage) else 4
    print(json.dumps(told)) if asked.json else tell(told)
    return 3 if not told["sound"] else 0 if told["complete"] else 7

if __name__ == "__main__":
    sys.exit(main())
