"""Whether a question has two things change places that a sentence has on either side of a word.

"Is leadership hard to change without a new culture?" turns round "culture is hard to change without new leadership",
whatever arrows were drawn of it: of the words that both have, "leadership" and "culture" change sides at "without".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from kg.english.asking.propositions import BY, is_being, is_participle
from kg.english.words import LIGHT_STEMS, Word, stem

#: Words of grammar that part what they join: what stands before one cannot stand behind it and mean the same.
_PARTING = frozenset(map(stem, "without if unless than because before after towards into against over".split()))


def exchanged(asked: Sequence[Word], told: Sequence[Word]) -> frozenset[str]:
    """Return the stems of the things of a sentence that change places in a question; none where nothing does.

    Arguments:
        asked: the words of the question.
        told: the words of the sentence.
    """
    for pivot, things in _pivots(asked, told):
        before_asked, after_asked = _sides(asked, pivot, things)
        before, after = _sides(told, pivot, things)
        if before & after_asked and after & before_asked:
            return frozenset(before & after_asked | after & before_asked)
    return frozenset()


def keeps(asked: Sequence[Word], told: Sequence[Word], things: Collection[str]) -> bool:
    """Whether some things stand on either side of a word in a sentence as they do in a question."""
    for pivot, shared in _pivots(asked, told):
        before_asked, after_asked = _sides(asked, pivot, shared & set(things))
        before, after = _sides(told, pivot, shared & set(things))
        if before & before_asked and after & after_asked:
            return True
    return False


def _pivots(asked: Sequence[Word], told: Sequence[Word]) -> Iterator[tuple[str, set[str]]]:
    """Yield the words at which both may have something change places, each with what that may be.

    Where one is in the passive and the other is not, only words of grammar tell.
    """
    once = _once(asked) & _once(told)
    things = once - LIGHT_STEMS - _PARTING
    if any(_is_passive(asked, each) != _is_passive(told, each) for each in things):
        pivots = once & _PARTING
    else:
        pivots = once & _PARTING | things
    yield from ((pivot, things - {pivot}) for pivot in sorted(pivots))


def _once(words: Sequence[Word]) -> set[str]:
    """Return the stems that occur once."""
    return {stem for stem, times in Counter(word.stem for word in words).items() if times == 1}


def _place(words: Sequence[Word], pivot: str) -> int:
    return next(n for n, word in enumerate(words) if word.stem == pivot)


def _sides(words: Sequence[Word], pivot: str, things: Collection[str]) -> tuple[set[str], set[str]]:
    """Return which of some stems stand before a word and which behind it."""
    place = _place(words, pivot)
    before, after = ({word.stem for word in part} & set(things) for part in (words[:place], words[place + 1 :]))
    return before, after


def _is_passive(words: Sequence[Word], pivot: str) -> bool:
    """Whether a verb is in the passive, with those who do it behind it."""
    place = _place(words, pivot)
    return any(word.text in BY for word in words[place + 1 :]) and is_participle(
        words, place, after_being=is_being(words[0])
    )
