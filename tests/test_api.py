"""The examples in the documentation of the Python API run and say what they say."""

from __future__ import annotations

import doctest

import pytest

from kg import api, results, shorthand


@pytest.mark.parametrize("module", [api, results, shorthand], ids=lambda module: module.__name__)
def test_examples_run(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed
