"""Words of a question: folded spelling, tokens with their place in the text, stems.

Stems are those of the Porter2 stemmer (https://snowballstem.org/algorithms/english/stemmer.html), after British and
American spellings have been made the same, because the stemmer keeps "organis-" and "organiz-" apart.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")

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

#: What people type on a phone, and contractions without their apostrophe.
_SHORTHAND = {
    "abt": "about", "b4": "before", "bcos": "because", "bcz": "because", "coz": "because", "cuz": "because",
    "cd": "could", "cn": "can", "d": "the", "da": "the", "gd": "good", "gonna": "going to", "govt": "government",
    "hav": "have", "hosp": "hospital", "hosps": "hospitals", "im": "i am", "ive": "i have", "mgmt": "management",
    "mgr": "manager", "mgrs": "managers", "n": "and", "org": "organisation", "orgs": "organisations",
    "ppl": "people", "pls": "please", "plz": "please", "prof": "professor", "pt": "patient", "pts": "patients",
    "r": "are", "sed": "said", "shd": "should", "shud": "should", "shoud": "should", "thats": "that is", "theres":
    "there is",
    "theyre": "they are", "thx": "thanks", "u": "you", "ur": "your", "w": "with", "wat": "what", "wats": "what is",
    "wen": "when", "wer": "were", "wether": "whether", "whats": "what is", "whens": "when is", "wheres": "where is",
    "whos": "who is", "whys": "why is", "wht": "what", "wich": "which", "wots": "what is", "wot": "what", "wud":
    "would",
    "y": "why", "yr": "your", "bout": "about", "wanna": "want to", "dept": "department", "conf": "conference",
    "arent": "are not", "cant": "can not", "couldnt": "could not", "didnt": "did not", "doesnt": "does not",
    "dont": "do not", "hasnt": "has not", "havent": "have not", "isnt": "is not", "shouldnt": "should not",
    "wasnt": "was not", "werent": "were not", "wont": "will not", "wouldnt": "would not", "youre": "you are",
    "can't": "can not", "won't": "will not", "shan't": "shall not", "i'm": "i am", "let's": "let us",
    "what's": "what is", "who's": "who is", "where's": "where is", "when's": "when is", "how's": "how is",
    "that's": "that is", "there's": "there is", "it's": "it is", "i've": "i have", "we've": "we have",
    "you've": "you have", "they've": "they have", "they're": "they are", "we're": "we are", "you're": "you are",
    "i'd": "i would", "we'd": "we would", "i'll": "i will", "we'll": "we will",
}  # fmt: skip


@dataclass(frozen=True)
class Word:
    """One word of a text: as folded, its stem, and the stretch of the original text that it came from."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=1_000)  # every template and every reading of a question looks at the same text
def fold(text: str) -> str:
    """Return text in lower case, Unicode NFKC, with straight apostrophes; as long as the original where possible."""
    folded = text if text.isascii() else "".join(_folded_character(character) for character in text)
    return folded.replace("’", "'").replace("‘", "'").replace("`", "'").lower()


def _folded_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return plain if len(plain) == 1 else character  # keeps offsets into the original text right


_STEMMING = threading.Lock()
"""A stemmer has a state, which two threads would spoil for each other."""


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of one folded word, British and American spellings made the same."""
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    with _STEMMING:
        stemmed: str = _STEMMER.stemWord(word)
    return stemmed


def read(text: str) -> list[Word]:
    """Return the words of a text in order, shorthand and contractions written out, possessive 's left out."""
    words = []
    for match in _TOKEN.finditer(fold(text)):
        token = match.group()
        for part in _written_out(token).split():
            words.append(Word(part, stem(part), match.start(), match.end()))
    return words


def _written_out(token: str) -> str:
    if token in _SHORTHAND:
        return _SHORTHAND[token]
    if token.endswith("n't"):
        return token[:-3] + " not"
    return token.split("'")[0]


@lru_cache(maxsize=1_000)
def written_out(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the words of a text, one blank between two, and for each character the place of its word in the text."""
    words = read(text)
    places = [(word.start, word.end) for word in words for _ in range(len(word.text) + 1)]
    return " ".join(word.text for word in words), places


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in order."""
    return tuple(word.stem for word in read(text))


#: Words that carry no content of a question about a seminar: grammar, politeness, and the talk itself.
LIGHT_WORDS = frozenset(
    """
    a about above according across actually after again all also am an and another any anybody anyone anything are as
    ask asked asking at away back be because been before being between both bring brought but by call called came can
    come could did do does doing done during each either else even ever exactly explain far find first for from
    further gave get give given gives giving go goes going got had happen happened happens has have having he hear
    heard help her here him his how i idea if in into is it its itself just kind know known last let like
    list made make makes making many may maybe me mean meaning means meant mention mentioned might mine more most much
    must my name named need needed needs no nor not now of off on one ones only or other our ours out over own part
    people person place please point points possible put question questions quite rather really record recorded regard
    regarding remark remember remind reported same say saying says see seem seems seen session seminar shall she should
    show since so some somebody someone something sort speaker specific speech state stated stop such suppose
    take taken talk talked talking tell telling than thank thanks that the their them themselves then there these they
    thing things think this those though thought through to today together told too true false try trying two under
    until
    up upon us use used very want wanted wants was way ways we well were what whatever when where whether
    which while who whole whom whose why will with within without word words would wording write written
    yes yet you your yours claim claims event presentation presented presenter write-up summary course training
    trainer slide
    slides quiz item handout answer short sentence exact exactly quote quoted quotation key main said sum
    everything list lists once twice time times nobody
    am writing prepare preparing anybody everybody anyway according apparently basically simply also
    """.split()
)
#: Light words that say a little all the same: "by whom is it made", "for everybody", "at which event".
WEAK_WORDS = frozenset(
    """
    anybody everybody everyone nobody everything event made make makes making need needed needs main part first own
    seminar session talk course training list way
    """.split()
)
#: Words that a label can lose and still be the same label: "(the) CQC".
GRAMMAR_STEMS = frozenset(stem(word) for word in ("a", "an", "the", "of", "in", "to", "that", "we", "you"))
LIGHT_STEMS = frozenset(stem(word) for word in LIGHT_WORDS)
WEAK_STEMS = frozenset(stem(word) for word in WEAK_WORDS)
