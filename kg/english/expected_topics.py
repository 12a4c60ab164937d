"""Topics that readers of any seminar commonly look for, each with the words by which it is found in a text.

The list is kg/english/lists/expected.txt: ours, and the same for every seminar.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.english.words import lines, stems


@dataclass(frozen=True)
class ExpectedTopic:
    """A topic: what it is called, and the words and phrases that tell of it."""

    label: str
    words: tuple[str, ...]

    def occurs_in(self, text: str) -> bool:
        """Whether one of the words stands in a text, in any of its forms."""
        found = stems(text)
        return any(_has(found, stems(each)) for each in self.words)


@cache
def expected_topics() -> tuple[ExpectedTopic, ...]:
    """Return the topics in the order of the list."""
    parted = (line.partition(":") for line in lines("expected.txt"))
    return tuple(
        ExpectedTopic(label.strip(), tuple(word.strip() for word in words.split(","))) for label, _, words in parted
    )


def _has(text: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if len(wanted) == 1:
        return wanted[0] in text
    return any(text[first : first + len(wanted)] == wanted for first in range(len(text) - len(wanted) + 1))
