"""The script that fits the finder's weights, run over two seminars as a curator would."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from kg.answering.finding.scoring import WEIGHTS

ROOT = Path(__file__).parents[4]
FIXTURES = ROOT / "tests" / "fixtures"


def test_it_leaves_each_seminar_out_and_writes_nothing_unasked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("fitting", ROOT / "benchmarks" / "finding.py")
    assert spec
    assert spec.loader
    fitting = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "fitting", fitting)
    spec.loader.exec_module(fitting)
    seminars = [
        FIXTURES / name / file for name in ("medicines", "bridge") for file in ("seminar.ttl", "questions.jsonl")
    ]
    before = WEIGHTS.read_bytes()
    fitting.main([str(each) for each in seminars])
    printed = capsys.readouterr().out
    rows = {line.split("  ")[0]: line.split()[-5:] for line in printed.splitlines()[1:]}
    means = [f"mean without {part}" for part in ("words", "links", "meaning")]
    assert list(rows) == [*(str(path)[-24:] for path in seminars[::2]), "mean", *means]
    assert all(0 <= float(share) <= 100 for row in rows.values() for share in row[:4])
    assert WEIGHTS.read_bytes() == before
