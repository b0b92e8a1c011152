"""The rule sets in force, by date. A procedure's own law may ask for another: pass `rules=` to the arithmetic."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.types import Rules

_DAY_LAWS = {
    "first_day_counts": _("Civil Code 2015, art. 147(2)"),
    "rest_day_moves_end": _("Civil Code 2015, art. 148(5)"),
}

# Law: Decree 61/2018/NĐ-CP, art. 18(2).
# Law: Law 91/2015/QH13, art. 147(2).
# Law: Law 91/2015/QH13, art. 148(5).
ONE_STOP_2018 = Rules(
    code="one-stop-2018",
    valid_from=date(2018, 6, 21),
    laws={
        **_DAY_LAWS,
        "late_after": _("Decree 61/2018/NĐ-CP, art. 18(2)"),
        "late_moves_handover": _("Decree 61/2018/NĐ-CP, art. 18(2)"),
        "late_moves_same_day": _("Decree 23/2015/NĐ-CP, art. 7"),
    },
)

# Law: Decree 118/2025/NĐ-CP.
# It replaced Decree 61/2018/NĐ-CP; its clause on the hour was not compared word for word, so 15:00 is carried on.
ONE_STOP_2025 = Rules(
    code="one-stop-2025",
    valid_from=date(2025, 7, 1),
    laws={
        **_DAY_LAWS,
        "late_after": _("Decree 118/2025/NĐ-CP"),
        "late_moves_handover": _("Decree 118/2025/NĐ-CP"),
        "late_moves_same_day": _("Decree 23/2015/NĐ-CP, art. 7"),
    },
)

_SETS = (ONE_STOP_2025, ONE_STOP_2018)  # newest first


def rules_on(day: date) -> Rules:
    """Return the rule set in force on `day`; before the first one, the first one."""
    for rules in _SETS:
        if day >= rules.valid_from:
            return rules
    return _SETS[-1]
