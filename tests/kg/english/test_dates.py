"""When something was: no more than the data say."""

import pytest

from kg.english.dates import day, month, session


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2014-06-06T09:15:00", "2014-06-06T13:05:00", "Friday 6 June 2014, 9.15am to 1.05pm"),
        ("2014-06-06", None, "Friday 6 June 2014"),
        ("2014-06-06", "2014-06-06", "Friday 6 June 2014"),
        ("2014-06-06", "2014-06-06T17:00:00", "Friday 6 June 2014"),
        ("2014-06-06T09:15:00", "2014-06-06", "Friday 6 June 2014, 9.15am"),
        ("2014-06-06T09:15:00", "2014-06-07T12:00:00", "Friday 6 June 2014, 9.15am to Saturday 7 June 2014, 12.00pm"),
        ("2014-06-06", "2014-06-07", "Friday 6 June 2014 to Saturday 7 June 2014"),
        ("2014-06-06Z", None, "Friday 6 June 2014"),
        ("2014-06-06T09:15:00+01:00", None, "Friday 6 June 2014, 9.15am"),
        (None, "2014-06-06", ""),
        ("next summer", None, "next summer"),
    ],
)
def test_from_when_to_when(start: str | None, end: str | None, text: str) -> None:
    assert session(start, end) == text


@pytest.mark.parametrize(
    ("moment", "in_days", "in_months"),
    [
        ("2014-06-06", "6 June 2014", "June 2014"),
        ("2014-06-06T00:00:00", "6 June 2014", "June 2014"),
        (None, "", ""),
        ("2014-02-30", "2014-02-30", "2014-02-30"),
    ],
)
def test_days_and_months(moment: str | None, in_days: str, in_months: str) -> None:
    assert (day(moment), month(moment)) == (in_days, in_months)
