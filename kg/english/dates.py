"""When a seminar was held, in words: no more than its data say, a day where they give a day and no time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)[\d:.]*)?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True)
class _Moment:
    """A day, and the hour and minute of it where they were given."""

    day: date
    time: tuple[int, int] | None


def month(moment: str | None) -> str:
    """Return "June 2014" for a date or a time of ISO 8601; "" where there is none, other text as it stands."""
    read = _read(moment)
    return f"{read.day:%B %Y}" if read else moment or ""


def day(moment: str | None) -> str:
    """Return "6 June 2014" for a date or a time of ISO 8601; "" where there is none, other text as it stands."""
    read = _read(moment)
    return _day(read.day) if read else moment or ""


def session(start: str | None, end: str | None) -> str:
    """Return from when to when something lasted: "Friday 6 June 2014, 9.15am to 10.15am".

    Arguments:
        start: when it began, a date or a time of ISO 8601; None where that is not known, and "" is returned.
        end: when it ended.
    """
    first, last = _read(start), _read(end)
    if first is None:
        return start or ""
    if last is None:
        return _in_full(first)
    if first.day != last.day:
        return f"{_in_full(first)} to {_in_full(last)}"
    return f"{_in_full(first)} to {_clock(last.time)}" if first.time and last.time else _in_full(first)


def _in_full(moment: _Moment) -> str:
    weekday = f"{moment.day:%A} {_day(moment.day)}"
    return f"{weekday}, {_clock(moment.time)}" if moment.time else weekday


def _day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def _clock(time: tuple[int, int]) -> str:
    hour, minute = time
    return f"{hour % 12 or 12}.{minute:02}{'am' if hour % 24 < 12 else 'pm'}"


def _read(moment: str | None) -> _Moment | None:
    """Return the moment that the text of an xsd:date or xsd:dateTime says; None for any other text."""
    found = _MOMENT.fullmatch(moment or "")
    if found is None:
        return None
    try:
        read = date(*map(int, found.group(1, 2, 3)))
    except ValueError:
        return None
    return _Moment(read, (int(found[4]), int(found[5])) if found[4] else None)
