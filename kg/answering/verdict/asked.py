"""What a question for yes or no puts forward: a proposition, with whose words it is about and how it is put.

"If heads don't protect the time, did Wilk say that coaching dies?" puts forward that coaching dies, on a condition, as
the words of Wilk. The question's words are parted into those of what is put forward (`main`), of its condition, and of
what it is set against; words that only tell mood, amount or degree are no content of it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.answering.link.linker import LinkedQuestion
from kg.answering.link.matches import Match
from kg.answering.speaker import Speaker
from kg.english import modality
from kg.english.asking.propositions import RELATIVES, SUBORDINATING, asks_for_member, condition_spans
from kg.english.asking.yes_no import asserted, is_negator, negators
from kg.english.numbers import NUMBERS
from kg.english.words import OCCASIONS, Word


@dataclass(frozen=True)
class Asked:
    """What a question for yes or no puts forward.

    `match` is the question as it matches claims; `main` and `condition` are the places of the words of the proposition
    and of its condition, `said` tells what is negated and set against it, `speaker` whose words it is about, if
    anybody's.
    """

    match: Match
    main: frozenset[int]
    condition: frozenset[int]
    said: tuple[Word, ...]
    speaker: Speaker | None = None

    @property
    def question(self) -> LinkedQuestion:
        """The question with its mentions."""
        return self.match.question

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the proposition, without those of its condition."""
        return tuple(word for n, word in enumerate(self.question.words) if n in self.main)

    @cached_property
    def texts(self) -> frozenset[str]:
        """The words of the proposition as they are folded."""
        return frozenset(word.text for word in self.words)

    @cached_property
    def framed(self) -> frozenset[str]:
        """The words of the question around the proposition, as they are folded: "did everyone agree that ...?"."""
        return frozenset(w.text for n, w in enumerate(self.question.words) if n not in self.main | self.condition)

    @cached_property
    def moods(self) -> frozenset[str]:
        """How it is put forward; see kg.english.modality.moods."""
        return modality.moods(self.words)

    def moods_outside(
        self, places: frozenset[int], verbs: frozenset[int], claimed: Container[str] = ()
    ) -> frozenset[str]:
        """Return how it is put forward, by its words outside some places and what is said of them.

        "the time that coaching needs" is a thing. After one of its `verbs` the sentence goes on: "doubt that it can".
        Words of a clause inside the question that are `claimed`, too, are part of what is said: "do many recognise that
        culture has to change?".
        """
        words = self.question.words
        begun = False
        for n in sorted(self.main):
            if begun and words[n].text in RELATIVES and n - 1 not in verbs:
                places = places | frozenset(m for m in self.main if m > n)
                break
            begun = begun or n in self.content
        begins = min(self.main, default=0)
        clause = next((n for n in range(begins, len(words)) if words[n].text in SUBORDINATING), len(words))
        said = (n for n in sorted(self.main - places) if n < clause or words[n].text not in claimed)
        return modality.moods(words[n] for n in said)

    @cached_property
    def content(self) -> tuple[int, ...]:
        """The places of the words that a claim has to have: those that carry content, but for mood and amount."""
        words = self.question.words
        found = sorted(self.main & self.match.weights.keys())
        found = [n for n in found if not _only_frames(words[n])]
        return tuple(n for n in found if not _is_occasion(words, n)) or tuple(found)

    @cached_property
    def weight(self) -> float:
        """How telling the content is, in all."""
        return sum(self.match.weights[n] for n in self.content)

    @cached_property
    def is_copular(self) -> bool:
        """Whether it is asked whether something is something: "Is designing part of the strategy?"."""
        return bool(self.words) and self.words[0].text in ("is", "are", "was", "were")

    @cached_property
    def singled_out(self) -> tuple[int, ...]:
        """The places of the words for whom it is asked of: "Was it the minister who was clear that ...?"."""
        words = self.question.words
        texts = [word.text for word in words]
        if texts[1:2] != ["it"] or texts[0] not in ("is", "was") or not {"who", "that"} & set(texts):
            return ()
        end = min(texts.index(text) for text in ("who", "that") if text in texts)
        return tuple(n for n in range(2, end) if n in self.content)

    @cached_property
    def is_of_members(self) -> bool:
        """Whether it is asked whether something is one of several: "Is engagement one of the ingredients?"."""
        return self.is_copular and asks_for_member(self.words)

    @cached_property
    def negators(self) -> tuple[Word, ...]:
        """The words that negate the proposition."""
        condition = {self.question.words[n].start for n in self.condition}
        return tuple(word for word in negators(self.said) if word.start not in condition)

    @property
    def negations(self) -> int:
        """How often the proposition is negated."""
        return len(self.negators)

    @cached_property
    def with_condition(self) -> Asked:
        """The same question, its condition taken for a part of what it puts forward."""
        return replace(self, main=self.main | self.condition, condition=frozenset())


def _is_occasion(words: Sequence[Word], place: int) -> bool:
    """Whether a word only says that it was at the seminar: "that evening"."""
    return place > 0 and words[place].text in OCCASIONS and words[place - 1].text in ("that", "this")


def _only_frames(word: Word) -> bool:
    """Whether a word only tells mood, amount, degree or time, which are compared by themselves."""
    text = word.text
    return (
        modality.is_mood(word)
        or is_negator(word)
        or text in NUMBERS
        or text in modality.ALL | modality.MANY | modality.ONLY | modality.DEGREE | modality.LATER | modality.UNLIKE
    )


def read_asked(match: Match, speaker: Speaker | None, span: tuple[int, int]) -> Asked:
    """Return what a question for yes or no puts forward.

    Arguments:
        match: the question as it matches claims.
        speaker: whose words it is about, if anybody's.
        span: where what they are to have said stands in its text, start and end.
    """
    question = match.question
    said = asserted(question.text, question.words)
    conditions = list(condition_spans(question.text))
    kept = {word.start for word in said}
    main, condition = set[int](), set[int]()
    for n, word in enumerate(question.words):
        if not (span[0] <= word.start < span[1]) or word.start not in kept:
            continue
        inside = any(first <= word.start < last for first, last in conditions)
        (condition if inside else main).add(n)
    within = {n for n in main if question.words[n].start in question.asked}
    main = within if any(n in match.weights for n in within) else main
    if not any(n in match.weights for n in main):  # all of it was taken for a condition
        main, condition = main | condition, set()
    # Of the frame only what negates counts: "did X not say that ...?".
    said = tuple(word for word in said if span[0] <= word.start < span[1] or is_negator(word))
    return Asked(match, frozenset(main), frozenset(condition), said, speaker)
