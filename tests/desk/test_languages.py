"""The language of a page: which one is chosen, what is translated in it, and what is said to be English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import httpx2
import pytest
from jinja2 import Environment
from starlette.types import Receive, Scope, Send

from desk.language.choosing import LanguageChooser, preferred
from desk.language.extraction import for_translators, gathered, left, translated, without_gaps
from desk.language.marking import honest
from desk.language.speaking import BEGINS, ENDS, LANGUAGES, counted, language, marked, speaking, worded
from desk.language.templates import install, left_in_pieces
from desk.words import day, days_left, moment

Visitor = Callable[..., httpx2.AsyncClient]
SignIn = Callable[..., Awaitable[httpx2.Response]]
WHOLE = ("tasks.html", "sign_in.html", "sign_in_doors.html", "errors/error.html", "components/tasks.html")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("cy", "cy"),
        ("cy-GB,cy;q=0.9,en;q=0.8", "cy"),
        ("en-GB,en;q=0.9,cy;q=0.8", "en"),
        ("fr, cy;q=0.5, en;q=0.4", "cy"),
        ("cy;q=0, en", "en"),
        ("cy;q=nonsense", None),
        ("fr-FR, *;q=0.1", None),
        ("", None),
    ],
)
def test_a_browser_gets_the_language_it_prefers_among_those_there_are(accepted: str, chosen: str) -> None:
    assert preferred(accepted) == chosen


async def test_a_choice_made_in_the_address_lasts_and_outweighs_the_browser(visitor: Visitor) -> None:
    client = visitor(**{"accept-language": "en-GB"})
    chosen = await client.get("/sign-in?lang=cy")
    assert '<html lang="cy"' in chosen.text
    assert chosen.headers["content-language"] == "cy"
    assert (
        "language=cy; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure"
        in chosen.headers["set-cookie"]
    )
    assert (
        '<h1 class="govuk-heading-xl app-heading-tight">Mewngofnodi</h1>'
        in (await client.get("/sign-in")).text
    )
    back = await client.get("/sign-in?lang=en")
    assert '<html lang="en"' in back.text
    assert ">Cymraeg</a>" in back.text


async def test_a_language_that_the_desk_does_not_have_is_not_kept(visitor: Visitor) -> None:
    answer = await visitor().get("/sign-in?lang=xx")
    assert '<html lang="en"' in answer.text
    assert "language=" not in answer.headers.get("set-cookie", "")


async def test_a_page_in_welsh_says_which_of_its_words_are_english(visitor: Visitor, sign_in: SignIn) -> None:
    client = visitor(**{"accept-language": "cy"})
    await sign_in(client)
    page = (await client.get("/gallery")).text
    assert "Fy nhasgau" in page
    assert "Neidio i’r prif gynnwys" in page
    assert '<span lang="en">Rowan Ashworth</span>' in page
    assert "Dydd Gwener 21 Hydref 2016" in page
    assert BEGINS not in page
    assert ENDS not in page


async def test_an_english_page_carries_nothing_of_all_this(visitor: Visitor, sign_in: SignIn) -> None:
    client = visitor()
    await sign_in(client)
    page = (await client.get("/gallery")).text
    assert '<span lang="en">' not in page
    assert BEGINS not in page


async def test_an_act_is_done_in_english_whatever_its_page_was_read_in() -> None:
    spoken: dict[str, str] = {}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        spoken[scope["method"]] = language()

    for method in ("GET", "POST"):
        scope = {
            "type": "http",
            "path": "/tasks",
            "method": method,
            "query_string": b"lang=cy",
            "headers": [],
        }
        await LanguageChooser(app)(scope, None, None)  # type: ignore[arg-type]
    assert spoken == {"GET": "cy", "POST": "en"}


def test_days_times_and_numbers_of_days_are_those_of_the_cldr() -> None:
    evening = datetime(2016, 10, 14, 16, 0, tzinfo=UTC)
    with speaking("cy"):
        said = [
            day(date(2016, 5, 19)),
            moment(evening, ZoneInfo("Europe/London")),
            days_left(2, date(2016, 5, 19)),
        ]
    words = [each.replace(BEGINS, "").replace(ENDS, "") for each in said]
    assert words == [
        "Dydd Iau 19 Mai 2016",
        "Dydd Gwener 14 Hydref 2016, 17:00",
        "2 ddiwrnod, until Dydd Iau 19 Mai 2016",
    ]


def test_a_word_without_a_translation_stays_english_and_is_not_marked() -> None:
    with speaking("cy"):
        assert worded("Return it as deficient") == "Return it as deficient"
        assert worded("Sign in") == marked("Mewngofnodi")
        assert counted("%(num)s thing", "%(num)s things", 2) == "%(num)s things"
    assert worded("Sign in") == "Sign in"


@pytest.mark.parametrize(
    ("drawn", "shown"),
    [
        ("<p>Due</p>", '<p><span lang="en">Due</span></p>'),
        (f"<p>{marked('Hanes')} of it</p>", '<p>Hanes <span lang="en">of it</span></p>'),
        ("<p>" + marked("ar <b>" + marked("Iau") + "</b> eto") + "</p>", "<p>ar <b>Iau</b> eto</p>"),
        (f'<a title="{marked("Yn ôl")}">14.10.</a>', '<a title="Yn ôl">14.10.</a>'),
        ("<select><option value=1>All</option></select>", '<select><option lang="en" value=1>All</option></select>'),
        (f"<option>{marked('Hanes')}</option>", "<option>Hanes</option>"),
        ("<svg><text>May</text></svg>", '<svg lang="en"><text>May</text></svg>'),
        ("<textarea>as typed</textarea>", "<textarea>as typed</textarea>"),
        ("<script>let it = be</script>", "<script>let it = be</script>"),
    ],
)  # fmt: skip
def test_what_is_still_english_is_said_to_be(drawn: str, shown: str) -> None:
    assert honest(f"<html><body>{drawn}</body>") == f"<html><body>{shown}</body>"


def drawn(source: str, **facts: object) -> str:
    made = Environment(autoescape=True)
    install(made)
    with speaking("cy"):
        return made.from_string(source).render(facts).replace(BEGINS, "[").replace(ENDS, "]")


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<h1>Sign in</h1>", "<h1>[Mewngofnodi]</h1>"),
        ('<a aria-label="Back" class="{{ x }}">{{ x }}</a>', '<a aria-label="[Yn ôl]" class="Back">Back</a>'),
        ('{{ {"text": "Save", "name": x}["text"] }}', "[Cadw]"),
        ('{{ "Save" if x == "Back" else "Show" }}', "[Cadw]"),
        ("{{ x }}", "Back"),
        ("<p>Back {{ x }}</p>", "<p>Back Back</p>"),
        ("<script>Back</script><code>Back</code>", "<script>Back</script><code>Back</code>"),
        ("{% trans %}Back{% endtrans %}", "[Yn ôl]"),
        ("{% trans %}Back {{ x }}{% endtrans %}", "Back Back"),
    ],
)
def test_the_words_of_a_template_are_looked_up_and_those_of_the_record_are_not(
    source: str, shown: str
) -> None:
    assert drawn(source, x="Back") == shown


def test_a_translation_cannot_make_a_hole_in_escaping() -> None:
    assert drawn("{% trans %}Back {{ x }}{% endtrans %}{{ worded(x) }}", x="<b>") == "Back &lt;b&gt;&lt;b&gt;"


def test_a_sentence_with_a_hole_is_told_of_until_it_is_whole() -> None:
    assert left_in_pieces("<p>Due by {{ x }} at the latest</p>") == ["Due by", "at the latest"]
    assert left_in_pieces("<p>{% trans %}Due by {{ x }} at the latest{% endtrans %}</p>") == []
    assert set(WHOLE).isdisjoint(left())


def test_words_that_the_code_itself_says_reach_the_translators() -> None:
    said = {each.id: {name for name, _ in each.locations} for each in gathered()}
    assert "desk/pages/tasks.py" in said["Pages of the tasks"]
    assert "desk/notice_navigation.py" in said["People and messages"]


def test_every_translation_is_of_words_that_the_desk_still_says_and_is_to_be_reviewed() -> None:
    said = {each.id for each in gathered()}
    for code in set(LANGUAGES) - {"en"}:
        kept = [each for each in translated(code) if each.id]
        assert len(kept) > 30
        assert [each.id for each in kept if each.id not in said] == []
        assert {tuple(each.user_comments) for each in kept} == {("To be reviewed by a translator.",)}


def test_translators_get_every_message_and_only_what_they_have_done_is_kept() -> None:
    whole = for_translators("cy")
    assert {each.id for each in whole} == {each.id for each in gathered()}
    kept = {each.id: each.string for each in without_gaps(whole) if each.id}
    assert kept == {each.id: each.string for each in translated("cy") if each.id}
