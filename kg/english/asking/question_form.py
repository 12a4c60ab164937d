"""The form of a question: which part of it asks, what word it asks with, and which noun is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.english.words import LIGHT_STEMS, Word

_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_TASK = re.compile(
    r"[^:?]*\b(?:true|false|fill|blank|gap|complete|quiz|slide|item|order|match|choose|sort|arrange|poll|exam)\b"
    r"[^:?]*[:\u2013-] ",
    re.IGNORECASE,
)
#: What only asks whether that which stands before it is so, as a pattern: "Correct?", "Have I got that right?", "Does
#: the seminar agree?", "True or false?".
CHECK = (
    r"(?:(?:so |and )?(?:(?:is|was|would) (?:this|that|it|all that) )?(?:be )?"
    r"(?:(?:right|correct|true|accurate|fair|so|ok|agreed|verified)(?: or (?:not|wrong|false|incorrect))?"
    r"|(?:true|right|yes|agree)(?: or | ?/ ?)(?:false|wrong|no|disagree)"
    r"|(?:have|did|do) i (?:got|get|have) (?:this|that|it) (?:right|correct)|am i right"
    r"|isn'?t (?:it|that so|that right)|innit|yes|yeah|yh|no|okay|or not"
    r"|(?:does|do|did|would) (?:the |this )?(?:seminar|summary|source|text|speaker|report|presentation|talk|notes?)s?"
    r" (?:agree|say (?:so|that|this)|confirm (?:this|that|it)|support (?:this|that|it)|back (?:this|that|it)(?: up)?)))"
)
_CHECK = re.compile(rf"\W*{CHECK}(?:, [^?]*)?\W*", re.IGNORECASE)
#: What a question begins with, or turns on after a preamble: what kind of thing it asks for.
ASKING = frozenset(
    """
    who whom whose what which when where why how did do does is are was were should can could has have would will if
    list name give tell
    """.split()
)
#: What any item of a list may be called.
ITEM_NOUNS = frozenset("thing step stage phase part point item".split())
#: Words that a noun follows which is asked for, and how many words of such a noun count.
_WHICH, _LONGEST_NOUN = ("what", "which", "whose"), 3


def asked_places(text: str) -> frozenset[int]:
    """Return the places in a text that belong to what is asked: sentences with a question mark, or else all of it.

    What stands before a colon and says what to do ("Fill in the blank: ...") is not asked, and of a sentence that only
    asks whether the one before it is so ("Correct?") that one is.
    """
    task = _TASK.match(text)
    sentences = list(_SENTENCE.finditer(text, task.end() if task else 0))
    checks = [n for n, each in enumerate(sentences) if n and _CHECK.fullmatch(each.group())]
    put = [sentences[n - 1] for n in checks]
    questions = [each for n, each in enumerate(sentences) if "?" in each.group() and n not in checks]
    questions = put or questions or sentences
    return frozenset(place for each in questions for place in range(*each.span()))


def asked_nouns(words: Sequence[Word]) -> frozenset[int]:
    """Return the numbers of the words that are the noun asked for: "staff survey" in "Which staff survey was ...?"."""
    found: set[int] = set()
    for n, word in enumerate(words):
        if word.text in _WHICH:
            for place in range(n + 1, min(n + 1 + _LONGEST_NOUN, len(words))):
                if words[place].stem in LIGHT_STEMS:
                    break
                found.add(place)
    return frozenset(found)
