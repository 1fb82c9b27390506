"""What the tests of links for outsiders share: what they are about, the post, and how a form is filled in."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx2

from activities.delivery.letter import Letter
from domain.identity import OccurrenceId
from domain.ports import ChannelFault
from tests.desk.pages.year import CHAIR

NOTICE = "lancashire-2016"
LINKS = f"/notice/{NOTICE}/links"
SEPTEMBER = OccurrenceId(NOTICE, "monthly-report", "2016-09")
QUARTER = OccurrenceId(NOTICE, "chair-report", "2016-Q3")
CONCERN = OccurrenceId(NOTICE, "referral-power", "concern")
TO_THE_CHAIR = f"record-concern {CONCERN} 0 {CHAIR}"
Visitor = Callable[..., httpx2.AsyncClient]
TokenOn = Callable[[str], str]
Give = Callable[..., Awaitable[httpx2.Response]]


@dataclass
class Postbox:
    """A way of sending that keeps what it is given, or refuses it."""

    sent: list[tuple[Letter, str]] = field(default_factory=list)
    refuses: bool = False

    async def hand_over(self, letter: Letter, address: str) -> object:
        if self.refuses:
            raise ChannelFault("The mail server could not be reached.", lasting=False)
        self.sent.append((letter, address))
        return None

    @property
    def path(self) -> str:
        """Where the newest mail leads."""
        found = re.search(r"https://desk\.example(/outside/\S+)", self.sent[-1][0].text)
        assert found is not None
        return found[1]


def words_of(answer: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def main_of(answer: httpx2.Response) -> str:
    return answer.text.split("<main")[1]


async def fill(
    client: httpx2.AsyncClient, token_on: TokenOn, path: str, do: str, **fields: str
) -> httpx2.Response:
    """What a browser sends with one of the buttons."""
    token = token_on((await client.get(path)).text)
    files = {"file": ("", b"")}
    return await client.post(
        path, data={"form_token": token, "do": do, **fields}, files=files, follow_redirects=True
    )


async def check_and_send(
    client: httpx2.AsyncClient, token_on: TokenOn, path: str, **fields: str
) -> httpx2.Response:
    checked = await fill(client, token_on, path, "check", **fields)
    seen = checked.text.split('name="seen" value="')[1].split('"')[0]
    data = {"form_token": token_on(checked.text), "do": "send", "seen": seen}
    return await client.post(path, data=data, follow_redirects=True)
