"""Whose words claims are: in one seminar, in one with two talks, and in two that share nobody."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kg.library import Library, open_library
from webapp.claims.parties import parties_in, parties_of, spoken_by

FIXTURES = Path(__file__).parents[2] / "fixtures"


def counted(library: Library) -> dict[str, tuple[str, int]]:
    """Return the label of each party and how many claims it has, by its slug."""
    catalogue = library.catalogue
    times = Counter(parties_of(catalogue)[claim.slug].slug for claim in catalogue.claims())
    return {party.slug: (party.label, times[party.slug]) for party in parties_in(catalogue, catalogue.claims())}


def test_every_claim_is_of_one_party(library: Library) -> None:
    assert counted(library) == {
        "michael-west": ("Michael West’s talk", 24),
        "debate": ("The debate", 3),
        "summary": ("The published summary", 17),
    }


def test_who_spoke_elsewhere_too_has_a_talk_of_its_own_address() -> None:
    found = counted(open_library(FIXTURES / "bridge" / "seminar.ttl"))
    assert found["talk-hester-crane"][0] == "Hester Crane’s talk"
    assert found["questions"][0] == "The questions"
    assert "hester-crane" not in found


def test_a_report_names_nobody_as_the_speaker(library: Library) -> None:
    for claim in library.catalogue.claims():
        assert bool(spoken_by(claim)) == (claim.attribution.kind in ("named", "debate"))


@pytest.mark.parametrize("name", ["heat", "town-hall", "schools", "medicines", "second", "check"])
def test_other_seminars_have_parties(name: str) -> None:
    library = open_library(FIXTURES / name / "seminar.ttl")
    found = counted(library)
    assert sum(count for _, count in found.values()) == len(library.catalogue.claims())
    assert "summary" in found
