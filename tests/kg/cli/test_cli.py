"""The command line: what it prints, its exit codes, and that an error is one line and never a traceback."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from rdflib import Graph, URIRef

from kg.cli.command_line import commands
from kg.vocabulary import BASE

ROOT = Path(__file__).parents[3]
SEMINAR = str(ROOT / "data" / "seminar.ttl")
GARDEN = str(ROOT / "tests" / "fixtures" / "maps" / "garden.tsv")
FAULTLESS = ROOT / "tests" / "fixtures" / "check" / "seminar.ttl"
SOURCE = ROOT / "tests" / "fixtures" / "check" / "source.txt"
TEXTS = "SELECT ?text { ?claim a schema:Claim ; schema:text ?text } ORDER BY ?text LIMIT 3"
MANY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
LABEL = "SELECT ?label { VALUES ?concept { } ?concept skos:prefLabel ?label }"


def run(*arguments: str, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(commands, arguments, input=stdin, prog_name="seminar-kg")


def process(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    """Start the command line as a process of its own."""
    command = [sys.executable, "-m", "kg.cli", *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def on_a_terminal(*arguments: str, columns: int) -> str:
    """Run the command line in a terminal of so many columns; return all that it shows there."""
    import pty  # not on Windows

    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "LINES": "40", "TERM": "xterm"}
    command = [sys.executable, "-m", "kg.cli", *arguments]
    shown = b""
    with subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        with contextlib.suppress(OSError):  # how Linux says that the other end is closed
            while part := os.read(ours, 65536):
                shown += part
    os.close(ours)
    return shown.decode()


@pytest.mark.parametrize("name", commands.commands)
def test_each_command_has_help_with_an_example(name: str) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert re.search(rf"For example:\n  +seminar-kg {name}\b", shown.stdout)


def test_help_names_every_command_and_the_readme_does_too() -> None:
    shown, readme = run("--help").stdout, (ROOT / "README.md").read_text(encoding="utf-8")
    for name in commands.commands:
        assert f"\n  {name} " in shown
        assert f"| `seminar-kg {name}" in readme


def test_every_option_says_what_it_does() -> None:
    options = [each for command in commands.commands.values() for each in command.params]
    assert all(each.help for each in options if isinstance(each, click.Option))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["bogus"], "No such command"),
        (["ask"], "one question in quotation marks or --from"),
        (["ask", "Who?", "--from", "x.jsonl"], "one question in quotation marks or --from"),
        (["ask", ""], "empty"),
        (["ask", "x" * 501], "500"),
        (["ask", "Who?", "--bogus"], "No such option"),
        (["ask", "Who creates culture?", "--data", "nowhere"], "nowhere: there is no such file or folder"),
        (["--data", "https://example.org/a.ttl", "ask", "Who?"], "is an address, not a file"),
        (["ask", "--from", "nowhere.jsonl"], "nowhere.jsonl: No such file"),
        (["query"], "--text"),
        (["query", "nowhere.rq"], "nowhere.rq: No such file"),
        (["query", "http://example.org/q.rq"], "is an address, not a file"),
        (["query", "--text", "SELECT ?x {"], "Syntax error at line 1"),
        (["query", "--text", "SELECT ?x\n{ ?x schema:name ?y"], "Syntax error at line 2"),
        (["query", "--text", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], "SERVICE is disabled"),
        (["query", "--text", "DELETE WHERE { ?s ?p ?o }"], "is an update"),
        (["query", "--text", TEXTS, "--format", "ttl"], "does not come as ttl"),
        (["query", "--text", "ASK {}", "--format", "ttl"], "does not come as ttl"),
        (["serve", "--graph", "no-file"], "write it as IRI=FILE"),
        (["serve", "--no-check", "--graph", "urn:1=no-such.nt"], "no such file"),
        (["serve", "--no-check", "--graph", "not an iri=data/seminar.ttl"], "no IRI"),
        (["query", "--text", "DESCRIBE concept:culture", "--format", "table"], "does not come as table"),
        (["query", "--text", TEXTS, "--bind", "nothing"], "is not NAME=VALUE"),
        (["query", "--text", TEXTS, "--bind", "x=1"], "no VALUES ?x { } block"),
        (["query", "--text", LABEL, "--bind", "concept=<not an iri>"], "Invalid IRI"),
        (["query", "--text", LABEL, "--bind", "concept=foo:bar"], "?concept: Unknown prefix “foo:”: known are cito:"),
        (["query", "--text", LABEL, "--bind", 'concept="x"^^foo:bar'], "Unknown prefix “foo:”"),
        (["map"], "Missing option"),
        (["map", "-o", "map.docx"], "cannot be written as"),
        (["map", "-o", "-"], "- has no ending to choose the format by"),
        (["map", "-o", "map.png", "--scale", "4"], "1<=x<=3"),
        (["map", "-o", "map.svg", "--scale", "2"], "--scale goes with .png only, not with .svg"),
        (["map", "-o", "map.pdf", "--transparent"], "--transparent goes with .png only"),
        (["map", "-o", "map.svg", "--build-up"], "--build-up goes with .pdf only, not with .svg"),
        (["map", "-o", "map.tsv", "--step", "1"], "--step goes with .svg, .png, .pdf, .html only, not with .tsv"),
        (["map", "-o", "map.pdf", "--step", "1", "--build-up"], "not with --build-up"),
        (["map", "-o", "map.svg", "--step", "-1"], "x>=0"),
        (["map", "-o", "map.svg", "--step", "999"], "The step can be 0 to"),
        (["map", "-o", "map.svg", "--base-url", "ftp://example.org"], "begins with http"),
        (["map", "-o", "map.svg", "--title", "a\x07b"], "control character U+0007"),
        (["map", "--propositions", "nowhere.cxl", "-o", "map.svg"], "No such file or directory"),
        (["map", "--propositions", GARDEN, "-o", str(ROOT / "pyproject.toml" / "map.png")], "Not a directory"),
        (["map", "--propositions", os.devnull, "-o", "map.svg"], "nothing to draw"),
        (["map", "--focus", "cultrue", "-o", "map.svg"], "did you mean Culture?"),
        (["map", "--depth", "2", "-o", "map.svg"], "give one"),
        (["map", "--focus", "culture", "--depth", "4", "-o", "map.svg"], "1<=x<=3"),
        (["map", "--page", "a9", "-o", "map.svg"], "'a9' is not one of"),
        (["map", "--speaker", "nobody at all", "-o", "map.svg"], "nobody at all"),
        (["map", "--stance", "shouts", "-o", "map.svg"], "shouts"),
        (["map", "--propositions", GARDEN, "--focus", "soil", "-o", "map.svg"], "not with --focus"),
        (["map", "--question", "Who creates culture?", "--focus", "culture", "-o", "map.svg"], "not with --focus"),
        (["map", "--overview", "--focus", "culture", "-o", "map.svg"], "An overview is of all claims"),
        (["map", "--most", "1", "-o", "map.svg"], "1 is not in the range 2<=x<=500"),
        (["map", "--question", "What is the weather?", "-o", "map.svg"], "nothing to draw"),
        (["map", "--propositions", SEMINAR, "-o", "map.svg"], "Line 1"),
        (["map", "--size", "handout", "-o", "map.png"], "so it comes as .pdf and not as .png"),
        (
            ["map", "--size", "poster", "--page", "a4", "-o", "map.pdf"],
            "--size poster is --page a3-landscape; give one",
        ),
        (["map", "--exercise", "-o", "map.svg"], "--exercise goes with .pdf only, not with .svg"),
        (["map", "--exercise", "--size", "handout", "-o", "map.pdf"], "ask for one of them"),
        (["map", "--exercise", "--build-up", "-o", "map.pdf"], "ask for one of them"),
        (["map", "--size", "handout", "--step", "1", "-o", "map.pdf"], "not with --size handout"),
        (["map", "--size", "handout", "--numbers", "-o", "map.pdf"], "not with --size handout"),
        (["map", "--exercise", "-o", "map.pdf"], "up to 12 concepts, and this one has 46; choose fewer"),
        (["map", "--propositions", GARDEN, "-o", "nowhere/map.svg"], "No such file or directory"),
        (["check"], "Missing argument"),
        (["check", "nowhere.ttl"], "there is no such file"),
        (["check", "."], "not a regular file"),
        (["check", "https://example.org/a.ttl"], "is an address, not a file"),
        (["check", "file:/etc/hosts"], "is an address, not a file"),
        (["check", GARDEN], "must end in one of"),
        (["questions", "no-such-question"], "no ready-made question"),
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--deadline", "0"], "--deadline"),
        (["serve", "--base-url", "example.org"], "http:// or https://"),
        (["publish", "site"], "Missing option '--base-url'"),
        (["publish", "site", "--base-url", "file:///tmp"], "http:// or https://"),
        (["publish", "site", "--base-url", "https://x.org", "--leave-out", "docx"], "'docx' is not one of"),
        (["publish", str(ROOT / "data"), "--base-url", "https://x.org"], "files that were not published there"),
        (["publish", SEMINAR, "--base-url", "https://x.org"], "is a file; name a folder"),
        (["serve", "--trusted-host", "http://example.org"], "without a port"),
        (["serve", "--trusted-host", "example.org:80"], "without a port"),
        (["serve", "--trusted-host", ""], "without a port"),
        (["serve", "--trusted-host", "::::"], "without a port"),
        (["serve", "--trusted-host", "a" * 64], "without a port"),
        (["serve", "--data", "nowhere"], "there is no such file or folder"),
        (["export", "--format", "docx"], "'docx' is not one of"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(arguments: list[str], message: str) -> None:
    ended = run(*arguments)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith("seminar-kg: ")
    assert ended.stderr.count("\n") == 1
    assert message in ended.stderr


def test_without_a_command_the_help_is_shown() -> None:
    ended = run()
    assert ended.exit_code == 2
    assert "Commands:" in ended.stderr


class TestAsk:
    def test_an_answer_says_who_said_it_and_where(self) -> None:
        ended = run("ask", "Who creates culture?")
        assert ended.exit_code == 0
        assert "West" in ended.stdout
        assert "[1] “Culture is created by leaders” (Main points, 3rd point, M3)" in ended.stdout
        assert "SELECT" not in ended.stdout

    def test_explain_shows_a_query_that_runs_unchanged(self) -> None:
        shown = run("ask", "Who creates culture?", "--explain").stdout
        sparql = shown[shown.index("PREFIX") :]
        assert "claim\nhttps://" in run("query", "--text", sparql, "--format", "csv").stdout

    def test_json_is_the_answer_of_the_library(self) -> None:
        answer = json.loads(run("ask", "Who creates culture?", "--json").stdout)
        assert answer["answered"] is True
        assert [passage["id"] for passage in answer["passages"]] == ["M3"]

    def test_no_answer_is_not_an_error(self) -> None:
        ended = run("ask", "What is the weather like?", "--json")
        assert (ended.exit_code, json.loads(ended.stdout)["answered"]) == (0, False)

    def test_a_file_of_questions(self, tmp_path: Path) -> None:
        file = tmp_path / "questions.jsonl"
        lines = ('{"id": "a", "q": "Who creates culture?", "kind": "x"}', "", '{"q": "Who won the cup?"}', "")
        file.write_text("\ufeff" + "\n".join(lines), "utf-8")
        ended = run("ask", "--from", str(file))
        first, second = map(json.loads, ended.stdout.splitlines())
        assert (ended.exit_code, first["id"], first["answered"]) == (0, "a", True)
        assert (second["id"], second["answered"]) == (3, False)

    @pytest.mark.parametrize(
        ("line", "identifier"),
        [
            (b"not JSON", 1),
            (b'["q"]', 1),
            (b'"q"', 1),
            (b'{"id": "a"}', "a"),
            (b'{"id": "a", "q": 3}', "a"),
            (b'{"id": "a", "q": ""}', "a"),
            (b'{"id": null, "q": ""}', None),
            (b'{"id": "\\ud800", "q": "\\ud800"}', "\ud800"),
            (b'{"id": "a", "q": "caf\xe9"}', 1),
            (b"[" * 100_000, 1),
        ],
    )
    def test_a_bad_line_is_reported_in_its_place(self, line: bytes, identifier: object) -> None:
        ended = run("ask", "--from", "-", stdin=line + b'\n{"id": "b", "q": "Who creates culture?"}\n')
        bad, good = map(json.loads, ended.stdout.splitlines())
        assert (ended.exit_code, ended.stderr) == (1, "")
        assert bad == {"id": identifier, "error": bad["error"]}
        assert bad["error"].startswith("line 1: ")
        assert (good["id"], good["answered"]) == ("b", True)


class TestQuery:
    def test_a_table_for_people(self) -> None:
        head, rule, *rows, count = run("query", "--text", TEXTS).stdout.splitlines()
        assert (head, set(rule), len(rows), count) == ("text", {"─"}, 3, "(3 rows)")

    @pytest.mark.parametrize(
        ("form", "query", "expected"),
        [
            ("csv", TEXTS, b"text\r\n"),
            ("tsv", TEXTS, b"?text\n"),
            ("json", TEXTS, b'{"head"'),
            ("xml", TEXTS, b"<?xml"),
            ("json", "ASK {}", b'{"head"'),
            ("table", "ASK {}", b"yes\n"),
            ("table", "ASK { ?a ?b ?c FILTER(false) }", b"no\n"),
            ("ttl", "DESCRIBE concept:culture", b"@prefix"),
            ("nt", "DESCRIBE concept:culture", b"<https://w3id.org/seminar-kg/concept/culture>"),
            ("jsonld", "DESCRIBE concept:culture", b"["),
            ("xml", "DESCRIBE concept:culture", b"<?xml"),
        ],
    )
    def test_formats(self, form: str, query: str, expected: bytes) -> None:
        ended = run("query", "--text", query, "--format", form)
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert ended.stdout_bytes.startswith(expected)

    @pytest.mark.parametrize("form", ["table", "json"])
    def test_what_finds_nothing_is_explained(self, form: str) -> None:
        ended = run("query", "--text", 'ASK { ?concept skos:prefLabel "culture" }', "--format", form)
        near = '"culture" occurs nowhere in the data; near it is "Culture"@en.'
        assert (ended.exit_code, ended.stderr) == (0, f"seminar-kg: {near}\n")

    def test_where_the_engine_differs_is_said(self) -> None:
        ended = run("query", "--text", 'SELECT (REPLACE("abc", "(b)", "$1s") AS ?text) {}', "--format", "csv")
        assert ended.stdout.splitlines() == ["text", "ac"]
        assert "write “${1}s” instead" in ended.stderr

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("concept:culture", ["Culture"]),
            ("<https://w3id.org/seminar-kg/concept/culture>", ["Culture"]),
            ("https://w3id.org/seminar-kg/concept/culture", ["Culture"]),
            ("<concept/culture>", ["Culture"]),
            ("culture", []),
            ("12", []),
            ("1e3", []),
            ("urn:x:y", []),
            ('"foo:bar"', []),
            ('" } ?a ?b ?c . { "', []),
        ],
    )
    def test_bound_terms(self, value: str, expected: list[str]) -> None:
        shown = run("query", "-", "--bind", f"concept={value}", "--format", "csv", stdin=LABEL).stdout
        assert shown.splitlines() == ["label", *expected]

    def test_values_are_terms_and_never_text(self) -> None:
        query = "SELECT ?label { VALUES ?label { } concept:culture skos:prefLabel ?label }"
        for value, expected in (('"Culture"@en', "Culture"), ("Culture", ""), ('"Culture"@de', "")):
            shown = run("query", "--text", query, "--bind", f"label={value}", "--format", "csv").stdout
            assert shown.splitlines()[1:] == ([expected] if expected else [])

    def test_written_elsewhere_rows_are_whole_lines(self) -> None:
        _, _, *rows, count = run("query", "--text", "SELECT ?a ?text { ?a schema:text ?text }").stdout.splitlines()
        assert count == f"({len(rows)} rows)"
        assert all(row.startswith("seminar:") for row in rows)

    def test_wide_characters_keep_columns_in_line(self) -> None:
        shown = run("query", "--text", 'SELECT ?a ?b { VALUES (?a ?b) { ("漢字" "x") ("ab" "x") } }').stdout
        assert shown.splitlines()[2:4] == ["漢字  x", "ab    x"]

    @pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Linux and macOS have")
    def test_on_a_terminal_the_table_fits_and_a_spinner_shows(self) -> None:
        shown = on_a_terminal("query", "--text", "SELECT ?a ?text { ?a schema:text ?text } LIMIT 5", columns=60)
        assert "Running the query" in shown
        table = shown[shown.rindex("\x1b[2K") + 4 :].splitlines()
        assert max(map(len, table)) <= 60
        assert table[-1] == "(5 rows)"

    def test_a_table_that_is_cut_says_so(self) -> None:
        ended = run("query", "--text", MANY)
        assert (ended.exit_code, ended.stdout.splitlines()[-1]) == (0, "(10000 rows)")
        assert "only the first rows" in ended.stderr

    def test_a_file_has_all_rows(self) -> None:
        ended = run("query", "--text", MANY, "--format", "csv")
        assert (ended.exit_code, ended.stdout.count("\n"), ended.stderr) == (0, 20_001, "")

    @pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal, which Linux and macOS have")
    def test_on_a_narrow_terminal_each_value_has_its_line(self) -> None:
        query = "SELECT ?a ?b { VALUES (?a ?b) { (1 'Culture') (2 'Staff') } }"
        shown = on_a_terminal("query", "--text", query, columns=5)
        lines = shown[shown.rindex("\x1b[2K") + 4 :].splitlines()
        assert lines == ["a: 1", "b: Culture", "", "a: 2", "b: Staff", "(2 rows)"]

    def test_names_of_bindings_may_have_their_mark_and_any_letter(self) -> None:
        bound = ("--bind", "ü=a", "--bind", "?ü=b", "--format", "csv")
        assert run("query", "--text", "SELECT ?ü { VALUES ?ü { } }", *bound).stdout.splitlines() == ["ü", "a", "b"]

    def test_nothing_in_a_table_moves_the_cursor(self) -> None:
        assert "\x1b" not in run("query", "--text", r'SELECT ("a\u001b[2Jb" AS ?x) {}').stdout


class TestMap:
    @pytest.mark.parametrize(
        ("options", "name", "start"),
        [
            (["--focus", "culture"], "map.svg", "<?xml"),
            (["--propositions", GARDEN, "--title", "A garden", "--page", "a4"], "map.json", "{"),
            (["--question", "Who creates culture?"], "map.tsv", "Leaders\tcreate\tCulture\tasserted\tdescribes\tthe"),
            (["--speaker", "michael-west", "--focus", "Culture", "--hide", "leaders"], "map.SVG", "<?xml"),
        ],
    )
    def test_maps(self, tmp_path: Path, options: list[str], name: str, start: str) -> None:
        ended = run("map", *options, "-o", str(tmp_path / name))
        assert ended.exit_code == 0
        assert not [line for line in ended.stderr.splitlines() if "have no arrow" not in line]
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)

    @pytest.mark.parametrize("options", [["--size", "handout"], ["--exercise"]])
    def test_maps_on_paper(self, tmp_path: Path, options: list[str]) -> None:
        ended = run("map", "--propositions", GARDEN, *options, "-o", str(tmp_path / "map.pdf"))
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert b"/Count 2" in (tmp_path / "map.pdf").read_bytes()

    def test_a_title_stands_above_whatever_is_drawn(self, tmp_path: Path) -> None:
        for source in (["--focus", "culture"], ["--question", "Who creates culture?"], ["--propositions", GARDEN]):
            assert run("map", *source, "--title", "Our own", "-o", str(tmp_path / "map.svg")).exit_code == 0
            assert '<title id="map-title">Our own</title>' in (tmp_path / "map.svg").read_text(encoding="utf-8")

    @pytest.mark.parametrize("extension", ["svg", "png"])  # each is written from what was read, whatever that was
    def test_formats_come_from_cmaptools_too(self, tmp_path: Path, extension: str) -> None:
        cmap = str(tmp_path / "garden.cxl")
        assert run("map", "--propositions", GARDEN, "-o", cmap).exit_code == 0
        ended = run("map", "--propositions", cmap, "-o", str(tmp_path / f"map.{extension}"))
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert (tmp_path / f"map.{extension}").stat().st_size > 100

    def test_scales_of_a_png(self, tmp_path: Path) -> None:
        sizes = []
        for scale in ("1", "3"):
            assert run("map", "--propositions", GARDEN, "--scale", scale, "-o", str(tmp_path / "m.png")).exit_code == 0
            sizes.append((tmp_path / "m.png").read_bytes()[16:24])
        assert sizes == [bytes([0, 0, 5, 0, 0, 0, 2, 208]), bytes([0, 0, 15, 0, 0, 0, 8, 112])]

    def test_links_lead_to_the_pages(self, tmp_path: Path) -> None:
        for options, base in (([], BASE.rstrip("/")), (["--base-url", "https://x.org/"], "https://x.org")):
            assert run("map", "--focus", "culture", *options, "-o", str(tmp_path / "map.svg")).exit_code == 0
            drawn = (tmp_path / "map.svg").read_text(encoding="utf-8")
            assert f'href="{base}/concepts/culture"' in drawn
            assert f">{base}/map?focus=culture</text>" in drawn

    def test_what_a_map_of_cmaptools_has_and_cannot_be_drawn_is_said(self, tmp_path: Path) -> None:
        concepts = '<concept id="1" label="One"/><concept id="2" label="Two"/><linking-phrase id="p" label="makes"/>'
        line = '<connection from-id="1" to-id="p"/>'
        (tmp_path / "map.cxl").write_text(f"<cmap><map>{concepts}{line}</map></cmap>", encoding="utf-8")
        ended = run("map", "--propositions", str(tmp_path / "map.cxl"), "-o", str(tmp_path / "map.svg"))
        said = "seminar-kg: map.cxl: The linking phrase “makes” leads from “One” to nothing and is not drawn.\n"
        assert (ended.exit_code, ended.stderr) == (0, said)

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_propositions_as_a_spreadsheet_saves_them(self, encoding: str, tmp_path: Path) -> None:
        (tmp_path / "in.tsv").write_text('An aim\tcomes with\t"Clear, ""measurable"" steps"\r\n', encoding=encoding)
        ended = run("map", "--propositions", str(tmp_path / "in.tsv"), "-o", str(tmp_path / "out.tsv"))
        assert (ended.exit_code, ended.stderr) == (0, "")
        drawn = (tmp_path / "out.tsv").read_text(encoding="utf-8")
        assert drawn == 'An aim\tcomes with\tClear, "measurable" steps\n'

    @pytest.mark.parametrize("command", ["ask", "map", "query", "check", "serve", "export", "questions"])
    def test_an_empty_name_of_a_file_is_no_folder(self, command: str) -> None:
        ended = run("--data", "", command)
        assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
        assert "the name of a file or folder is empty" in ended.stderr

    def test_a_list_that_excel_saved_in_another_encoding_is_refused_with_what_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "in.csv").write_text("Café;is;B\r\n", encoding="cp1252")
        ended = run("map", "--propositions", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.svg"))
        assert (ended.exit_code, ended.stdout) == (2, "")
        assert ended.stderr.endswith("save it as UTF-8 (in Excel: CSV UTF-8, or Unicode Text).\n")

    def test_characters_that_no_font_has_are_named(self, tmp_path: Path) -> None:
        lacking = tmp_path / "lacking.tsv"
        lacking.write_text("ܐܒ\tmakes\tΩ CO₂ ثقافة\n", encoding="utf-8")
        named = "No font of the maps has “ܐ” (U+0710), “ܒ” (U+0712): there is no PNG or PDF of this map"
        ended = run("map", "--propositions", str(lacking), "-o", str(tmp_path / "map.svg"))
        assert ended.exit_code == 0
        assert named in ended.stderr
        for extension in ("png", "pdf"):
            ended = run("map", "--propositions", str(lacking), "-o", str(tmp_path / f"map.{extension}"))
            assert (ended.exit_code, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
            assert named in ended.stderr
            assert not (tmp_path / f"map.{extension}").exists()

    def test_what_the_fonts_of_the_extra_have_is_told(self, tmp_path: Path) -> None:
        for character, told in (("ܐ", False), ("👍", False), ("\U00030000", True)):  # rarer than those fonts are large
            (tmp_path / "lacking.tsv").write_text(f"{character}\tmakes\tstaff\n", encoding="utf-8")
            for extension in ("png", "svg"):
                ended = run(
                    "map", "--propositions", str(tmp_path / "lacking.tsv"), "-o", str(tmp_path / f"m.{extension}")
                )
                assert ("The extra seminar-kg[cjk] has fonts for Chinese" in ended.stderr) is told


class TestCheck:
    def test_the_packaged_seminar_has_no_problems(self) -> None:
        ended = run("check", SEMINAR)
        assert (ended.exit_code, ended.stderr) == (0, "")
        assert "No problems" in ended.stdout

    def test_problems_are_lines_with_file_line_and_code(self, tmp_path: Path) -> None:
        file = tmp_path / "seminar.ttl"
        file.write_text(FAULTLESS.read_text(encoding="utf-8").replace("oa:exact", "oa:exakt"), encoding="utf-8")
        ended = run("check", str(file), "--source", str(SOURCE))
        assert (ended.exit_code, ended.stdout) == (1, "")
        assert all(
            re.match(rf"{re.escape(str(file))}, line \d+: [a-z-]+: ", line) for line in ended.stderr.splitlines()
        )

    def test_what_is_not_rdf_is_unreadable(self, tmp_path: Path) -> None:
        file = tmp_path / "broken.ttl"
        file.write_text("<a> <b> .\n")
        ended = run("check", str(file))
        assert ended.exit_code == 2
        assert f"{file}, line 1" in ended.stderr

    def test_a_folder_of_data_is_leant_on(self) -> None:
        assert run("check", SEMINAR, "--data", str(ROOT / "data")).exit_code == 0


class TestQuestionsAndExport:
    def test_the_list_has_every_template(self) -> None:
        names = {line.split()[0] for line in run("questions").stdout.splitlines()}
        assert names == {path.stem for path in (ROOT / "kg" / "questions").glob("*.rq")}
        assert names == {each["name"] for each in json.loads(run("questions", "--format", "json").stdout)}

    def test_one_question_is_shown_with_its_query(self) -> None:
        name = next((ROOT / "kg" / "questions").glob("*.rq")).stem
        assert "SELECT" in run("questions", name).stdout
        assert json.loads(run("questions", name, "--format", "json").stdout)["name"] == name

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without an end; Linux and macOS have one")
    @pytest.mark.parametrize("arguments", [["query", "/dev/zero"], ["map", "--propositions", "/dev/zero"]])
    def test_a_file_without_an_end_is_one_sentence(self, arguments: list[str], tmp_path: Path) -> None:
        output = ["-o", str(tmp_path / "map.svg")] if arguments[0] == "map" else []
        result = run(*arguments, *output)
        assert result.exit_code == 2
        assert "longer than 4 MB" in result.stderr

    @pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without an end; Linux and macOS have one")
    def test_a_line_without_an_end_ends_the_run(self) -> None:
        result = run("ask", "--from", "/dev/zero")
        assert result.exit_code == 1
        assert "longer than a question can be" in result.stdout

    def test_questions_are_executables_for_other_tools(self) -> None:
        for name in ([], ["about-concept"]):
            shown = run("questions", *name, "--format", "ttl").stdout
            graph = Graph().parse(data=shown, format="turtle")
            queries = set(graph.subjects(URIRef("http://www.w3.org/ns/shacl#select")))
            assert len(queries) == (1 if name else len(list((ROOT / "kg" / "questions").glob("*.rq"))))

    def test_rdf_is_the_same_graph_in_each_format_and_each_time(self, tmp_path: Path) -> None:
        counts = set()
        for form in ("ttl", "nt", "jsonld"):
            file = tmp_path / f"all.{form}"
            file.write_bytes(run("export", "--format", form).stdout_bytes)
            assert file.read_bytes() == run("export", "--format", form).stdout_bytes
            query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
            counts.add(run("query", "--no-check", "--data", str(file), "--text", query, "--format", "csv").stdout)
        assert len(counts) == 1
        assert "" not in counts

    def test_csv_has_a_row_for_each_claim(self) -> None:
        rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv").stdout, newline="")))
        query = "SELECT (COUNT(?c) AS ?n) { ?c a schema:Claim }"
        assert run("query", "--text", query, "--format", "csv").stdout.split() == ["n", str(len(rows))]
        assert all(row["text"] and row["credit"] and row["passages"] and row["quotations"] for row in rows)

    def test_propositions_can_be_drawn_again(self, tmp_path: Path) -> None:
        file = tmp_path / "seminar.tsv"
        file.write_bytes(run("export", "--format", "propositions").stdout_bytes)
        lines = file.read_text(encoding="utf-8").splitlines()
        assert all(line.count("\t") == 5 for line in lines[:-1])
        assert lines[-1] == "This list\tsays that\t10 claims join no two concepts and have no arrow.\tnote"


class TestProcess:
    def test_a_reader_that_goes_away_is_no_error(self) -> None:
        with process("export", "--format", "nt") as started:
            assert started.stdout is not None
            assert started.stderr is not None
            started.stdout.readline()
            started.stdout.close()
            assert started.stderr.read() == b""
        assert started.returncode in (0, 1)

    def test_output_is_utf_8_whatever_the_locale(self) -> None:
        environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
        with process("ask", "Who creates culture?", env=environment) as started:
            told, complaint = started.communicate(timeout=60)
        assert (started.returncode, complaint) == (0, b"")
        assert "“" in told.decode()

    @pytest.mark.skipif(os.name != "posix", reason="Windows sends no SIGINT to one process; runs on Linux and macOS")
    @pytest.mark.parametrize("after", [0.1, 0.6, 1.5, 4])
    def test_ctrl_c_while_it_starts_ends_without_a_traceback(self, after: float) -> None:
        script = "from kg.cli import main; print('begun', flush=True); main()"
        command = [sys.executable, "-c", script, "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
            assert started.stdout is not None
            started.stdout.readline()
            time.sleep(after)
            started.send_signal(signal.SIGINT)
            try:
                _, complaint = started.communicate(timeout=60)
            finally:
                started.kill()  # or its end is waited for without end
        assert complaint.strip() == b""
        assert started.returncode in (-signal.SIGINT, 130, 0)

    @pytest.mark.skipif(os.name != "posix", reason="Windows sends no SIGINT to one process; runs on Linux and macOS")
    def test_ctrl_c_ends_without_a_traceback(self, tmp_path: Path) -> None:
        file = tmp_path / "questions.jsonl"
        file.write_text('{"id": 1, "q": "Who creates culture?"}\n' * 100_000, encoding="utf-8")
        with process("ask", "--from", str(file)) as started:
            assert started.stdout is not None
            started.stdout.read(1)
            started.send_signal(signal.SIGINT)
            _, complaint = started.communicate(timeout=60)
        assert (started.returncode, complaint.strip()) == (130, b"")
