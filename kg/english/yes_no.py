"""Whether a question asks for yes or no, and what about the claims that decides between the two."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.english.words import Word, fold

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|can|could|should|shoud|shd|has|have|had|will|would|must|may|might|am|ought)"
    r"(?:n'?t)?"
)
_STARTS = re.compile(rf"^(?:so|and|but|ok|hi|hello|please)?,?\s*{_AUXILIARY}\b(?! you (?:tell|list|give|explain))")
_INSIDE = re.compile(
    rf"\btrue (?:or|/) ?false\b|\btrue/false\b|\bis (?:that|it|this) (?:right|true|correct|what|so)\b|\byes or no\b"
    rf"|\b(?:right|correct|verified|isn'?t it|(?:have|did) i (?:got?|get) (?:that|this|it) right|agree or disagree)\?"
    rf"|[,;] ?(?:yes|yeah|yh|ok|okay|no|am i right|or not|innit)\?*$"
    rf"|^(?:if|when|on|about|regarding)\b.*[,:] ?{_AUXILIARY} (?:they|we|i|it|leaders|staff|he|she|the|that)\b"
    rf"|[.,;:!?-] *{_AUXILIARY} (?:i|we|you|u|he|she|it|they|that|this|there|the|my|our|all|leaders|staff)\b[^?]*\?$"
)
_SO = re.compile(r"^so,? (?!.*\b(?:who|what|when|where|why|how|which|whose)\b).*\?$")
_WH = re.compile(r"^(?:who|what|when|where|why|how|which|whose)\b")
_RATHER = re.compile(r"\b(?:rather than|instead of|and not|as opposed to|not)\b")
_SAYING = re.compile(
    r"\b(who|said|say|says|accuse\w*|criticis\w*|claim\w*|call\w*|according|recommend\w*|think|thinks|told|tell"
    r"|argue\w*|remark\w*|assert\w*|comment\w*|words|quote\w*|line|likened|compared)\b"
)
_CAUSING = re.compile(r"\b(caus\w+|because|lead(s)? to|result(s)? in|produc\w+|guarantee\w*|due to|thanks to)\b")
_DUTY = re.compile(r"\b(should|shoud|shd|must|ought|have to|has to|need to|needs to|supposed to|may|ok to|okay)\b")


def is_yes_no(question: str) -> bool:
    """Whether a question asks for yes or no."""
    folded = " ".join(fold(question).split())
    return bool(_INSIDE.search(folded) or _SO.search(folded) or (_STARTS.search(folded) and not _WH.search(folded)))


def is_duty(question: str) -> bool:
    """Whether a question asks for yes or no about what should be done."""
    return is_yes_no(question) and bool(_DUTY.search(fold(question)))


def asserted_length(question: str) -> int:
    """Return how many characters of a question come before what it sets against what it asserts ("rather than ...")."""
    return len(_RATHER.split(fold(question))[0])


def asks_what_was_said(question: str) -> bool:
    """Whether a question is about somebody's words, so that it matters whose they are."""
    return bool(_SAYING.search(fold(question)))


def asks_for_cause(question: str) -> bool:
    """Whether a question takes one thing for the cause of another."""
    return bool(_CAUSING.search(fold(question)))


def is_passive(words: Iterable[Word]) -> bool:
    """Whether the words name who does something after what it is done to."""
    return any(word.text == "by" for word in words)
