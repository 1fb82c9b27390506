"""Which exit code each expected fault gets. Imported when a fault is to be explained, because it knows every room."""

from domain.record import LedgerRefusal, LedgerUnreachable
from domain.refusals import NotFound, Refused
from domain.time.calendar import CalendarDoesNotReach
from forthwith.embedded.errors import AlreadyRunning, EmbeddedError
from forthwith.exits import Exit, IntegrityFailure, UsageFault
from forthwith.notice_files.faults import FileFaults
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.settings import NothingRuns
from ledger.evidence.examining import UnfitFile
from ledger.evidence.files import EvidenceMismatch, EvidenceUnreachable
from ledger.export.bag_ledger import UnreadableBag
from ledger.log.faults import AlreadyPublishing, LogMismatch, NotInLog
from ledger.log.keys import UnfitKey
from ledger.log.notes import UnsoundNote
from ledger.log.policy import UnfitPolicy
from ledger.migrations import SchemaDrift
from ledger.privacy.erasure import ErasureRefused
from ledger.privacy.sealing import UnfitKeyFile
from ledger.reading import HoleInTheLog
from ledger.verify.bag import NoBag
from projections.casebook import RecordHasAGap
from projections.past.naming import UnfitMoment

EXPECTED: tuple[tuple[type[BaseException], Exit], ...] = (
    (UsageFault, Exit.USAGE),
    (UnfitMoment, Exit.USAGE),
    (IntegrityFailure, Exit.INTEGRITY),
    (SchemaDrift, Exit.INTEGRITY),
    (HoleInTheLog, Exit.INTEGRITY),
    (RecordHasAGap, Exit.INTEGRITY),
    (LogMismatch, Exit.INTEGRITY),
    (UnreadableBag, Exit.INTEGRITY),
    (UnsoundNote, Exit.INTEGRITY),
    (NoBag, Exit.USAGE),
    (UnfitKey, Exit.USAGE),
    (UnfitPolicy, Exit.USAGE),
    (NotInLog, Exit.NOT_FOUND),
    (AlreadyPublishing, Exit.REFUSED),
    (UnfitKeyFile, Exit.USAGE),
    (EvidenceMismatch, Exit.INTEGRITY),
    (UnfitFile, Exit.REFUSED),
    (EvidenceUnreachable, Exit.UNREACHABLE),
    (FileNotFoundError, Exit.NOT_FOUND),
    (NotFound, Exit.NOT_FOUND),
    (Refused, Exit.REFUSED),
    (ErasureRefused, Exit.REFUSED),
    (CalendarDoesNotReach, Exit.REFUSED),
    (LedgerUnreachable, Exit.UNREACHABLE),
    (LedgerRefusal, Exit.REFUSED),
    (NothingRuns, Exit.UNREACHABLE),
    (AlreadyRunning, Exit.REFUSED),
    (EmbeddedError, Exit.UNREACHABLE),
    (FileFaults, Exit.FOUND_SOMETHING),
    (ScenarioFault, Exit.FOUND_SOMETHING),
    (ConnectionError, Exit.UNREACHABLE),
    (TimeoutError, Exit.UNREACHABLE),
)
