"""How figures, days and hours are written, in Vietnamese and in English. Pure: nothing here reads the clock."""

from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import get_language

from motcua.foundation.core.clock import VIETNAM

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # English only: Vietnamese dates are figures
NARROW = "\u00a0"  # a figure and its unit stay on one line


def language() -> str:
    """Return 'en' on English pages, else 'vi'."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def number(value: float | Decimal | None) -> str:
    """Return a figure with its thousands apart: 41.307, in English 41,307; decimals kept as given."""
    if value is None:
        return ""
    written = f"{value:,}"
    return written if language() == "en" else written.translate(str.maketrans(",.", ".,"))


def money(value: int | Decimal | None) -> str:
    """Return an amount of đồng: 50.000 đ, in English 50,000 VND."""
    if value is None:
        return ""
    return number(int(value)) + NARROW + ("VND" if language() == "en" else "đ")


def percent(value: float | Decimal | None, digits: int = 2) -> str:
    """Return a percentage with the digits after the last wanted one cut off, never rounded up: 98,64 %."""
    if value is None:
        return "–"
    cut = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_DOWN)
    written = number(cut.to_integral_value() if cut == cut.to_integral_value() else cut)
    return f"{written}%" if language() == "en" else f"{written}{NARROW}%"


def local(value: datetime) -> datetime:
    """Return the instant in Vietnam's time."""
    return value.astimezone(VIETNAM)


def day(value: date | datetime | None, style: str = "long") -> str:
    """Return a civil day.

    Args:
        style: 'long' with the weekday, 'plain' 27/11/2026, 'short' 27/11.
    """
    if value is None:
        return ""
    on = local(value).date() if isinstance(value, datetime) else value
    if language() == "en":
        written = f"{on.day} {MONTHS[on.month - 1][:3] if style == 'short' else MONTHS[on.month - 1]}"
        written += "" if style == "short" else f" {on.year}"
    else:
        written = f"{on:%d/%m}" if style == "short" else f"{on:%d/%m/%Y}"
    return f"{WEEKDAYS[language()][on.weekday()]}, {written}" if style == "long" else written


def weekday_day(value: date | datetime | None) -> str:
    """Return the weekday with the short day: thứ Sáu, 27/11."""
    if value is None:
        return ""
    on = local(value).date() if isinstance(value, datetime) else value
    return f"{WEEKDAYS[language()][on.weekday()]}, {day(on, 'short')}"


def clock_time(value: datetime | None) -> str:
    """Return the time of the day as people say it: 7:00, 14:05."""
    return "" if value is None else f"{local(value).hour}:{local(value).minute:02d}"


def instant(value: datetime | None, style: str = "long") -> str:
    """Return time and day: 14:00 thứ Sáu, 27/11/2026; with style 'short' 14:00 27/11."""
    if value is None:
        return ""
    joint = " on " if language() == "en" and style == "long" else " "
    return f"{clock_time(value)}{joint}{day(value, style)}"


def hours(seconds: float | None, style: str = "long") -> str:
    """Return a length of working time: 25 giờ 48 phút; 'short' as on badges: 25 giờ 48."""
    if seconds is None:
        return ""
    whole, minutes = divmod(round(abs(seconds) / 60), 60)
    english = language() == "en"
    if style == "short":
        unit = "h" if english else "giờ"
        if not whole:
            return f"{minutes}{NARROW}{'min' if english else 'phút'}"
        return f"{whole}{NARROW}{unit}" + (f"{NARROW}{minutes:02d}" if minutes else "")
    words = ("hour" if whole == 1 else "hours", "minute" if minutes == 1 else "minutes") if english else ("giờ", "phút")
    written = [f"{whole}{NARROW}{words[0]}"] if whole or not minutes else []
    return " ".join([*written, *([f"{minutes}{NARROW}{words[1]}"] if minutes else [])])


def size(count: int | None) -> str:
    """Return the size of a file: 38 kB, 3,4 MB."""
    if not count:
        return f"0{NARROW}kB"
    if count < 1_000_000:
        return f"{number(max(1, round(count / 1000)))}{NARROW}kB"
    return f"{number(Decimal(count).scaleb(-6).quantize(Decimal('0.1')))}{NARROW}MB"
