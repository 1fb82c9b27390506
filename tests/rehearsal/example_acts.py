"""One act of each kind, as a scenario file would state it."""

from typing import Any

ON_OCCURRENCE: dict[str, dict[str, Any]] = {
    "submit": {},
    "accept": {},
    "return-report": {"reasons": "It says too little.", "sections": ["data"]},
    "answer-query": {"answer": "It was a mistake."},
    "lodge-evidence": {"file": "minutes.pdf"},
    "commission-update": {"partner": "The police", "asked": "What is new?", "wanted_by": "2016-07-01"},
    "record-update": {"received_from": "The police", "text": "Nothing."},
    "attest": {"statement": "It holds."},
    "assess": {"outcome": "met"},
    "answer-request": {"answer": "Here it is."},
    "record-non-cooperation": {"account": "Nobody answered."},
    "agree-party": {"party": "Another council"},
    "plan-review": {
        "starts_on": "2016-11-08",
        "ends_on": "2016-11-10",
        "reviewers": ["A. N."],
        "scope": "All.",
    },
    "notify-review": {},
    "move-review": {"starts_on": "2016-11-09", "ends_on": "2016-11-10", "reason": "Snow."},
    "hold-review": {"themes": ["performance"]},
    "issue-outcome": {
        "letter": "Progress.",
        "findings": [{"id": "one", "text": "Uneven.", "action": "Even it out.", "owner": "director"}],
    },
    "act-on-finding": {"finding": "one", "done": "Evened out."},
    "follow-up-finding": {"finding": "one", "outcome": "Seen.", "closed": True},
    "confirm-item": {"item": "data"},
    "refuse-item": {"item": "data", "reason": "Not there."},
    "adopt-plan": {"objectives": [{"id": "one", "title": "One", "owner": "director"}]},
    "update-progress": {"objective": "one", "rating": "slow", "text": "Slow."},
    "deliver-action": {"action": "one", "evidence": "The list."},
    "request-extension": {"until": "2016-07-01", "reason": "Illness."},
    "grant-extension": {"until": "2016-07-01", "reason": "Illness."},
    "refuse-extension": {"reason": "No."},
    "stop-clock": {"reason": "A court has said so."},
    "restart-clock": {"reason": "It is over."},
    "waive": {"reason": "Not needed."},
    "acknowledge": {},
    "claim": {},
    "reassign": {"to": "priya-nandra", "reason": "Leave."},
    "refuse": {"reason": "Not mine."},
    "escalate": {"reason": "Urgent."},
    "withdraw-step": {"rung": "director", "reason": "By mistake."},
    "answer-concern": {"reasons": "Seen to."},
    "invite-representations": {"until": "2016-12-01"},
    "make-representations": {"text": "We disagree."},
    "answer-representations": {"reasons": "We have read it."},
    "propose-decision": {"option": "continue", "reasons": "Progress."},
    "sign-decision": {},
    "issue-decision": {},
    "publish-decision": {},
}
ON_NOTICE: dict[str, dict[str, Any]] = {
    "issue": {"file": "lancashire-2016"},
    "vary": {"runs_until": "2017-12-31", "variation": "First variation", "reason": "More time."},
    "lift": {"reason": "Done."},
    "supersede": {"successor": "another", "reason": "Worse."},
    "succeed-body": {"party": {"id": "council", "name": "The new council"}, "since": "2017-04-01", "law": "An order."},
    "revise-interpretation": {
        "reason": "Counsel's opinion.",
        "interpretation": {
            "id": "sixth-month", "clause": "7", "question": "From when?", "ruling": "From then.", "basis": "The text.",
            "ruled_by": "case-lead",
        },
    },
    "proclaim-holiday": {"day": "2016-09-05", "title": "A holiday", "reason": "A proclamation."},
    "appoint": {"role": "director", "person": {"id": "new", "name": "New"}, "since": "2016-09-01"},
    "end-appointment": {"role": "director", "person": "helen-marsh", "until": "2016-09-01", "reason": "Leaves."},
    "delegate": {
        "role": "director", "to": "priya-nandra", "since": "2016-09-01", "until": "2016-09-05", "reason": "Leave.",
    },
    "note-visit": {"visitor": "Ofsted", "day": "2016-09-20", "purpose": "Monitoring."},
    "rate": {"obligation": "monthly-report", "rating": "good", "basis": "Three reports."},
    "release": {"obligation": "work-with-adviser", "reasons": "Satisfied."},
    "request": {"obligation": "work-with-adviser", "asked": "Figures.", "wanted_by": "2016-08-01"},
    "require-review": {"obligation": "diagnostic-review", "area": "Care leavers", "wanted_by": "2016-10-31"},
    "record-concern": {"obligation": "referral-power", "concern": "No progress."},
    "consider": {"obligation": "referral-power", "because": "Two reports.", "matters": ["monthly-report/2016-07"]},
    "propose-correction": {"event": "notice-issued", "field": "issued_by", "now": "somebody", "reason": "Wrong."},
    "approve-correction": {"event": "notice-issued.v1"},
    "reject-correction": {"event": "notice-issued", "reason": "It is right."},
}  # fmt: skip


def every_act() -> list[dict[str, Any]]:
    """With who, where and when."""
    return [
        *(
            {"do": verb, "who": "director", "occurrence": "monthly-report/2016-05", "at": "2016-06-10T10:00", **keys}
            for verb, keys in ON_OCCURRENCE.items()
        ),
        *({"do": verb, "who": "case-lead", "at": "2016-06-10T10:00", **keys} for verb, keys in ON_NOTICE.items()),
    ]  # fmt: skip
