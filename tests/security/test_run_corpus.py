"""The runner of hostile inputs says what fails, and counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import run_corpus


def case(name: str, request: dict[str, Any], expect: str, surface: str = "sparql-http") -> dict[str, Any]:
    return {"id": name, "surface": surface, "request": request, "expect": expect, "why": "a test"}


def ask(query: Any) -> dict[str, Any]:
    return {"method": "GET", "path": "/sparql", "params": {"query": query}}


CASES = [
    case("good", ask("ASK {}"), "status=200|400; body~true; hdr:Vary~Accept; hdr!:Set-Cookie; t<30; alive; unchanged"),
    case("cut", ask("SELECT * { ?s ?p ?o }"), "rows<=10000; hdr:X-Truncated~1; bytes<=16000000; same-master-pid"),
    case("made", ask({"$gen": [["ASK {", 1], ["{", 60], ["}", 61]]}), "status=400; body~nests|too deep; net=0"),
    case("wrong", ask("SELECT * { SERVICE <http://127.0.0.1:{CANARY}/> {} }"), "status=200; body~nothing of that"),
    case("parsed", {**ask("ASK {}"), "headers": {"Accept": "application/sparql-results+xml"}}, "wellformed=xml"),
    case("raw", {"raw": "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n"}, "status=405|501"),
    case("file", {"file": "x.ttl", "content": "nonsense"}, "exit=2; stderr~line 1; stderr!~Traceback; nofile", "cli"),
    case("fixture", {**ask("ASK {}"), "fixture": {"concept": "a", "colour": "red"}}, "status=200"),
    case("command", {"argv": ["seminar-kg", "check", "."]}, "exit=0", "cli"),
]


def test_cases_pass_and_fail_with_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus.json"
    corpus.write_text(json.dumps(CASES), encoding="utf-8")
    assert run_corpus.main([str(corpus)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "6 passed, 3 failed"
    assert lines[0].startswith("FAIL wrong (sparql-http): status=200: 403")
    assert lines[1].startswith("FAIL fixture (sparql-http): the fixture has the unknown key 'colour'")
    assert lines[2].startswith("FAIL command (cli): exit=0: 2")
    assert run_corpus.main([str(corpus), "--surface", "cli", "--case", "file"]) == 0
    assert capsys.readouterr().out == "1 passed, 0 failed\n"


OWN = Path(__file__).with_name("endpoint.json")


def test_our_own_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_corpus.main([str(OWN), "--quick"]) == 0, capsys.readouterr().out


@pytest.mark.thorough
def test_our_own_cases_that_take_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    slow = [each["id"] for each in json.loads(OWN.read_text(encoding="utf-8")) if each.get("slow")]
    chosen = [word for name in slow for word in ("--case", name)]
    assert run_corpus.main([str(OWN), *chosen]) == 0, capsys.readouterr().out
