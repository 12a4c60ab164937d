"""Who: questions that ask for somebody, and what somebody may be called, as the stems of words.

A description of somebody has a head ("driver" in "the retired bus driver", "speaker" in "the speaker from Lancaster")
and other words beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.english.words import Word, fold, lines, read, stem, stems, stems_of

#: Words for persons and bodies in general.
_PERSONS = stems_of("persons.txt")
_WHO = re.compile(r"(?:^|[.?!,;:-] |\b(?:and|tell me|know|of|by|to|from|for|with) )(who|whom|whos|whose)\b")
#: "Who is the head of ...?" asks for a person or a body by name.
_OFFICE = re.compile(r"\bwho(?:s| is| was| were|'s) (?:the |a |an )?(?:\w+ ){1,3}(?:of|at|for) ")
_WHO_SAID = re.compile(
    r"\bwho(m|s)?\b.*\b(sa(id|ys?)|sed|claim\w*|call\w*|liken\w*|compar\w*|describ\w*|told|argu\w*|remark\w*|quot\w*"
    r"|critici\w*|accus\w*|recommend\w*|suggest\w*|mention\w*|point\w*|complain\w*|ask\w*|want\w*|attribut\w*"
    r"|credit\w*|used|made|gave|came up)\b"
)
#: Words that take somebody up who was named before.
_PRONOUN = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|they (?:said|say|added|told|thought|\w+ed))\b", re.IGNORECASE
)
_ROLE_WORDS = {"chair": r"chair(?:man|woman|person)?|president", "presenter": r"(?:presenter|speaker|lecturer)s?"}
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_BESIDE = frozenset("from of at in on for with to by who near among".split())
_ARTICLES = frozenset(
    map(
        stem,
        "a an the this that any some our your my his her their same two three both itself himself herself own".split(),
    )
)
TITLES = stems_of("titles.txt")
_ROLES = {
    part: frozenset(stem(noun) for noun in nouns.split())
    for part, nouns in (line.split(" = ") for line in lines("roles.txt"))
}
_ANYONE = stems_of("anyone.txt")
#: What a name begins with that tells nobody apart.
_UNIDENTIFIED = _ANYONE | frozenset(map(stem, "other another several".split()))
#: Those who are only called by what they did: whoever speaks, and one of many who listen.
SPEAKER_NOUNS = frozenset(map(stem, "speaker person man woman gentleman lady guy somebody someone one".split()))
SPEAKER = stem("speaker")
LISTENER_NOUNS = frozenset(map(stem, "delegate participant attendee questioner listener guest member".split()))
_PRONOUNS = {"he": True, "him": True, "his": True, "she": True, "her": True, "they": False, "their": False}
#: How long a stem has to be for a longer word that begins with it to name the same trade: "archaeology".
_TRADE, _SHORT_FORM = 6, 4


@dataclass(frozen=True)
class Description:
    """The stems of words that describe somebody: of the head, and of the others."""

    head: str
    others: frozenset[str]

    @property
    def stems(self) -> frozenset[str]:
        """All of them."""
        return self.others | {self.head}


def described(words: Sequence[Word]) -> Description | None:
    """Return words that describe somebody as their head and the others; None where no word is left of them."""
    end = next((n for n, word in enumerate(words) if n and word.text in _BESIDE), len(words))
    front = [word.stem for word in words[:end] if word.stem not in _ARTICLES]
    if front[-2:] == ["write", "up"]:
        front.pop()
    behind = {word.stem for word in words[end:] if word.text not in _BESIDE and word.stem not in _ARTICLES}
    return Description(front[-1], frozenset(front[:-1]) | behind) if front else None


def is_anyone(description: Description) -> bool:
    """Whether words describe nobody in particular: "they", "many people in charge"."""
    return description.head in _ANYONE


def is_unidentified(name: str) -> bool:
    """Whether a name in a source tells nobody apart: "somebody on the floor", "others" may be anybody who was there."""
    return bool(name) and stem(name.split()[0].lower()) in _UNIDENTIFIED


def role_nouns(role: str) -> frozenset[str]:
    """Return the stems of nouns for whoever had a part in a seminar, which is given in words: "chaired the seminar"."""
    return _ROLES.get(role.split()[0], frozenset())


def pronoun(words: str) -> bool | None:
    """Return whether a pronoun stands for one person; None where words are no pronoun."""
    return _PRONOUNS.get(words.lower())


def _capitalised(text: str) -> list[str]:
    return [word.lower() for word in text.split() if word[:1].isupper()]


class Names:
    """What somebody may be called.

    Arguments:
        proper: their names, of which each word may stand for them alone: "Michael West".
        called: other words for them, of which only a head does: "the Prime Minister", "a retired bus driver".
        titles: what stands before their name.
        posts: what their posts are called.
        roles: their parts in a seminar, in words.
        beside: other words that tell more of them: where they work, what the source says of them.
    """

    def __init__(
        self,
        *,
        proper: Iterable[str] = (),
        called: Iterable[str] = (),
        titles: str = "",
        posts: Iterable[str] = (),
        roles: Iterable[str] = (),
        beside: Iterable[str] = (),
    ):
        proper, called, posts = ([_PARENTHESES.sub("", text) for text in texts] for texts in (proper, called, posts))
        descriptions = [found for text in (*called, *posts) if (found := described(read(text)))]
        self._whole = {found.stems for text in (*proper, *called) if (found := described(read(text)))}
        proper_stems = {each for name in proper for each in stems(name)}
        self._titles = {*stems(titles), *(proper_stems & TITLES)}
        self._proper = proper_stems - TITLES - _ARTICLES
        self._heads = {each.head for each in descriptions} | self._titles
        self._offices = {found.head for text in posts if (found := described(read(text)))}
        self._heads |= {noun for role in roles for noun in role_nouns(role)}
        self._heads |= {"".join(word[0] for word in words) for text in called if len(words := _capitalised(text)) > 1}
        trades = {each for text in posts for each in stems(text)}
        self._trades = {each for each in trades if len(each) >= _TRADE}
        self._all = self._proper | self._heads | trades | {s for each in descriptions for s in each.others}
        self._all |= {each for text in beside for each in stems(text)}

    def is_whole(self, description: Description) -> bool:
        """Whether words are one of the names, whole."""
        return description.stems in self._whole

    def fits(self, description: Description) -> bool:
        """Whether words name or describe them."""
        if description.head in self._proper:
            return description.others <= self._all | TITLES
        return self._is_head(description.head) and description.others <= self._all

    def has(self, others: Iterable[str]) -> bool:
        """Whether words tell of them that stand beside a noun for anybody who speaks: "somebody from Lancaster"."""
        return set(others) <= self._all

    def _is_head(self, head: str) -> bool:
        if head in self._heads:
            return True
        if len(head) >= _SHORT_FORM and any(each.startswith(head) for each in self._offices):  # "head": headteacher
            return True
        return any(head.startswith(each) for each in self._trades)


def asks_who(question: str) -> bool:
    """Whether a question asks for a person or a body, and not for whoever said something."""
    folded = fold(question)
    return bool(_WHO.search(folded)) and not _WHO_SAID.search(folded)


def asks_for_office(question: str) -> bool:
    """Whether a question asks who holds an office, so that a general word for persons is no answer."""
    return bool(_OFFICE.search(fold(question)))


def is_person(label: str) -> bool:
    """Whether a label names persons or a body in general: "leaders", "a hospital"."""
    return bool(_PERSONS & set(stems(label)))


def names_in(title: str) -> frozenset[str]:
    """Return the stems of the names in capitals in a title: "Getting behaviours right in the NHS"."""
    return frozenset(stem(word.lower()) for word in re.findall(r"\b[A-Z]{2,}\b", title))


def without_possessive(words: str) -> str:
    """Return words without the ending that says that something is somebody's: "Professor West's"."""
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", words)


def takes_up(sentence: str) -> bool:
    """Whether a sentence takes up somebody named before: "she said", "in his view"."""
    return bool(_PRONOUN.search(sentence))


def words_of_role(role: str) -> str:
    """Return the words, as a pattern, by which a text names whoever is the `chair` or a `presenter`."""
    return _ROLE_WORDS[role]
