"""The HTML of a mail says what its plain text says, fetches nothing, and lets nobody's words become markup."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from html.parser import HTMLParser

from activities.delivery.call import Call
from activities.delivery.passes import Passes
from activities.delivery.wire import mail_bytes, sender_address
from activities.delivery.writing import write_letter
from tests.delivery.conftest import LINKS, REPORT, SENDER, World

PASSES = Passes([b"a key for tests that is long enough"])
VOID = {"meta", "br", "hr", "img"}
CALL = Call(
    f"{REPORT}#overdue:ben-okafor", REPORT, "overdue", "ben-okafor", "director", "overdue-notice-issued"
)


class Words(HTMLParser):
    """What a reader reads, and every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags, self.open = "", [], []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "title" not in self.open:
            self.words += f" {data} "


def plain_words(text: str) -> list[str]:
    """Without the dashes of lists, and the line above the signature."""
    return re.sub(r"^(- |-- $)", "", text, flags=re.MULTILINE).split()


async def test_every_letter_says_the_same_words_in_both_forms(notice_issued: World) -> None:
    world = notice_issued
    await world.go_to("2016-06-01 09:00")
    await world.chase_until("2016-06-27 11:30")
    await world.submit_report()
    await world.dispatcher(passes=PASSES).dispatch_waiting()
    letters = world.catcher.messages()
    assert len(letters) > 8
    for letter in letters:
        assert (
            Words(letter.html).words.split()
            == f"{letter.subject} {' '.join(plain_words(letter.text))}".split()
        )


async def test_the_html_fetches_nothing_and_links_only_to_the_desk(report_overdue: World) -> None:
    case = await report_overdue.office.case(REPORT)
    letter = write_letter(case, CALL, LINKS, passes=PASSES)
    for tag, attributes in Words(letter.html).tags:
        assert tag not in {"img", "script", "link", "style", "iframe", "form", "object"}
        assert not {name for name in attributes if name.startswith("on") or name in {"src", "background"}}
        assert "url(" not in (attributes.get("style") or "")
        assert attributes.get("href", LINKS).startswith(LINKS)
    assert Words(letter.html).tags[0] == ("html", {"lang": "en-GB"})


async def test_what_people_wrote_never_becomes_markup(report_overdue: World) -> None:
    case = await report_overdue.office.case(REPORT)
    nasty = '<script>alert(1)</script> "quoted" & <b onclick=x>'
    evil = case.notice.names | {"ben-okafor": nasty}
    letter = write_letter(replace(case, notice=replace(case.notice, names=evil)), CALL, LINKS, passes=PASSES)
    assert nasty in letter.text
    assert nasty in Words(letter.html).words
    assert {tag for tag, _ in Words(letter.html).tags}.isdisjoint({"script", "b"})


async def test_the_same_letter_gives_the_same_bytes_with_both_forms_in_them(report_overdue: World) -> None:
    case = await report_overdue.office.case(REPORT)
    once, again = (
        mail_bytes(write_letter(case, CALL, LINKS, passes=PASSES), sender_address(SENDER), "b@example.org")
        for _ in range(2)
    )
    assert once == again
    mail = message_from_bytes(once, policy=policy.default)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert max(len(line) for line in once.split(b"\r\n")) <= 78 + 20
    assert once.isascii()
