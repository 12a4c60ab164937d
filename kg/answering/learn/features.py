"""Features of a question: what of its words can be counted.

Its stems and pairs of neighbouring stems, the pairs of content stems, the beginnings of long words, the synonym rings
of `kg/english/lists`, and what its words name in the graph. Grammar counts too: "who" and "how many" tell what is
asked, and with each stem what is asked of it: "When did Salford ...?" is another question than "What did Salford ...?".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.answering.link.lexicon import Lexicon
from kg.english.asking.question_form import ASKING
from kg.english.synonyms import Synonyms
from kg.english.words import LIGHT_STEMS, Word

#: How many first letters of a long word stand for it: "perseverance" and "persevere" have no stem in common.
BEGINNINGS = (4, 5)

Features = Counter[str]
"""How often a text has each feature."""


def features(words: Sequence[Word], synonyms: Synonyms, lexicon: Lexicon, *, asking: bool = True) -> Features:
    """Return the features of a text.

    Arguments:
        words: the words of the text in order, misspelt ones corrected.
        synonyms: the synonym rings of everyday English.
        lexicon: what words stand for in the graph.
        asking: whether it counts what kind of thing is asked for.
    """
    stems = [word.stem for word in words]
    content = [stem for stem in stems if stem not in LIGHT_STEMS]
    found = Counter(f"stem {stem}" for stem in stems)
    found.update(f"next {one} {other}" for one, other in pairwise(stems))
    found.update("near " + " ".join(sorted(pair)) for pair in pairwise(content))
    found.update(f"ring {ring}" for _, _, ring in synonyms.found(stems))
    for letters in BEGINNINGS:
        found.update(f"begins {word.text[:letters]}" for word in words if len(word.text) > max(BEGINNINGS) - 1)
    found.update(_named(stems, lexicon))
    if asking:
        found.update(_asking(words))
    return found


def _asking(words: Sequence[Word]) -> Iterator[str]:
    """Yield what the first word that asks for something asks for, by itself, with the next word and with each stem."""
    first = next((n for n, word in enumerate(words) if word.text in ASKING), None)
    asking = "nothing" if first is None else words[first].text
    yield f"asks {asking}"
    if first is not None and first + 1 < len(words):
        yield f"asks {asking} next {words[first + 1].text}"
    for stem in {word.stem for word in words}:
        yield f"asks {asking} {stem}"


def _named(stems: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return what the words name in the graph; of names inside one another all."""
    return [
        f"names {meaning.iri}"
        for first in range(len(stems))
        for last in range(first + 1, min(len(stems), first + lexicon.longest) + 1)
        for meaning in lexicon.meanings(tuple(stems[first:last]))
    ]
