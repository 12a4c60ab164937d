"""Whether a question has two things change places that a sentence has on either side of a word.

"Is leadership hard to change without a new culture?" turns round "culture is hard to change without new leadership",
whatever arrows were drawn of it: of the words that both have, "leadership" and "culture" change sides at "without".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from kg.english.asking.propositions import BY, is_being, is_participle
from kg.english.words import LIGHT_STEMS, Word, fold, read, stem

#: Words of grammar that part what they join: what stands before one cannot stand behind it and mean the same.
_PARTING = frozenset(map(stem, "without if unless than because before after towards into against over".split()))
#: A clause or a phrase before the main clause.
_CLAUSE_BEFORE = re.compile(r"\W*(?:if|unless|when|once|because|since|as|to|without|with|in|on|after|before)\b[^,]*,")


def exchanged(asked: str, told: str) -> bool:
    """Whether two things of a sentence (`told`) change places in a question.

    They do so as both are written, and with the main clause of both first: "if we win, we stay".
    """
    orders = (read(asked), read(told)), (_main_clause_first(asked), _main_clause_first(told))
    return all(_exchanged(question, sentence) for question, sentence in orders)


def _exchanged(asked: Sequence[Word], told: Sequence[Word]) -> bool:
    for pivot, things in _pivots(asked, told):
        before_asked, after_asked = _sides(asked, pivot, things)
        before, after = _sides(told, pivot, things)
        if before & after_asked and after & before_asked:
            return True
    return False


def _main_clause_first(text: str) -> tuple[Word, ...]:
    words = read(text)
    found = _CLAUSE_BEFORE.match(fold(text))
    end = found.end() if found else 0
    return (*(word for word in words if word.start >= end), *(word for word in words if word.start < end))


def _pivots(asked: Sequence[Word], told: Sequence[Word]) -> Iterator[tuple[str, set[str]]]:
    """Yield the words at which both may have something change places, each with what that may be.

    Where one says by whom it is done and the other is not in the passive, only words of grammar tell.
    """
    once = _once(asked) & _once(told)
    things = once - LIGHT_STEMS - _PARTING
    unlike = {each for each in things if _is_passive(asked, each) != _is_passive(told, each)}
    by = any(word.text in BY for word in (*asked, *told))
    pivots = once & _PARTING | (set() if unlike and by else things - unlike)
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
    """Whether a word is a verb in the passive."""
    return is_participle(words, _place(words, pivot), after_being=is_being(words[0]))
