"""The seminars that these tests ask, each opened once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kg.graph.load import packaged_data
from kg.library import Library, open_library

FIXTURES = Path(__file__).parents[3] / "fixtures"
#: What is left to ask by a name: the packaged seminar, that and another one, and seminars of others.
LIBRARIES: dict[str, tuple[Path | str, ...]] = {
    "two": (packaged_data(), FIXTURES / "second" / "seminar.ttl"),
    **{name: (FIXTURES / name / "seminar.ttl",) for name in ("heat", "schools", "town-hall", "bridge")},
}


@cache
def opened(name: str) -> Library:
    """Return the library of a fixture."""
    return open_library(list(LIBRARIES[name]))


@pytest.fixture
def library_of(library: Library) -> Callable[[str], Library]:
    """Return what opens a library by its name; "packaged" is the packaged seminar."""
    return lambda name: library if name == "packaged" else opened(name)
