"""The words by which to credit a claim, as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Iterable

SUMMARY = "the published summary"


def credit_of_summary(presenters: Iterable[str] = ()) -> str:
    """Return the credit of what a published summary says itself, or reports of a presentation.

    Arguments:
        presenters: the names of those whose presentation it reports; none for the summary itself.
    """
    names = " and ".join(sorted(set(presenters)))
    return f"{SUMMARY} of {names}’s presentation" if names else SUMMARY


def credit_of_speaker(speakers: Iterable[str], reported: Iterable[str] = ()) -> str:
    """Return the credit of what somebody said: "Michael West, passing on Salford".

    Arguments:
        speakers: the names of those who said it.
        reported: the names of those whose words they passed on.
    """
    said, passed_on = (" and ".join(sorted(set(names))) for names in (speakers, reported))
    return f"{said}, passing on {passed_on}" if passed_on else said
