"""What tests of several modules share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from kg import Library, open_library


@cache
def packaged() -> Library:
    """Return the packaged seminar, opened once."""
    return open_library()


@pytest.fixture
def packaged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that run in this process share the packaged seminar: reading it anew takes a second each time."""

    def opened(paths: Sequence[Path] | None) -> Library:
        return packaged() if paths is None else open_library(paths)

    monkeypatch.setattr("kg.cli.common.open_library", opened)
