"""The log of unanswered questions: what a line holds, many writers, and that failing to write breaks nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.answering.unanswered_log import UnansweredLog

WRITER = """
import sys
from kg.answering.unanswered_log import UnansweredLog
log = UnansweredLog(sys.argv[1], print)
for number in range(200):
    log.add(f"{sys.argv[2]} {number} " + "ä" * 400, "edition")
"""


def test_a_line_has_the_question_the_day_and_the_edition_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    complaints: list[str] = []
    log = UnansweredLog(file, complaints.append)
    log.add('Was “it” said?\\ "yes" 文化', "e1")
    log.add("And\u2028this?", "e1")
    first, second = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert json.loads(first) == {
        "date": json.loads(first)["date"],
        "question": 'Was “it” said?\\ "yes" 文化',
        "edition": "e1",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", json.loads(first)["date"])
    assert json.loads(second)["question"] == "And\u2028this?"
    assert not complaints
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_several_processes_write_whole_lines(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len({json.loads(line)["question"][:6] for line in lines}) > 100
    assert len(lines) == 600


@pytest.mark.parametrize("where", ["nowhere/log.jsonl", ".", "pipe", "nul\0"])
def test_what_cannot_be_written_is_said_once(tmp_path: Path, where: str) -> None:
    if where == "pipe":
        if not hasattr(os, "mkfifo"):
            return
        os.mkfifo(tmp_path / "pipe")
    complaints: list[str] = []
    log = UnansweredLog(f"{tmp_path}/{where}", complaints.append)
    log.add("One?", "e")
    log.add("Two?", "e")
    assert len(complaints) == 1
    assert complaints[0].startswith("Unanswered questions are not logged: ")
    assert complaints[0].endswith(".")


def test_the_file_does_not_outgrow_its_size(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    complaints: list[str] = []
    log = UnansweredLog(file, complaints.append, most=200)
    for number in range(50):
        log.add(f"Question {number}?", "e")
    assert 100 < file.stat().st_size <= 200
    assert all(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    assert len(complaints) == 1
    assert "200 bytes" in complaints[0]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit for the size of files")
def test_a_full_disk_leaves_whole_lines(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    program = (
        "import resource, sys; from kg.answering.unanswered_log import UnansweredLog\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "log = UnansweredLog(sys.argv[1], print)\n"
        "for number in range(50): log.add(f'Question {number}?', 'e')"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True)
    assert ended.stdout == f"Unanswered questions are not logged: {file}: No space left on device.\n"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 10
    assert all(json.loads(line) for line in lines)
