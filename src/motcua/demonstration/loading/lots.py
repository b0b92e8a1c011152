"""Paper of the played dossiers: folders, and lots of one busy ward in each state."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from motcua.casework.custody import selectors, services
from motcua.casework.custody.models import Lot
from motcua.casework.custody.types import LineState, ReceivedLine
from motcua.casework.dossiers.models import Dossier
from motcua.demonstration.casting import Cast, NobodyThere
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, Role

MOST_DOSSIERS = 60
IN_A_LOT = 5
_HOLDERS = (Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.CLERK)


def load_lots(agency_id: int, *, at: datetime) -> int:
    """Hand the paper of a ward's newest open dossiers over; return how many lots were made, none the second time.

    The first lots are settled, one arrived with a folder missing, one is on the way, one is being made up.
    """
    centre = organisations.child_unit(agency_id, kind=AgencyKind.COMMUNE_CENTRE, on=civil_day(at)) or agency_id
    if not agency_id or Lot.objects.filter(from_unit_id=centre).exists():
        return 0
    waiting = Dossier.objects.filter(receiving_agency_id=agency_id, state="in_process").exclude(channel="online")
    services.make_folders(dossier_ids=list(waiting.order_by("-pk").values_list("pk", flat=True)[:MOST_DOSSIERS]))
    cast = Cast(civil_day(at))
    desk = cast.receptionist(agency_id, random.Random(agency_id))[0]  # noqa: S311 - who plays whom
    rows = selectors.to_hand_over(actor=desk, unit_id=centre, at=at)
    units = {row.to_unit_id: [item for item in rows if item.to_unit_id == row.to_unit_id] for row in rows}
    parts = [
        (unit_id, items[first : first + IN_A_LOT])
        for unit_id, items in units.items()
        for first in range(0, len(items), IN_A_LOT)
    ]
    for number, (unit_id, items) in enumerate(parts):
        left = len(parts) - number
        made_at = max(at - timedelta(hours=2 * left), max(item.folder.since for item in items))
        lot_id = services.open_lot(
            from_unit_id=centre, to_unit_id=unit_id, folder_ids=[item.folder.public_id for item in items],
            actor=desk, at=made_at,
        )  # fmt: skip
        if left > 1:
            _send(lot_id, number, desk, _taker(cast, unit_id, desk), left, made_at=made_at, at=at)
    return len(parts)


def _send(
    lot_id: UUID, number: int, desk: Actor, taker: Actor | None, left: int, *, made_at: datetime, at: datetime
) -> None:
    lot = Lot.objects.get(public_id=lot_id)
    services.send_lot(
        lot_id=lot.public_id, courier="own", courier_name="Người giao nhận của Trung tâm", seal=f"NP-{number + 1:04}",
        actor=desk, at=made_at,
    )  # fmt: skip
    if left == 2 or taker is None:  # the last but one is on the way
        return
    keys = list(lot.lines.order_by("ordinal").values_list("pk", flat=True))
    lines = {key: ReceivedLine(LineState.RECEIVED) for key in keys}
    if left == 3:  # one arrives with a folder missing
        lines[keys[-1]] = ReceivedLine(LineState.MISSING)
    services.receive_lot(lot_id=lot.public_id, lines=lines, actor=taker, at=min(made_at + timedelta(minutes=25), at))


def _taker(cast: Cast, unit_id: int, desk: Actor) -> Actor | None:
    """Return somebody of the unit who is not the one that sends."""
    for role in _HOLDERS:
        with suppress(NobodyThere):
            for person_id in cast.people(unit_id, role):
                if person_id != desk.person_id:
                    return cast.actor(person_id)
    return None
