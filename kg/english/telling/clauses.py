"""A claim's sentence as part of a longer one, and its quotation beside it: which of them says it, and from where on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kg.english.asking.yes_no import is_negator
from kg.english.naming import TITLES
from kg.english.telling.sentences import without_passing_on
from kg.english.words import LIGHT_STEMS, fold, read, stem, stems, words_of

_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+")
_LOWER = re.compile(r"\b[a-z][\w’'-]+")
#: Articles and the like that a sentence begins with, which a capital letter makes no name.
_ARTICLES = frozenset("A An The".split())
#: What a clause has that a heading or a list of names has not.
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|should|must|needs?|may|might|will|would|shall)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
#: Words that stand for what was named before: a quotation that begins with one does not stand by itself.
_REFERRING = frozenset(
    "it its they their them he his him she her this that these those which who whom whose where and or but had was were"
    " is are has have such both".split()
)
#: Words by which speakers mean themselves.
_FIRST_PERSON = frozenset("i me my mine we us our ours".split())
#: What comes before the words that somebody is reported to have said, and after them. Where the verb is another one
#: ("denied that"), nothing is left out.
_SAYING = (
    r"(?:sa(?:id|ys)|added|adds|noted|remarked|explained|pointed out|told|stressed|warned|argued|answered|replied"
    r"|reported|concluded|suggested|observed|commented|asked for|went on|complained|objected|insisted|admitted|conceded"
    r"|(?:was|were|is) (?:clear|frank|blunt))"
)
_BEFORE = re.compile(rf"^(?P<who>.{{0,60}}?)\b{_SAYING}(?:,| that|:|,? that) (?=\S)")
#: That somebody speaks, wherever it stands.
_SPEAKS = re.compile(rf"\b{_SAYING}\b")
#: What tells of somebody's words without quoting them.
_IN_VIEW = re.compile(r"\bin (?:his|her|their) (?:own )?(?:view|words?|opinion|experience)\b", re.IGNORECASE)
_QUOTED = re.compile(r"“([^“”]+)”")
_AFTER = re.compile(rf",? (?:(?:they|he|she) {_SAYING}|{_SAYING} [A-Z][\w .]{{2,30}})$")
#: How much of a claim's content its quotation may lack and yet say it: the number of words to one that lacks.
_TO_ONE = 6


def proper_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that are names, as texts write them: with a capital inside a sentence, and never without."""
    joined = "\n".join(texts)
    return frozenset(_CAPITALISED.findall(joined)) - {word.capitalize() for word in _LOWER.findall(joined)}


def inside(text: str, proper: Collection[str], names: Iterable[str]) -> str:
    """Return a sentence as it stands inside another: without its full stop, small unless it begins with a name.

    Arguments:
        text: the sentence.
        proper: words that are names (see `proper_words`).
        names: names of people and bodies.
    """
    clause = text.rstrip(".")
    first, _, rest = clause.partition(" ")
    if first in _ARTICLES:
        return clause[:1].lower() + clause[1:]
    starts = (clause, rest) if stem(fold(first)) in TITLES else (clause,)
    titled = any(re.match(rf"{re.escape(name)}\b", start) for name in names for start in starts)
    return clause if titled or not first[1:].islower() or first in proper else clause[:1].lower() + clause[1:]


def spoken(quotation: str, claim: str, credit: str) -> str:
    """Return a quotation without who said it: "culture is toxic" of "A delegate remarked that culture is toxic".

    Only words that name the speaker, or stand for them, are left out, and none that the claim has.

    Arguments:
        quotation: letter by letter.
        claim: the sentence that rests on it.
        credit: whom it is credited to.
    """
    held, speaker = set(stems(claim)) - LIGHT_STEMS, set(stems(credit))
    before, said = _BEFORE.match(quotation), quotation
    if before:
        who = set(stems(before["who"])) - LIGHT_STEMS
        named = who <= speaker or who & speaker
        if named and not who & held and not any(map(is_negator, read(before[0]))):
            said = quotation[before.end() :]
    said = _AFTER.sub("", said)
    if said.count("“") != said.count("”"):
        return quotation
    return next((words for words in _QUOTED.findall(said) if says(words, claim)), said)


def is_own(quotation: str, claim: str, credit: str) -> bool:
    """Whether a quotation is what somebody said, and not a report of it.

    Nothing in a quotation tells that somebody speaks, or names the speaker.

    Arguments:
        quotation: letter by letter.
        claim: the sentence that rests on it; what it tells itself is no report.
        credit: whom it is credited to.
    """
    words = spoken(quotation, claim, credit)
    speaker = without_passing_on(credit)
    names = {word for word in words_of(speaker) if word.capitalize() in speaker.split()}
    if names & set(words_of(words)) or fold(speaker) in fold(words) or _IN_VIEW.search(words):
        return False
    told = _SPEAKS.search(words)
    return told is None or told[0] in claim


def says(quotation: str, claim: str) -> bool:
    """Whether a quotation says by itself what a claim does: all its content, in a clause that stands alone."""
    content = set(stems(claim)) - LIGHT_STEMS
    lacking = content - set(stems(quotation))
    words, claimed = words_of(quotation), words_of(claim)
    if len(lacking) * _TO_ONE > len(content) or not words:
        return False
    same = f" {' '.join(claimed)} " in f" {' '.join(words)} "
    if any(map(is_negator, read(quotation))) != any(map(is_negator, read(claim))):
        return False
    return same or (stands_alone(quotation) and bool(_FINITE.search(quotation)))


def goes_with(quotation: str, clause: str) -> bool:
    """Whether a quotation can be told in the place of a claim's clause.

    It begins with the same word, or as a sentence does, and nobody speaks of themselves in it but as the clause does.
    """
    begins = quotation[:1].isupper() or quotation.split()[:1] == clause.split()[:1]
    return begins and set(words_of(quotation)) & _FIRST_PERSON <= set(words_of(clause))


def is_sentence(quotation: str, clause: str) -> bool:
    """Whether a quotation begins as a sentence does, and not with the name that a claim's clause begins with."""
    return quotation[:1].isupper() and quotation.split()[:1] != clause.split()[:1]


def stands_alone(quotation: str) -> bool:
    """Whether a quotation does not begin with a word that stands for what was named before."""
    return _REFERRING.isdisjoint(words_of(quotation)[:1])
