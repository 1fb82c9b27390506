"""What is overdue, on whose track, how far it has been brought up, and what comes next."""

from datetime import UTC, date, datetime

from projections.overdue import overdue

NOTICE = "lancashire-2016"


async def test_two_missed_reports_stand_on_the_council_s_track_and_on_no_other(book_at):
    moment = datetime(2016, 9, 20, 12, tzinfo=UTC)
    tracks = {
        track.obligor: track for track in overdue(await book_at("two-reports-missed", moment), NOTICE, moment)
    }
    assert {name: len(track.overdue) for name, track in tracks.items()} == {
        "council": 2,
        "chair": 0,
        "adviser": 0,
        "department": 0,
    }
    july, august = tracks["council"].overdue
    assert (july.working_days, july.highest.do, july.next_rung) == (26, "refer", None)
    assert july.highest.whom == ("Fiona Laidlaw (Head of the minister’s private office)",)
    assert july.next_step.sentence == "The ladder has no further step: it waits for somebody to act."
    assert (august.working_days, august.highest.rung) == (4, "director")
    assert (august.next_rung.rung, august.next_rung.when) == (
        "chief-executive",
        datetime(2016, 9, 21, 8, tzinfo=UTC),
    )


async def test_each_track_says_what_is_due_next_whether_it_has_opened_or_not(book_at):
    moment = datetime(2016, 9, 20, 12, tzinfo=UTC)
    tracks = overdue(await book_at("two-reports-missed", moment), NOTICE, moment)
    assert [
        (track.name, track.next_due.title, track.next_due.due_on, track.next_due.opened) for track in tracks
    ] == [
        (
            "Lancashire County Council",
            "The improvement board and its independent chair are maintained, July to September 2016",
            date(2016, 10, 7),
            False,
        ),
        (
            "The independent chair of the improvement board",
            "Quarterly progress report of the chair, July to September 2016",
            date(2016, 10, 14),
            False,
        ),
        (
            "The adviser appointed by the Secretary of State",
            "Report of the adviser on progress or concern, July to September 2016",
            date(2016, 10, 21),
            False,
        ),
        ("Department for Education", "First review of progress by the Department", date(2016, 11, 19), True),
    ]


async def test_the_department_s_missed_review_is_the_department_s_own(book_at):
    moment = datetime(2016, 11, 25, 12, tzinfo=UTC)
    tracks = overdue(await book_at("department-misses-review", moment), NOTICE, moment)
    assert [(track.obligor, [row.title for row in track.overdue]) for track in tracks if track.overdue] == [
        ("department", ["First review of progress by the Department"])
    ]


async def test_the_night_after_the_due_day_it_is_overdue_with_no_working_day_passed(book_at):
    moment = datetime(2016, 8, 13, 9, tzinfo=UTC)
    council, *_ = overdue(await book_at("two-reports-missed", moment), NOTICE, moment)
    (july,) = council.overdue
    assert (july.working_days, july.urgency, july.highest.do) == (0, "overdue", "remind")


async def test_in_a_happy_year_nothing_is_ever_overdue(book_at):
    for month in range(6, 13):
        moment = datetime(2016, month, 28, 12, tzinfo=UTC)
        assert not any(
            track.overdue for track in overdue(await book_at("happy-year", moment), NOTICE, moment)
        )


async def test_what_has_arrived_already_is_not_due_next(book_at):
    moment = datetime(2016, 7, 13, 12, tzinfo=UTC)
    council, *_ = overdue(await book_at("two-reports-missed", moment), NOTICE, moment)
    assert council.next_due.title == "Monthly report to the improvement board, July 2016"
