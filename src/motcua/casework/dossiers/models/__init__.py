"""Tables of a dossier, one family a file."""

from motcua.casework.dossiers.models.access_log import AccessLog, AccessSeal, UnusualReading
from motcua.casework.dossiers.models.book import BookCorrection, BookSignature
from motcua.casework.dossiers.models.child import ChildDossier
from motcua.casework.dossiers.models.clock import DueDateChange, Extension, Pause
from motcua.casework.dossiers.models.desk_notice import DeskNotice
from motcua.casework.dossiers.models.destruction import Destruction, RetentionPeriod
from motcua.casework.dossiers.models.dossier import CodeSequence, Dossier, IdempotencyKey
from motcua.casework.dossiers.models.draft import Draft, DraftFile
from motcua.casework.dossiers.models.handover import Handover, HandoverLine
from motcua.casework.dossiers.models.inspection import InspectionSample, Preparation
from motcua.casework.dossiers.models.journal import JournalEntry
from motcua.casework.dossiers.models.papers import DossierPaper, PaperFile
from motcua.casework.dossiers.models.party import FormAnswer, Party
from motcua.casework.dossiers.models.reopening import Reopening, ReplacedResult, SupplementApproval
from motcua.casework.dossiers.models.result import BookLine, CertifiedOriginal, RegisterBook, Result
from motcua.casework.dossiers.models.saved_view import SavedView
from motcua.casework.dossiers.models.stuck import StuckDossier
from motcua.casework.dossiers.models.supplement import RefusalNotice, SupplementItem, SupplementRequest
from motcua.casework.dossiers.models.time_preview import TimePreview

__all__ = [
    "AccessLog",
    "AccessSeal",
    "BookCorrection",
    "BookLine",
    "BookSignature",
    "CertifiedOriginal",
    "ChildDossier",
    "CodeSequence",
    "DeskNotice",
    "Destruction",
    "Dossier",
    "DossierPaper",
    "Draft",
    "DraftFile",
    "DueDateChange",
    "Extension",
    "FormAnswer",
    "Handover",
    "HandoverLine",
    "IdempotencyKey",
    "InspectionSample",
    "JournalEntry",
    "PaperFile",
    "Party",
    "Pause",
    "Preparation",
    "RefusalNotice",
    "RegisterBook",
    "Reopening",
    "ReplacedResult",
    "Result",
    "RetentionPeriod",
    "SavedView",
    "StuckDossier",
    "SupplementApproval",
    "SupplementItem",
    "SupplementRequest",
    "TimePreview",
    "UnusualReading",
]
