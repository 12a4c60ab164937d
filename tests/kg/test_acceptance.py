"""Which files are left out because the check rejects them, and that it is not asked twice about the same content."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg import UnreadableData, acceptance, open_library
from kg.cache_folder import keep
from kg.check import check, files
from kg.check.problems import Problem
from kg.graph.load import LeftOut, packaged_data

FIXTURES = Path(__file__).parents[1] / "fixtures"
SECOND = FIXTURES / "second" / "seminar.ttl"
GOOD = (FIXTURES / "check" / "seminar.ttl").read_text(encoding="utf-8")
BAD = GOOD.replace("growing-2021", "failing-2022").replace("sk:stance sk:criticises", "sk:stance sk:shouts")
CONCEPTS_AT, CLAIMS_AT = GOOD.index("theme:growing a skos:Collection"), GOOD.index("# ── Claims ──")
PREFIXES = GOOD[: GOOD.index("# ── The event")]
Write = Callable[..., list[Path]]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return what writes files by name, and keep results in a folder that is empty at first."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))

    def write_all(**texts: str) -> list[Path]:
        for name, text in texts.items():
            (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")
        return [tmp_path / f"{name}.ttl" for name in texts]

    return write_all


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return a list to which the names of the files of each check are added."""
    asked: list[list[str]] = []

    def noted(files: Sequence[Path], **more: Any) -> list[Problem]:
        asked.append(sorted(file.name for file in files))
        return check(files, **more)

    monkeypatch.setattr("kg.check.check", noted)
    return asked


def left_out(paths: Sequence[Path]) -> dict[str, LeftOut]:
    return {each.file.name: each for each in open_library(paths, check=True).data.left_out}


def test_a_rejected_seminar_is_left_out_and_the_rest_is_there(write: Write) -> None:
    good, bad = write(good=GOOD, bad=BAD)
    data = open_library([good, bad], check=True).data
    assert data.files == (good,)
    assert [str(each) for each in data.left_out] == [
        f"{bad} is left out: the check finds 1 problem in it; `seminar-kg check {bad}` says more."
    ]
    assert data.engine.select("SELECT ?c { ?c a ?type FILTER(CONTAINS(STR(?c), 'failing')) }") == []
    assert open_library([good], check=True).data.version == data.version


def test_nothing_is_checked_where_nobody_asks_for_it(write: Write, checks: list[list[str]]) -> None:
    (bad,) = write(bad=BAD)
    assert open_library(bad).data.files == (bad,)
    assert checks == []


def test_where_all_are_rejected_a_sentence_says_so(write: Write) -> None:
    bad, worse = write(bad=BAD, worse=BAD.replace("failing", "falling").replace("sk:madeIn :talk", "sk:madeIn :tlk"))
    with pytest.raises(UnreadableData, match=r"bad\.ttl: the check finds 1 problem in it, and nothing else is there; "):
        open_library(bad, check=True)
    with pytest.raises(UnreadableData, match=r"^The check rejects all 2 files: .*bad\.ttl \(.*worse\.ttl \(.*as they"):
        open_library([bad, worse], check=True)


def test_results_are_kept_by_content(write: Write, checks: list[list[str]], tmp_path: Path) -> None:
    good, bad = write(good=GOOD, bad=BAD)
    first = left_out([good, bad])
    assert checks == [["good.ttl"], ["bad.ttl"], ["bad.ttl"]]  # the second time beside the packaged data
    checks.clear()
    assert left_out([good, bad]) == first
    moved = good.rename(tmp_path / "moved.ttl")
    assert left_out([moved, bad]) == first
    assert checks == []
    bad.write_text(BAD.replace("sk:shouts", "sk:criticises"), encoding="utf-8")
    assert left_out([moved, bad]) == {}
    assert checks == [["bad.ttl"]]


@pytest.mark.parametrize("kept", [b"", b"null", b"[]", b"[0, 0]", b'{"a": 1}', b"[[0]]", b"\xff", b"[0"])
def test_what_is_no_result_is_found_again(write: Write, monkeypatch: pytest.MonkeyPatch, kept: bytes) -> None:
    (bad,) = write(bad=BAD)
    keep("checks", acceptance.files_key([bad]), kept)
    monkeypatch.setattr("kg.check.check", lambda files, **_: [Problem(bad, 1, "shape", "It is wrong.")])
    assert acceptance.found_in([bad]) == {bad: 1}


def test_files_that_lean_on_one_another_are_checked_together(write: Write, checks: list[list[str]]) -> None:
    rest = GOOD[:CONCEPTS_AT] + GOOD[CLAIMS_AT:]
    files = write(concepts=PREFIXES + GOOD[CONCEPTS_AT:CLAIMS_AT], claims=rest)
    assert left_out(files) == {}
    assert checks == [["claims.ttl", "concepts.ttl"]]


def test_what_leans_on_a_rejected_file_is_left_out_too(write: Write) -> None:
    rest = GOOD[:CONCEPTS_AT] + GOOD[CLAIMS_AT:]
    concepts = PREFIXES + GOOD[CONCEPTS_AT:CLAIMS_AT].replace('skos:prefLabel "Weeds"@en', 'skos:prefLabel "Weeds"')
    asked = PREFIXES + ':m1-1 sk:askedAs "what feeds growth"@en .\n'
    found = left_out([*write(asked=asked, claims=rest, concepts=concepts), SECOND])
    assert list(found) == ["asked.ttl", "claims.ttl", "concepts.ttl"]
    assert found["claims.ttl"].reason == "it leans on concepts.ttl, which the check rejects"
    assert found["asked.ttl"].reason == "it leans on claims.ttl, which the check rejects"
    assert "claims.ttl" in found["concepts.ttl"].advice
    assert found["claims.ttl"].advice.startswith("mend ")


def test_a_seminar_may_lean_on_the_packaged_one_as_for_the_command(write: Write) -> None:
    start, end = GOOD.index("concept:time a"), GOOD.index("concept:growth a")
    text = (GOOD[:start] + GOOD[end:]).replace(" concept:time , ", " ").replace("concept:time", "concept:patients")
    assert left_out(write(leaning=text)) == {}


def test_two_seminars_that_use_the_same_names_are_not_held_against_each_other(write: Write) -> None:
    assert left_out(write(one=GOOD, two=GOOD.replace("growing-2021", "growing-2022"))) == {}


def test_what_the_check_does_not_read_is_left_out_with_its_reason(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, big = write(good=GOOD, big='<urn:a> <urn:b> "c" .\n' * 10_000)
    monkeypatch.setattr(files, "MAX_BYTES", 100_000)
    assert left_out([good, big])["big.ttl"].reason == "the file is bigger than 0 MB; split it into several"


def test_a_file_that_is_not_rdf_is_still_an_error(write: Write) -> None:
    with pytest.raises(UnreadableData, match="correct the syntax there"):
        open_library(write(good=GOOD, bad="nonsense"), check=True)


def test_the_packaged_data_come_checked(write: Write, checks: list[list[str]]) -> None:
    write()
    for paths in (None, packaged_data() / "seminar.ttl", [packaged_data()]):
        assert open_library(paths, check=True).data.left_out == ()
    assert checks == []
    assert check(sorted(packaged_data().iterdir())) == []


def test_what_is_kept_needs_no_shacl_engine() -> None:
    program = "import sys, kg.library; kg.library.open_library(check=True); raise SystemExit('pyshacl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
