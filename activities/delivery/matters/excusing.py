"""What is told about more time, and about what is owed no more."""

from activities.delivery.call import Call
from activities.delivery.matters.matter import Matter, MatterOf, doer, said, what
from activities.delivery.sentences import long_date
from domain.case import Case
from domain.events import excusing
from domain.occurrence.state import OWED


def _asked(event: excusing.ExtensionRequested, case: Case, call: Call) -> Matter:
    who, until = doer(case, call, event.requested_by, event.requested_as), long_date(event.until)
    return Matter(
        subject="More time is asked for",
        happened=f"{who} asked for {what(case)} to be due by the end of {until}: {said(event.reason)}",
        act="Grant or refuse it here, with your reason. Until then the day stays as it is:",
        task="extension",
    )


def _granted(event: excusing.ExtensionGranted, case: Case, call: Call) -> Matter:
    who, until = doer(case, call, event.granted_by, event.granted_as), long_date(event.until)
    return Matter(
        subject="More time granted",
        happened=f"{who} granted more time for {what(case)}, until the end of {until}: {said(event.reason)}",
        act="The task is here:",
        task=OWED,
    )


def _refused(event: excusing.ExtensionRefused, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.refused_by, event.refused_as)
    due = long_date(case.occurrence.facts.due_on)
    return Matter(
        subject="More time refused",
        happened=f"{who} refused more time for {what(case)}: {said(event.reason)} It stays due by the end of {due}.",
        act="The task is here:",
        task=OWED,
    )


def _waived(event: excusing.OccurrenceWaived, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.waived_by, event.waived_as)
    return Matter(
        subject="Waived",
        happened=f"{who} waived {what(case)}, so that it is owed no more: {said(event.reason)}",
    )


MATTERS: dict[str, MatterOf] = {
    "extension-requested": _asked,
    "extension-granted": _granted,
    "extension-refused": _refused,
    "occurrence-waived": _waived,
}
