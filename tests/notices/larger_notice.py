"""The small notice of the documentation, with one obligation of each further kind: it is sound, and made to be spoilt."""

ROLES = """\
  - id: deputy
    title: Deputy inspector
    party: inspectorate
    conflicts_with: [manager]
  - id: panel
    title: Chair of the panel
    party: inspectorate
"""
CLAUSES = """\
  - id: "2"
    text: The provider should tell what residents have said.
    strength: should
  - id: "3"
    text: The inspectorate may ask for a visit, and may cancel the registration.
    strength: may
  - id: "4"
    text: The inspectorate will review the home and determine what was met.
    strength: must
"""
LADDERS = """\
  - id: deadline
    track: home
    rungs:
      - {id: assess, do: assess, working_days: 0, to: [inspector]}
  - id: referring
    track: home
    rungs:
      - {id: overdue, do: overdue, working_days: 1, to: [manager]}
      - {id: refer, do: refer, working_days: 5, to: [panel]}
  - id: supplement
    track: home
    rungs:
      - {id: late, do: overdue, working_days: 1, to: [manager]}
  - id: oversight
    track: inspectorate
    rungs:
      - {id: tardy, do: overdue, working_days: 1, to: [inspector]}
  - id: visits
    track: inspectorate
    rungs:
      - {id: agree, do: remind, chases: agreement, after: opens, working_days: 3, to: [deputy]}
"""
HOME = "    strength: must\n    obligor: home\n    obligee: inspectorate\n    assignee: manager\n"
WATCH = "    obligor: inspectorate\n    obligee: home\n    assignee: inspector\n"
OBLIGATIONS = f"""\
  - id: food-report
    kind: recurring-report
    clause: "1"
    title: Report on food
{HOME}    excused_by: inspector
    ladder: referring
    recurrence: {{periods: calendar, months: 3}}
    due: {{rule: working-days-after-period, n: 5}}
    sections:
      - {{id: residents, clause: "2", title: Residents, filled_from: progress}}
    supplemental: {{working_days: 5, ladder: supplement}}
  - id: residents-heard
    kind: content-standard
    clause: "2"
    title: Residents are heard
    strength: should
    obligor: home
    obligee: inspectorate
    assignee: manager
    of: food-report
    absent_for: 2
    tells: [inspector]
  - id: plan-kept
    kind: continuing
    clause: "1"
    title: The plan is kept
{HOME}    ladder: monthly
    stale_after_days: 40
  - id: manager-there
    kind: continuing
    clause: "1"
    title: There is a manager
{HOME}    maintains: [manager]
    repair: {{working_days: 10, ladder: supplement}}
  - id: plan-done
    kind: fixed-deadline
    clause: "1"
    title: The plan is carried out
{HOME}    ladder: deadline
    over: plan-kept
    due: {{rule: fixed-date, on: 2025-08-29}}
  - id: plan-judged
    kind: after-event
    clause: "4"
    title: Whether the plan was carried out is determined
    strength: must
{WATCH}    ladder: oversight
    event: plan-done
    due: {{rule: after-event, working_days: 10}}
  - id: home-review
    kind: maximum-gap-review
    clause: "4"
    title: Review of the home
    strength: must
{WATCH}    ladder: oversight
    due: {{rule: months-after, months: 3}}
  - id: own-account
    kind: before-event
    clause: "1"
    title: The home’s own account
{HOME}    ladder: supplement
    event: home-review
    due: {{rule: before-event, working_days: 5}}
  - id: visit
    kind: on-demand
    clause: "3"
    title: A visit
    strength: may
{WATCH}    ladder: visits
    demanded_by: inspectorate
    agreed_by: deputy
  - id: access
    kind: until-decision
    clause: "1"
    title: Access to records
{HOME}    decided_by: inspectorate
    decided_as: panel
  - id: cancellation
    kind: discretionary-power
    clause: "3"
    title: The registration may be cancelled
    strength: may
{WATCH}    ladder: oversight
    considered_by: [panel]
    signatories: [panel, inspector]
    concerns_from: [deputy]
    options: [decline, direct]
"""


def larger(small: str) -> str:
    text = small.replace("  ground:", "  kept_by: inspector\n  ground:", 1)
    for key, added in (("people", ROLES), ("interpretations", CLAUSES), ("obligations", LADDERS)):
        text = text.replace(f"\n{key}:\n", f"{added}\n{key}:\n", 1)
    return text + OBLIGATIONS
