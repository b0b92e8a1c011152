"""Books in every state: last year's closed, this year's open with a correction."""

from datetime import datetime, timedelta

from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.types import BookIsOpen
from motcua.demonstration.casting import Cast, NobodyThere
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role


def show_books(*, at: datetime) -> int:
    """Open and close last year's book of one clerk, correct a line of this year's; return how many books were closed.

    Done once: where the book of last year is there, nothing happens.
    """
    on = civil_day(at)
    cast = Cast(on)
    for unit_id in sorted(organisations.directory(on=on).agencies):
        for person_id in _clerks(cast, unit_id):
            actor = cast.actor(person_id)
            mine = [book for book in selectors.books(actor=actor, at=at, year=on.year, kind="KQ") if book.may_keep]
            if not mine or not mine[0].last:
                continue
            book = mine[0]
            begun = at - timedelta(days=on.timetuple().tm_yday + 300)
            try:
                old = services.open_book(agency_id=book.agency_id, kind="KQ", actor=actor, at=begun)
            except BookIsOpen:
                return 0
            services.close_book(book_id=old, note="Năm này chưa cấp số trên hệ thống (minh họa).", actor=actor, at=at)
            line = selectors.book_page(book_id=book.id, actor=actor, at=at).lines[0]
            services.correct_line(
                line_id=line.id, field="note", after="Đã trả qua bưu chính", reason="Ghi thiếu", actor=actor, at=at
            )
            return 1
    return 0


def _clerks(cast: Cast, unit_id: int) -> list[int]:
    try:
        return cast.people(unit_id, Role.CLERK)
    except NobodyThere:
        return []
