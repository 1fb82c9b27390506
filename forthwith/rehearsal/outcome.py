"""What came of a rehearsal, as whoever drafts the notice wants to know it: what became of each thing that was owed."""

from collections import Counter

from desk.building import Fate, RehearsedNotice, StepTaken, Story
from domain.time.words import plain_date
from domain.time.zones import local_date
from forthwith.rehearsal.run import Rehearsal
from forthwith.rehearsal.stage import RefusedAct
from projections.notice_year import YearBar, YearLane, notice_year

SENT = "message-sent.v1"


def outcome(played: Rehearsal, story: Story, undone: str | None = None) -> RehearsedNotice:
    """Everything as it stood when the last event was recorded, by due day."""
    year = notice_year(played.book, played.notice.terms.id, played.events[-1].recorded)
    fates = [_fate(lane, bar) for lane in year.lanes for bar in lane.bars if bar.opened]
    counted = Counter(event.type for event in played.events)
    zone = played.notice.terms.zone
    return RehearsedNotice(
        story=story,
        undone=undone,
        fates=tuple(sorted(fates, key=lambda each: (each.due_on, each.title))),
        refused=tuple(_refused(each, zone) for each in played.refused),
        messages=counted[SENT],
        events=len(played.events),
    )


def _fate(lane: YearLane, bar: YearBar) -> Fate:
    return Fate(
        title=bar.title,
        clause=lane.clause,
        whose=lane.obligor_name,
        due_on=bar.due_on,
        standing=bar.standing,
        met_at=bar.met_at,
        late=bar.late,
        steps=tuple(StepTaken(step.do, step.what, step.at) for step in bar.raised),
    )


def _refused(each: RefusedAct, zone: str) -> str:
    day = plain_date(local_date(each.planned.at, zone))
    return f"{each.planned.who}, on {each.planned.subject}, {day}: {each.sentence}"
