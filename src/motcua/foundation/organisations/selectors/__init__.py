"""Reads of agencies: the directory of a day, an agency's story, the structure of any date, reorganisations."""

from motcua.foundation.organisations.selectors.dates import (
    counting_under,
    in_structure_of,
    mapping_between,
    successor_of,
    successors_of,
)
from motcua.foundation.organisations.selectors.directory import (
    agency,
    agency_ever,
    agency_id_of,
    agency_of_unit,
    child_unit,
    desks_of,
    directory,
    forget_directory,
    posts_of_unit,
    premises_of,
)
from motcua.foundation.organisations.selectors.places import Place, communes, own_province, provinces
from motcua.foundation.organisations.selectors.reforms import changes_of, preview, reorganisation, reorganisations
from motcua.foundation.organisations.selectors.stories import agency_with_identifier, identifier_of, story_of

__all__ = [
    "Place",
    "agency",
    "agency_ever",
    "agency_id_of",
    "agency_of_unit",
    "agency_with_identifier",
    "changes_of",
    "child_unit",
    "communes",
    "counting_under",
    "desks_of",
    "directory",
    "forget_directory",
    "identifier_of",
    "in_structure_of",
    "mapping_between",
    "own_province",
    "posts_of_unit",
    "premises_of",
    "preview",
    "provinces",
    "reorganisation",
    "reorganisations",
    "story_of",
    "successor_of",
    "successors_of",
]
