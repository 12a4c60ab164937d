"""Commands that check their files first: what they leave out, what they say of it, and what `--no-check` does."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import common
from kg.cli.command_line import commands

FIXTURES = Path(__file__).parents[2] / "fixtures"
GOOD = FIXTURES / "second" / "seminar.ttl"
COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a schema:Claim ; sk:stance ?s }"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments, prog_name="seminar-kg")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    text = (FIXTURES / "check" / "seminar.ttl").read_text(encoding="utf-8")
    text = text.replace("sk:stance sk:criticises", "sk:stance sk:shouts")
    file = tmp_path / "bad.ttl"
    file.write_text(text + "\n:seminar schema:subjectOf :report .\n", encoding="utf-8")
    return file


COMMANDS = {
    "ask": ("ask", "What needs light?"),
    "query": ("query", "--text", COUNT, "--format", "csv"),
    "map": ("map", "--overview"),
}


def of_maps(said: str) -> bool:
    """Whether something is said, and nothing but what a map leaves out."""
    assert all(line.endswith((" have no arrow.", " on its own map.")) for line in said.splitlines())
    return bool(said)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_rejected_file_is_left_out_and_named_on_a_line(command: str, bad: Path, tmp_path: Path) -> None:
    drawn = ("-o", str(tmp_path / "map.tsv")) if command == "map" else ()
    ended = run("--data", str(GOOD), "--data", str(bad), *COMMANDS[command], *drawn)
    alone = run("--data", str(GOOD), *COMMANDS[command], *drawn)
    assert (ended.exit_code, ended.stdout) == (0, alone.stdout)
    assert of_maps(alone.stderr) == (command == "map")
    assert ended.stderr == (
        f"seminar-kg: {bad} is left out: the check finds 1 problem in it; `seminar-kg check {bad}` says more.\n"
        + alone.stderr
    )


@pytest.mark.parametrize("command", [*COMMANDS, "serve"])
def test_where_nothing_is_left_it_is_an_error(command: str, bad: Path, tmp_path: Path) -> None:
    drawn = ("-o", str(tmp_path / "map.tsv")) if command == "map" else ()
    ended = run("--data", str(bad), *COMMANDS.get(command, (command,)), *drawn)
    assert (ended.exit_code, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith(f"seminar-kg: {bad}: the check finds 1 problem in it, and nothing else is there; ")
    assert not (tmp_path / "map.tsv").exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_file_is_taken_where_no_check_is_wanted(command: str, bad: Path, tmp_path: Path) -> None:
    drawn = ("-o", str(tmp_path / "map.tsv")) if command == "map" else ()
    ended = run("--data", str(bad), *COMMANDS[command], "--no-check", *drawn)
    assert (ended.exit_code, of_maps(ended.stderr)) == (0, command == "map")
    if command == "query":
        assert ended.stdout.split() == ["n", "11"]


def test_rdf_of_any_kind_is_asked_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "any.nt"
    file.write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    everything = ("query", "--text", "SELECT ?s { ?s ?p ?o }", "--format", "csv", "--data", str(file))
    assert run(*everything, "--no-check").stdout.split() == ["s", "urn:a"]
    refused = run(*everything)
    assert (refused.exit_code, refused.stdout) == (2, "")
    for command in ("ask", "map", "export", "questions"):
        more = {"ask": ("Who?", "--no-check"), "map": ("-o", str(tmp_path / "m.svg"), "--no-check")}.get(command, ())
        ended = run(command, "--data", str(file), *more)
        assert ended.exit_code in (0, 2), ended.output
        assert "Traceback" not in ended.output
        assert ended.exception is None or isinstance(ended.exception, SystemExit)


@pytest.mark.parametrize("command", [*COMMANDS, "check"])
def test_a_check_that_takes_long_says_so(
    command: str, bad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(common, "LARGE", 1000)
    drawn = ("-o", str(tmp_path / "map.tsv")) if command == "map" else ()
    arguments = ("check", str(bad)) if command == "check" else ("--data", str(bad), *COMMANDS[command], *drawn)
    first = run(*arguments).stderr.splitlines()[0]
    assert first.startswith("seminar-kg: The check of ")
    assert first.endswith(" MB takes a while; Ctrl-C ends it.")
