"""How something is put forward: as so, as what ought to be, may be or is aimed at; of all, of some, to what degree.

Both a question and a claim are read for these words, so that "are staff respected?" is not taken to be answered by
"staff should be respected". The classes are closed: they hold words of grammar, not of any subject.
What the check compares of a claim and its passage is read more finely and by phrases: reservations.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.english.words import Word

OUGHT, MAY, AIM, WILL = "ought", "may", "aim", "will"

_MOODS = {
    "will": WILL,
    **dict.fromkeys(
        """should ought must need needs needed shall supposed required require requires requirement necessary
        recommended recommend recommends recommendation advised advise advisable duty obliged obligation expected
        expects expect exempt exempted excused vital essential""".split(),
        OUGHT,
    ),
    **dict.fromkeys(
        """can could may might able possible possibly perhaps allowed permitted cannot fine ok okay acceptable
        alright""".split(),
        MAY,
    ),
    **dict.fromkeys(
        """want wants wanted aim aims aimed hope hopes hoped plan plans planned intend intends intended wish wishes
        goal goals ambition seek seeks strive strives promise promises promised propose proposes
        proposed aspire""".split(),
        AIM,
    ),
}
#: "have to", "has got to", "are to": an obligation; "on its way to", "towards", "is meant to": an aim.
_OUGHT_PHRASE = re.compile(r"\b(?:have|has|had|having)(?: got)?(?: \w+)? to\b(?! do with)|\bgot to\b")
_AIM_PHRASE = re.compile(r"\b(?:on (?:its|their|the|his|her|our) way to|(?:is|are|was|were) meant to)\b")

#: "in her will", "worked towards the aim": a thing, after these; not "the aim is", "the plan to".
_THINGS = frozenset(
    "will aim aims hope hopes plan plans wish wishes promise promises need needs goal goals ambition".split()
)
_GOING_ON = frozenset("is was are were to of that".split())
_OWNING = frozenset("a the his her their its our my your this last".split())

ALL = frozenset("all every everyone everybody each whole entire always entirely fully completely both".split())
MANY = frozenset("many much most some several often sometimes largely mostly partly part few certain".split())
ONLY = frozenset("only solely just alone merely exclusively purely sole few".split())
DEGREE = frozenset(
    """most best least worst better worse more less greatest biggest highest lowest main chief top very extremely
    certain certainly sure definitely guaranteed guarantee guarantees proven prove proves proved enough sufficient
    completely totally entirely fully successful easily quickly impossible inevitable inevitably never always""".split()
)
#: Words that say of several that they are alike.
ALIKE = frozenset("same equal equally alike identical identically irrespective regardless whatever".split())
UNLIKE = frozenset("different differently unlike unequal unequally other own".split())
#: Words that say the contrary of "the same" where "than" follows: "treated better than others".
COMPARED = frozenset("better worse easier harder more less".split())
LATER = frozenset(
    "still now nowadays today currently anymore since later afterwards yet already meanwhile eventually finally".split()
)


def moods(words: Iterable[Word]) -> frozenset[str]:
    """Return how words put forward what they say: OUGHT, MAY, AIM, WILL; none of them where it is said to be so."""
    texts = [word.text for word in words]
    things = {n for n in range(1, len(texts)) if texts[n] in _THINGS and texts[n - 1] in _OWNING}
    things -= {n for n in things if texts[n] != "will" and texts[n + 1 : n + 2] and texts[n + 1] in _GOING_ON}
    found = {_MOODS[text] for n, text in enumerate(texts) if text in _MOODS and n not in things}
    joined = " ".join(texts)
    if _OUGHT_PHRASE.search(joined):
        found.add(OUGHT)
    if _AIM_PHRASE.search(joined):
        found.add(AIM)
    return frozenset(found)


def is_mood(word: Word) -> bool:
    """Whether a word merely tells how something is put forward."""
    return word.text in _MOODS
