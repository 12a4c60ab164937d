"""The words of concept maps: titles, legends, notes on arrows, source lines. Plain values in, text out."""

from __future__ import annotations

from collections.abc import Sequence

from kg.english.dates import day
from kg.english.numbers import counted

STANCE_WORDS = {
    "describes": "described",
    "recommends": "recommended",
    "criticises": "criticised",
    "exemplifies": "given as an example",
    "reports-evidence": "reported as evidence",
}
"""Stance of a claim -> what the legend calls its lines, in the legend's order."""

STATUS_WORDS = {
    "denied": "said not to be so",
    "condition": "a condition",
    "goal": "a goal",
    "content": "what was told or noted",
    "broader": "editor's link, not a claim",
}
"""Status of a proposition that is not simply asserted -> what the legend calls its lines, in the legend's order."""

KIND_OF = "is a kind of"
"""The linking phrase from a narrower concept to a broader one."""

NO_QUESTION = "What was claimed?"
"""The title of a map whose seminars have no single focus question."""

# Nothing for "denied": its phrase and its claim say "not" themselves, and twice would take it back.
_STATUS_NOTES = {
    "condition": "said as a condition",
    "goal": "said as a goal",
    "content": "what was told or noted",
    "broader": "an editor's link, not a claim",
}


def title_about(label: str) -> str:
    """Return the title of a map around a concept or topic, by its label as it stands inside a sentence."""
    return f"What was claimed about {label}?"


def title_by(speaker: str) -> str:
    """Return the title of a map of what one person or organisation claimed."""
    return f"What did {speaker} claim?"


def title_said(stance: str) -> str:
    """Return the title of a map of claims made in one way, by its words for people ("recommended")."""
    return f"What was {stance}?"


def description(concepts: int, links: int) -> str:
    """Return a sentence on a map for those who cannot see it."""
    return f"Concept map of {concepts} concepts and {links} claimed links between them."


def overview_description(topics: int) -> str:
    """Return a sentence on an overview for those who cannot see it."""
    return f"Overview of {topics} topics and of the claims that lead from one to another."


def credits_joined(credit: Sequence[str]) -> str:
    """Return who made the claims behind one arrow, each named once."""
    return " and ".join(dict.fromkeys(credit))


def credit_at(credit: str, seminar: str) -> str:
    """Return who made a claim at one of several seminars."""
    return f"{credit}, at “{seminar}”"


def criticism(phrase: str, credit: str) -> str:
    """Return the words on the arrow of a criticism, which say who made it."""
    return f"{phrase.rstrip(' ,')}, said {credit}"


def legend_words(status: str, stance: str | None, credit: Sequence[str]) -> str:
    """Return what the legend says of a kind of line.

    Arguments:
        status: the status that its propositions share.
        stance: the stance that they share, if any.
        credit: who made them, as far as known; a criticism names one or two of them.
    """
    words = STATUS_WORDS.get(status) or STANCE_WORDS.get(stance or "", stance or "claimed")
    named = stance == "criticises" and status == "asserted" and 0 < len(credit) < 3
    return f"{words} by {' and '.join(sorted(credit))}" if named else words


def with_notes(said: str, status: str, credit: str | None) -> str:
    """Return a proposition in words as a sentence, with what kind of statement it is and who made it."""
    notes = [_STATUS_NOTES[status]] if status in _STATUS_NOTES else []
    if credit:
        notes.append(f"said by {credit}")
    return f"{said} ({'; '.join(notes)})." if notes else f"{said}."


def source_line(title: str, start: str | None, conference: str | None, publisher: str) -> str:
    """Return the line that stands under a picture.

    Arguments:
        title: the title of the seminar's document.
        start: when the seminar began, ISO 8601, if that is known.
        conference: the conference that it was part of, if any.
        publisher: who published the document.
    """
    where = "".join(f", {words}" for words in (conference, day(start)) if words)
    return f"Claimed at the seminar “{title}”{where}; from the summary published by {publisher}"


def topic_label(topic: str, names: Sequence[str], others: int) -> str:
    """Return what stands in the box of a topic: its label, some of its concepts, and how many `others` it has."""
    listed = f"{', '.join(names)} and {others} more" if others else " and ".join(names)
    return f"{topic}: {listed}" if listed else topic


def topic_definition(labels: Sequence[str]) -> str:
    """Return what a topic's box tells when asked for more: all its concepts."""
    return f"{counted(len(labels), 'concept')}: {', '.join(labels)}"


def claims_between(claims: int, source: str, target: str) -> str:
    """Return a sentence on the arrow between two topics, by their labels as they stand inside a sentence."""
    return f"{counted(claims, 'claim')} {'leads' if claims == 1 else 'lead'} from {source} to {target}"


def too_large(concepts: int, limit: int, overview: str, narrower: Sequence[str]) -> str:
    """Return the sentence that refuses a map of so many concepts.

    Arguments:
        concepts: how many it would have.
        limit: how many can be drawn.
        overview: how the reader asks for the overview.
        narrower: how the reader asks for less.
    """
    return (
        f"A map of {concepts:,} concepts is too large to draw (the limit is {limit}); see the overview by topic "
        f"with {overview}, or draw a part of it with {', '.join(narrower[:-1])} or {narrower[-1]}."
    )
