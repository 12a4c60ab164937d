"""The ways of asking that are most like a question, and which claims they ask for, or that they are left open.

Curators may write down how people ask (wordings.py). Those ways that are most like a question vote for the claims that
they ask for (k nearest neighbours; Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section
14.3). Nothing is learnt: the traits of the wordings are counted once and kept in the user's cache folder.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from kg.answering.finding.traits import Traits, traits
from kg.answering.finding.wordings import OPEN, Wordings
from kg.answering.link.lexicon import Lexicon
from kg.cache_folder import keep, kept, key_of
from kg.english.synonyms import Synonyms
from kg.english.words import Word, read

#: To be raised when the same wordings would give another index, so that no old one is found in the cache folder.
INDEX_VERSION = 1
#: A trait that only a text or two have tells little of the next text.
LEAST_TEXTS = 3
#: How many neighbours vote, and how steeply a vote falls off: one that is 0.1 less like the question has a third.
MOST, STEEPNESS = 100, 10.0

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Votes:
    """What the ways of asking nearest to a question ask for: for claim IRIs the share of those that ask for them.

    `left_open` is the share of those that the source leaves open, `several` of those that ask for several claims, beside
    those that ask for any.
    """

    claims: dict[str, float]
    left_open: float
    several: float


@dataclass(frozen=True)
class Index:
    """Texts by their traits, each as a row of length one.

    `place` gives each trait its number, and `rarity` is how much more a rare one counts. `starts` says where in
    `texts` and `values` the entries of each trait begin: which texts have it, and how much of it.
    """

    place: Mapping[str, int]
    rarity: Floats
    starts: Numbers
    texts: Numbers
    values: Floats

    def alike(self, found: Traits, size: int) -> Floats:
        """Return how much each of `size` texts is like one with some traits (0 to 1)."""
        places, values = row(found, self.place, self.rarity)
        alike = np.zeros(size, np.float32)
        for place, value in zip(places.tolist(), values.tolist(), strict=True):
            entries = slice(self.starts[place], self.starts[place + 1])
            alike[self.texts[entries]] += self.values[entries] * np.float32(value)
        return alike


class Neighbours:
    """Compares questions with the wordings of one catalogue.

    Arguments:
        wordings: the ways of asking.
        lexicon: what names the things of the catalogue.
        synonyms: the synonym rings of everyday English.
    """

    def __init__(self, wordings: Wordings, lexicon: Lexicon, synonyms: Synonyms):
        self._wordings, self._lexicon, self._synonyms = wordings, lexicon, synonyms

    def votes(self, words: Sequence[Word]) -> Votes | None:
        """Return what the wordings nearest to a question vote for; None where there are no wordings."""
        if not self._wordings.asking:
            return None
        alike = self._index.alike(traits(words, self._synonyms, self._lexicon), len(self._texts))
        most = np.argpartition(-alike, min(MOST, len(alike)) - 1)[:MOST]
        votes = np.exp(np.float32(STEEPNESS) * (alike[most] - alike[most].max())).astype(float)
        votes /= votes.sum()
        claims: dict[str, float] = {}
        left_open = several = 0.0
        for text, vote in zip(most.tolist(), votes.tolist(), strict=True):
            several += vote if len(self._texts[text][1]) > 1 else 0.0
            for claim in self._texts[text][1]:
                if claim == OPEN:
                    left_open += vote
                else:
                    claims[claim] = claims.get(claim, 0.0) + vote
        return Votes(claims, left_open, several / (1.0 - left_open) if claims else 0.0)

    def prepare(self) -> None:
        """Count now what the first question would have to wait for."""
        if self._wordings.asking:
            _ = self._index

    @cached_property
    def _texts(self) -> list[tuple[str, list[str]]]:
        return sorted((text, sorted(claims)) for text, claims in self._wordings.outcomes.items())

    @cached_property
    def _index(self) -> Index:
        texts = [text for text, _ in self._texts]
        key = key_of(json.dumps([INDEX_VERSION, texts, self._synonyms.fingerprint, sorted(self._lexicon.texts)]))
        found = kept("questions", key, _from_bytes)
        if found is None:
            found = _indexed([traits(read(text), self._synonyms, self._lexicon) for text in texts])
            keep("questions", key, _as_bytes(found))
        return found


def row(found: Traits, place: Mapping[str, int], rarity: Floats) -> tuple[Numbers, Floats]:
    """Return the numbers of a text's known traits, in order, and how much of each it has; as a row of length one.

    A trait counts by the logarithm of how often the text has it and by its rarity (Manning, Raghavan and Schütze,
    section 6.4.1).
    """
    known = sorted((place[trait], 1.0 + log(times)) for trait, times in found.items() if trait in place)
    places = np.array([n for n, _ in known], np.int64)
    values = np.array([value for _, value in known], np.float32) * rarity[places]
    length = float(np.sqrt((values * values).sum()))
    return places, values / np.float32(length) if length else values


def _indexed(texts: Sequence[Traits]) -> Index:
    having = Counter(trait for each in texts for trait in each)
    known = sorted(trait for trait, times in having.items() if times >= LEAST_TEXTS)
    place = {trait: n for n, trait in enumerate(known)}
    rarity = np.array([1.0 + log((1 + len(texts)) / (1 + having[trait])) for trait in known], np.float32)
    rows = [row(each, place, rarity) for each in texts]
    places = np.concatenate([places for places, _ in rows])
    numbers = np.repeat(np.arange(len(rows)), [len(places) for places, _ in rows])
    order = np.argsort(places, kind="stable")
    starts = np.searchsorted(places[order], np.arange(len(known) + 1))
    return Index(place, rarity, starts, numbers[order], np.concatenate([values for _, values in rows])[order])


def _as_bytes(index: Index) -> bytes:
    file = io.BytesIO()
    names = np.frombuffer(json.dumps(list(index.place)).encode(), np.uint8)
    arrays = {name: getattr(index, name) for name in ("rarity", "starts", "texts", "values")}
    np.savez(file, names=names, **arrays)
    return file.getvalue()


def _from_bytes(content: bytes) -> Index:
    """Return the index that `_as_bytes` wrote."""
    held = np.load(io.BytesIO(content), allow_pickle=False)
    place = {trait: n for n, trait in enumerate(json.loads(held["names"].tobytes()))}
    return Index(place, *(held[name] for name in ("rarity", "starts", "texts", "values")))
