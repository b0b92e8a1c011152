"""Durations of ISO 8601 as BPMN tools write them: P30D, PT24H, P1W, PT1H30M."""

import re

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,4})D)?"
    r"(?:T(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})S)?)?"
)
_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}
LONGEST = 10 * 366 * 86_400


def seconds_of(text: str) -> int | None:
    """Return the seconds of a duration; None when it is none, is nought, has years or months, or is over ten years.

    Years and months have no fixed length: draw days.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        return None
    total = sum(_SECONDS[unit] * int(number) for unit, number in match.groupdict().items() if number)
    return total if 0 < total <= LONGEST else None
