"""Questions for yes or no: whether one is, what it asserts, and where that differs from a claim.

What is asserted goes without what it is merely set against, and has a number of negations. "Was the university in
Lancaster, not Leeds?" asserts Lancaster; "Isn't it true that ...?" asks the same as without the "n't"; "did not fail"
is negated twice. A question is given by its words, a claim by its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kg.english.asking.question_form import CHECK
from kg.english.numbers import NUMBERS, PLACES
from kg.english.words import Word, fold, listed, read

# ── Whether yes or no is asked for, and about what ──

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|should|shoud|shd|has|have|had|will|would|must|may|might|am|ought)"
    r"(?:n'?t)?"
)
_QUESTION_WORD = r"\b(?:who|what|when|where|why|how|which|whose)\b"
_STARTS = re.compile(rf"^(?:so|and|but|ok|hi|hello|please)?,?\s*{_AUXILIARY}\b(?! you (?:tell|list|give|explain))")
_INSIDE = re.compile(
    rf"\b(?:true ?(?:or|/) ?false|yes or no)\b|\bis (?:that|it|this) (?:right|true|correct|what|so)\b"
    rf"|[.,;:!?-] ?{CHECK}\W*$"
    rf"|^(?:if|when|on|about|regarding)\b.*[,:] ?{_AUXILIARY} \w"
    rf"|^(?:in|according to|for|from|by|as|at)\b[^,:?]*[,:] ?{_AUXILIARY} \w"
    rf"|^if\b(?!.*{_QUESTION_WORD}).* {_AUXILIARY} (?:they|we|i|you|it|he|she|there)\b"
    rf"|[.,;:!?-] *{_AUXILIARY} (?:i|we|you|u|he|she|it|they|that|this|there|the|my|our|all)\b[^?]*\?$"
)
_SO = re.compile(rf"^so,? (?!.*{_QUESTION_WORD}).*\?$")
_WH = re.compile(_QUESTION_WORD)
#: "Do you know who ...?", "Can I see what ...?": what is asked begins with the question word.
_POLITE = re.compile(
    r"^(?:so|and|but|ok|hi|hello|please)?,?\s*(?:do|did|can|could|would|will|have|may|might) (?:you|i|we|one)\b"
    r"[^,.;?]{0,20}?"
    r" (?:know|tell|say|see|remember|recall|remind|explain|show|find|learn|hear|check|ask|describe|understand|work)\b"
    rf"[^,.;?]{{0,30}}?{_QUESTION_WORD}"
)


#: "Was it said that ...?", "Is it accurate to say that ...?": somebody or other is to have said what follows.
_TOLD = re.compile(
    r"^(?:so |and |but )?(?:(?:is|was|would) it (?:be )?(?:accurate|correct|fair|right|true|safe) to|can (?:i|we|you))"
    r" (?:say|call|report|print|claim|state|write|quote|tell \w+)(?: that)? "
    r"|"
    r"^(?:so |and |but )?(?:is|was|has) it (?:ever |really |actually )?(?:been )?"
    r"(?:said|written|claimed|stated|recommended|argued|mentioned|suggested|reported|noted)"
    r"(?: (?:in|at|by) [\w ]+?)? that "
)


#: "Was there anything on that?", "Was there any advice on pay?", "Can I see all the steps?": asks for what was said.
_ANYTHING = re.compile(
    r"\b(?:any|some)thing (?:at all )?(?:on|about|of|said|in there|regarding)\b|\bthere (?:any|some)thing\b"
    r"|\bthere (?:an?|any|some) \w+ (?:on|about|regarding)\b"
    r"|^(?:so |and |but |please )?(?:can|could|may|might) (?:i|we|you) (?:please )?(?:have|get|see|find|show|send|read)"
    r" (?:(?:me|us) )?(?:(?:all|some|any|an?|every)\b|(?:the|that|those|his|her|their) (?:\w+ )?"
    r"(?:lines?|quotes?|quotations?|sentences?|passages?|wordings?|words|text|part|bit|list|names?|titles?|steps?)\b)"
)


#: "Is pay mentioned at all?", "Does it discuss leaders?": whoever asks wants to see what is said of it.
_MENTIONED = re.compile(
    r"^(?:is|are|was|were) [^,.?!]+ (?:mentioned|discussed|covered)\b"
    r"|^(?:do|does|did) (?:it|they|(?:the|this) \w+) (?:mention|discuss|cover)\b"
)


def asks_whether_mentioned(question: str) -> bool:
    """Whether a question asks whether something is spoken of."""
    return bool(_MENTIONED.search(fold(question)))


def told_end(question: str) -> int:
    """Return where in a question for yes or no what was said begins, where it asks whether it was said; else 0."""
    found = _TOLD.match(fold(question))
    return found.end() if found else 0


def is_yes_no(question: str) -> bool:
    """Whether a question asks for yes or no."""
    folded = " ".join(fold(question).split())
    if _ANYTHING.search(folded):
        return False
    if _INSIDE.search(folded):
        return True
    if _WH.match(folded) or _POLITE.search(folded):
        return False
    return bool(_SO.search(folded) or _STARTS.search(folded))


#: "Is leading for the few or for the many?": not "true or false?", "yes or no?", "or not?".
_ALTERNATIVES = re.compile(
    r"\bor\b(?! (?:false|wrong|no|not|incorrect|disagree|so|can|could|is|are|do|does|did|should)\b)"
)


def offers_alternatives(question: str) -> bool:
    """Whether a question in the form of one for yes or no asks which of two things is so."""
    return bool(_ALTERNATIVES.search(fold(question)))


# ── What is asserted ──

_AUXILIARY_STEM = (
    r"(?:is|are|was|were|do|does|did|ca|can|could|should|has|have|had|wo|will|would|must|may|might|am|ought|need)"
)
#: "Isn't it ...?", "So doesn't West ...?", "is it not true that ...", ", isn't it?", "right?": not a negation of
#: what is asked, nor anything else of it.
_IDLE = re.compile(
    r"^\W*(?:(?:so|and|but|or|well|then|ok)\W+)*(?:is|was|isn'?t|wasn'?t) it (?:not |really |actually )?"
    r"(?:true|right|correct|the case|so) that\b"
    r"|"
    rf"^\W*(?:(?:so|and|but|or|well|then|ok|hi|quiz|true or false)\W+)*{_AUXILIARY_STEM}n'?t\b"
    rf"|[.!?:;] {_AUXILIARY_STEM}n'?t\b"
    rf"|\b(?:is|was|are|does|did) (?:it|that|they) not\b"
    rf"|\bnot (?:only|just|merely|simply|least|in vain|to mention|lost on)\b|\bno (?:doubt|less)\b"
    rf"|\bjust (?:as|like)\b|\bwithout (?:exception|question|doubt|fail)\b|\bnothing but\b"
    rf"|\b(?:at|after|above|first of) all\b|\bwhether or not\b|\bor not\b"
    rf"|\b(?:true|right|correct) ?(?:or|/) ?(?:false|wrong|incorrect|not true)\b|\b(?:right|correct|true|no)\?"
    rf"|[,:;-] ?{_AUXILIARY_STEM}(?:n'?t)? (?:it|that|they|he|she|we|you|there)\W*$"
    rf"|[,:;-] ?or (?:can|could|is|are|do|does|should) (?:you|we|they|it|one) just [^?]*\?"
)
#: What is set against what is asserted: ", not Leeds", "rather than the right one", "instead of patients".
_AGAINST = re.compile(
    r"(?:(?<=[,;:(.-] )(?:and |but )?(?:not|never|nor|no)\b|\band (?:not|never|no)\b|\b(?:but|or) not\b"
    r"|\b(?:rather than|instead of|as opposed to|in place of|as against|other than)\b)"
    r"(?: (?!but\b)[^\s,;:?!.()]+)+"
)
_NEGATORS = frozenset(listed("negators.txt"))

#: Stems of verbs that negate together with the word after them.
_NEGATING = {"give": ("up",), "do": ("away",), "leav": ("off", "out"), "get": ("rid",), "cut": ("out",)}

#: What is left or kept as it is, is not changed.
_AS_IT_IS = re.compile(
    r"\b(?:leav(?:e|es|ing)|left|keep(?:s|ing)?|kept|stay(?:s|ed|ing)?|remain(?:s|ed|ing)?)\b(?: \w+){0,5}?"
    r" (?:(?:just |exactly )?as (?:it|they|he|she) (?:is|are|was|were)|alone|unchanged|the same)\b"
)


def asserted(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a question for yes or no, of those of its text, that tell what it asserts."""
    folded = _IDLE.sub(lambda found: " " * len(found[0]), fold(text))
    left_out = [found.span() for found in (*_IDLE.finditer(fold(text)), *_AGAINST.finditer(folded))]
    return tuple(word for word in words if not any(first <= word.start < last for first, last in left_out))


def is_negator(word: Word) -> bool:
    """Whether a word negates what is said with it."""
    return word.text in _NEGATORS


def negators(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words that negate what is said with them: "not", "without", and the first of "give up"."""
    after = {first.start: second.text for first, second in pairwise(words)}
    text = " ".join(word.text for word in words)
    kept = {words[text.count(" ", 0, found.start())].start for found in _AS_IT_IS.finditer(text)}
    return tuple(
        word
        for word in words
        if is_negator(word) or after.get(word.start) in _NEGATING.get(word.stem, ()) or word.start in kept
    )


def negations(words: Iterable[Word]) -> int:
    """Return how often words negate what they say."""
    return len(negators(tuple(words)))


# ── Where it differs from a claim ──


def numbers_differ(words: Sequence[str], claim: str) -> bool:
    """Whether the question has numbers and the claim others."""
    places = {PLACES[word] for word in words if word in PLACES}
    held_places = {PLACES[word.text] for word in read(claim) if word.text in PLACES}
    if places and held_places and not places & held_places:
        return True
    asked = _numbers(word for word in words if word != "both")
    held = _numbers(word.text for word in read(claim))
    return any(ours and theirs and not ours & theirs for ours, theirs in zip(asked, held, strict=True))


def _numbers(words: Iterable[str]) -> tuple[set[int], set[int]]:
    """Return the numbers that words are, "one" aside, and those that may be years."""
    found = {NUMBERS.get(word) or int(word) for word in words if word in NUMBERS or word.isdecimal()} - {1}
    years = {number for number in found if 1000 <= number < 2100}
    return found - years, years
