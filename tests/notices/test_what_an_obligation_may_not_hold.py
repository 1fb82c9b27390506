"""Each case spoils, in one place, a notice that holds every kind of obligation."""

from collections.abc import Callable

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import NoticeFileFaults
from tests.notices.larger_notice import HOME, larger
from tests.notices.spoilt import Spoilt, name_of

Reader = Callable[[str | bytes], NoticeFile]

NAMES = [
    Spoilt("kept by an unknown role",
           "kept_by: inspector", "kept_by: inspektor", "kept_by:", "notice.kept_by",
           "There is no role called “inspektor”; did you mean “inspector”?"),
    Spoilt("a conflict with an unknown role",
           "conflicts_with: [manager]", "conflicts_with: [boss]", "conflicts_with:", "roles[3].conflicts_with[0]",
           "There is no role called “boss”."),
    Spoilt("a role in conflict with itself",
           "conflicts_with: [manager]", "conflicts_with: [deputy]", "conflicts_with:", "roles[3].conflicts_with",
           "The role “deputy” cannot conflict with itself."),
    Spoilt("excused by an unknown role",
           "excused_by: inspector", "excused_by: nobody", "excused_by:", "obligations[1].excused_by",
           "There is no role called “nobody”."),
    Spoilt("agreed by an unknown role",
           "agreed_by: deputy", "agreed_by: depute", "agreed_by:", "obligations[9].agreed_by",
           "There is no role called “depute”; did you mean “deputy”?"),
    Spoilt("decided as an unknown role",
           "decided_as: panel", "decided_as: court", "decided_as:", "obligations[10].decided_as",
           "There is no role called “court”."),
    Spoilt("an unknown role maintained",
           "maintains: [manager]", "maintains: [matron]", "maintains:", "obligations[4].maintains[0]",
           "There is no role called “matron”."),
    Spoilt("an unknown role told",
           "tells: [inspector]", "tells: [friend]", "tells:", "obligations[2].tells[0]",
           "There is no role called “friend”."),
    Spoilt("an unknown role considering",
           "considered_by: [panel]", "considered_by: [panel, jury]", "considered_by:",
           "obligations[11].considered_by[1]",
           "There is no role called “jury”."),
    Spoilt("an unknown role signing",
           "signatories: [panel, inspector]", "signatories: [panel, clerk]", "signatories:",
           "obligations[11].signatories[1]",
           "There is no role called “clerk”."),
    Spoilt("a concern from an unknown role",
           "concerns_from: [deputy]", "concerns_from: [press]", "concerns_from:",
           "obligations[11].concerns_from[0]",
           "There is no role called “press”."),
    Spoilt("an unknown ladder of a supplement",
           "{working_days: 5, ladder: supplement}", "{working_days: 5, ladder: suplement}",
           "ladder: suplement", "obligations[1].supplemental.ladder",
           "There is no ladder called “suplement”; did you mean “supplement”?"),
    Spoilt("an unknown ladder of a repair",
           "{working_days: 10, ladder: supplement}", "{working_days: 10, ladder: swift}", "ladder: swift",
           "obligations[4].repair.ladder",
           "There is no ladder called “swift”."),
    Spoilt("an unknown plan",
           "over: plan-kept", "over: plan", "over: plan", "obligations[5].over",
           "There is no obligation called “plan”"),
    Spoilt("an unknown event",
           "event: plan-done", "event: plan-dine", "event: plan-dine", "obligations[6].event",
           "There is no obligation called “plan-dine”; did you mean “plan-done”?"),
]  # fmt: skip

CHASES = [
    Spoilt("a judgement that nobody is chased for",
           "    ladder: oversight\n    event: plan-done", "    event: plan-done", "- id: plan-judged",
           "obligations[6]",
           "“plan-judged” falls due and nobody is chased for it"),
    Spoilt("a repair that nobody is chased for",
           "{working_days: 10, ladder: supplement}", "{working_days: 10}", "repair:", "obligations[4].repair",
           "It falls due and nobody is chased for it; name its “ladder”."),
    Spoilt("a power that everybody forgets",
           "    ladder: oversight\n    considered_by", "    considered_by", "- id: cancellation", "obligations[11]",
           "What is before those who conduct “cancellation” is forgotten by everybody; name its “ladder”."),
    Spoilt("a supplement on another party’s ladder",
           "{working_days: 5, ladder: supplement}", "{working_days: 5, ladder: oversight}",
           "ladder: oversight}", "obligations[1].supplemental.ladder",
           "The ladder “oversight” is on the track of “inspectorate”, but this is owed by “home”"),
    Spoilt("a repair on another party’s ladder",
           "{working_days: 10, ladder: supplement}", "{working_days: 10, ladder: oversight}",
           "ladder: oversight}", "obligations[4].repair.ladder",
           "The ladder “oversight” is on the track of “inspectorate”, but this is owed by “home”"),
    Spoilt("a supplement that refers",
           "{working_days: 5, ladder: supplement}", "{working_days: 5, ladder: referring}",
           "supplemental:", "obligations[1].supplemental.ladder",
           "The ladder “referring” refers for consideration, and a supplemental report cannot lead there"),
    Spoilt("a supplement that goes up the ladder of its report, which refers",
           "{working_days: 5, ladder: supplement}", "{working_days: 5}", "supplemental:",
           "obligations[1].supplemental",
           "The ladder “referring” refers for consideration, and a supplemental report cannot lead there"),
    Spoilt("a power that refers to itself",
           "to: [inspector]}\n  - id: visits",
           "to: [inspector]}\n      - {id: refer, do: refer, working_days: 5, to: [panel]}\n  - id: visits",
           "ladder: oversight\n    considered_by", "obligations[11].ladder",
           "The ladder “oversight” refers for consideration what is before those who consider it already."),
    Spoilt("a referral to nobody who may consider",
           "do: refer, working_days: 5, to: [panel]", "do: refer, working_days: 5, to: [deputy]", "do: refer",
           "ladders[2].rungs[1].to",
           "The rung “refer” refers to nobody who may consider the matter; name one of its roles under"),
    Spoilt("an agreement where nobody has to agree",
           "    agreed_by: deputy\n", "", "- {id: agree", "ladders[5].rungs[0].chases",
           "The rung “agree” waits for an agreement; its ladder can only serve what is owed on demand and names"),
    Spoilt("an agreement on the ladder of a report",
           "{id: late, do: overdue, working_days: 1",
           "{id: late, do: overdue, chases: agreement, working_days: 1",
           "- {id: late", "ladders[3].rungs[0].chases",
           "The rung “late” waits for an agreement"),
    Spoilt("a rung called agreement",
           "{id: agree,", "{id: agreement,", "{id: agreement", "ladders[5].rungs[0].id",
           "A rung cannot be called “agreement”, which has a meaning of its own."),
    Spoilt("chased for nothing",
           f"title: The plan is kept\n{HOME}", f"title: The plan is kept\n{HOME.replace('must', 'none')}",
           "ladder: monthly\n    stale_after", "obligations[3].ladder",
           "The ladder “monthly” chases people for it, but its strength is “none”: it asks nothing of them."),
]  # fmt: skip

MEANING = [
    Spoilt("more binding than its clause",
           "    title: Residents are heard\n    strength: should",
           "    title: Residents are heard\n    strength: must",
           "strength: must\n    obligor: home\n    obligee: inspectorate\n    assignee: manager\n    of:",
           "obligations[2].strength",
           "Clause 2 says “should”, so what is owed under it cannot be a “must”."),
    Spoilt("a power that must be used",
           "cancelled\n    strength: may", "cancelled\n    strength: none", "strength: none",
           "obligations[11].strength",
           "A power is used or not; its strength is “may”, not “none”."),
    Spoilt("a deadline over something that keeps no plan",
           "over: plan-kept", "over: manager-there", "over:", "obligations[5].over",
           "“manager-there” keeps no plan whose actions could be delivered"),
    Spoilt("a deadline over a report",
           "over: plan-kept", "over: food-report", "over:", "obligations[5].over",
           "“food-report” keeps no plan whose actions could be delivered"),
    Spoilt("a deadline met in two ways",
           "    over: plan-kept", '    over: plan-kept\n    sections: [{id: a, clause: "1", title: A}]', "sections: [",
           "obligations[5].sections",
           "It is met by a report or by the actions of a plan, and not by both"),
    Spoilt("a judgement after something without a day",
           "event: plan-done", "event: visit", "event: visit", "obligations[6].event",
           "“visit” has no due day after which this could follow: it is a on-demand."),
    Spoilt("a judgement after something that is kept",
           "event: plan-done", "event: plan-kept", "event: plan-kept", "obligations[6].event",
           "“plan-kept” has no due day after which this could follow: it is a continuing."),
    Spoilt("a judgement after itself",
           "event: plan-done", "event: plan-judged", "event: plan-judged", "obligations[6].event",
           "These obligations lean on each other in a circle: plan-judged → plan-judged."),
    Spoilt("an account before a deadline",
           "event: home-review", "event: plan-done", "event: plan-done\n    due: {rule: before", "obligations[8].event",
           "“plan-done” is not something that is held: it is a fixed-deadline."),
    Spoilt("a due rule that gives no day after an event",
           "{rule: after-event, working_days: 10}", "{rule: before-event, working_days: 10}",
           "rule: before-event, working_days: 10", "obligations[6].due.rule",
           "The due rule “before-event” does not fit a after-event; the rules for it are after-event."),
    Spoilt("a repair of nothing",
           "    maintains: [manager]\n", "", "repair:", "obligations[4].repair",
           "Nothing can stand vacant here, so nothing is to be repaired"),
    Spoilt("nobody told that something is absent",
           "    tells: [inspector]\n", "", "absent_for:", "obligations[2].absent_for",
           "It does not say who is told: “tells”."),
    Spoilt("somebody told of nothing",
           "    absent_for: 2\n", "", "tells:", "obligations[2].tells",
           "It does not say after how many reports: “absent_for”."),
    Spoilt("reports in a row of what is no report",
           "of: food-report", "of: plan-kept", "absent_for:", "obligations[2].absent_for",
           "“plan-kept” is not a report that comes again and again: it is a continuing."),
    Spoilt("a section that cannot be absent",
           '{id: residents, clause: "2"', '{id: residents, clause: "1"', "absent_for:",
           "obligations[2].absent_for",
           "No section of “food-report” stands under clause 2, so none can be absent."),
    Spoilt("filled from a plan that nobody keeps",
           "    stale_after_days: 40\n", "", "filled_from:", "obligations[1].sections[0].filled_from",
           "No obligation of this notice keeps a plan from which it could be filled"),
    Spoilt("considered and not signed",
           "    signatories: [panel, inspector]\n", "", "considered_by:", "obligations[11].considered_by",
           "It does not say who signs the decision: “signatories”."),
    Spoilt("signed and not considered",
           "    considered_by: [panel]\n", "", "signatories:", "obligations[11].signatories",
           "It does not say who considers it: “considered_by”."),
    Spoilt("one signature",
           "signatories: [panel, inspector]", "signatories: [panel, panel]", "signatories:",
           "obligations[11].signatories",
           "A decision is signed by two people, and a role has one holder at a time; name two roles at least."),
    Spoilt("an option twice",
           "options: [decline, direct]", "options: [decline, decline]", "options:", "obligations[11].options",
           "An option stands here twice."),
    Spoilt("no option",
           "options: [decline, direct]", "options: []", "options:", "obligations[11].options",
           "This list must not be empty."),
    Spoilt("an unknown option",
           "options: [decline, direct]", "options: [decline, order]", "options:", "obligations[11].options[1]",
           "“order” is not one of decline, continue, vary, direct"),
    Spoilt("attested every five months",
           "    maintains:", "    attested_every_months: 5\n    maintains:", "attested_every",
           "obligations[4].attested_every_months",
           "“5” is not one of 1, 2, 3, 6, 12"),
]  # fmt: skip

DAYS = [
    Spoilt("an attestation beyond the calendar",
           "    maintains:", "    attested_every_months: 12\n    attested_within_working_days: 60\n"
           "    ladder: monthly\n    maintains:", "- id: manager-there", "obligations[4]",
           "A due day cannot be reckoned. The calendar england"),
    Spoilt("a plan that goes stale beyond the calendar",
           "stale_after_days: 40", "stale_after_days: 400", "- id: remind\n", "ladders[0].rungs[0]",
           "The day of “remind” is unknown. The calendar england"),
    Spoilt("a repair beyond the calendar",
           "{working_days: 10, ladder: supplement}", "{working_days: 250, ladder: supplement}",
           "- id: manager-there", "obligations[4]",
           "A due day cannot be reckoned. The calendar england"),
    Spoilt("a supplement beyond the calendar",
           "{working_days: 5, ladder: supplement}", "{working_days: 250, ladder: supplement}",
           "due: {rule: working-days-after-period", "obligations[1].due",
           "A due day cannot be reckoned. The calendar england"),
    Spoilt("a judgement beyond the calendar",
           "{rule: after-event, working_days: 10}", "{rule: after-event, working_days: 900}",
           "due: {rule: after-event", "obligations[6].due",
           "A due day cannot be reckoned. The calendar england"),
    Spoilt("a consideration beyond the calendar",
           "    options:", "    within_working_days: 250\n    options:", "- id: cancellation", "obligations[11]",
           "A due day cannot be reckoned. The calendar england"),
]  # fmt: skip


@pytest.fixture(scope="session")
def larger_notice(small_notice: str) -> str:
    return larger(small_notice)


def test_a_notice_with_every_kind_of_obligation_is_sound(larger_notice: str, read_as_notice: Reader) -> None:
    assert len(read_as_notice(larger_notice).obligations) == 12


@pytest.mark.parametrize("case", NAMES + CHASES + MEANING, ids=name_of)
def test_a_fault_is_named_with_its_line_its_path_and_a_sentence(
    larger_notice: str, read_as_notice: Reader, case: Spoilt
) -> None:
    _named(larger_notice, read_as_notice, case)


@pytest.mark.parametrize("case", NAMES, ids=name_of)
def test_an_unknown_name_is_told_once(larger_notice: str, read_as_notice: Reader, case: Spoilt) -> None:
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(case.text(larger_notice))
    assert [fault.path for fault in refused.value.faults] == [case.path]


@pytest.mark.parametrize("case", DAYS, ids=name_of)
def test_a_day_that_the_calendar_does_not_reach_is_found_before_it_is_needed(
    larger_notice: str, read_as_notice: Reader, case: Spoilt
) -> None:
    late = larger_notice.replace("runs_until: 2025-09-30", "runs_until: 2028-09-29")
    read_as_notice(late)
    _named(late, read_as_notice, case)


def test_what_a_supplement_tells_people_of_cannot_be_hidden_from_them(
    larger_notice: str, read_as_notice: Reader
) -> None:
    hidden = larger_notice.replace("\nroles:", "  - id: outside\n    name: A neighbour\n\nroles:").replace(
        "    supplemental:", "    hidden_from: [outside]\n    supplemental:"
    )
    read_as_notice(hidden)
    told = hidden.replace(
        "title: Deputy inspector\n    party: inspectorate", "title: Deputy\n    party: outside"
    )
    told = told.replace(
        "{id: late, do: overdue, working_days: 1, to: [manager]}",
        "{id: late, do: overdue, working_days: 1, to: [manager, deputy]}",
    )
    with pytest.raises(NoticeFileFaults, match="The ladder “supplement” tells people of “outside” about it"):
        read_as_notice(told)


def _named(notice: str, read_as_notice: Reader, case: Spoilt) -> None:
    spoilt = case.text(notice)
    with pytest.raises(NoticeFileFaults) as refused:
        read_as_notice(spoilt)
    named = [(fault.line, fault.path) for fault in refused.value.faults if case.sentence in fault.sentence]
    assert (case.line(spoilt), case.path) in named, str(refused.value)
