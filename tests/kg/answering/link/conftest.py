"""The packaged seminar with what links questions to it; nothing is learnt."""

from __future__ import annotations

import pytest

from kg import open_library
from kg.answering.link.evidence import Evidence
from kg.answering.link.lexicon import Lexicon
from kg.answering.link.matches import Matcher
from kg.answering.link.speller import Speller
from kg.english.synonyms import english_synonyms
from kg.graph.catalogue import Catalogue


@pytest.fixture(scope="package")
def catalogue() -> Catalogue:
    return open_library().catalogue


@pytest.fixture(scope="package")
def lexicon(catalogue: Catalogue) -> Lexicon:
    return Lexicon(catalogue)


@pytest.fixture(scope="package")
def evidence(catalogue: Catalogue, lexicon: Lexicon) -> Evidence:
    return Evidence(catalogue, lexicon, {})


@pytest.fixture(scope="package")
def speller(evidence: Evidence) -> Speller:
    return Speller(evidence)


@pytest.fixture(scope="package")
def matcher(evidence: Evidence) -> Matcher:
    return Matcher(evidence, english_synonyms())
