"""Confirming what the import proposed: is a paper handed in, shown and taken back, or only a note."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.models import CaseComponent, ComponentConfirmation
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.types import ComponentKind
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotFound


@transaction.atomic
def confirm_component(
    *, public_id: uuid.UUID | None = None, component_id: int | None = None, kind: str, actor: Actor, at: datetime
) -> CaseComponent:
    """Fix what a line in the list of papers is; it is named by its public id, or by its id inside the house.

    Raises:
        NotFound: no such line.
        NotAllowed: the actor does not edit the catalogue.
        Invalid: no such kind.
    """
    policies.require_editor(actor)
    key = {"public_id": public_id} if component_id is None else {"pk": component_id}
    component = CaseComponent.objects.select_for_update().filter(**key).first()
    if component is None:
        raise NotFound
    _confirm({component.pk: kind}, [component], actor=actor, at=at)
    return component


@transaction.atomic
def confirm_components(*, version_id: int, kinds: Mapping[int, str], actor: Actor, at: datetime) -> int:
    """Fix the kinds of several papers of one version, by id; return how many were confirmed anew or changed.

    What a person confirmed before as the same kind is left alone and makes no line in the journal.

    Raises:
        NotFound: a line is not one of this version's.
        NotAllowed: the actor does not edit the catalogue.
        Invalid: no such kind.
    """
    policies.require_editor(actor)
    rows = CaseComponent.objects.select_for_update(of=("self",)).filter(case__version_id=version_id, pk__in=kinds)
    components = list(rows.order_by("pk"))
    if len(components) != len(kinds):
        raise NotFound
    return _confirm(kinds, components, actor=actor, at=at)


def _confirm(kinds: Mapping[int, str], components: list[CaseComponent], *, actor: Actor, at: datetime) -> int:
    if set(kinds.values()) - set(ComponentKind.values):
        raise Invalid(fields={"kind": [_("Choose what happens to this paper")]})
    changed = [row for row in components if not row.is_confirmed or row.kind != kinds[row.pk]]
    ComponentConfirmation.objects.bulk_create(
        ComponentConfirmation(component=row, proposed=row.kind, kind=kinds[row.pk], person_id=actor.person_id, at=at)
        for row in changed
    )
    for row in changed:
        row.kind, row.is_confirmed = kinds[row.pk], True
    CaseComponent.objects.bulk_update(changed, ["kind", "is_confirmed"])
    transaction.on_commit(forget_choices)
    return len(changed)
