"""`seminar-kg ask`: the explanation for people, odd questions, the bar of a long run, the log of the unanswered."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from queries_shown import lines_of_templates, lines_without_terms

from kg.cli.command_line import commands

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(commands, arguments, input=stdin, prog_name="seminar-kg")


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "Who creates culture?",
            [
                "  Who [1: creates] [2: culture]?",
                "  1: words on an arrow “create”",
                "  2: concept “Culture” (culture)",
                "  1. Leaders create culture.",
                "     described by the published summary of Michael West’s presentation (presentation)",
                "     M3, Main points, 3rd point: “Culture is created by leaders”",
            ],
        ),
        (
            "When do staff engage?",
            [
                "  [1: When do] [2: staff engage]?",
                "     described by the published summary of Michael West’s presentation (presentation)",
            ],
        ),
    ],
)
def test_explain_says_how_it_was_read(question: str, lines: list[str]) -> None:
    shown = run("ask", question, "--explain").stdout.splitlines()
    assert [line for line in lines if line not in shown] == []
    assert shown[-1].startswith("} ORDER BY")


def test_explain_shows_what_speaks_for_the_candidates_of_a_seminar_without_wordings() -> None:
    shown = run(
        "ask", "What wears teachers out?", "--explain", "--data", str(FIXTURES / "schools" / "seminar.ttl")
    ).stdout
    table = shown.partition("\nCandidates: ")[2].partition("\n\n")[0].splitlines()[1:]
    assert len(table) == 5
    assert all(re.match(r"  +\d+%( +[+-]\d+\.\d){3}  \w", line) for line in table)


def test_explain_of_no_answer_has_no_query() -> None:
    shown = run("ask", "What is the capital of France?", "--explain")
    assert shown.exit_code == 0
    assert "Ready-made question: none" in shown.stdout
    assert "PREFIX" not in shown.stdout


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("", 2),
        (" \n\t", 2),
        ("x" * 501, 2),
        ("x" * 10_000, 2),
        ("who\x07 creates culture", 2),
        ("who\x00 creates culture", 2),
        ("\ud800", 2),
        ("ما هي الثقافة؟", 0),
        ("文化是谁创造的？", 0),
        ("🙂🙂🙂", 0),
        ('" } UNION { ?s ?p ?o } #', 0),
        ("PREFIX x: <y> SELECT * WHERE { ?s ?p ?o }", 0),
        ("<script>alert(1)</script>", 0),
        ("\u202egnihtyna", 0),
    ],
)
@pytest.mark.parametrize("options", [(), ("--explain",), ("--json",)], ids=["plain", "explain", "json"])
def test_odd_questions_end_in_a_sentence(question: str, code: int, options: tuple[str, ...]) -> None:
    ended = run("ask", question, *options)
    assert ended.exit_code == code
    if code:
        assert (ended.stdout, ended.stderr.count("\n")) == ("", 1)
        assert ended.stderr.startswith("seminar-kg: The question ")
    else:
        assert re.search(r"no claim|no word|the summary", ended.stdout, re.IGNORECASE)
        assert not ended.stderr


@pytest.mark.parametrize("pasted", ['culture" } DROP ALL #', "culture?> <javascript:1", "culture {{7*7}} ${x} \\u0027"])
def test_the_query_has_no_pasted_text(pasted: str) -> None:
    answer = json.loads(run("ask", f"What was said about {pasted}", "--json").stdout)
    known = lines_of_templates()
    assert all(line in known for line in lines_without_terms(answer["sparql"] or ""))


class TestTheLog:
    def test_one_question_and_many(self, tmp_path: Path) -> None:
        file = tmp_path / "log.jsonl"
        assert run("ask", "Capital of  France?", "--log-unanswered", str(file)).exit_code == 0
        lines = '{"q": "Who creates culture?"}\n{"q": "Who won the cup?"}\n{"q": ""}\n'
        assert run("ask", "--from", "-", "--log-unanswered", str(file), stdin=lines).exit_code == 1
        logged = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert [line["question"] for line in logged] == ["Capital of France?", "Who won the cup?"]

    def test_an_answer_is_not_logged(self, tmp_path: Path) -> None:
        run("ask", "Who creates culture?", "--log-unanswered", str(tmp_path / "log.jsonl"))
        assert not list(tmp_path.iterdir())

    def test_a_log_that_cannot_be_written_is_one_line_and_the_answers_come(self, tmp_path: Path) -> None:
        lines = '{"q": "Who won the cup?"}\n' * 3
        ended = run("ask", "--from", "-", "--log-unanswered", str(tmp_path), stdin=lines)
        assert (ended.exit_code, ended.stdout.count("\n"), ended.stderr.count("\n")) == (0, 3, 1)
        assert ended.stderr.startswith("seminar-kg: Unanswered questions are not logged: ")


def on_a_terminal(arguments: list[str], stdin: bytes = b"", *, answers_too: bool = False) -> tuple[bytes, bytes]:
    """Run the command line with standard error on a pseudo-terminal; return what came out of both streams."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from kg.cli import main; main()", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=theirs if answers_too else subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    out, _ = process.communicate(stdin, timeout=60)
    shown = b""
    try:
        while part := os.read(ours, 65_536):
            shown += part
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(ours)
    assert process.returncode == 0
    return out or b"", shown


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, as Linux and macOS have")
class TestTheBar:
    LINES = b'{"id": 1, "q": "Who creates culture?"}\n' * 3

    def test_a_file_shows_how_far_it_is_on_standard_error_alone(self, tmp_path: Path) -> None:
        file = tmp_path / "questions.jsonl"
        file.write_bytes(self.LINES)
        out, shown = on_a_terminal(["ask", "--from", str(file)])
        assert [json.loads(line)["id"] for line in out.splitlines()] == [1, 1, 1]
        assert b"Answering" in shown
        assert b"100%" in shown

    def test_a_pipe_has_no_end_to_show(self) -> None:
        out, shown = on_a_terminal(["ask", "--from", "-"], self.LINES)
        assert len(out.splitlines()) == 3
        assert b"Answering" in shown
        assert b"%" not in shown

    def test_answers_on_the_terminal_itself_have_no_bar_among_them(self, tmp_path: Path) -> None:
        file = tmp_path / "questions.jsonl"
        file.write_bytes(self.LINES)
        _, shown = on_a_terminal(["ask", "--from", str(file)], answers_too=True)
        assert b"Answering" not in shown
        assert len([json.loads(line) for line in shown.splitlines()]) == 3

    def test_no_terminal_no_bar(self, tmp_path: Path) -> None:
        file = tmp_path / "questions.jsonl"
        file.write_bytes(self.LINES)
        assert run("ask", "--from", str(file)).stderr == ""


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (
            ("--after", "What was said about compassion?", "--json", "what about staff?"),
            0,
            "What was said about staff?",
        ),
        (("--after", " ", "why?"), 2, "The question before is empty"),
        (("--after", "culture", "--from", "-"), 2, "--after goes with one question"),
    ],
)
def test_a_question_after_another(options: tuple[str, ...], code: int, said: str) -> None:
    ended = run("ask", *options)
    assert ended.exit_code == code
    assert said in ended.stdout + ended.stderr
