"""A name on an arrow belongs to the words beside it, and to no others."""

from __future__ import annotations

from math import hypot
from typing import Any

import pytest

from kg.library import Library
from kg.maps.drawing.geometry import TextBox
from kg.maps.layout.archive import draw


def apart(one: TextBox, other: TextBox) -> float:
    """Return the px between two boxes."""
    across = max(one.x - other.x - other.width, other.x - one.x - one.width, 0.0)
    return hypot(across, max(one.y - other.y - other.height, other.y - one.y - one.height, 0.0))


@pytest.mark.parametrize(
    "choices",
    [{}, {"most": 12}, {"focus": "culture"}, {"theme": "leadership"}, {"speaker": "michael-west"}],
    ids=str,
)
def test_a_name_is_much_nearer_to_its_own_words_than_to_any_others(library: Library, choices: dict[str, Any]) -> None:
    geometry = draw(library.concept_map(**choices, base_url="")).geometry
    named = [each for each in geometry.propositions if each.tag]
    assert named
    for each in named:
        assert each.tag
        own = apart(each.tag, each.label)
        others = [apart(each.tag, other.label) for other in geometry.propositions if other.label != each.label]
        assert min(others, default=99.0) > max(0.9 * each.tag.font_size, 3 * own), (each.words, each.tag)
