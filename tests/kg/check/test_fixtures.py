"""The seminars written for tests agree with their texts, with the packaged seminar and with one another."""

import csv
import io
from pathlib import Path

import pytest

from kg import open_library
from kg.check import check
from kg.graph.export import claims_as_csv
from kg.vocabulary import RDF, SCHEMA

ROOT = Path(__file__).parents[3]
SOURCES = sorted((ROOT / "tests" / "fixtures").glob("*/source.txt"))
SEMINARS = [source.with_name("seminar.ttl") for source in SOURCES]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.parent.name)
def test_seminar_agrees_with_its_text(source: Path) -> None:
    assert list(check([source.with_name("seminar.ttl")], source=source)) == []


def test_seminars_can_be_loaded_beside_one_another() -> None:
    assert list(check([*SEMINARS, ROOT / "data" / "seminar.ttl"])) == []


@pytest.mark.parametrize("seminar", SEMINARS, ids=lambda seminar: seminar.parent.name)
def test_seminar_can_be_drawn_and_exported(seminar: Path) -> None:
    library = open_library(seminar)
    claims = {str(claim) for claim in library.graph().subjects(RDF.type, SCHEMA.Claim)}
    assert {row["claim"] for row in csv.DictReader(io.StringIO(claims_as_csv(library.catalogue)))} == claims
    assert library.concept_map().propositions
