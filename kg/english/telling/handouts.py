"""The words of maps on paper for a class: titles of their pages, what is on which page, gaps and word banks."""

from __future__ import annotations

from collections.abc import Sequence

from kg.english.numbers import counted
from kg.english.telling.sentences import listed_words

# ── Exercises ───────────────────────────────────────────────────────────────────────────────────────────────

GAP = "gap"
"""What a box without its word is called by those who do not see it."""

MISSING_WORDS = "These words are missing. Write each of them into its box."
ANSWERS = "The answers:"


def gap(number: int) -> str:
    """Return what a sentence has for a word that is missing."""
    return f"{GAP} {number}"


def exercise_title(title: str, answers: bool) -> str:
    """Return what the contents of a file call an exercise, or its answers, by the title of the map."""
    return f"{'Answers' if answers else 'Exercise'}: {title}" if title else "Answers" if answers else "Exercise"


def no_exercise(concepts: int, least: int, most: int) -> str:
    """Return the sentence that refuses an exercise with a map of so many concepts."""
    if concepts > most:
        return (
            f"An exercise has a map of up to {most} concepts, and this one has {concepts}; choose fewer, such as "
            f"those that rank highest (most, {most}), a topic (theme) or what is around one concept (focus)."
        )
    return f"An exercise leaves concepts out, so it needs a map of {least} or more, and this one has {concepts}."


# ── Handouts ────────────────────────────────────────────────────────────────────────────────────────────────

WITHOUT_ARROW = "Claims that join no two concepts and are on no map"
"""The heading of those claims in the sentences of a handout."""

ONE_OF_THREE = "A handout, an exercise and a build-up are files of their own; ask for one of them."
"""The sentence that refuses several at once."""


def large_handout(concepts: int, most: int) -> str:
    """Return the sentence that refuses a handout that would take too long while somebody waits."""
    return (
        f"A handout of {concepts:,} concepts takes minutes (the limit here is {most}); make it with seminar-kg map "
        "--size handout, or choose a topic (theme) or what is around one concept (focus)."
    )


def no_pages(extension: str, able: Sequence[str]) -> str:
    """Return the sentence that refuses a handout in a format, by the extensions of those that can have pages."""
    others = listed_words([f".{each}" for each in able], last="or")
    return f"A handout has several pages, so it comes as {others} and not as .{extension}."


def on_page(number: int, total: int, source_line: str) -> str:
    """Return the source line of one page of several."""
    return f"Page {number} of {total}. {source_line}" if source_line else f"Page {number} of {total}"


def pages(numbers: Sequence[int]) -> str:
    """Return the words for some pages: "page 3", "pages 3 and 4"."""
    return f"{'page' if len(numbers) == 1 else 'pages'} {listed_words([str(each) for each in numbers])}"


def part_title(title: str, topic: str | None) -> str:
    """Return the title of the page with one topic of a map, by the map's title; None for what has no topic."""
    part = f"The topic “{topic}”" if topic else "What has no topic"
    return f"{title}{' ' if title.endswith('?') else ' – '}{part}" if title else part


def numbered_title(title: str, number: int, total: int) -> str:
    """Return the title of one of several pages with one map."""
    return f"{title} ({number} of {total})".strip()


def elsewhere(arrows: int, numbers: Sequence[int]) -> str:
    """Return the note on the other arrows of a map that takes several pages."""
    are = "is" if arrows == 1 else "are"
    return f"{counted(arrows, 'more arrow')} of this map {are} on {pages(numbers)}."


def heading(number: int, title: str) -> str:
    """Return the heading over the sentences of one page."""
    return f"Page {number}: {title}" if title else f"Page {number}"


def said_by(claim: str, credit: str, how: str) -> str:
    """Return a claim with who made it, and how."""
    return f"{claim.rstrip('.')}. Said by {credit}{f' ({how})' if how else ''}."


def also_on(sentence: str, numbers: Sequence[int]) -> str:
    """Return a sentence with the other pages on which it is drawn."""
    return f"{sentence} Also on {pages(numbers)}." if numbers else sentence


def in_words(title: str) -> str:
    """Return the title of the pages with the sentences of a handout, by that of its first page."""
    return f"In words: {title}" if title else "In words"


def topic_on(label: str, numbers: Sequence[int]) -> str:
    """Return what stands in the box of a topic that has pages of its own."""
    return f"{label} ({pages(numbers)})"
