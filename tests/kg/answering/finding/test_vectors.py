"""The vectors of claims: computed once, kept by content, and harmless where what is kept is stale or damaged."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from kg import open_library
from kg.answering.finding.encoder import SIZE, Encoder, Vectors
from kg.answering.finding.vectors import ClaimVectors
from kg.cache_folder import cache_folder
from kg.graph.records import Claim

HEAT = Path(__file__).parents[3] / "fixtures" / "heat" / "seminar.ttl"


class Counting:
    """Stands for an encoder; counts the texts that it is given."""

    def __init__(self) -> None:
        self.texts = 0

    def encode(self, text: str) -> Vectors:
        self.texts += 1
        return np.full(SIZE, len(text) % 7, np.float32)

    def encode_all(self, texts: list[str]) -> Vectors:
        return np.array([self.encode(text) for text in texts])


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    return tuple(open_library(HEAT).catalogue.claims())


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def prepared(claims: tuple[Claim, ...]) -> tuple[Counting, ClaimVectors]:
    encoder = Counting()
    vectors = ClaimVectors(claims, cast(Encoder, encoder))
    vectors.prepare()
    return encoder, vectors


def test_they_are_computed_once(claims: tuple[Claim, ...]) -> None:
    first, vectors = prepared(claims)
    again, kept = prepared(claims)
    assert (first.texts, again.texts) == (2 * len(claims), 0)
    assert all(np.array_equal(a, b) for a, b in zip(vectors.alike("x"), kept.alike("x"), strict=True))


def test_another_claim_has_others(claims: tuple[Claim, ...]) -> None:
    prepared(claims)
    other, _ = prepared(claims[1:])
    assert other.texts == 2 * (len(claims) - 1)


@pytest.mark.parametrize("content", [b"", b"damaged"])
def test_what_is_damaged_is_computed_again(claims: tuple[Claim, ...], content: bytes) -> None:
    prepared(claims)
    folder = cache_folder("vectors")
    assert folder is not None
    for file in folder.iterdir():
        file.write_bytes(content)
    assert prepared(claims)[0].texts == 2 * len(claims)


def test_a_question_asked_again_is_not_encoded_again(claims: tuple[Claim, ...]) -> None:
    encoder, vectors = prepared(claims)
    before = encoder.texts
    vectors.alike("Who?")
    vectors.alike("Who?")
    assert encoder.texts == before + 1


def test_without_an_encoder_nothing_is_like_anything(claims: tuple[Claim, ...]) -> None:
    vectors = ClaimVectors(claims, None)
    vectors.prepare()
    assert [each.tolist() for each in vectors.alike("Who?")] == [[0.0] * len(claims)] * 2
