"""Whether a question has the day or the time of day that is recorded of a seminar."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator, Sequence
from datetime import datetime

from kg.english.dates import read_moment
from kg.english.numbers import NUMBERS
from kg.english.words import fold

_PARTS_OF_DAY = {"morning": range(12), "afternoon": range(12, 18), "evening": range(17, 24), "noon": range(12, 13)}
_HOURS = {word: number for word, number in NUMBERS.items() if 1 <= number <= 12 and word.isalpha()}
_CLOCK = re.compile(
    r"\b(?P<words>quarter past|half past|quarter to)? ?(?P<hour>[0-2]?\d|" + "|".join(_HOURS) + r")"
    r"(?:[.:](?P<minute>[0-5]\d))? ?(?P<half>am|pm|o'clock)?\b"
)
_SHIFTS = {"quarter past": 15, "half past": 30, "quarter to": -15}
_HALF_A_DAY = 720
#: "over by half past ten", "before June": what is compared with a time, and need not be at it.
_COMPARED = re.compile(
    r"\b(?:by|before|after|until|till|since|earlier than|later than|sooner than)"
    r" (?:the )?(?:\d[\d.:]*|(?:quarter (?:past|to) |half past )?(?:noon|midday|"
    + "|".join((*_HOURS, *day_name, *month_name[1:])).lower()
    + r"))\b"
)
#: Months that are other words too.
_UNSURE = {"may", "march"}


def same_time(question: str, recorded: Sequence[str]) -> bool | None:
    """Return whether the days and times of day that a question names are recorded ones; None where it names none.

    Arguments:
        question: its text.
        recorded: days or times in ISO 8601, such as when a seminar began and ended; what is none is left out.
    """
    moments = [moment for moment in map(read_moment, recorded) if moment]
    text = fold(question)
    words = set(re.findall(r"[a-z]+", text))
    days = [f"{moment:%A}".lower() for moment in moments]
    months = [f"{moment:%B}".lower() for moment in moments]
    found = [name.lower() in days for name in day_name if name.lower() in words]
    found += [name.lower() in months for name in month_name if name.lower() in words - _UNSURE]
    found += [int(year) in {moment.year for moment in moments} for year in re.findall(r"\b(?:19|20)\d\d\b", text)]
    if moments and any("T" in each for each in recorded):
        found += [any(m.hour in hours for m in moments) for name, hours in _PARTS_OF_DAY.items() if name in words]
        found += _clocks(text, moments)
    return all(found) if found and moments else None


def compared_time(question: str) -> str | None:
    """Return the words by which a question asks for what was before or after a time; None where it does not."""
    found = _COMPARED.search(fold(question))
    return found[0] if found else None


def _clocks(text: str, moments: Sequence[datetime]) -> Iterator[bool]:
    """Yield for each time of day in a text whether it is one of some moments; other numbers are left out."""
    recorded = [60 * moment.hour + moment.minute for moment in moments]
    for match in _CLOCK.finditer(text):
        if match["words"] or match["minute"] or match["half"]:
            hour = int(match["hour"]) if match["hour"].isdigit() else _HOURS[match["hour"]]
            minutes = 60 * hour + int(match["minute"] or 0) + _SHIFTS.get(match["words"] or "", 0)
            yield any((minutes - each) % _HALF_A_DAY == 0 for each in recorded)
