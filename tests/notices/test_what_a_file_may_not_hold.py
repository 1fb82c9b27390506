"""Each case spoils the small notice of the documentation in one place: line, path, sentence."""

from collections.abc import Callable

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import NoticeFileFaults
from tests.notices.spoilt import Spoilt, name_of

Reader = Callable[[str | bytes], NoticeFile]


COMMON = """\
    clause: "1"
    title: Something
    strength: may
    obligor: home
    obligee: home
    assignee: manager
"""


SHAPE = [
    Spoilt("an unknown key",
           "  zone: Europe", "  colour: red\n  zone: Europe", "colour", "notice.colour",
           "“colour” is not a key here; the keys are id, title, instrument, issuer, recipient, "
           "addressed_to, issued, runs_until, zone, calendar, ground, power, kept_by, signature, source."),
    Spoilt("a misspelt key",
           "    assignee: manager", "    asignee: manager", "asignee", "obligations[0].asignee",
           "did you mean “assignee”?"),
    Spoilt("a missing key",
           "    basis: The notice names no day; the audit closes with the month.\n", "",
           "- id: day-of-the-report", "interpretations[0].basis",
           "“basis” is missing."),
    Spoilt("a missing key of one kind",
           "    recurrence:\n      periods: calendar\n      months: 1\n", "", "- id: audit-report",
           "obligations[0].recurrence",
           "“recurrence” is missing."),
    Spoilt("an unknown kind",
           "recurring-report", "reccuring-report", "reccuring", "obligations[0].kind",
           "“reccuring-report” is not one of recurring-report, maximum-gap-review, fixed-deadline, "
           "before-event, during-event, after-event, continuing, on-demand, until-decision, content-standard, "
           "scope-list, discretionary-power; did you mean “recurring-report”?"),
    Spoilt("no kind at all",
           "    kind: recurring-report\n", "", "- id: audit-report", "obligations[0].kind",
           "“kind” is missing; it says of which kind this is."),
    Spoilt("an unknown due rule",
           "nth-working-day-of-next-month", "nth-day", "nth-day", "obligations[0].due.rule",
           "“nth-day” is not one of nth-working-day-of-next-month,"),
    Spoilt("a number out of range",
           "n: 5", "n: 40", "n: 40", "obligations[0].due.n",
           "“40” is too large; the most is 23."),
    Spoilt("a number that is nothing",
           "n: 5", "n: 0", "n: 0", "obligations[0].due.n",
           "“0” is too small; the least is 1."),
    Spoilt("a word where a number belongs",
           "n: 5", "n: five", "n: five", "obligations[0].due.n",
           "A whole number is needed here, and “five” is text."),
    Spoilt("a number in quotes",
           "n: 5", 'n: "5"', 'n: "5"', "obligations[0].due.n",
           "A whole number is needed here, and “5” is text."),
    Spoilt("a number where text belongs",
           'id: "1"', "id: 1", "id: 1", "clauses[0].id",
           "Text is needed here; put 1 in quotes."),
    Spoilt("a list where text belongs",
           "name: Willow House", "name: [Willow, House]", "name: [", "parties[0].name",
           "Text is needed here, not a list."),
    Spoilt("text where a list belongs",
           "to: [provider]", "to: provider", "to: provider", "ladders[0].rungs[2].to",
           "A list is needed here, and “provider” is text."),
    Spoilt("a value left out",
           "calendar: england", "calendar:", "calendar:", "notice.calendar",
           "A value is missing; text is needed here."),
    Spoilt("an empty list",
           "to: [provider]", "to: []", "to: []", "ladders[0].rungs[2].to",
           "This list must not be empty."),
    Spoilt("an empty text",
           "instrument: Warning Notice", 'instrument: " "', "instrument:", "notice.instrument",
           "This text must not be empty."),
    Spoilt("an unknown choice",
           "do: escalate", "do: escalte", "do: escalte", "ladders[0].rungs[2].do",
           "“escalte” is not one of remind, overdue, escalate, assess, refer; did you mean “escalate”?"),
    Spoilt("another format",
           "forthwith-notice/1", "forthwith-notice/9", "format:", "format",
           "“forthwith-notice/9” cannot stand here; it has to be forthwith-notice/1."),
    Spoilt("a number of months that is none",
           "months: 1", "months: 5", "months: 5", "obligations[0].recurrence.months",
           "“5” is not one of 1, 2, 3, 6, 12"),
    Spoilt("an identifier with a space",
           "id: anna-lind", "id: Anna Lind", "id: Anna", "people[0].id",
           "“Anna Lind” is not an identifier; one is made of small letters, digits and hyphens"),
    Spoilt("30 February",
           "issued: 2025-03-03", "issued: 2025-02-30", "issued:", "notice.issued",
           "30 February 2025 does not exist."),
    Spoilt("a thirteenth month",
           "issued: 2025-03-03", "issued: 2025-13-01", "issued:", "notice.issued",
           "2025-13-01 does not exist: there is no month 13."),
    Spoilt("a date in other words",
           "issued: 2025-03-03", "issued: 3 March 2025", "issued:", "notice.issued",
           "“3 March 2025” is not a date; a date is written like 2016-05-19."),
    Spoilt("a date that looks like a number",
           "issued: 2025-03-03", "issued: 20250303", "issued:", "notice.issued",
           "Text is needed here; put 20250303 in quotes."),
    Spoilt("a count of seconds for a date",
           "issued: 2025-03-03", 'issued: "1741000000"', "issued:", "notice.issued",
           "“1741000000” is not a date"),
    Spoilt("a twenty-fifth hour",
           "    rungs:", "    at: 25:00\n    rungs:", "at: 25", "ladders[0].at",
           "The time 25:00 does not exist."),
    Spoilt("an hour in other words",
           "    rungs:", "    at: 9am\n    rungs:", "at: 9am", "ladders[0].at",
           "“9am” is not a time of day; a time is written like 09:00."),
    Spoilt("a rung with two distances",
           "working_days: -2", "working_days: -2\n        days: -3", "- id: remind", "ladders[0].rungs[0]",
           "A rung needs either working_days or days, and not both."),
]  # fmt: skip

SENSE = [
    Spoilt("a second party of one name",
           "  - id: inspectorate", "  - id: home", "- id: home\n    name: The insp", "parties[1].id",
           "There is another party called “home” above."),
    Spoilt("a second rung of one name",
           "      - id: provider", "      - id: overdue", "- id: overdue\n        do: esc",
           "ladders[0].rungs[2].id",
           "There is another rung called “overdue” above."),
    Spoilt("an unknown role",
           "assignee: manager", "assignee: manger", "assignee:", "obligations[0].assignee",
           "There is no role called “manger”; did you mean “manager”?"),
    Spoilt("an unknown role on a rung",
           "to: [provider]", "to: [owner]", "to: [owner]", "ladders[0].rungs[2].to[0]",
           "There is no role called “owner”."),
    Spoilt("an unknown party",
           "recipient: home", "recipient: house", "recipient:", "notice.recipient",
           "There is no party called “house”"),
    Spoilt("an unknown person",
           "person: anna-lind", "person: anna", "person:", "appointments[0].person",
           "There is no person called “anna”"),
    Spoilt("an unknown clause",
           '    clause: "1"\n    question', '    clause: "2"\n    question', 'clause: "2"',
           "interpretations[0].clause",
           "There is no clause called “2”."),
    Spoilt("an unknown ladder",
           "ladder: monthly", "ladder: weekly", "ladder: weekly", "obligations[0].ladder",
           "There is no ladder called “weekly”."),
    Spoilt("an unknown obligation",
           "affects: [audit-report]", "affects: [audit]", "affects:", "interpretations[0].affects[0]",
           "There is no obligation called “audit”"),
    Spoilt("an unknown rung to follow",
           "        do: escalate", "        do: escalate\n        after: remnd", "after: remnd",
           "ladders[0].rungs[2].after",
           "There is no rung on this ladder called “remnd”; did you mean “remind”?"),
    Spoilt("a rung that chases nothing",
           "        do: escalate", "        do: escalate\n        chases: nobody", "chases:",
           "ladders[0].rungs[2].chases",
           "There is no rung on this ladder called “nobody”."),
    Spoilt("a rung that chases no task",
           "        do: escalate", "        do: escalate\n        chases: remind", "chases:",
           "ladders[0].rungs[2].chases",
           "The rung “remind” opens no task that could be chased"),
    Spoilt("rungs in a circle",
           "        do: escalate", "        do: escalate\n        after: provider", "after: provider",
           "ladders[0].rungs[2].after",
           "These rungs wait for each other in a circle: provider → provider."),
    Spoilt("a clause within itself",
           '  - id: "1"', '  - id: "1"\n    within: "1"', "within:", "clauses[0].within",
           "These clauses stand within each other in a circle: 1 → 1."),
    Spoilt("rungs out of order",
           "working_days: 3", "working_days: -1", "- id: provider\n        do", "ladders[0].rungs[2]",
           "The rung “provider” falls before “overdue”, which stands above it; put them in order."),
    Spoilt("overdue before it is due",
           "        do: overdue\n        working_days: 1", "        do: overdue\n        working_days: 0",
           "- id: overdue", "ladders[0].rungs[1]",
           "The rung “overdue” says that something is overdue before the day on which it is due has ended."),
    Spoilt("somebody escalated unheard",
           "do: overdue", "do: remind", "- id: provider\n        do", "ladders[0].rungs[2]",
           "The rung “provider” goes over the heads of those who owe before any rung has told them that "
           "it is overdue"),
    Spoilt("another party’s ladder",
           "track: home", "track: inspectorate", "ladder: monthly", "obligations[0].ladder",
           "The ladder “monthly” is on the track of “inspectorate”, but this is owed by “home”"),
    Spoilt("hidden from an unknown party",
           "    ladder: monthly", "    ladder: monthly\n    hidden_from: [house]", "hidden_from:",
           "obligations[0].hidden_from[0]",
           "There is no party called “house”"),
    Spoilt("hidden from those who owe it",
           "    ladder: monthly", "    ladder: monthly\n    hidden_from: [home]", "hidden_from:",
           "obligations[0].hidden_from[0]",
           "It is owed by or to “home”, so it cannot be hidden from it."),
    Spoilt("a report that nobody is chased for",
           "    ladder: monthly\n", "", "- id: audit-report", "obligations[0]",
           "“audit-report” falls due and nobody is chased for it; name its “ladder”."),
    Spoilt("a due rule that does not fit",
           "      rule: nth-working-day-of-next-month\n      n: 5",
           "      rule: fixed-date\n      on: 2025-05-01", "rule: fixed-date", "obligations[0].due.rule",
           "The due rule “fixed-date” does not fit a recurring-report"),
    Spoilt("a working day that the month does not have",
           "n: 5", "n: 23", "due:\n", "obligations[0].due",
           "A due day cannot be reckoned. April 2025 has no"),
    Spoilt("an unknown zone",
           "Europe/London", "Europe/Londinium", "zone:", "notice.zone",
           "There is no time zone called 'Europe/Londinium'."),
    Spoilt("an unknown calendar",
           "calendar: england", "calendar: narnia", "calendar:", "notice.calendar",
           "There is no calendar called 'narnia'."),
    Spoilt("a day beyond the calendar",
           "runs_until: 2025-09-30", "runs_until: 2095-09-30", "runs_until:", "notice.runs_until",
           "30 September 2095 lies outside the calendar “england”"),
    Spoilt("a due day beyond the calendar",
           "runs_until: 2025-09-30", "runs_until: 2028-12-31", "due:\n", "obligations[0].due",
           "A due day cannot be reckoned. The calendar england"),
    Spoilt("an end before the beginning",
           "runs_until: 2025-09-30", "runs_until: 2025-03-02", "runs_until:", "notice.runs_until",
           "The notice is issued on 3 March 2025, after it has run until 2 March 2025."),
    Spoilt("an appointment that ends too early",
           "    since: 2025-03-03", "    since: 2025-03-03\n    until: 2025-03-02", "until: 2025-03-02",
           "appointments[0].until",
           "The appointment ends on 2 March 2025, before it begins on 3 March 2025."),
    Spoilt("two holders of one role",
           "    since: 2025-03-03",
           "    since: 2025-03-03\n  - role: manager\n    person: bo-berg\n    since: 2025-05-01",
           "- role: manager\n    person: bo-berg\n    since: 2025-05", "appointments[1]",
           "“anna-lind” and “bo-berg” would hold the role “manager” at the same time"),
    Spoilt("a clause without words",
           "    text: The provider must report each month on the audit of medicines.", "    text: …",
           "text:", "clauses[0].text",
           "The text of clause 1 has no words."),
]  # fmt: skip

YAML = [
    Spoilt("an anchor",
           "name: Willow House", "name: &house Willow House", "&house", "parties[0].name",
           "The anchor &house is not used here; write each value out."),
    Spoilt("an alias",
           "recipient: home", "recipient: *home", "*home", "notice.recipient",
           "*home refers to another place; aliases are not used here."),
    Spoilt("a tag",
           "n: 5", "n: !!int 5", "!!int", "obligations[0].due.n",
           "The tag tag:yaml.org,2002:int is not used here; leave it out."),
    Spoilt("a merge key",
           "    name: Willow House", "    <<: {note: x}\n    name: Willow House", "<<:", "parties[0]",
           "The merge key << is not used here; write the entries out."),
    Spoilt("a key twice",
           "  zone: Europe/London", "  zone: Europe/London\n  zone: Europe/Paris", "zone: Europe/Paris",
           "notice.zone",
           "“zone” stands here twice; the first is on line 11."),
    Spoilt("a second document",
           "parties:", "---\nparties:", "---", "",
           "A second document begins here; a file holds one only."),
    Spoilt("a control character",
           "title: Warning", "title: War\x07ning", "title: War", "",
           "The control character U+0007 must not stand in this file."),
    Spoilt("an escaped control character",
           "title: Warning notice to Willow House", 'title: "War\\0ning"', "title:", "notice.title",
           "The control character U+0000 must not stand in this file, not even written as an escape."),
    Spoilt("half of a character",
           "title: Warning notice to Willow House", 'title: "War\\ud800ning"', "title:", "notice.title",
           "Half of a character (U+D800) must not stand in this file, not even written as an escape."),
    Spoilt("text written backwards",
           "title: Warning", "title: War\u202ening", "title:", "",
           "The character U+202E (right-to-left override) must not stand in this file."),
    Spoilt("a tab",
           "  zone: Europe/London", "\tzone: Europe/London", "\tzone", "",
           "A tab stands where spaces are needed; indent with spaces."),
    Spoilt("a colon in text",
           "ground: Medicines", "ground: this: Medicines", "ground:", "",
           "A colon followed by a space stands inside text; put the text in quotes, or check the "
           "indentation."),
    Spoilt("quotation marks left open",
           "n: 5", 'n: "5', 'n: "5', "",
           "The quotation marks are not closed"),
    Spoilt("brackets left open",
           "to: [provider]", "to: [provider", "to: [provider", "",
           "The brackets are not closed, or a comma is missing."),
    Spoilt("a list entry within a line",
           "name: Willow House", "name: - Willow House", "name: - Willow", "",
           "A list entry cannot begin here; give it a line of its own."),
    Spoilt("too little indentation",
           "  title: Warning notice", " title: Warning notice", " title: Warning notice", "",
           "The indentation does not fit the lines above."),
    Spoilt("text that begins with an asterisk",
           "title: Warning notice", "title: ** Warning notice", "title: **", "",
           "Text that begins with & or * has to stand in quotes."),
    Spoilt("text that begins with an at sign",
           "title: Warning notice", "title: @ Warning notice", "title: @", "",
           "Text that begins with this character has to stand in quotes."),
    Spoilt("a list as a key",
           "  zone: Europe/London", "  [a, b]: Europe/London", "[a, b]", "notice",
           "A key has to be a word, and here it is something else."),
    Spoilt("a directive",
           "format: forthwith-notice/1", "%YAML 1.1\n---\nformat: forthwith-notice/1", "%YAML", "",
           "Lines that begin with % are not used here."),
]  # fmt: skip


@pytest.mark.parametrize("case", SHAPE + SENSE + YAML, ids=name_of)
def test_a_fault_is_named_with_its_line_its_path_and_a_sentence(
    small_notice: str, read_as_notice: Reader, case: Spoilt
) -> None:
    spoilt = case.text(small_notice)

    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(spoilt)

    named = [(fault.line, fault.path) for fault in refused.value.faults if case.sentence in fault.sentence]
    assert (case.line(spoilt), case.path) in named, str(refused.value)


@pytest.mark.parametrize(
    "case", [case for case in SHAPE + YAML if case.what != "a misspelt key"], ids=name_of
)
def test_a_fault_of_shape_is_told_once(small_notice: str, read_as_notice: Reader, case: Spoilt) -> None:
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(case.text(small_notice))
    assert len(refused.value.faults) == 1, str(refused.value)


def test_a_misspelt_key_is_told_together_with_the_key_that_is_missing(
    small_notice: str, read_as_notice: Reader
) -> None:
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(small_notice.replace("    assignee:", "    asignee:"))
    assert [fault.path for fault in refused.value.faults] == [
        "obligations[0].assignee",
        "obligations[0].asignee",
    ]


def test_only_a_must_can_lead_to_a_referral(small_notice: str, read_as_notice: Reader) -> None:
    referring = small_notice.replace("do: escalate", "do: refer")
    power = (
        f"  - id: power\n    kind: discretionary-power\n{COMMON}    ladder: reminded\n"
        "    considered_by: [provider]\n    signatories: [provider, manager]\n"
    )
    reminded = (
        "  - id: reminded\n    track: home\n    rungs:\n"
        "      - {id: remind, do: remind, working_days: 0, to: [manager]}\n"
    )
    before, obligation = referring.split("obligations:\n")
    before, obligation = f"{before}{reminded}", f"{obligation}{power}"
    read_as_notice(f"{before}obligations:\n{obligation}")
    with pytest.raises(
        NoticeFileFaults, match="which only a “must” can lead to; the strength here is “should”"
    ):
        read_as_notice(f"{before}obligations:\n{obligation.replace('must', 'should')}")


def test_all_faults_are_told_at_once_in_the_order_of_the_lines(
    small_notice: str, read_as_notice: Reader
) -> None:
    spoilt = (
        small_notice.replace("n: 5", "n: 40")
        .replace("name: Willow House", "name: 7")
        .replace("do: overdue", "do: x")
    )
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(spoilt)
    assert [fault.path for fault in refused.value.faults] == [
        "parties[0].name",
        "ladders[0].rungs[1].do",
        "obligations[0].due.n",
    ]


def test_a_fault_is_written_as_file_line_path_and_sentence(small_notice: str, read_as_notice: Reader) -> None:
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(small_notice.replace("n: 5", "n: 40"))
    (fault,) = refused.value.faults
    assert (
        str(fault) == f"{fault.file}:{fault.line}: obligations[0].due.n: “40” is too large; the most is 23."
    )


def test_obligations_that_lean_on_each_other_in_a_circle_are_refused(
    small_notice: str, read_as_notice: Reader
) -> None:
    one = small_notice.index("  - id: audit-report\n    kind")
    pair = (
        f"  - id: left\n    kind: scope-list\n{COMMON}    of: right\n"
        f"  - id: right\n    kind: content-standard\n{COMMON}    of: left\n"
    )
    with pytest.raises(NoticeFileFaults, match="lean on each other in a circle: left → right → left"):
        read_as_notice(small_notice[:one] + pair + small_notice[one:])


def test_a_rung_beyond_the_calendar_is_refused(small_notice: str, read_as_notice: Reader) -> None:
    late = small_notice.replace("runs_until: 2025-09-30", "runs_until: 2028-06-30")
    read_as_notice(late)
    with pytest.raises(NoticeFileFaults, match=r"The day of “provider” is unknown\. The calendar"):
        read_as_notice(late.replace("working_days: 3", "working_days: 200"))


def test_an_event_has_to_be_something_that_is_held(small_notice: str, read_as_notice: Reader) -> None:
    bundle = f"  - id: bundle\n    kind: during-event\n{COMMON}    event: audit-report\n    items: []\n"
    with pytest.raises(NoticeFileFaults, match="“audit-report” is not something that is held"):
        read_as_notice(small_notice + bundle)
