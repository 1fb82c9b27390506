"""The events in which a person used a discretion: decided, where the notice left it to them to decide."""

from domain.events import correcting, deciding, excusing, owing, reporting, tending

JUDGEMENTS: tuple[type, ...] = (
    deciding.DecisionProposed,
    deciding.DecisionMade,
    deciding.ConcernClosed,
    deciding.ConcernReferred,
    deciding.RepresentationsAnswered,
    excusing.ExtensionGranted,
    excusing.ExtensionRefused,
    excusing.ClockStopped,
    excusing.OccurrenceWaived,
    owing.ReportAccepted,
    owing.DeliveryAssessed,
    reporting.ReportReturned,
    correcting.EventCorrected,
    correcting.CorrectionRejected,
    tending.ObligationReleased,
    tending.NoticeVaried,
    tending.NoticeLifted,
    tending.NoticeSuperseded,
    tending.InterpretationRevised,
)
