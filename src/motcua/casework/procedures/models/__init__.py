"""Tables of the catalogue: the published record, its life events, and who offers what."""

from motcua.casework.procedures.models.catalogue import (
    Field,
    LifeEvent,
    LifeEventProcedure,
    Procedure,
    ProcedureVersion,
    SearchSynonym,
)
from motcua.casework.procedures.models.comparing import RecordDifference, RecordsFile, RecordsFileProblem
from motcua.casework.procedures.models.confirming import ComponentConfirmation
from motcua.casework.procedures.models.decisions import Decision, DecisionItem, DecisionLog
from motcua.casework.procedures.models.eforms import EForm, EFormBlock, EFormStep, EFormVersion
from motcua.casework.procedures.models.offers import Offer, OfferChange, OfferException
from motcua.casework.procedures.models.record import (
    Case,
    CaseComponent,
    Fee,
    FeeExemption,
    FormFile,
    LegalBasis,
    LimitChange,
    ResultType,
    TimeLimit,
    VersionRecord,
    VersionResult,
)

__all__ = [
    "Case",
    "CaseComponent",
    "ComponentConfirmation",
    "Decision",
    "DecisionItem",
    "DecisionLog",
    "EForm",
    "EFormBlock",
    "EFormStep",
    "EFormVersion",
    "Fee",
    "FeeExemption",
    "Field",
    "FormFile",
    "LegalBasis",
    "LifeEvent",
    "LifeEventProcedure",
    "LimitChange",
    "Offer",
    "OfferChange",
    "OfferException",
    "Procedure",
    "ProcedureVersion",
    "RecordDifference",
    "RecordsFile",
    "RecordsFileProblem",
    "ResultType",
    "SearchSynonym",
    "TimeLimit",
    "VersionRecord",
    "VersionResult",
]
