"""A province's own name and colours, from the setting MOTCUA_BRAND, and the check that its colours stay readable."""

import json
from dataclasses import dataclass, fields
from functools import lru_cache

from django.conf import settings
from django.core.checks import CheckMessage, Error

COLOURS = ("brand_900", "brand_800", "brand_700", "brand_300", "brand_200", "brand_100", "brand_50", "accent")
DEFAULT_COLOURS = {
    "brand_900": "#052f2c",
    "brand_800": "#07443f",
    "brand_700": "#0a5a54",
    "brand_300": "#7fd0c5",
    "brand_200": "#b3ded8",
    "brand_100": "#d9eeeb",
    "brand_50": "#edf6f5",
    "accent": "#f5b83d",
}
# first colour, second colour, least ratio by the formula of WCAG
PAIRS = (
    ("#ffffff", "brand_700", 7.0),
    ("#ffffff", "brand_900", 12.0),
    ("brand_200", "brand_900", 7.0),
    ("brand_300", "#18221f", 7.0),
    ("brand_700", "brand_100", 4.5),
    ("#2b1b00", "accent", 7.0),
    ("accent", "brand_900", 4.5),
)


@dataclass(frozen=True, slots=True)
class Brand:
    """What a province may set: names, help line, colours."""

    name: str = "Một cửa An Giang"
    short_name: str = "Một cửa"
    tagline: str = "Cổng dịch vụ công của tỉnh"
    motto: str = "Rõ người, rõ việc, rõ thời gian"
    province: str = "tỉnh An Giang"
    province_en: str = "An Giang Province"
    owner: str = "Văn phòng Ủy ban nhân dân tỉnh An Giang"
    address: str = "Phường Rạch Giá, tỉnh An Giang"
    hotline: str = "1022"
    hotline_hours: str = "7:00–21:00"
    colours: tuple[tuple[str, str], ...] = ()


def brand() -> Brand:
    """Return the brand of this installation."""
    return _made(json.dumps(getattr(settings, "MOTCUA_BRAND", {}), sort_keys=True))


@lru_cache(maxsize=8)
def _made(setting: str) -> Brand:
    given = json.loads(setting)
    colours = tuple(sorted(given.pop("colours", {}).items()))
    known = {field.name for field in fields(Brand)}
    return Brand(colours=colours, **{key: value for key, value in given.items() if key in known})


def _luminance(colour: str) -> float:
    channels = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written #rrggbb."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def unreadable(colours: dict[str, str]) -> list[str]:
    """Return a sentence for each pair of colours that is too weak to read; empty when all are fine."""
    shown = {**DEFAULT_COLOURS, **colours}
    faults = []
    for first, second, least in PAIRS:
        ratio = contrast(shown.get(first, first), shown.get(second, second))
        if ratio < least:
            faults.append(f"{first} on {second} has a contrast of {ratio:.1f}; it needs {least}.")
    return faults


def check_brand(**_kwargs: object) -> list[CheckMessage]:
    """Refuse to start with colours that people cannot read."""
    colours = dict(brand().colours)
    unknown = [f"{name} is no colour of a province." for name in colours if name not in COLOURS]
    return [
        Error(text, hint="Change the colours in the file that MOTCUA_BRAND_FILE names.", id="design.E001")
        for text in unknown or unreadable(colours)
    ]


def theme_css() -> str:
    """Return the rule that sets this province's colours, '' for the house colours."""
    rules = ";".join(f"--mc-{name.replace('_', '-')}:{value}" for name, value in brand().colours)
    return f":root{{{rules}}}" if rules else ""
