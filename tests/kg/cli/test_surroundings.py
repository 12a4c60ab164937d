"""What surrounds a command may be broken: its output, its working folder, its disk; and it may be interrupted at once.

In each case there is one sentence or none, an exit code that says it, and no traceback.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli.command_line import commands

ROOT = Path(__file__).parents[3]
#: A map that is arranged in no time.
PAIR = str(ROOT / "tests" / "fixtures" / "maps" / "pair.tsv")
CHECKED = str(ROOT / "tests" / "fixtures" / "check" / "seminar.ttl")
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs a shell as Linux and macOS have")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which Linux has")
#: Each command, and the ways in which click itself writes.
COMMANDS = [
    ["--help"],
    ["--version"],
    ["ask", "Who creates culture?", "--json"],
    ["ask", "--from", str(ROOT / "tests" / "questions" / "silence-worked.jsonl")],
    ["query", "--text", "SELECT ?text { ?claim schema:text ?text }"],
    ["query", "--text", "SELECT ?text { ?claim schema:text ?text }", "--format", "csv"],
    ["map", "--propositions", PAIR, "-o", os.devnull + ".svg"],
    ["check", CHECKED],
    ["questions"],
    ["export"],
]
NAMES = [" ".join(command[:1]) + f"-{number}" for number, command in enumerate(COMMANDS)]


def run(arguments: list[str], folder: Path, redirected: str = "", before: str = "") -> tuple[int, str, str]:
    """Run a command in a folder, through a shell; return its exit code, output and errors."""
    drawn = [str(folder / "map.svg") if each.startswith(os.devnull) else each for each in arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["sh", "-c", f'{before} exec "$@" {redirected}', "sh", sys.executable, "-m", "kg.cli", *drawn]
    ended = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    return ended.returncode, ended.stdout, ended.stderr


@FULL
@pytest.mark.parametrize("arguments", COMMANDS[::2] + COMMANDS[-1:], ids=NAMES[::2] + NAMES[-1:])
def test_a_full_output_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    assert run(arguments, tmp_path, ">/dev/full") == (2, "", "seminar-kg: No space left on device.\n")


@FULL
@pytest.mark.parametrize("arguments", [["--help"], ["questions"], ["map"], []])
def test_where_nobody_can_be_told_the_exit_code_says_it(arguments: list[str], tmp_path: Path) -> None:
    assert run(arguments, tmp_path, ">/dev/full 2>&1") == (2, "", "")


@FULL
@pytest.mark.parametrize("errors", ["2>/dev/full", "2>&-"])
def test_errors_that_cannot_be_written_lose_no_result(tmp_path: Path, errors: str) -> None:
    assert run(["query", "--text", "ASK {}"], tmp_path, errors) == (0, "yes\n", "")


@POSIX
@pytest.mark.parametrize("arguments", COMMANDS[::4], ids=NAMES[::4])  # what closes it is the same for all
def test_closed_output_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    message = "seminar-kg: Standard output is closed; send it to a terminal, a file or another program.\n"
    assert run(arguments, tmp_path, ">&-") == (2, "", message)


@POSIX
@pytest.mark.parametrize("arguments", [["--help"], ["ask", "Who?"], ["serve"], ["map", "-o", "map.svg"]])
def test_a_deleted_working_folder_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    message = "seminar-kg: The working folder has been deleted; change to another one.\n"
    assert run(arguments, tmp_path, before=f'rmdir "{tmp_path}";') == (2, "", message)


@POSIX
@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "loop", "ask", "Who?"],
        ["--data", "folder", "questions"],
        ["ask", "--from", "loop"],
        ["query", "loop"],
        ["map", "--propositions", "loop", "-o", "map.svg"],
        ["map", "--propositions", PAIR, "-o", "loop.svg"],
        ["map", "--propositions", PAIR, "-o", "loop/map.svg"],
        ["check", "loop.ttl"],
        ["check", CHECKED, "--data", "loop.ttl"],
        ["check", CHECKED, "--data", "folder"],
        ["check", CHECKED, "--source", "loop"],
        ["serve", "--data", "loop.ttl"],
        ["serve", "--graph", "urn:graph:1=loop.ttl"],
    ],
)
def test_a_link_that_points_at_itself_is_one_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("loop", "loop.ttl", "loop.svg", "folder/loop.ttl"):
        (tmp_path / name).symlink_to(Path(name).name)
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(commands, arguments, prog_name="seminar-kg")
    assert (ended.exit_code, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr.startswith("seminar-kg: ")
    assert "loop" in ended.stderr


@POSIX
@pytest.mark.parametrize("variable", ["XDG_CACHE_HOME", "TMPDIR"])
def test_a_broken_folder_of_the_user_does_no_harm(tmp_path: Path, variable: str) -> None:
    (tmp_path / "loop").symlink_to("loop")
    arguments = ["map", "--propositions", PAIR, "-o", "map.png"]
    assert run(arguments, tmp_path, before=f'export {variable}="{tmp_path}/loop";')[::2] == (0, "")


@POSIX
@pytest.mark.parametrize("extension", ["svg", "pdf"])
def test_a_map_that_does_not_fit_the_disk_leaves_the_old_one(tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"map.{extension}"
    file.write_bytes(b"old" * 1000)
    (tmp_path / "link").symlink_to(file.name)
    # `ulimit -f` counts blocks of 512 bytes; it is no limit for a pipe.
    code, told, complaint = run(
        ["map", "--propositions", PAIR, "-o", file.name], tmp_path, before="ulimit -f 0; export XDG_CACHE_HOME=/proc;"
    )
    assert (code, told, complaint) == (2, "", f"seminar-kg: {file.name}: File too large.\n")
    assert file.read_bytes() == b"old" * 1000
    assert sorted(os.listdir(tmp_path)) == ["link", file.name]


#: Interrupts itself when a module is about to be loaded, as Ctrl-C may.
INTERRUPTED_AT = """
import os, signal, sys
_, wanted, *arguments = sys.argv
class Finder:
    def find_spec(name, *more):
        if name == wanted:
            sys.meta_path.remove(Finder)
            os.kill(os.getpid(), signal.SIGINT)
from kg.cli import main
sys.meta_path.insert(0, Finder)
sys.argv = ["seminar-kg", *arguments]
main()
"""


@POSIX
@pytest.mark.parametrize(
    ("module", "command"),
    [("kg.cli.command_line", "serve"), ("click", "--help"), ("pyoxigraph", "serve"), ("kg.cli.serve", "serve")],
)
def test_ctrl_c_while_modules_are_loaded_ends_without_a_word(module: str, command: str) -> None:
    program = [sys.executable, "-c", INTERRUPTED_AT, module, command]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


@POSIX
def test_an_interrupt_that_is_ignored_stays_ignored() -> None:
    """As in the background of a shell."""
    command = ["sh", "-c", 'trap "" INT; exec "$@"', "sh", sys.executable, "-c", INTERRUPTED_AT, "rdflib", "--version"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
