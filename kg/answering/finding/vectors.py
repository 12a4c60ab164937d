"""The meaning of claims: vectors of their sentences and of their quotations, computed once and kept by content."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.answering.finding.encoder import SHA256, SIZE, Encoder, Vectors
from kg.cache_folder import keep, kept, key_of
from kg.graph.records import Claim

Floats = NDArray[np.float64]

#: Of how many questions the vectors are kept: those that answers offer as related are tried again and again.
MOST_KEPT = 1_000


class ClaimVectors:
    """Compares questions with claims by their meaning.

    Arguments:
        claims: the claims, in the order of what is returned.
        encoder: turns texts into vectors; None where there is none, and then nothing is like anything.
    """

    def __init__(self, claims: Sequence[Claim], encoder: Encoder | None):
        self._claims, self._encoder = claims, encoder
        self._encoded = lru_cache(MOST_KEPT)(encoder.encode) if encoder else None

    def alike(self, question: str) -> tuple[Floats, Floats]:
        """Return how near a question is to the sentence of each claim and to its quotation, as cosines."""
        if self._encoded is None or not self._claims:
            return np.zeros(len(self._claims)), np.zeros(len(self._claims))
        cosines = self._vectors @ self._encoded(question)
        sentences, quotations = cosines.reshape(2, -1).astype(np.float64)
        return sentences, quotations

    def prepare(self) -> None:
        """Compute now what the first question would have to wait for."""
        if self._encoder is not None:
            _ = self._vectors

    @cached_property
    def _vectors(self) -> Vectors:
        """The vectors of all sentences, then of all quotations."""
        assert self._encoder is not None
        texts = [claim.text for claim in self._claims]
        texts += [" ".join(passage.quote for passage in claim.passages) for claim in self._claims]
        key = key_of(json.dumps([SHA256, texts]))
        found = kept("vectors", key, lambda content: _read(content, len(texts)))
        if found is None:
            found = self._encoder.encode_all(texts)
            file = io.BytesIO()
            np.save(file, found.astype(np.float16), allow_pickle=False)
            keep("vectors", key, file.getvalue())
            found = _read(file.getvalue(), len(texts))  # rounded, whether it was kept or not
        return found


def _read(content: bytes, texts: int) -> Vectors:
    """Return kept vectors.

    Raises:
        ValueError: they are not of so many texts.
    """
    found = np.load(io.BytesIO(content), allow_pickle=False)
    if found.shape != (texts, SIZE):
        raise ValueError("not the vectors of these texts")
    return np.asarray(found, np.float32)
