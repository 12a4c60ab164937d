"""The sample maps of tests/fixtures/maps, read, and arranged once a run: that takes seconds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.maps.concept_map import ConceptMap
from kg.maps.drawing.geometry import Geometry
from kg.maps.formats import propositions_tsv
from kg.maps.layout.placement import layout

MAPS = Path(__file__).parent / "fixtures" / "maps"


def sample(name: str) -> ConceptMap:
    text = (MAPS / f"{name}.tsv").read_text(encoding="utf-8")
    return propositions_tsv.read(text, title="What makes it thrive?", source_line="A sample")


@cache
def placed(name: str, page: str = "16:9", seed: int = 1) -> Geometry:
    return layout(sample(name), page=page, seed=seed)
