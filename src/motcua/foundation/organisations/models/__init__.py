"""Agencies with dated names and parents, premises, desks and posts, and the acts that change the structure."""

from motcua.foundation.organisations.models.agency import (
    Agency,
    AgencyArea,
    AgencyIdentifier,
    AgencyPeriod,
    AgencySuccession,
    no_overlap,
)
from motcua.foundation.organisations.models.places import Desk, Post, Premises
from motcua.foundation.organisations.models.reorganisation import (
    Reorganisation,
    ReorganisationItem,
    ReorganisationLog,
    ReorganisationProgress,
)

__all__ = [
    "Agency",
    "AgencyArea",
    "AgencyIdentifier",
    "AgencyPeriod",
    "AgencySuccession",
    "Desk",
    "Post",
    "Premises",
    "Reorganisation",
    "ReorganisationItem",
    "ReorganisationLog",
    "ReorganisationProgress",
    "no_overlap",
]
