"""Every letter as it reaches its reader. The texts under letters/ were read by people; change them knowingly.

To write them anew after a change of the templates, run with FORTHWITH_WRITE_LETTERS=1 and read what changed.
"""

import os
from dataclasses import fields
from pathlib import Path

from activities.delivery.layout import LETTERS as TEMPLATES
from activities.delivery.writing import TOPICS, template_of
from domain.actor import Actor
from domain.commands import AcknowledgeTask
from domain.events.kinds import KINDS
from domain.identity import OccurrenceId
from forthwith.mailbox.folder import CaughtMail
from tests.delivery.conftest import NOTICE, REPORT, World

LETTERS = Path(__file__).with_name("letters")
REVIEW = OccurrenceId(NOTICE, "review", "1")
PLAN = OccurrenceId(NOTICE, "plan", "2017-05-31")


def as_read(mail: CaughtMail) -> str:
    return f"To: {mail.to}\nDate: {mail.date:%Y-%m-%d %H:%M} UTC\nSubject: {mail.subject}\n\n{mail.text}"


def must_read(name: str, mail: CaughtMail) -> None:
    golden = LETTERS / f"{name}.txt"
    if os.environ.get("FORTHWITH_WRITE_LETTERS"):
        golden.write_text(as_read(mail), encoding="utf-8")
    assert as_read(mail) == golden.read_text(encoding="utf-8")


def the_only(world: World, person: str, day: str) -> CaughtMail:
    """The one mail that a person got on a day."""
    found = [
        each for each in world.catcher.messages() if person in each.to and f"{each.date:%Y-%m-%d}" == day
    ]
    assert len(found) == 1, [(each.to, each.date) for each in found]
    return found[0]


async def test_a_report_that_nobody_sends_is_brought_up_the_ladder_letter_by_letter(
    notice_issued: World,
) -> None:
    world = notice_issued
    await world.go_to("2016-06-01 09:00")
    await world.chase_until("2016-07-31 09:00")

    must_read("1-please-acknowledge", the_only(world, "anna-reed", "2016-06-06"))
    must_read("2-due-tomorrow", the_only(world, "anna-reed", "2016-06-13"))
    must_read("3-overdue-to-the-officer", the_only(world, "anna-reed", "2016-06-15"))
    must_read("4-overdue-to-the-director", the_only(world, "ben-okafor", "2016-06-15"))
    must_read("5-brought-to-the-director", the_only(world, "ben-okafor", "2016-06-17"))
    must_read("6-director-has-not-acknowledged", the_only(world, "ben-okafor", "2016-06-21"))
    must_read("7-brought-to-the-chair", the_only(world, "clara-voss", "2016-06-24"))
    must_read("8-referred", the_only(world, "elin-hughes", "2016-07-05"))
    must_read("9-referral-not-acknowledged", the_only(world, "elin-hughes", "2016-07-08"))
    must_read("10-referral-not-acknowledged-to-the-case-lead", the_only(world, "dev-patel", "2016-07-08"))
    assert len(world.catcher.messages()) == 10


async def test_those_who_were_told_are_told_that_it_is_over(notice_issued: World) -> None:
    world = notice_issued
    await world.go_to("2016-06-01 09:00")
    await world.chase_until("2016-06-20 14:05")
    await world.office.handle(AcknowledgeTask(REPORT, "director"), Actor("person", "ben-okafor"))
    await world.dispatcher().dispatch_waiting()
    await world.chase_until("2016-06-27 11:30")
    await world.submit_report()
    await world.dispatcher().dispatch_waiting()

    must_read("11-brought-to-the-chair-acknowledged-below", the_only(world, "clara-voss", "2016-06-24"))
    must_read("12-acknowledged", the_only(world, "ben-okafor", "2016-06-20"))
    over = [each for each in world.catcher.messages() if each.subject.startswith("No longer overdue")]
    assert {each.to.partition(" <")[0] for each in over} == {"Ben Okafor", "Clara Voss"}
    must_read("13-no-longer-overdue", next(each for each in over if "clara-voss" in each.to))
    mine = the_only(world, "anna-reed", "2016-06-27")
    must_read("14-received", mine)
    theirs = [each for each in world.catcher.messages() if each.subject.startswith("For you to accept")]
    assert len(theirs) == 1
    must_read("15-for-you-to-accept", theirs[0])


async def test_a_letter_that_was_held_up_says_that_the_report_has_come_since(report_overdue: World) -> None:
    world = report_overdue
    await world.go_to("2016-06-15 16:20")
    await world.submit_report()
    await world.dispatcher().dispatch_waiting()

    held_up = [each for each in world.catcher.messages() if each.subject.startswith("No longer needed")]
    must_read("16-overtaken", next(each for each in held_up if "anna-reed" in each.to))


async def test_after_an_interruption_a_letter_makes_no_claim_that_was_true_on_another_day(
    notice_issued: World,
) -> None:
    world = notice_issued
    await world.go_to("2016-06-28 09:00")
    await world.chase_until("2016-06-28 09:00")

    letter = the_only(world, "anna-reed", "2016-06-28")
    must_read("17-overdue-told-late", letter)
    assert "last working day" not in letter.text


async def test_the_reminder_of_a_review_and_the_request_to_assess_have_words_of_their_own(
    notice_issued: World,
) -> None:
    world = notice_issued
    await world.go_to("2016-06-01 09:00")
    await world.chase_until("2016-11-30 09:00", REVIEW)
    must_read("18-review-due", the_only(world, "farid-aziz", "2016-10-20"))
    must_read("19-review-overdue", the_only(world, "farid-aziz", "2016-11-21"))

    await world.go_to("2017-05-30 09:00")
    await world.chase_until("2017-06-01 09:00", PLAN)
    must_read("20-please-assess", the_only(world, "dev-patel", "2017-05-31"))


def test_every_kind_of_event_that_calls_for_messages_has_its_letter() -> None:
    calling = {
        kind.topic.partition(".v")[0]
        for kind in KINDS
        if "messages" in {field.name for field in fields(kind.shape)}
    }
    assert calling == set(TOPICS)
    assert all((TEMPLATES / f"{template_of(topic)}.txt").is_file() for topic in TOPICS)
