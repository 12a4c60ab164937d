"""Whether words say that something is so, or only that it should be, may be, is wished, is hard, is not, is thought."""

from __future__ import annotations

import re

_KINDS = {
    "should be": r"should|must|ought|shall|(?:has|have|had|needs?|needed) to|(?:is|are|was|were) to"
    r"|(?:is|are|was|were|be) (?:expected|supposed|obliged|bound|required|meant) to|duty|duties|responsib\w+",
    "is wished": r"wants?|wanted|wish\w*|hopes?|hoped|aims?|aimed|plans?|planned|intends?|intended|seeks?|sought"
    r"|would like|asks? for",
    "is needed": r"needs?|needed|requires?|(?:is|are|was|were) required|depends? on",
    "may be": r"can|could|may|might|will|would",
    "is hard": r"difficult|hard|hardly|easier|easy|barely",
    "is not": r"not|never|no|nor|neither|nobody|nothing|without|lacks?|lacked|lacking|fails? to|failed to|cannot",
    "is thought": r"say|says|said|tells?|told|notes?|noted|thinks?|thought|believes?|believed|feels?|felt"
    r"|expects?|expected"
    r"|recognises?|recognised|understood|doubts?|doubted|judged|regarded|considered|considers?|held to be|attend"
    r"|likened|described|called|fears?|feared|found to be",
    "is so on a condition": r"(?<!even )if|unless|provided|except",
}
"""What words may say instead of "is so", each with the words that say it; the first that fits a place counts."""

_PATTERN = re.compile("|".join(rf"(?P<k{number}>\b(?:{words})\b)" for number, words in enumerate(_KINDS.values())))
_NAMES = tuple(_KINDS)
_OTHERS_WORDS = "is thought"
_NOT = re.compile(r"\s*(?:not|never|no longer|no)\b")


def reservations(phrase: str) -> frozenset[str]:
    """Return what a linking phrase says instead of "is so": "should be", "may be", "is not" ...; empty for "create".

    What follows a verb of thinking or saying is somebody's thought, and what follows a duty is the duty; neither adds
    anything: "recognise the need to change" is a thought, "should mean changing without delay" a duty.
    """
    text, found = phrase.casefold(), set[str]()
    for match in _PATTERN.finditer(text):
        kind = _NAMES[int(str(match.lastgroup)[1:])]
        found.add(kind)
        if kind == _OTHERS_WORDS:
            break
        if kind == "should be":
            found |= {"is not"} if _NOT.match(text, match.end()) else set()
            break
    return frozenset(found)


_IF = re.compile(r"\b(?:if|provided that|as long as|on condition that)\b")
_WHETHER = re.compile(
    r"\b(?:ask\w*|doubt\w*|kn[eo]w\w*|wonder\w*|see|find out|question\w*|unsure|unclear|as|even|only)(?: \w+)? if\b"
)
_URGES = re.compile(
    r"\b(?:let|is best|are best|had better|advis\w+|recommend\w*|call(?:s|ed)? (?:for|on)|urge[sd]?|demand\w*|propos\w+"
    r"|suggest\w*|is asked|are asked|was asked|were asked|ask(?:s|ed)? (?:for|the|\w+ to)|never|do not|don't)\b"
)
_REASON = re.compile(
    r"\b(?:because|since|so|therefore|thus|hence|for example|for instance|example|which is why|shows?|proves?|prove"
    r"|evidence|why)\b|[,;:] for\b"
)
_QUANTITIES = (
    frozenset("all every each everyone everybody everything always whole any both entire".split()),
    frozenset("most mostly usually mainly majority generally".split()),
    frozenset("many much often frequently numerous plenty lot lots".split()),
    frozenset("some sometimes certain several".split()),
    frozenset("few little seldom rarely".split()),
)


def is_conditional(sentence: str) -> bool:
    """Whether a sentence says something on a condition: "if ..."; not where "if" stands for "whether"."""
    text = sentence.casefold()
    return bool(_IF.search(_WHETHER.sub(" ", text)))


def urges(sentence: str) -> bool:
    """Whether a sentence says what should, must or needs to be done, or is asked for."""
    text = sentence.casefold()
    return bool(_URGES.search(text)) or any(
        _NAMES[int(str(match.lastgroup)[1:])] in ("should be", "is wished", "is needed")
        for match in _PATTERN.finditer(text)
    )


def gives_reason(sentence: str) -> bool:
    """Whether a sentence has a word that makes one thing the reason for another, or an example of it."""
    return bool(_REASON.search(sentence.casefold()))


def quantities(text: str) -> dict[str, int]:
    """Return the words of quantity in a text, each with the number of its kind: "every" and "all" have the same."""
    words = re.findall(r"[a-z]+", text.casefold())
    return {word: kind for word in words for kind, words_of in enumerate(_QUANTITIES) if word in words_of}
