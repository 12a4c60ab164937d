"""The endpoint that the clients are tried against."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from endpoint import endpoint


@pytest.fixture(scope="session")
def sparql() -> Iterator[str]:
    """The address of a SPARQL endpoint over the packaged seminar, in a process of its own."""
    with endpoint() as (address, _):
        yield address
