"""A demonstration in which something has happened on every page, and how its pages are asked for."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2

from tests.desk.pages.test_the_notice_builder import BROKEN, DIRECTION
from tests.journeys import states
from tests.journeys.stack import PATIENCE, Stack, paths_in
from tests.journeys.states import State

SEPTEMBER = "lancashire-2016/monthly-report/2016-09"
POWER = "/notice/lancashire-2016/powers/referral-power"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class House:
    """`things`: what the addresses of `STATES` leave open."""

    stack: Stack
    things: dict[str, str] = field(default_factory=dict)
    clients: dict[str | None, httpx2.Client] = field(default_factory=dict)

    def ask(self, state: State) -> httpx2.Response:
        path = state.path.format(**self.things)
        if state.sent is None:
            return self.client(state.who).get(path)
        return self.send(state.who, path, state.sent)

    def send(self, who: str | None, path: str, words: Mapping[str, str]) -> httpx2.Response:
        """Its own form, with the hidden fields that the page carries; where it leads is followed."""
        client = self.client(who)
        shown = client.get(path, follow_redirects=True).text
        form = _form_to(shown, path)
        carried = {name: html.unescape(value) for name, value in HIDDEN.findall(form)}
        return client.post(path, data={**carried, **words})

    def does(self, who: str, path: str, **words: str) -> httpx2.Response:
        """The same, and it succeeds."""
        answer = self.send(who, path, words)
        assert answer.status_code < 400, f"{path}: {answer.text}"
        return self.client(who).get(answer.headers["location"]) if answer.is_redirect else answer

    def client(self, who: str | None) -> httpx2.Client:
        if who not in self.clients:
            self.clients[who] = httpx2.Client(base_url=self.stack.desk, timeout=PATIENCE)
            if who:
                self.send(who, "/sign-in", {"persona": who})
        return self.clients[who]

    def close(self) -> None:
        for client in self.clients.values():
            client.close()


def _form_to(page: str, path: str) -> str:
    """The form that is sent to this address, or the whole page where it is sent to another."""
    action = re.escape(html.escape(urlsplit(path).path))
    found = re.search(rf'<form\b[^>]*action="{action}[^"]*".*?</form>', page, re.DOTALL)
    return found.group() if found else page


def furnish(house: House) -> None:
    """Something of everything, done as people do it."""
    stack = house.stack
    asked = ("--partner", "the police", "--asked", "Missing from home.", "--wanted-by", "2016-10-24")
    _by_command(stack, "report", "commission", SEPTEMBER, *asked, "--by", states.OFFICER)
    _by_command(stack, "keys", "new")
    _by_command(stack, "publish", "--once")
    house.things["passed"] = next(
        path
        for letter in stack.letters_to(states.DIRECTOR)
        for path in paths_in(letter)
        if path.startswith("/acknowledge/")
    )
    owed = f"/tasks/{SEPTEMBER}/owed"
    receipt = house.does(states.OFFICER, f"{owed}/acknowledge")
    house.things["receipt"] = receipt.url.path.rpartition("/")[2]
    house.does(states.OFFICER, f"{owed}/submit/sections/data", text="Referrals 744.")
    until = {"until-day": "4", "until-month": "11", "until-year": "2016", "reason": "An audit."}
    house.does(states.OFFICER, f"{owed}/extension", **until, confirmed="yes")
    house.does(states.OFFICER, "/my-calendar/make", notice="", replacing="")
    for who in (states.DIRECTOR, states.OFFICER):
        house.client(who).get("/access")
    house.does(states.AUDITOR, "/audit/verify")
    letter = house.client(states.DIRECTOR).get("/mailbox").text
    house.things["letter"] = re.findall(r'href="/mailbox/([0-9a-f]{32})"', letter)[0]
    people = house.client(states.DIRECTOR).get("/notice/lancashire-2016/people").text
    house.things["ending"] = html.unescape(re.findall(r'href="([^"]*/people/end\?[^"]*)"', people)[0])
    pack = house.client(states.CHAIR).get("/notice/lancashire-2016/board-pack?on=2016-10-20")
    house.things["pack"] = pack.headers["location"]
    _give_a_link(house)
    _consider(house)
    _build(house)


def _give_a_link(house: House) -> None:
    """To the police, who have no account and were asked for an update."""
    links = "/notice/lancashire-2016/links"
    offers = re.findall(
        r'name="offer" type="radio" value="([^"]+)"', house.client(states.OFFICER).get(links).text
    )
    partner = next(each for each in offers if "update" in each)
    house.does(states.OFFICER, links, offer=html.unescape(partner), address="police@example.org", days="7")
    letter = house.stack.caught_for("police@example.org")
    house.things["outside"] = next(path for path in paths_in(letter) if path.startswith("/outside/"))


def _consider(house: House) -> None:
    minister, second, lead = states.MINISTERS, states.SECOND, states.LEAD
    house.does(minister, f"{POWER}/consider", because="A first question.")
    first = "lancashire-2016/referral-power/1"
    reasons = {"option": "decline", "reasons": "It goes well.", **_day("decided_on", 21, 10)}
    house.does(minister, f"/considerations/{first}/propose", **reasons)
    house.does(second, f"/considerations/{first}/sign", read="yes")
    house.does(minister, f"{POWER}/consider", because="A second question.")
    now = "lancashire-2016/referral-power/2"
    house.does(lead, f"/considerations/{now}/invite", **_day("until", 28, 10))
    house.does(states.CHIEF, f"/considerations/{now}/represent", text="The team stood empty over the summer.")
    house.does(minister, f"/considerations/{now}/propose", **reasons)
    house.does(states.CHAIR, f"{POWER}/concern", concern="The pace is slow.")
    concern = house.client(lead).get("/tasks").text
    house.things |= {
        "decided": first,
        "considered": now,
        "concern": re.findall(r'href="/tasks/(lancashire-2016/referral-power/[^/"]+)/owed"', concern)[-1],
    }


def _build(house: House) -> None:
    for name, text in (("draft", DIRECTION), ("faulty", BROKEN)):
        house.things[name] = house.does(states.LEAD, "/build", text=text).url.path
    house.things["restated"] = house.does(states.LEAD, "/build", notice="lancashire-2016").url.path


def _day(name: str, day: int, month: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": "2016"}


def _by_command(stack: Stack, *arguments: str) -> None:
    said = stack.forthwith(*arguments)
    assert said.code == 0, said.err
