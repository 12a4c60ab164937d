"""Words of a question: folded spelling, tokens with their place in the text, stems.

Stems are those of the Porter2 stemmer (https://snowballstem.org/algorithms/english/stemmer.html), after British and
American spellings have been made the same, because the stemmer keeps "organis-" and "organiz-" apart.
"""

from __future__ import annotations

import gzip
import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import snowballstemmer

LISTS = Path(__file__).parent / "lists"
_STEMMER = snowballstemmer.stemmer("english")
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_WORD = re.compile(r"[^\W_]+")

#: American spellings, folded to British ones. Each pair is a pattern and what replaces it.
_SPELLINGS = [
    (re.compile(r"(\w{3,})iz(e|ed|es|er|ers|ing|ation|ations|ational)$"), r"\1is\2"),
    (re.compile(r"^(cent|met|theat|fib|lit)er(s?)$"), r"\1re\2"),
    (re.compile(r"^(cent)er(ed|ing)$"), r"\1r\2"),
    (re.compile(r"^(behavi|col|fav|hon|lab|neighb|harb|hum|rum|endeav)or(s|ed|ing|al|able|ite)?$"), r"\1our\2"),
    (re.compile(r"^program(s)?$"), r"programme\1"),
    (re.compile(r"^(enrol|fulfil|skil)l(s|ment|ful)?$"), r"\1\2"),
    (re.compile(r"^(travel|model|label|cancel|counsel)(ed|ing|er)$"), r"\1l\2"),
]


def lines(file: str) -> list[str]:
    """Return the lines of a file of kg/english/lists that hold something, without comments, which begin with `#`."""
    text = (LISTS / file).read_text(encoding="utf-8")
    return [line for line in (each.split("#")[0].strip() for each in text.splitlines()) if line]


def listed(file: str) -> list[str]:
    """Return the words of a file of kg/english/lists, parted by blanks."""
    return [word for line in lines(file) for word in line.split()]


#: What people type on a phone, and contractions -> what it stands for.
_SHORTHAND = dict(line.split(" = ") for line in lines("shorthand.txt"))


#: Forms of irregular words -> the plain form.
IRREGULAR = {form: plain for plain, *forms in map(str.split, lines("irregular.txt")) for form in forms}


@dataclass(frozen=True)
class Word:
    """One word of a text: as folded, its stem, and where in the original text it starts and ends."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=1_000)  # every template and every reading of a question looks at the same text
def fold(text: str) -> str:
    """Return text in lower case, Unicode NFKC, with straight apostrophes; as long as the original where possible."""
    if text.isascii():
        return text.replace("`", "'").lower()
    folded = "".join(_folded_character(character) for character in text)
    return folded.replace("’", "'").replace("‘", "'").replace("`", "'").lower()


def _folded_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return plain if len(plain) == 1 else character  # keeps offsets into the original text right


_STEMMING = threading.Lock()
"""A stemmer has a state, which two threads would spoil for each other."""


STEMS = Path(__file__).with_name("stems.txt.gz")
"""The words of the lists, of the packaged seminar and of how people ask for it, with their stems where they differ.

To stem them takes half a second. `python -m kg.answering.learn.archive` writes it."""


def packed(stems: Mapping[str, str]) -> bytes:
    """Return words with their stems as `STEMS` has them."""
    text = "".join(word + (f" {its_stem}" if its_stem != word else "") + "\n" for word, its_stem in stems.items())
    return gzip.compress(text.encode(), mtime=0)


def unpacked(content: bytes) -> dict[str, str]:
    """Return the words with their stems that were packed."""
    pairs = (line.split(" ") for line in gzip.decompress(content).decode().splitlines())
    return {word: its_stem[0] if its_stem else word for word, *its_stem in pairs}


_STEMS = unpacked(STEMS.read_bytes()) if STEMS.exists() else {}


def stem(word: str) -> str:
    """Return the stem of one folded word: of its plain form, British and American spellings made the same."""
    return _STEMS.get(word) or stemmed(word)


@lru_cache(maxsize=20_000)
def stemmed(word: str) -> str:
    """Return the stem of one folded word as the stemmer has it."""
    word = IRREGULAR.get(word, word)
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    with _STEMMING:
        found: str = _STEMMER.stemWord(word)
    return found


@lru_cache(maxsize=4_000)  # labels and claims are read anew for each question
def read(text: str) -> tuple[Word, ...]:
    """Return the words of a text in order, shorthand and contractions written out, possessive 's left out."""
    return tuple(
        Word(part, its_stem, match.start(), match.end())
        for match in _TOKEN.finditer(fold(text))
        for part, its_stem in _parts(match.group())
    )


@lru_cache(maxsize=20_000)
def _parts(token: str) -> tuple[tuple[str, str], ...]:
    """Return the words that a token stands for, each with its stem."""
    return tuple((part, stem(part)) for part in _written_out(token).split())


def _written_out(token: str) -> str:
    if token in _SHORTHAND:
        return _SHORTHAND[token]
    if token.endswith("n't"):
        return token[:-3] + " not"
    return token.split("'")[0]


@lru_cache(maxsize=1_000)
def written_out(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the words of a text, one blank between two, and for each character the place of its word in the text."""
    words = read(text)
    places = tuple((word.start, word.end) for word in words for _ in range(len(word.text) + 1))
    return " ".join(word.text for word in words), places


def stems_of(file: str) -> frozenset[str]:
    """Return the stems of the words of a file of kg/english/lists."""
    return frozenset(stem for word in listed(file) for stem in stems(word))


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text in order, in any script and as they are typed; possessive 's left out."""
    return tuple(_WORD.findall(fold(text).replace("'s ", " ").replace("'", "")))


@lru_cache(maxsize=8_000)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in order."""
    return tuple(its_stem for _, its_stem in spelt(text))


def spelt(text: str) -> list[tuple[str, str]]:
    """Return the words of a text in order as folded, each with its stem: what `read` does, but for their places."""
    return [part for token in _TOKEN.findall(fold(text)) for part in _parts(token)]


#: Words that carry no content, and those of them that carry a little.
LIGHT_WORDS, WEAK_WORDS = frozenset(listed("light.txt")), frozenset(listed("weak.txt"))
#: What people call a seminar.
OCCASIONS = tuple(listed("occasions.txt"))
#: The pattern of the words that mean the seminar itself, as long as no other question stands before it.
SEMINAR = rf"(?:(?:(?:the|this|that|your|our|a) )?(?:{'|'.join(OCCASIONS)})s?|this|it|that)"
#: Light verbs that say something together with another word: "take on", "put first".
PHRASAL_WORDS = frozenset("take taken put bring brought give gives make made get let hold come comes go goes".split())
#: Words that a label can lose and still be the same label: "(the) CQC".
GRAMMAR_STEMS = frozenset(map(stem, ("a", "an", "the", "of", "in", "to", "that", "we", "you")))
#: Words that a question can lose and still be the same question: "please", "so".
FILLER_STEMS = GRAMMAR_STEMS | frozenset(map(stem, "please so and just then now again exactly here me us".split()))
LIGHT_STEMS, WEAK_STEMS = frozenset(map(stem, LIGHT_WORDS)), frozenset(map(stem, WEAK_WORDS))
