"""What a finished run did wrong: each fault is a sentence, so that a failing test says what was lost or doubled."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.notice.schedule import expected
from domain.record import Recorded
from domain.terms.notice_file import NoticeFile
from forthwith.commands.notice import as_issued
from forthwith.mailbox.folder import CaughtMail
from ledger.verify.verdict import Verdict
from tests.chaos.hundred import RUNGS

ABOVE = ("head", "chief", "refer")
BELOW = {"head": "overdue", "chief": "head", "refer": "chief"}
RAISED = "raised_at"


@dataclass
class Findings:
    """Figures for people, and faults by kind."""

    events: int = 0
    raised: int = 0
    collapsed: int = 0
    mails: int = 0
    received_again: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.early, *self.unheard, *self.unsound]

    def figures(self) -> str:
        kinds = ("lost", "doubled", "early", "unheard", "unsound")
        counted = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in kinds)
        return (
            f"{self.events} events, {self.raised} rungs raised, {self.collapsed} collapsed, {self.mails} mails "
            f"({self.received_again} received once more): {counted}"
        )


def findings_of(
    terms: NoticeFile, events: Sequence[Recorded], mail: Sequence[CaughtMail], verdict: Verdict
) -> Findings:
    found = Findings(len(events), mails=len(mail), unsound=[each.sentence for each in verdict.findings])
    found.received_again = sum(each.times_received - 1 for each in mail)
    by_occurrence: dict[str, list[Recorded]] = defaultdict(list)
    for event in events:
        if event.envelope.occurrence:
            by_occurrence[event.envelope.occurrence].append(event)
    called_for = {str(each.id) for each in expected(as_issued(terms))}
    found.doubled += [f"{name} was never called for" for name in by_occurrence.keys() - called_for]
    for name in sorted(called_for):
        _judge_occurrence(name, by_occurrence[name], found)
    _judge_mail(terms, events, mail, found)
    return found


def _judge_occurrence(name: str, events: list[Recorded], found: Findings) -> None:
    opened = [each for each in events if each.type == "occurrence-opened.v1"]
    _judge_count(found, len(opened), f"{name} to be opened")
    raised = [each for each in events if RAISED in each.envelope.data]
    skipped = [
        rung for each in events if each.type == "rungs-collapsed.v1" for rung in each.envelope.data["rungs"]
    ]
    found.raised += len(raised)
    found.collapsed += len(skipped)
    treated = Counter([*(str(each.envelope.rung) for each in raised), *skipped])
    for rung in RUNGS:
        _judge_count(found, treated[rung], f"{name} {rung}")
    plan = {each["rung"]["id"]: each["at"] for each in opened[0].envelope.data["plan"]} if opened else {}
    for each in raised:
        _judge_time(name, each, plan.get(each.envelope.rung), found)
    _judge_order(name, events, found)


def _judge_count(found: Findings, times: int, what: str) -> None:
    if times == 0:
        found.lost.append(what)
    found.doubled += [f"{what} ({times} times)"] * (times - 1)


def _judge_time(name: str, raised: Recorded, planned: str | None, found: Findings) -> None:
    told = raised.envelope.data
    earliest = max(datetime.fromisoformat(each) for each in (told["planned_at"], planned) if each)
    if min(raised.recorded, datetime.fromisoformat(told[RAISED])) < earliest:
        found.early.append(f"{name} {raised.envelope.rung} was raised before {earliest}")


def _judge_order(name: str, events: Iterable[Recorded], found: Findings) -> None:
    """A rung above the overdue notice comes only after the messages of whatever was raised below it are settled."""
    owing: dict[str, set[str]] = {}
    for event in events:
        rung, told = event.envelope.rung, event.envelope.data
        if rung in ABOVE and RAISED in told:
            below = next((each for each in _below(str(rung)) if each in owing), None)
            if below is None or owing[below]:
                found.unheard.append(
                    f"{name} {rung} was raised while {below or 'the overdue notice'} was unsent"
                )
        if RAISED in told:
            owing.setdefault(str(rung), set()).update(each["id"] for each in told["messages"])
        elif event.type.startswith("message-") and rung:
            owing.get(str(rung), set()).discard(told["message"])


def _below(rung: str) -> Iterator[str]:
    while rung in BELOW:
        rung = BELOW[rung]
        yield rung


def _judge_mail(
    terms: NoticeFile, events: Sequence[Recorded], mail: Sequence[CaughtMail], found: Findings
) -> None:
    """Each message called for has one event of its sending, and each event one mail, to the right person."""
    addresses = {person.id: person.email for person in terms.people}
    called_for = {
        each["id"]: each["person"] for event in events for each in event.envelope.data.get("messages", ())
    }
    sent: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for event in events:
        if event.type == "message-sent.v1":
            sent[event.envelope.data["message"]].append(event.envelope.data)
        elif event.type == "message-undeliverable.v1":
            found.lost.append(f"message {event.envelope.data['message']}: {event.envelope.data['fault']}")
    in_mailbox = Counter(each.message_id for each in mail)
    to = {each.message_id: each.to for each in mail}
    for message, person in called_for.items():
        _judge_count(found, len(sent[message]), f"the sending of message {message}")
        for each in sent[message]:
            _judge_count(found, in_mailbox[each["message_id"]], f"mail of message {message}")
            if addresses[person] not in to.get(each["message_id"], ""):
                found.lost.append(f"mail of message {message} to {person}")
    known = {each["message_id"] for sendings in sent.values() for each in sendings}
    found.doubled += [f"mail {each} that no event tells of" for each in in_mailbox if each not in known]
