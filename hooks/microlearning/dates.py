"""Dates and times as the two languages write them."""

from __future__ import annotations

from datetime import date

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
