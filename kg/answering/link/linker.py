"""Entity linking: which words of a question name concepts, relations, people, stances and ordered lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kg.answering.link.lexicon import Lexicon, Meaning
from kg.answering.link.speller import Speller
from kg.english.asking.question_form import ITEM_NOUNS, asked_nouns, asked_places
from kg.english.numbers import ITEMS
from kg.english.words import GRAMMAR_STEMS, LIGHT_STEMS, Word, read
from kg.vocabulary import local_name


@dataclass(frozen=True)
class Mention:
    """Words of the question, from `first` up to but not including `last`, and what it may stand for."""

    first: int
    last: int
    meaning: Meaning

    @property
    def slug(self) -> str:
        """The last part of the IRI of what it may stand for."""
        return local_name(self.meaning.iri)

    @property
    def places(self) -> frozenset[int]:
        """The places of the words it takes up."""
        return frozenset(range(self.first, self.last))


@dataclass(frozen=True)
class LinkedQuestion:
    """A question read into words, with the mentions found in it. Misspelt words have been corrected."""

    text: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]

    def span(self, mention: Mention) -> tuple[int, int]:
        """Return where the words of a mention start and end in the text."""
        return self.words[mention.first].start, self.words[mention.last - 1].end

    @cached_property
    def asked(self) -> frozenset[int]:
        """The places in the text that belong to what is asked."""
        return asked_places(self.text)

    @property
    def linked_places(self) -> frozenset[int]:
        """The places of the words that any mention takes up."""
        return frozenset().union(*(mention.places for mention in self.mentions))

    @cached_property
    def nouns_asked(self) -> frozenset[int]:
        """The places of the noun that is asked for: "staff survey" in "Which staff survey was ...?"."""
        return asked_nouns(self.words)

    @property
    def content(self) -> tuple[int, ...]:
        """The places of the words that carry content."""
        return tuple(n for n, word in enumerate(self.words) if word.stem not in LIGHT_STEMS)


def link(question: str, lexicon: Lexicon, speller: Speller) -> LinkedQuestion:
    """Return the question with every mention that the lexicon knows; longer mentions hide those inside them."""
    words = tuple(_corrected(word, speller) for word in read(question))
    stems = tuple(word.stem for word in words)
    found: list[Mention] = []
    for first in range(len(stems)):
        for last in range(min(len(stems), first + lexicon.longest), first, -1):
            found += [Mention(first, last, each) for each in lexicon.meanings(stems[first:last])]
    found += _with_gaps(stems, lexicon)
    found += _items_by_number(words, lexicon)
    found.sort(key=lambda m: (m.first - m.last, m.first, m.meaning.kind, m.meaning.iri))
    return LinkedQuestion(question, words, tuple(_as_spelt(_outermost(found), words, lexicon)))


def _with_gaps(stems: tuple[str, ...], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the mentions with an article or the like inside: "transform the leadership"."""
    for first in range(len(stems)):
        for last in range(first + 3, min(len(stems), first + lexicon.longest + 1) + 1):
            core = tuple(stem for stem in stems[first:last] if stem not in GRAMMAR_STEMS)
            if len(core) > 1 and len(core) < last - first and stems[first] == core[0] and stems[last - 1] == core[-1]:
                yield from (Mention(first, last, each) for each in sorted(lexicon.meanings(core), key=str))


def _items_by_number(words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the lists that a word for any item of a list stands for: "the first thing when coaching"."""
    stems = frozenset(word.stem for word in words)
    for n in range(1, len(words)):
        if words[n].text in ITEM_NOUNS and words[n - 1].text in ITEMS:
            yield from (Mention(n, n + 1, each) for each in lexicon.lists_of(stems))


def _outermost(mentions: list[Mention]) -> list[Mention]:
    """Leave out a mention that lies inside a longer one of the same kind."""
    kept: list[Mention] = []
    for mention in mentions:
        inside = any(mention.places < other.places and mention.meaning.kind == other.meaning.kind for other in kept)
        if not inside:
            kept.append(mention)
    return kept


def _as_spelt(mentions: list[Mention], words: tuple[Word, ...], lexicon: Lexicon) -> Iterator[Mention]:
    """Leave out the concepts that words only have the stems of, where they are another's label: "coaching", a coach."""
    spelt = {m: lexicon.spells(m.meaning.iri, words[m.first : m.last]) for m in mentions if m.meaning.kind == "concept"}
    exact = {(m.first, m.last) for m, spells in spelt.items() if spells}
    for mention in mentions:
        if (mention.first, mention.last) not in exact or spelt.get(mention, True):
            yield mention


def _corrected(word: Word, speller: Speller) -> Word:
    if word.stem in LIGHT_STEMS:
        return word
    better = speller.correct(word)
    return replace(word, stem=better) if better else word
