"""Speech frames: the parts of a question that say whose words it is about, such as "did X say that P?".

A frame tells where the words stand that name the speaker, and where what they are asked to have said. Whether these
words name a speaker, the graph tells (kg/answering/speaker.py).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from kg.english.asking.question_form import CHECK
from kg.english.words import IRREGULAR, Word, fold, lines, listed, stem, stems, stems_of


def _forms(verb: str) -> tuple[str, ...]:
    """Return the forms that a regular verb may have, and some that it has not."""
    short = verb.removesuffix("e").removesuffix("y")
    return (verb, *(short + end for end in ("s", "es", "ed", "ing", "ys", "ies", "ied", "ying")), f"{verb}{verb[-1]}ed")


#: Verbs of speaking; those by which others may be told of, too; and what only those who speak are asked for.
SPEAKING, THINKING, _DOING = stems_of("speaking.txt"), stems_of("thinking.txt"), stems_of("doing.txt")
_BASE = frozenset((*listed("speaking.txt"), *listed("thinking.txt"), *listed("doing.txt")))
_FORMS = {form: stem(verb) for verb in _BASE for form in _forms(verb)}
_FORMS |= {form: stem(verb) for form, verb in IRREGULAR.items() if verb in _BASE}
#: What follows a verb where it is one that something is done by: "the bodies criticised in the debate".
_PASSIVE = {"in", "by", "at", "as", "up", "during", "of"}
#: What somebody has who spoke.
_SAYINGS = frozenset(form for noun in listed("sayings.txt") for form in (noun, f"{noun}s", f"{noun}es"))
#: Where words stand: stem of a noun -> what the place is called.
PLACES = {
    stems(noun)[-1]: place
    for place, nouns in (line.split(" = ") for line in lines("places.txt"))
    for noun in nouns.split()
}
_STATES = stems_of("states.txt")
_INVERTING = frozenset("do does did would has have had".split())
_BEING = frozenset("is are was were".split())
#: Words that no name of a speaker goes across.
_BOUNDS = frozenset(listed("bounds.txt"))
_ARTICLES = frozenset("a an the this that these those one our your my any".split())
_OWNERS = frozenset("his her their".split())
_EXCEPTING = frozenset("apart except besides".split())
_ADVERBS = frozenset("ever actually also really just then even once only clearly both all not explicitly".split())
_INSIDE = frozenset("in during from at on".split())
#: What may stand before the name of somebody and is no part of it, and before a frame and is part of it.
_LEADING = frozenset("so and but or well true false ok quiz please of by".split()) | _INSIDE
_FRAMING = frozenset("in from to if you the a an of i we one".split())
#: How many words may name a speaker, and how many may stand between an owner and the words that they own.
_LONGEST, _BETWEEN = 12, 2
_BREAK = re.compile(r"[.?!:;,][^\w\s]*\s")
_TAG = re.compile(rf"[,;.–-]? *(?:{CHECK}|did(?:n'?t)? (?:he|she|they))?[ ?.!]*$")

KNOWN, LIKELY, SURE = range(3)
Span = tuple[int, int]
"""Where something starts and ends in a text."""


@dataclass(frozen=True)
class Frame:
    """A part of a question that says whose words it is about.

    `first` and `last` bound the words that may name the speaker, by their number, `last` not included; only their end
    may, where `ends` is True. `verb` is the stem of the word for the speaking. `said` is where in the text stands
    what is asked to have been said. `place` tells that it may be a place, where words stand. `certainty` is SURE where
    nobody but a speaker can be meant, LIKELY where others may be, and else KNOWN: whoever speaks at the seminar is.
    """

    first: int
    last: int
    verb: str
    said: Span
    certainty: int
    ends: bool = False
    place: bool = False


def frames(text: str, words: Sequence[Word]) -> Iterator[Frame]:
    """Yield the speech frames of a question; of those whose words overlap the first one is meant.

    Arguments:
        text: the question.
        words: its words, misspelt ones with the stems of what they were meant to be.
    """
    reader = _Reader(text, words)
    forms = (reader.was_it, reader.according, reader.inverted, reader.owned, reader.sayings_of, reader.by)
    for form in (*forms, reader.stated, reader.placed):
        yield from (frame for frame in form() if frame.first < frame.last)


def _certainty(verb: str) -> int:
    return SURE if verb in SPEAKING else LIKELY if verb in THINKING | _STATES else KNOWN


def is_strictly_itself(words: str) -> bool:
    """Whether words that name a text mean what it says itself, and not all that it reports: "the summary itself"."""
    return bool(re.search(r"\b(itself|its own)\b", fold(words)))


class _Reader:
    """Finds the frames of one question."""

    def __init__(self, text: str, words: Sequence[Word]):
        self._text, self._words = fold(text), words
        self._verbs = [_FORMS.get(word.text, "") for word in words]
        self._end = _TAG.search(self._text).start()  # type: ignore[union-attr]  # it matches at the end at least

    # ── Forms of frames ──

    def was_it(self) -> Iterator[Frame]:
        """Yield "was it X who said P"."""
        for n, word in enumerate(self._words):
            if word.text in _BEING and self._is(n + 1, {"it"}):
                last = self._forwards(n + 2)
                verb = self._verbs[last + 1] if last + 1 < len(self._words) else ""
                if verb and self._is(last, {"who", "that", "whom"}):
                    yield self._frame(n + 2, last, verb, self._after(last + 2), _certainty(verb))

    def according(self) -> Iterator[Frame]:
        """Yield "according to X, P" and "P, according to X"."""
        for n, word in enumerate(self._words):
            if word.text == "according" and self._is(n + 1, {"to"}):
                last = self._forwards(n + 2)
                yield self._frame(n + 2, last, word.stem, self._beside(n, last), SURE, place=True)

    def inverted(self) -> Iterator[Frame]:
        """Yield "did X say that P", "was X clear that P"."""
        for n, word in enumerate(self._words):
            if word.text in _INVERTING | _BEING:
                verb = self._next_verb(n, states=word.text in _BEING)
                if verb is not None and not self._presents(verb):
                    last = min(self._without_adverbs(n + 1, verb), self._forwards(n + 1))
                    name = self._verbs[verb] or self._words[verb].stem
                    sure = KNOWN if self._words[verb].text.endswith("ing") else _certainty(name)
                    yield self._frame(n + 1, last, name, self._after(verb + 1), sure)

    def owned(self) -> Iterator[Frame]:
        """Yield "in X's view", "X's advice on P", "his words"."""
        for n, word in enumerate(self._words):
            pronoun = word.text in _OWNERS
            bare = word.text.endswith("s") and word.stem != word.text and word.text not in _BOUNDS  # "wests view"
            if not (pronoun or bare or self._owns(n)):
                continue
            for thing in range(n + 1, min(n + 2 + _BETWEEN, len(self._words))):
                name = self._words[thing].stem
                first = n if pronoun else self._backwards(n + 1)
                place = name in PLACES and any(self._is(m, _INSIDE) for m in (first - 1, first))
                if place or self._is_saying(thing):
                    yield self._frame(first, n + 1, name, self._beside(first, thing + 1), ends=True, place=place)
                    break

    def sayings_of(self) -> Iterator[Frame]:
        """Yield "the reply of X", "a comment from the floor"."""
        for n, word in enumerate(self._words):
            if self._is_saying(n) and self._is(n + 1, {"of", "by", "from"}):
                last = self._forwards(n + 2)
                yield self._frame(n + 2, last, word.stem, self._beside(n, last))

    def by(self) -> Iterator[Frame]:
        """Yield "recommended by X"."""
        for n in range(len(self._words)):
            if self._verbs[n] and self._is(n + 1, {"by"}):
                last = self._forwards(n + 2)
                yield self._frame(n + 2, last, self._verbs[n], self._beside(n, last))

    def stated(self) -> Iterator[Frame]:
        """Yield "X said that P"."""
        for n, word in enumerate(self._words):
            if (verb := self._verbs[n]) and word.text not in _BASE and not self._is(n + 1, _PASSIVE):
                if self._presents(n):
                    continue
                first = self._backwards(n)
                before = self._words[first - 1].text if first else ""
                if first < n and before not in _BEING | _EXCEPTING:  # "is X called ...?", "who apart from X said so?"
                    certainty = min(LIKELY, _certainty(verb))
                    yield self._frame(first, n, verb, self._after(n + 1), certainty, ends=True)

    def placed(self) -> Iterator[Frame]:
        """Yield "in the debate", "from the floor"."""
        for n, word in enumerate(self._words):
            if word.text in _INSIDE:
                last = self._forwards(n + 1, 4)
                place = next((m for m in range(n + 1, last) if self._words[m].stem in PLACES), None)
                if place is not None:
                    yield self._frame(n + 1, place + 1, word.stem, self._beside(n, place + 1), SURE, place=True)

    # ── Words and runs of words ──

    def _frame(
        self,
        first: int,
        last: int,
        verb: str,
        said: Span,
        certainty: int = LIKELY,
        *,
        ends: bool = False,
        place: bool = False,
    ) -> Frame:
        while first < last and self._words[first].text in _LEADING:
            first += 1
        return Frame(first, last, verb, said, certainty, ends, place)

    def _is(self, n: int, texts: Container[str]) -> bool:
        return 0 <= n < len(self._words) and self._words[n].text in texts

    def _is_saying(self, n: int) -> bool:
        """Whether a word is a noun for what somebody said."""
        return self._words[n].text in _SAYINGS

    def _next_verb(self, aux: int, *, states: bool) -> int | None:
        """Return the verb that goes with an auxiliary which stands before who does it; None where there is none.

        Arguments:
            aux: the place of the auxiliary.
            states: whether it is a form of "be", so that "saying", "clear" or "right" goes with it.
        """
        for n in range(aux + 1, min(aux + 2 + _LONGEST, len(self._words))):
            word = self._words[n]
            if word.text in _BOUNDS:
                return None
            named = any(each.text not in _ARTICLES | _ADVERBS for each in self._words[aux + 1 : n])
            stated = states and word.stem in _STATES
            spoken = self._verbs[n] and (word.text.endswith("ing") if states else word.text in _BASE)
            is_noun = self._is(n - 1, _ARTICLES) or self._is(n + 1, _BASE)  # "the answer", "the last report say"
            if named and (stated or spoken) and not is_noun:
                return n
            if self._breaks(n):
                return None
        return None

    def _presents(self, verb: int) -> bool:
        """Whether a verb is about giving a talk, and not about what is said in it."""
        after = self._words[verb + 1 : verb + 2 + _BETWEEN]
        return self._verbs[verb] in _DOING and any(PLACES.get(word.stem) == "presentation" for word in after)

    def _without_adverbs(self, first: int, last: int) -> int:
        while last > first + 1 and self._words[last - 1].text in _ADVERBS:
            last -= 1
        return last

    def _forwards(self, first: int, longest: int = _LONGEST) -> int:
        """Return where the words end that may name somebody from a place on."""
        for n in range(first, min(first + longest, len(self._words))):
            if self._words[n].text in _BOUNDS:
                return n
            if self._breaks(n):
                return n + 1
        return min(first + longest, len(self._words))

    def _backwards(self, last: int) -> int:
        """Return where the words begin that may name somebody up to a place."""
        n = last
        while n and last - n < _LONGEST and self._words[n - 1].text not in _BOUNDS and not self._breaks(n - 1):
            n -= 1
        return n

    def _breaks(self, n: int) -> bool:
        """Whether a sentence or part of one ends behind a word."""
        if n + 1 >= len(self._words):
            return False
        between = self._text[self._words[n].end : self._words[n + 1].start]
        return bool(_BREAK.search(between))

    def _owns(self, n: int) -> bool:
        """Whether a word is in the possessive: "West's"."""
        own = self._text[self._words[n].start : self._words[n].end + 1]
        return "'s" in own or own.endswith("s'")

    def _after(self, n: int) -> Span:
        """Return where the text goes on from a word, without "that" and without "right?" at the end."""
        while n < len(self._words) and self._words[n].text in ("that", "about", "to"):
            n += 1
        start = self._words[n].start if n < len(self._words) else self._end
        return min(start, self._end), self._end

    def _beside(self, first: int, last: int) -> Span:
        """Return the longer part of the text beside some of its words."""
        while first and self._words[first - 1].text in _FRAMING and not self._breaks(first - 1):
            first -= 1
        before = (0, len(self._text[: self._words[first].start].rstrip(" ,")))
        after = self._after(last)
        return max(before, after, key=lambda span: span[1] - span[0])
