"""Dates and times as the two languages write them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

MONTHS = {
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}


def spelled_out(day: date, language: str) -> str:
    """`day` as prose has it: `27 octobre 2022`, `1er mai 2026`, `October 27, 2022`.

    French takes a no-break space between day and month (Canada.ca French style guide).
    """
    month = MONTHS[language][day.month - 1]
    if language == "fr":
        number = "1er" if day.day == 1 else str(day.day)
        return f"{number}\u00a0{month} {day.year}"
    return f"{month}\u00a0{day.day}, {day.year}"


def today() -> date:
    """The day on which the build counts itself: that of SOURCE_DATE_EPOCH when it is set, else today's.

    So a build of yesterday's files can be repeated to the byte (reproducible-builds.org).
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return datetime.now().astimezone().date()
