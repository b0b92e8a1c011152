"""Who can work in which post today, for all posts at once. Private; read through the selectors."""

from datetime import date

from motcua.foundation.core import statements

_CREWS = """
SELECT p.unit_id, p.role, h.person_id, w.full_name
FROM accounts_post_holding h
JOIN organisations_post p ON p.id = h.post_id JOIN accounts_person w ON w.id = h.person_id
WHERE h.valid @> %(on)s::date AND p.valid @> %(on)s::date
  AND NOT EXISTS (
    SELECT 1 FROM accounts_absence a
    WHERE a.person_id = h.person_id AND a.state = 'approved' AND a.valid @> %(on)s::date
      AND NOT EXISTS (SELECT 1 FROM accounts_substitution s WHERE s.absence_id = a.id AND s.post_id = h.post_id))
ORDER BY w.full_name, h.person_id
"""


def crews(*, on: date) -> dict[tuple[int, str], tuple[tuple[int, str], ...]]:
    """Return (person id, name) by (unit id, role) of those who hold a post on `on` and are there, or are stood in for.

    One query over all holdings. Somebody on leave without a substitute for the post is not there.
    """
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    with statements.prepared() as cursor:
        cursor.execute(_CREWS, {"on": on})
        for unit_id, role, person_id, name in cursor.fetchall():
            found.setdefault((unit_id, role), []).append((person_id, name))
    return {post: tuple(dict.fromkeys(people)) for post, people in found.items()}
