"""When a seminar was held, in words: no more than its data say, a day where they give a day and no time."""

from __future__ import annotations

import re
from datetime import datetime

#: The zone that a day of XML Schema may have, too.
_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")


def month(moment: str | None) -> str:
    """Return "June 2014" for a date or a time of ISO 8601; "" where there is none, other text as it stands."""
    read = read_moment(moment)
    return f"{read:%B %Y}" if read else moment or ""


def day(moment: str | None) -> str:
    """Return "6 June 2014" for a date or a time of ISO 8601; "" where there is none, other text as it stands."""
    read = read_moment(moment)
    return _day(read) if read else moment or ""


def session(start: str | None, end: str | None) -> str:
    """Return from when to when something lasted: "Friday 6 June 2014, 9.15am to 10.15am".

    Arguments:
        start: when it began, a date or a time of ISO 8601; None where that is not known, and "" is returned.
        end: when it ended.
    """
    first, last = read_moment(start), read_moment(end)
    if first is None or start is None:
        return start or ""
    begun = f"{first:%A} {_day(first)}{f', {_clock(first)}' if 'T' in start else ''}"
    if last is None or end is None:
        return begun
    if first.date() != last.date():
        return f"{begun} to {last:%A} {_day(last)}{f', {_clock(last)}' if 'T' in end else ''}"
    return f"{begun} to {_clock(last)}" if "T" in start and "T" in end else begun


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B %Y}"


def _clock(when: datetime) -> str:
    return f"{when.hour % 12 or 12}.{when:%M}{'am' if when.hour < 12 else 'pm'}"


def read_moment(moment: str | None) -> datetime | None:
    """Return the moment that the text of an xsd:date or xsd:dateTime says; None for any other text."""
    try:
        return datetime.fromisoformat(_ZONE.sub("", moment or ""))
    except ValueError:
        return None
