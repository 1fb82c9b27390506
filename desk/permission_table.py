"""The one table of permissions: who may do what, and what every page asks for.

The guard is made of it (`desk/permissions.py`), and so are the tests and `docs/permissions.md`. It says what a role may
do at all; which report, which task and on which day is for the rules of the domain to say, and a test proves that the
two agree for every command. What stands in no row is allowed to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desk import capacities as as_
from desk.capacities import Capacity
from domain.commands import Command

# Roles that no notice gives. The administrator is the operator of the service.
Duty = Literal["auditor", "administrator"]
DUTIES: dict[Duty, str] = {"auditor": "the auditor", "administrator": "the operator"}
AUDITOR: tuple[Duty, ...] = ("auditor",)
OPERATOR: tuple[Duty, ...] = ("administrator",)
BOTH: tuple[Duty, ...] = ("auditor", "administrator")


@dataclass(frozen=True, slots=True)
class Act:
    """`words` follow `to …`. `who`: in which capacities under a notice; `duties`: without a role under any notice.

    `signed_in`: whoever is signed in, because it shows them only what is theirs.
    """

    name: str
    words: str
    who: tuple[Capacity, ...] = ()
    duties: tuple[Duty, ...] = ()
    signed_in: bool = False


READING = (
    Act("read-own-tasks", "read their own tasks", signed_in=True),
    Act("read-portfolio", "read the list of their notices", signed_in=True),
    Act("read-notice", "read a notice and where it stands", (as_.ANYBODY,), AUDITOR),
    Act(
        "read-occurrence",
        "read one thing that is owed, and why it stands as it does",
        (as_.ANYBODY,),
        AUDITOR,
    ),
    Act("read-task", "read a task", (as_.ANYBODY,), AUDITOR),
    Act("read-plan", "read the plan", (as_.ANYBODY,), AUDITOR),
    Act("read-review", "read a review", (as_.ANYBODY,), AUDITOR),
    Act("read-calendar", "read the calendar", (as_.ANYBODY,), AUDITOR),
    Act("read-people", "read who holds which role", (as_.ANYBODY,), AUDITOR),
    Act("read-interpretations", "read how the notice is read", (as_.ANYBODY,), AUDITOR),
    Act("read-escalation", "read an escalation and the sheet for a decision", (as_.ANYBODY,), AUDITOR),
    Act("read-history", "read the history", (as_.ANYBODY,), AUDITOR),
    Act("read-event", "read one event of the record", (as_.ANYBODY,), AUDITOR),
    Act("read-letters", "read the letters that were sent", (as_.ANYBODY,), AUDITOR),
    Act("read-evidence", "read a file that was lodged", (as_.ANYBODY,), AUDITOR),
    Act("replay", "replay the record, and compare two moments", (as_.ANYBODY,), AUDITOR),
    Act("read-audit", "read how the record is proved", (as_.ANYBODY,), BOTH),
    Act("export", "take away the whole case file", (as_.NOTHING_HIDDEN,), AUDITOR),
    Act(
        "read-access-log",
        "read who was refused what, who opened what, and what was done to accounts",
        (),
        AUDITOR,
    ),
    Act("read-operations", "read how the service runs", (), OPERATOR),
    Act("manage-people", "manage accounts and sessions", (), OPERATOR),
    Act("manage-own-access", "manage their own feeds, tokens and sessions", signed_in=True),
    Act(
        "send-link",
        "send somebody without an account a link to one form, and take it back",
        (as_.KEEPS, as_.OWES_A_REPORT),
    ),
    Act("build-notice", "draft, check and rehearse a notice", (as_.KEEPS,)),
)

ACTING = (
    Act("acknowledge-task", "acknowledge a task", (as_.TASKED,)),
    Act("claim-task", "take on a task", (as_.TASKED,)),
    Act("reassign-task", "give a task to somebody else", (as_.TASKED,)),
    Act("refuse-task", "refuse a task", (as_.TASKED,)),
    Act("escalate-task", "bring something to the next in line", (as_.BRINGS_IT_UP,)),
    Act("withdraw-rung", "take back a step of the ladder", (as_.KEEPS,)),
    Act("submit-report", "submit a report", (as_.OWES_A_REPORT,)),
    Act("accept-report", "accept a report", (as_.RECEIVES_A_REPORT,)),
    Act("return-report", "return a report as deficient", (as_.MAY_RETURN,)),
    Act("answer-query", "answer a query on a report", (as_.OWES_A_TRACKED_REPORT,)),
    Act("commission-update", "ask a partner for an update", (as_.OWES_A_REPORT,)),
    Act("record-update", "record what a partner answered", (as_.OWES_A_REPORT,)),
    Act("lodge-evidence", "lodge evidence", (as_.LODGES,)),
    Act("attest", "attest that something holds", (as_.ATTESTS,)),
    Act("record-assessment", "record an assessment", (as_.ASSESSES,)),
    Act("make-request", "ask for something", (as_.ASKS,)),
    Act("answer-request", "answer what was asked for", (as_.OWES_AN_ANSWER,)),
    Act("record-non-cooperation", "record that a request was not met", (as_.ASKS,)),
    Act("require-diagnostic-review", "require a diagnostic review", (as_.DEMANDS,)),
    Act("agree-party", "agree who conducts a review", (as_.AGREES,)),
    Act("plan-review", "plan a review", (as_.CONDUCTS,)),
    Act("notify-review", "give notice of a review", (as_.CONDUCTS,)),
    Act("move-review", "move a review", (as_.CONDUCTS,)),
    Act("record-review-held", "record a review as held", (as_.CONDUCTS,)),
    Act("issue-outcome", "issue what a review found", (as_.CONDUCTS,)),
    Act("act-on-finding", "act on a finding that names their role", (as_.ANYBODY,)),
    Act("follow-up-finding", "follow up a finding", (as_.CONDUCTS,)),
    Act("confirm-item", "confirm that an item was provided", (as_.RECEIVES_ITEMS,)),
    Act("record-item-refused", "record that an item was refused", (as_.RECEIVES_ITEMS,)),
    Act("adopt-plan", "adopt a version of the plan", (as_.PLANS,)),
    Act("update-progress", "say where an objective of theirs stands", (as_.ANYBODY,)),
    Act("deliver-action", "record an action of theirs as delivered", (as_.ANYBODY,)),
    Act("request-extension", "ask for more time", (as_.OWES_SOMETHING,)),
    Act("grant-extension", "grant more time", (as_.EXCUSES,)),
    Act("refuse-extension", "refuse more time", (as_.EXCUSES,)),
    Act("stop-clock", "stop the clock", (as_.EXCUSES,)),
    Act("restart-clock", "restart the clock", (as_.EXCUSES,)),
    Act("waive-occurrence", "waive what is owed", (as_.EXCUSES,)),
    Act("record-concern", "record a concern", (as_.RAISES_CONCERNS,)),
    Act("answer-concern", "answer a concern", (as_.ANSWERS_CONCERNS,)),
    Act("open-consideration", "open a consideration", (as_.CONSIDERS,)),
    Act("invite-representations", "invite representations", (as_.CONSIDERS,)),
    Act("make-representations", "make representations", (as_.IS_CONCERNED,)),
    Act("answer-representations", "answer representations", (as_.CONSIDERS,)),
    Act("propose-decision", "propose a decision", (as_.SIGNS,)),
    Act("sign-decision", "sign a decision", (as_.SIGNS,)),
    Act("issue-decision", "record a decision as issued", (as_.CONSIDERS, as_.KEEPS)),
    Act("publish-decision", "record a decision as published", (as_.CONSIDERS, as_.KEEPS)),
    Act("issue-notice", "issue a notice", (as_.KEEPS,)),
    Act("vary-notice", "vary the notice", (as_.ISSUES,)),
    Act("lift-notice", "lift the notice", (as_.ISSUES,)),
    Act("supersede-notice", "put another instrument in its place", (as_.ISSUES,)),
    Act("revise-interpretation", "rule anew on how the notice is read", (as_.KEEPS,)),
    Act("proclaim-holiday", "enter a new bank holiday", (as_.KEEPS,)),
    Act("record-succession", "record that one body takes the place of another", (as_.KEEPS,)),
    Act("release-obligation", "record that something is no longer required", (as_.RELEASES,)),
    Act("rate-compliance", "rate how an obligation is complied with", (as_.RATES,)),
    Act("note-visit", "note a visit", (as_.ANYBODY,)),
    Act("appoint-person", "appoint somebody to a role of their own body", (as_.ANYBODY,)),
    Act("end-appointment", "end an appointment to a role of their own body", (as_.ANYBODY,)),
    Act("delegate-role", "have somebody stand in for them", (as_.ANYBODY,)),
    Act("propose-correction", "propose a correction", (as_.ANYBODY,)),
    Act("approve-correction", "approve a correction", (as_.KEEPS,)),
    Act("reject-correction", "reject a correction", (as_.KEEPS,)),
)

# The engine asks these itself; nobody asks them at the desk.
OF_THE_ENGINE = (
    Act("open-occurrences", "open what is to open"),
    Act("take-due-step", "take a step of the ladder"),
    Act("record-message-sent", "record a message as sent"),
    Act("record-message-undeliverable", "record a message as undeliverable"),
)

ACTS: dict[str, Act] = {each.name: each for each in (*READING, *ACTING, *OF_THE_ENGINE)}

# Open to strangers: they tell nothing of any notice.
PUBLIC = "public"
# Whoever asks proves it by a token or a secret address, and the page asks `require` itself.
BY_TOKEN = "by token"  # noqa: S105 - the name of a way in

_TASK = "/tasks/{notice}/{obligation}/{period}/{task}"
_ONE = "{notice}/{obligation}/{period}"
# Acts that have a page of their own, which has their name.
_OF_A_NOTICE = (
    "make-request",
    "require-diagnostic-review",
    "release-obligation",
    "rate-compliance",
    "revise-interpretation",
    "proclaim-holiday",
    "record-succession",
    "note-visit",
    "lift-notice",
)
_OF_WHAT_IS_OWED = (
    "plan-review",
    "notify-review",
    "move-review",
    "agree-party",
    "issue-outcome",
    "act-on-finding",
    "follow-up-finding",
    "confirm-item",
    "record-item-refused",
    "answer-request",
    "record-non-cooperation",
    "attest",
    "update-progress",
    "deliver-action",
    "adopt-plan",
    "answer-query",
    "commission-update",
    "record-update",
    "stop-clock",
    "restart-clock",
    "waive-occurrence",
    "withdraw-rung",
)
_OF_AN_EVENT = ("propose-correction", "approve-correction", "reject-correction")
PAGES: dict[str, str] = {
    "/livez": PUBLIC,
    "/readyz": PUBLIC,
    "/static/{version}/{name:path}": PUBLIC,
    "/board-pack.css": PUBLIC,
    "/sign-in": PUBLIC,
    "/sign-in/link/{link}": PUBLIC,
    "/sign-in/provider": PUBLIC,
    "/sign-in/provider/answer": PUBLIC,
    "/sign-in/provider/signed-out": PUBLIC,
    "/sign-out": PUBLIC,
    "/log/checkpoint": PUBLIC,
    "/log/keys": PUBLIC,
    "/log/tile/{path:path}": PUBLIC,
    "/log/proof/{index}": PUBLIC,
    "/feeds/{secret}.ics": BY_TOKEN,
    "/acknowledge/{words}": BY_TOKEN,
    "/outside/{words}": BY_TOKEN,
    "/outside/{words}/again": BY_TOKEN,
    "/api/hooks/notify": BY_TOKEN,
    "/": "read-own-tasks",
    "/tasks": "read-own-tasks",
    "/my-week": "read-own-tasks",
    "/messages": "read-own-tasks",
    "/messages/{topic}": "read-own-tasks",
    "/messages/{topic}/html": "read-own-tasks",
    "/my-messages": "manage-own-access",
    "/my-messages/elsewhere": "manage-own-access",
    "/my-calendar": "manage-own-access",
    "/my-calendar/make": "manage-own-access",
    "/my-calendar/revoke": "manage-own-access",
    "/sessions": "manage-own-access",
    "/password": "manage-own-access",
    "/sessions/end": "manage-own-access",
    "/sessions/end-others": "manage-own-access",
    "/sessions/end-all": "manage-own-access",
    _TASK: "read-task",
    f"{_TASK}/acknowledge": "acknowledge-task",
    f"{_TASK}/claim": "claim-task",
    f"{_TASK}/reassign": "reassign-task",
    f"{_TASK}/refuse": "refuse-task",
    f"{_TASK}/escalate": "escalate-task",
    f"{_TASK}/delegate": "delegate-role",
    f"{_TASK}/submit": "read-task",
    f"{_TASK}/submit/check": "submit-report",
    f"{_TASK}/submit/discard": "submit-report",
    f"{_TASK}/submit/sections/{{section}}": "submit-report",
    f"{_TASK}/submit/evidence": "lodge-evidence",
    f"{_TASK}/accept": "accept-report",
    f"{_TASK}/return": "return-report",
    f"{_TASK}/extension": "request-extension",
    f"{_TASK}/time": "grant-extension",
    f"{_TASK}/review": "record-review-held",
    f"{_TASK}/assess": "record-assessment",
    f"{_TASK}/concern": "answer-concern",
    "/notice": "read-portfolio",
    "/portfolio": "read-portfolio",
    "/notice/{notice_id}": "read-notice",
    "/notice/{notice}/year": "read-notice",
    "/notice/{notice}/conformance": "export",
    "/notice/{notice}/year.pdf": "read-notice",
    "/notice/{notice}/obligations": "read-notice",
    "/notice/{notice}/obligations/{obligation}": "read-notice",
    "/notice/{notice}/occurrences/{obligation}/{period}": "read-occurrence",
    "/notice/{notice}/occurrences/{obligation}/{period}/why": "read-occurrence",
    "/notice/{notice}/exposure": "read-notice",
    "/notice/{notice}/calendar": "read-calendar",
    "/notice/{notice}/deliveries": "read-letters",
    "/notice/{notice}/people": "read-people",
    "/notice/{notice}/people/appoint": "appoint-person",
    "/notice/{notice}/people/end": "end-appointment",
    "/notice/{notice}/people/absence": "delegate-role",
    "/notice/{notice}/board-pack": "read-notice",
    "/notice/{notice}/board-pack/{at}/{event}": "read-notice",
    "/notice/{notice}/board-pack/{at}/{event}/file": "read-notice",
    "/notice/{notice}/links": "send-link",
    "/notice/{notice}/links/{link}/revoke": "send-link",
    "/notice/{notice}/plan": "read-plan",
    "/notice/{notice}/reviews": "read-review",
    "/notice/{notice}/requests": "read-occurrence",
    "/notice/{notice}/readings": "read-interpretations",
    "/notice/{notice}/replay": "replay",
    "/notice/{notice}/compare": "replay",
    "/notice/{notice}/decisions": "read-escalation",
    "/notice/{notice}/powers/{obligation}/concern": "record-concern",
    "/notice/{notice}/powers/{obligation}/consider": "open-consideration",
    "/escalations": "read-escalation",
    f"/considerations/{_ONE}": "read-escalation",
    f"/considerations/{_ONE}/sheet": "read-escalation",
    f"/considerations/{_ONE}/sheet.pdf": "read-escalation",
    f"/considerations/{_ONE}/invite": "invite-representations",
    f"/considerations/{_ONE}/represent": "make-representations",
    f"/considerations/{_ONE}/answer/{{number}}": "answer-representations",
    f"/considerations/{_ONE}/propose": "propose-decision",
    f"/considerations/{_ONE}/sign": "sign-decision",
    f"/considerations/{_ONE}/issue": "issue-decision",
    f"/considerations/{_ONE}/publish": "publish-decision",
    **{f"/acts/{{notice}}/{each}": each for each in _OF_A_NOTICE},
    **{f"/acts/{_ONE}/{each}": each for each in _OF_WHAT_IS_OWED},
    **{f"/acts/{{notice}}/events/{{index}}/{each}": each for each in _OF_AN_EVENT},
    f"/evidence/{_ONE}/{{sha256}}": "read-evidence",
    "/history": "read-portfolio",
    "/history/{notice}": "read-history",
    "/events/{index}": "read-event",
    "/receipts/{index}": "read-event",
    "/receipts/{index}/receipt.pdf": "read-event",
    "/mailbox": "read-letters",
    "/mailbox/{name}": "read-letters",
    "/mailbox/{name}/html": "read-letters",
    "/audit": "read-audit",
    "/audit/proof": "read-audit",
    "/audit/verify": "read-audit",
    "/audit/bag.zip": "export",
    "/build": "build-notice",
    "/build/{draft}": "build-notice",
    "/build/{draft}/discard": "build-notice",
    "/build/{draft}/asks": "build-notice",
    "/build/{draft}/weeks": "build-notice",
    "/build/{draft}/rehearse": "build-notice",
    "/build/{draft}/compare": "build-notice",
    "/build/{draft}/issue": "issue-notice",
    "/build/{draft}/vary": "vary-notice",
    "/build/{draft}/supersede": "supersede-notice",
    "/access": "read-access-log",
    "/operator": "read-operations",
    "/accounts": "manage-people",
    "/accounts/add": "manage-people",
    "/accounts/{person}": "manage-people",
    "/accounts/{person}/link": "manage-people",
    "/accounts/{person}/shut-out": "manage-people",
    "/accounts/{person}/end": "manage-people",
}


def act_of(command: Command | type) -> str:
    """The row of a command: `SubmitReport` is `submit-report`."""
    name = command.__name__ if isinstance(command, type) else type(command).__name__
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in name).lstrip("-")
