"""Every state of every page of the desk, as addresses and forms; `{names}` in them stand for what the house has in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

OFFICER, DIRECTOR, CHIEF = "priya-nandra", "helen-marsh", "duncan-ashworth"
CHAIR, ADVISER, REVIEWER, LEAD = "margaret-oduya", "ruth-pemberton", "callum-reyes", "imogen-hartley"
MINISTERS, SECOND = "fiona-laidlaw", "david-achebe"
AUDITOR, OPERATOR = "grace-adeyemi", "owen-castell"

_TASK = "/tasks/{notice}/{obligation}/{period}/{task}"
_ONE = "{notice}/{obligation}/{period}"
_NOTICE = "/notice/lancashire-2016"
_SEPTEMBER = "lancashire-2016/monthly-report/2016-09"
_OWED = f"/tasks/{_SEPTEMBER}/owed"
_CONSIDERED = "/considerations/{considered}"
_DECIDED = "/considerations/{decided}"
_FROM = {"since-day": "24", "since-month": "10", "since-year": "2016"}
_AWAY = {**_FROM, "until-day": "4", "until-month": "11", "until-year": "2016", "reason": "On leave."}
LONG_AGO = "as_at=2016-05-20"  # lists are empty then


@dataclass(frozen=True)
class State:
    """`who` is None for somebody who is not signed in. `sent`: a form that is sent to the address, with these words."""

    who: str | None
    path: str
    sent: Mapping[str, str] | None = None
    status: int = 200

    def __str__(self) -> str:
        form = "" if self.sent is None else f" with {dict(self.sent)}"
        return f"{self.path} of {self.who or 'nobody'}{form}"


@dataclass(frozen=True)
class OfAPage:
    """The states of one page. `past`: it can be looked back from; `form`: sent empty, it says what is missing."""

    states: tuple[State, ...]
    past: bool = True
    form: bool = False
    also: tuple[State, ...] = field(default=())

    def all(self) -> Iterator[State]:
        first = self.states[0]
        yield from self.states
        if self.form:
            yield State(first.who, first.path, {}, status=422)
        if self.past:
            joint = "&" if "?" in first.path else "?"
            yield State(first.who, f"{first.path}{joint}{LONG_AGO}", status=0)
        yield from self.also


def _page(*states: tuple[str | None, str], past: bool = True, form: bool = False) -> OfAPage:
    return OfAPage(tuple(State(*each) for each in states), past=past, form=form)


def _form(who: str, path: str) -> OfAPage:
    return _page((who, path), past=False, form=True)


STATES: dict[str, OfAPage] = {
    "/sign-in": OfAPage(
        (State(None, "/sign-in"), State(LEAD, "/sign-in")),
        past=False,
        also=(State(None, "/sign-in", {}, 422),),
    ),
    "/sessions": _page((OFFICER, "/sessions"), past=False),
    "/tasks": _page((DIRECTOR, "/tasks"), (CHIEF, "/tasks"), (OFFICER, "/tasks?urgency=not+due+yet")),
    "/my-week": _page((OFFICER, "/my-week"), (CHIEF, "/my-week")),
    _TASK: _page(
        (DIRECTOR, f"/tasks/{_SEPTEMBER}/director"),
        (CHAIR, "/tasks/lancashire-2016/monthly-report/2016-08/acceptance"),
        (REVIEWER, "/tasks/lancashire-2016/department-review/1/owed"),
        (CHAIR, f"/tasks/{_SEPTEMBER}/director"),
        (LEAD, f"/tasks/{_SEPTEMBER}/extension"),
    ),
    "/acknowledge/{words}": OfAPage(
        (State(None, "{passed}"), State(None, "/acknowledge/nothing.of.ours", status=410)), past=False
    ),
    "/portfolio": _page((LEAD, "/portfolio"), (LEAD, "/portfolio?notice=no+such+title")),
    f"{_TASK}/refuse": _form(OFFICER, f"{_OWED}/refuse"),
    f"{_TASK}/escalate": _form(OFFICER, f"{_OWED}/escalate"),
    f"{_TASK}/reassign": _form(DIRECTOR, f"/tasks/{_SEPTEMBER}/director/reassign"),
    f"{_TASK}/delegate": _form(DIRECTOR, f"/tasks/{_SEPTEMBER}/director/delegate"),
    f"{_TASK}/extension": OfAPage(
        (State(OFFICER, f"{_OWED}/extension"),),
        past=False,
        form=True,
        also=(
            State(
                OFFICER,
                f"{_OWED}/extension",
                {"until-day": "4", "until-month": "11", "until-year": "2016", "reason": "An audit."},
            ),
        ),
    ),
    f"{_TASK}/time": _form(LEAD, f"/tasks/{_SEPTEMBER}/extension/time"),
    f"{_TASK}/return": _form(CHAIR, "/tasks/lancashire-2016/monthly-report/2016-08/acceptance/return"),
    f"{_TASK}/submit": _page((OFFICER, f"{_OWED}/submit"), (DIRECTOR, f"{_OWED}/submit"), past=False),
    f"{_TASK}/submit/sections/{{section}}": OfAPage(
        (State(OFFICER, f"{_OWED}/submit/sections/analysis"),),
        past=False,
        also=(
            State(
                OFFICER,
                f"{_OWED}/submit/sections/slow-objectives",
                {"nil": "yes", "text": "Pathway plans."},
                422,
            ),
        ),
    ),
    f"{_TASK}/submit/check": _page((OFFICER, f"{_OWED}/submit/check"), past=False),
    f"{_TASK}/submit/evidence": _form(OFFICER, f"{_OWED}/submit/evidence"),
    "/escalations": _page((MINISTERS, "/escalations")),
    "/notice/{notice}/powers/{obligation}/consider": _form(
        MINISTERS, f"{_NOTICE}/powers/referral-power/consider"
    ),
    "/notice/{notice}/powers/{obligation}/concern": _form(CHAIR, f"{_NOTICE}/powers/referral-power/concern"),
    f"/considerations/{_ONE}": _page((LEAD, _CONSIDERED), (MINISTERS, _DECIDED)),
    f"/considerations/{_ONE}/sheet": _page(
        (MINISTERS, f"{_CONSIDERED}/sheet"), (MINISTERS, f"{_DECIDED}/sheet")
    ),
    f"/considerations/{_ONE}/invite": _form(LEAD, f"{_CONSIDERED}/invite"),
    f"/considerations/{_ONE}/represent": _form(CHIEF, f"{_CONSIDERED}/represent"),
    f"/considerations/{_ONE}/answer/{{number}}": _form(LEAD, f"{_CONSIDERED}/answer/1"),
    f"/considerations/{_ONE}/propose": _form(MINISTERS, f"{_CONSIDERED}/propose"),
    f"/considerations/{_ONE}/sign": _form(SECOND, f"{_CONSIDERED}/sign"),
    f"/considerations/{_ONE}/issue": _form(LEAD, f"{_DECIDED}/issue"),
    f"/considerations/{_ONE}/publish": _form(LEAD, f"{_DECIDED}/publish"),
    f"{_TASK}/concern": _form(LEAD, "/tasks/{concern}/owed/concern"),
    "/receipts/{index}": _page((OFFICER, "/receipts/{receipt}")),
    "/notice/{notice_id}": _page((LEAD, _NOTICE)),
    "/notice/{notice}/year": _page((MINISTERS, f"{_NOTICE}/year")),
    "/notice/{notice}/obligations": _page((LEAD, f"{_NOTICE}/obligations")),
    "/notice/{notice}/obligations/{obligation}": _page(
        (LEAD, f"{_NOTICE}/obligations/monthly-report"), (LEAD, f"{_NOTICE}/obligations/referral-power")
    ),
    "/notice/{notice}/plan": _page((DIRECTOR, f"{_NOTICE}/plan")),
    "/notice/{notice}/reviews": _page((LEAD, f"{_NOTICE}/reviews")),
    "/notice/{notice}/calendar": _page(
        (LEAD, f"{_NOTICE}/calendar"), (LEAD, f"{_NOTICE}/calendar?month=all")
    ),
    "/notice/{notice}/deliveries": _page((LEAD, f"{_NOTICE}/deliveries")),
    "/notice/{notice}/people": _page((LEAD, f"{_NOTICE}/people"), (DIRECTOR, f"{_NOTICE}/people")),
    "/notice/{notice}/people/appoint": OfAPage(
        (State(DIRECTOR, f"{_NOTICE}/people/appoint"),),
        past=False,
        form=True,
        also=(State(LEAD, f"{_NOTICE}/people/appoint", {"role": "adviser", "person": CHAIR, **_FROM}),),
    ),
    "/notice/{notice}/people/end": _form(DIRECTOR, "{ending}"),
    "/notice/{notice}/people/absence": OfAPage(
        (State(DIRECTOR, f"{_NOTICE}/people/absence"),),
        past=False,
        form=True,
        also=(
            State(DIRECTOR, f"{_NOTICE}/people/absence", {"to": CHIEF, **_AWAY}),
            State(DIRECTOR, f"{_NOTICE}/people/absence", {"to": CHAIR, **_AWAY}, 409),
        ),
    ),
    "/notice/{notice}/exposure": _page(
        (DIRECTOR, f"{_NOTICE}/exposure"), (AUDITOR, f"{_NOTICE}/exposure?of=department")
    ),
    "/notice/{notice}/readings": _page((LEAD, f"{_NOTICE}/readings")),
    "/notice/{notice}/decisions": _page(
        (LEAD, f"{_NOTICE}/decisions"), (LEAD, f"{_NOTICE}/decisions?about=monthly-report/2016-07")
    ),
    "/notice/{notice}/replay": _page((AUDITOR, f"{_NOTICE}/replay"), (AUDITOR, f"{_NOTICE}/replay?event=1")),
    "/notice/{notice}/compare": OfAPage(
        (
            State(AUDITOR, f"{_NOTICE}/compare"),
            State(AUDITOR, f"{_NOTICE}/compare?from=2016-08-01&to=2016-10-20"),
        ),
        also=(State(AUDITOR, f"{_NOTICE}/compare?from=yesterday", status=422),),
    ),
    "/notice/{notice}/conformance": _page((AUDITOR, f"{_NOTICE}/conformance")),
    "/notice/{notice}/occurrences/{obligation}/{period}": _page(
        (OFFICER, f"{_NOTICE}/occurrences/monthly-report/2016-09"),
        (OFFICER, f"{_NOTICE}/occurrences/monthly-report/2016-07"),
    ),
    "/notice/{notice}/occurrences/{obligation}/{period}/why": _page(
        (OFFICER, f"{_NOTICE}/occurrences/monthly-report/2016-09/why")
    ),
    "/history/{notice}": _page(
        (OFFICER, "/history/lancashire-2016"), (AUDITOR, "/history/lancashire-2016?order=oldest&page=4")
    ),
    "/events/{index}": _page((AUDITOR, "/events/2"), (AUDITOR, "/events/200")),
    "/audit": _page((AUDITOR, "/audit"), (OFFICER, "/audit"), (AUDITOR, "/audit?notice=no+such+title")),
    "/audit/proof": OfAPage((State(AUDITOR, "/audit/proof?event=none", status=422),), past=False),
    "/operator": _page((OPERATOR, "/operator"), past=False),
    "/notice/{notice}/board-pack": OfAPage(
        (State(CHAIR, f"{_NOTICE}/board-pack"),),
        past=False,
        also=(State(CHAIR, f"{_NOTICE}/board-pack?on=never", status=0),),
    ),
    "/notice/{notice}/board-pack/{at}/{event}": _page((CHAIR, "{pack}"), past=False),
    "/notice/{notice}/board-pack/{at}/{event}/file": _page((CHAIR, "{pack}/file"), past=False),
    "/accounts": _page((OPERATOR, "/accounts"), past=False),
    "/notice/{notice}/links": OfAPage((State(OFFICER, f"{_NOTICE}/links"),), form=True),
    "/outside/{words}": OfAPage(
        (State(None, "{outside}"), State(None, "/outside/nothing.of.ours", status=410)), past=False
    ),
    "/notice/{notice}/requests": _page((ADVISER, f"{_NOTICE}/requests"), (DIRECTOR, f"{_NOTICE}/requests")),
    "/build": OfAPage((State(LEAD, "/build"),), past=False, form=True),
    "/build/{draft}": _page((LEAD, "{draft}"), (LEAD, "{faulty}"), past=False, form=True),
    "/build/{draft}/asks": _page((LEAD, "{draft}/asks"), past=False),
    "/build/{draft}/weeks": _page((LEAD, "{draft}/weeks"), past=False),
    "/build/{draft}/rehearse": _page((LEAD, "{draft}/rehearse"), past=False),
    "/build/{draft}/compare": _page((LEAD, "{draft}/compare"), past=False),
    "/build/{draft}/issue": _form(LEAD, "{draft}/issue"),
    "/build/{draft}/vary": _form(LEAD, "{restated}/vary"),
    "/build/{draft}/supersede": _page((LEAD, "{draft}/supersede"), past=False),
    "/mailbox": _page((DIRECTOR, "/mailbox"), (CHIEF, "/mailbox"), past=False),
    "/mailbox/{name}": _page((DIRECTOR, "/mailbox/{letter}"), past=False),
    "/mailbox/{name}/html": _page((DIRECTOR, "/mailbox/{letter}/html"), past=False),
    "/my-calendar": _page((OFFICER, "/my-calendar"), (DIRECTOR, "/my-calendar"), past=False),
    "/access": _page((AUDITOR, "/access"), (AUDITOR, "/access?kind=refused"), past=False),
    "/messages": _page((LEAD, "/messages"), past=False),
    "/messages/{topic}": _page((LEAD, "/messages/escalation-raised"), past=False),
    "/messages/{topic}/html": _page((LEAD, "/messages/escalation-raised/html"), past=False),
    "/my-messages": _page((OFFICER, "/my-messages"), past=False),
}

# States that belong to no page of their own.
TURNED_AWAY = (
    State(None, "/nowhere", status=404),
    State(OFFICER, "/nowhere", status=404),
    State(OFFICER, "/access", status=403),
    State(OFFICER, f"{_NOTICE}/occurrences/adviser-report/2016-Q2", status=404),
    State(DIRECTOR, f"{_NOTICE}?as_at=yesterday", status=400),
    State(OFFICER, f"{_NOTICE}?as_at=2016-10-14", {}, status=405),
)

# What answers with no page for people to read, or leads to one that is visited above.
NO_PAGE = {
    "/": "leads to the tasks",
    "/notice": "leads to the one notice",
    "/history": "leads to the history of the one notice",
    "/livez": "for machines",
    "/readyz": "for machines",
    "/static/{version}/{name:path}": "files",
    "/password": "not in a demonstration: visited in tests/signing_in",
    "/accounts/add": "not in a demonstration: visited in tests/signing_in",
    "/accounts/{person}": "not in a demonstration: visited in tests/signing_in",
    "/sign-in/link/{link}": "not in a demonstration: visited in tests/signing_in",
    "/sign-in/provider": "leads to the provider",
    "/sign-in/provider/answer": "leads back from the provider",
    "/log/checkpoint": "a file",
    "/log/keys": "a file",
    "/log/tile/{path:path}": "a file",
    "/log/proof/{index}": "a file",
    "/feeds/{secret}.ics": "a calendar",
    "/board-pack.css": "a style",
    "/receipts/{index}/receipt.pdf": "a file",
    "/notice/{notice}/year.pdf": "a file",
    f"/considerations/{_ONE}/sheet.pdf": "a file",
    "/audit/bag.zip": "a file",
    f"/evidence/{_ONE}/{{sha256}}": "a file",
}
