"""Ladders that a notice file could hold, and worlds in which the May report is chased up them."""

from dataclasses import replace
from datetime import time

from hypothesis import strategies as st

from domain.commands import IssueNotice
from domain.terms.checking.ladders import ladder_faults
from domain.terms.ladders import Ladder, Rung
from domain.time.calendar import load_calendar
from tests.domain.people import OFFICER
from tests.domain.specification import World, london
from tests.lives import the_notice

LANCASHIRE = the_notice()
OPENS = london(2016, 6, 1, 0)

ISSUED = World().after(
    IssueNotice(LANCASHIRE, load_calendar("england"), london(2016, 5, 19)), OFFICER, london(2016, 5, 19)
)

ROLES = st.sampled_from(["reporting-officer", "director", "chief-executive", "chair", "case-lead"])
TO = st.lists(ROLES, min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Reminders, an overdue notice, escalations one above the other, a referral; and reminders to acknowledge."""
    main = [*_reminders(draw), *_from_the_overdue_notice_up(draw)]
    rungs: list[Rung] = []
    if draw(st.booleans()):
        rungs.append(
            Rung(
                id="seen",
                do="remind",
                chases="owed",
                after="opens",
                working_days=draw(st.integers(0, 8)),
                to=draw(TO),
            )
        )
    for rung in main:
        rungs.append(rung)
        if rung.opens_task and draw(st.booleans()):
            rungs.append(
                Rung(id=f"{rung.id}-seen", do="remind", chases=rung.id, after=rung.id,
                     working_days=draw(st.integers(0, 6)), to=draw(TO))
            )  # fmt: skip
    hour = draw(st.sampled_from([time(0, 0), time(1, 30), time(9, 0), time(17, 30)]))
    return Ladder(id="council-monthly", track="council", at=hour, rungs=tuple(rungs))


def _reminders(draw: st.DrawFn) -> list[Rung]:
    distances = sorted(draw(st.sets(st.integers(-9, -1), max_size=3)))
    return [
        Rung(id=f"remind-{-each}", do="remind", working_days=each, to=draw(TO))
        if draw(st.booleans())
        else Rung(id=f"remind-{-each}", do="remind", days=int(each * 7 / 5), to=draw(TO))
        for each in distances
    ]


def _from_the_overdue_notice_up(draw: st.DrawFn) -> list[Rung]:
    below, distance = "overdue", draw(st.integers(1, 3))
    rungs = [Rung(id="overdue", do="overdue", working_days=distance, to=draw(TO))]
    acts = ["escalate"] * draw(st.integers(0, 4)) + ["refer"] * draw(st.integers(0, 1))
    for number, do in enumerate(acts):
        gap = draw(st.integers(0, 6))
        distance += gap
        name = "refer" if do == "refer" else f"escalate-{number}"
        if draw(st.booleans()):
            rungs.append(
                Rung.model_validate({"id": name, "do": do, "working_days": distance, "to": draw(TO)})
            )
        else:
            rungs.append(
                Rung.model_validate(
                    {"id": name, "do": do, "after": below, "working_days": gap, "to": draw(TO)}
                )
            )
        below = name
    return rungs


def fits_a_notice(ladder: Ladder) -> bool:
    return not list(ladder_faults(LANCASHIRE.model_copy(update={"ladders": (ladder,)})))


def report_open_on(ladder: Ladder) -> World:
    """The May report has opened and is chased up this ladder."""
    notice = ISSUED.notice
    ladders = tuple(ladder if each.id == ladder.id else each for each in notice.ladders)
    return replace(ISSUED, notice=replace(notice, ladders=ladders)).opened(OPENS)
