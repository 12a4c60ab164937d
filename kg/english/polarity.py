"""What a question for yes or no asserts: without what it merely sets against it, and how often it is turned round.

"His employer was not Lancaster but HEE, right?" asserts HEE and sets it against Lancaster; "Isn't it true that ...?"
asks the same as without the "n't"; "did not fail" is turned round twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.english.words import Word, fold, listed

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|ca|can|could|should|has|have|had|wo|will|would|must|may|might|am|ought|need)"
)
#: "Isn't it ...?", "So doesn't West ...?", "is it not true that ...", ", isn't it?", "right?": not a negation of
#: what is asked.
_IDLE = re.compile(
    rf"^\W*(?:(?:so|and|but|or|well|then|ok|hi|quiz|true or false)\W+)*{_AUXILIARY}n'?t\b"
    rf"|[.!?:;] {_AUXILIARY}n'?t\b"
    rf"|\b(?:is|was|are|does|did) (?:it|that|they) not\b"
    rf"|\bnot (?:only|just|merely|simply|least|in vain|to mention|lost on)\b|\bno (?:doubt|less)\b"
    rf"|\bjust (?:as|like)\b|\bwithout (?:exception|question|doubt|fail)\b|\bnothing but\b"
    rf"|\bwhether or not\b|\bor not\b|\btrue or false\b|\b(?:right|correct|true|no)\?"
    rf"|[,:;-] ?{_AUXILIARY}(?:n'?t)? (?:it|that|they|he|she|we|you|there)\W*$"
    rf"|[,:;-] ?or (?:can|could|is|are|do|does|should) (?:you|we|they|it|one) just [^?]*\?"
)
#: What is set against what is asserted: ", not Leeds", "rather than the right one", "instead of patients".
_AGAINST = re.compile(
    r"(?:(?<=[,;:(.-] )(?:and |but )?(?:not|never|nor|no)\b|\band (?:not|never|no)\b|\b(?:but|or) not\b"
    r"|\b(?:rather than|instead of|as opposed to|in place of|as against|other than)\b)"
    r"(?P<rejected>(?: (?!but\b)[^\s,;:?!.()]+)+)"
)
#: "not X but Y" after a verb: X is set against Y.
_BUT = re.compile(rf"\b(?:{_AUXILIARY}n'?t|not)\b(?P<rejected>[^,;:?!.]*?),? but\b(?! (?:also|even)\b)")
_NEGATORS = frozenset(listed("negators.txt"))

Span = tuple[int, int]


@dataclass(frozen=True)
class Asserted:
    """What a question asserts: its words that count, and those that it sets against them."""

    words: tuple[Word, ...]
    rejected: tuple[Word, ...]

    @property
    def negations(self) -> int:
        """How often what is asserted is turned round."""
        return negations(self.words)

    def counts(self, word: Word) -> bool:
        """Whether a word is part of what is asserted, and does not itself turn it round."""
        return word in self.words and word.text not in _NEGATORS


def asserted(text: str, words: Sequence[Word]) -> Asserted:
    """Return what a question for yes or no asserts; `words` are those of its text."""
    folded = fold(text)
    left_out: list[Span] = []
    rejected: list[Span] = []
    for found in _IDLE.finditer(folded):
        left_out.append(found.span())
        folded = _blanked(folded, found.span())
    for pattern in (_BUT, _AGAINST):
        for found in pattern.finditer(folded):
            rejected.append(found.span("rejected"))
            left_out.append(found.span())
            folded = _blanked(folded, found.span())
    return Asserted(
        tuple(word for word in words if not _within(word, left_out)),
        tuple(word for word in words if _within(word, rejected)),
    )


def is_negator(word: Word) -> bool:
    """Whether a word turns round what is said."""
    return word.text in _NEGATORS


def negations(words: Iterable[Word]) -> int:
    """Return how often words turn round what they say."""
    return sum(map(is_negator, words))


def _blanked(text: str, span: Span) -> str:
    return text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]


def _within(word: Word, spans: Iterable[Span]) -> bool:
    return any(first <= word.start < last for first, last in spans)
