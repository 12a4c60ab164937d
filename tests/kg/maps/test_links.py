"""Which propositions of a claim are drawn: those that read as a true sentence along their arrows."""

from dataclasses import replace

import pytest

from kg.library import Library
from kg.maps.links import is_drawn


@pytest.mark.parametrize(
    ("status", "conditional", "own_phrase", "drawn"),
    [
        ("asserted", False, False, True),
        ("asserted", True, False, False),
        ("denied", False, False, True),
        ("denied", True, False, False),
        ("denied", True, True, True),
        ("condition", True, False, False),
        ("condition", True, True, True),
        ("goal", False, False, False),
        ("content", False, False, False),
    ],
)
def test_an_arrow_keeps_the_if_of_its_claim(
    library: Library, status: str, conditional: bool, own_phrase: bool, drawn: bool
) -> None:
    claim = library.catalogue.claims(concept="culture")[0]
    kind = "concept"
    one = replace(claim.propositions[0], subject_kind=kind, object_kind=kind, status=status, own_phrase=own_phrase)
    others = (replace(one, status="condition"),) if conditional else ()
    assert is_drawn(one, replace(claim, propositions=(one, *others))) is drawn
