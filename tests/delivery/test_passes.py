"""A pass acknowledges one task, for one person, once, and not for ever."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

from activities.delivery.call import Call
from activities.delivery.facts import facts_for
from activities.delivery.passes import PATH, SALT, Pass, Passes, PassRefused
from domain.actor import Actor
from domain.commands import AcknowledgeTask
from tests.delivery.conftest import LINKS, REPORT, World, local

OLD, NEW = b"the key of last year, long enough", b"the key of this year, long enough"
GIVEN = Pass("m/1", "anna-reed", REPORT, "owed", local("2016-06-20 09:00"))
JUNE = local("2016-06-10 09:00")
ASKED = Call(
    f"{REPORT}#acknowledge:anna-reed",
    REPORT,
    "acknowledge",
    "anna-reed",
    "officer",
    "acknowledgement-requested",
)


def test_a_pass_is_read_as_it_was_written() -> None:
    passes = Passes([NEW])
    assert passes.read(passes.written(GIVEN), JUNE) == GIVEN
    assert passes.written(GIVEN) == passes.written(GIVEN)


def test_an_older_key_is_still_read_and_a_forgotten_one_is_not() -> None:
    words = Passes([OLD]).written(GIVEN)
    assert Passes([NEW, OLD]).read(words, JUNE) == GIVEN
    assert Passes([NEW, OLD]).written(GIVEN) == Passes([NEW]).written(GIVEN) != words
    with pytest.raises(PassRefused, match="not one that Forthwith gave"):
        Passes([NEW]).read(words, JUNE)


def test_a_pass_ends() -> None:
    passes = Passes([NEW])
    assert passes.read(passes.written(GIVEN), GIVEN.until) == GIVEN
    with pytest.raises(PassRefused, match="no longer valid"):
        passes.read(passes.written(GIVEN), GIVEN.until + timedelta(seconds=1))


def signed_for_something_else() -> str:
    words = ["m/1", "anna-reed", str(REPORT), "owed", 1466409600]
    return str(URLSafeSerializer(NEW, salt="forthwith.sign-in.v1").dumps(words))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "nonsense",
        "a.b.c",
        "💥",
        signed_for_something_else(),
        str(URLSafeTimedSerializer(NEW, salt=SALT).dumps(["m/1"])),
        Passes([NEW]).written(GIVEN)[:-1],
        Passes([NEW]).written(GIVEN) + "x",
        "x" * 100_000,
    ],
    ids=lambda words: words[:12],
)
def test_what_is_no_pass_of_ours_is_refused(words: str) -> None:
    with pytest.raises(PassRefused, match="not one that Forthwith gave"):
        Passes([NEW]).read(words, JUNE)


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Passes([b"short"])


async def test_a_letter_gives_a_pass_for_a_task_that_its_reader_has_not_acknowledged(
    notice_issued: World,
) -> None:
    world, passes = notice_issued, Passes([NEW])
    await world.go_to("2016-06-06 09:00")
    await world.take_step()
    facts = facts_for(await world.office.case(REPORT), ASKED, LINKS, passes)
    address = facts.acknowledge or ""
    given = passes.read(address.removeprefix(f"{LINKS}{PATH}/"), world.clock.now())
    assert (given.person, given.occurrence, given.task) == ("anna-reed", REPORT, "owed")
    assert facts.acknowledge_until == "Monday 20 June 2016 at 09:00"

    await world.office.handle(AcknowledgeTask(REPORT), Actor("person", "anna-reed"), given.command)
    case = await world.office.case(REPORT)
    assert facts_for(case, ASKED, LINKS, passes).acknowledge is None


async def test_no_pass_is_given_for_a_task_of_somebody_else(report_overdue: World) -> None:
    """The director is told that it is overdue, and the task is the officer's."""
    case = await report_overdue.office.case(REPORT)
    told = Call(
        f"{REPORT}#overdue:ben-okafor", REPORT, "overdue", "ben-okafor", "director", "overdue-notice-issued"
    )
    assert facts_for(case, told, LINKS, Passes([NEW])).acknowledge is None
