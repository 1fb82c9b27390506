"""Which rule answers which command: the notice as an instrument."""

from domain import commands as asked
from domain.notice import absence, ending, issuing, keeping, people, reading_anew, recording, varying
from domain.rule import Rules, by_people

RULES: Rules = {
    asked.IssueNotice: issuing.issue,
    asked.OpenOccurrences: keeping.open_occurrences,
    asked.VaryNotice: varying.vary,
    asked.LiftNotice: ending.lift,
    asked.SupersedeNotice: ending.supersede,
    asked.ReviseInterpretation: reading_anew.revise,
    asked.ProclaimHoliday: reading_anew.proclaim,
    asked.RecordSuccession: recording.succeed,
    asked.NoteVisit: recording.note_visit,
    asked.RateCompliance: recording.rate,
    asked.ReleaseObligation: recording.release,
    asked.AppointPerson: by_people(people.appoint),
    asked.EndAppointment: by_people(people.end),
    asked.DelegateRole: by_people(absence.delegate),
}
