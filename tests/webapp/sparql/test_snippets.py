"""Scripts made from a query: each is run, where its language is here, against a server with our data."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from kg.sparql.query_text import with_prefixes
from webapp import create_app
from webapp.sparql.snippets import snippets

AWKWARD = """SELECT ?text WHERE { # it's "quoted" \\ `$HOME` ${x} $(x) #(lf) \\"\"\"
  VALUES ?text { "it's \\"one\\" \\\\ line" '''two
lines $HOME `x`''' "é漢😀" }
}"""
QUERIES = {
    "rows": ("SELECT ?label { concept:culture skos:prefLabel ?label }", ["Culture"]),
    "awkward rows": (AWKWARD, ["it's", "one", "two", "lines $HOME `x`", "é漢😀"]),
    "yes or no": ("ASK { concept:leaders relation:create concept:culture }", ["true"]),
    "a graph": ("CONSTRUCT WHERE { concept:culture skos:prefLabel ?label }", ["Culture"]),
    "a description": ("DESCRIBE concept:culture", ["Culture"]),
}
NO_ROWS = {"yes or no", "a graph", "a description"}
TOOLS = {
    "Python with requests": (sys.executable, "script.py"),
    "Python with SPARQLWrapper": (sys.executable, "script.py"),
    "Python with rdflib": (sys.executable, "script.py"),
    "pandas": (sys.executable, "script.py"),
    "sparql-dataframe": (sys.executable, "script.py"),
    "curl": ("sh", "script.sh"),
    "JavaScript with fetch": ("node", "script.mjs"),
    "JavaScript with Comunica": ("node", "script.mjs"),
    "R": ("Rscript", "script.R"),
}
ONLY_ROWS = {"pandas", "sparql-dataframe", "R", "Excel (Power Query)"}
NOT_RUN = {"Excel (Power Query)"}
COMUNICA = Path(__file__).parents[3] / "build" / "comunica" / "node_modules"
THOROUGH = {"JavaScript with Comunica"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "tool", [pytest.param(tool, marks=[pytest.mark.thorough] if tool in THOROUGH else []) for tool in TOOLS]
)
@pytest.mark.parametrize("case", QUERIES)
def test_a_script_prints_the_result(endpoint: str, tmp_path: Path, tool: str, case: str) -> None:
    query, expected = QUERIES[case]
    texts = {snippet.name: snippet.text for snippet in snippets(query, endpoint)}
    if tool in ONLY_ROWS and case in NO_ROWS:
        assert tool not in texts
        return
    program, name = TOOLS[tool]
    if shutil.which(program) is None or (tool == "curl" and shutil.which("curl") is None):
        pytest.skip(f"no {tool.split()[0]} here; install it to run its script")
    if tool == "JavaScript with Comunica":
        if not COMUNICA.exists():
            pytest.skip("needs Comunica; make test-all installs it where there is npm")
        (tmp_path / "node_modules").symlink_to(COMUNICA)
    told = run(program, tmp_path / name, texts[tool]).lower().replace("\\\\", "\\").replace("\\'", "'")
    assert [each for each in expected if each.lower() not in told] == []


def run(program: str, script: Path, text: str) -> str:
    """Return what a script prints; it must end well and complain of nothing."""
    script.write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONUTF8": "1", "NO_PROXY": "127.0.0.1"}
    ran = subprocess.run([program, str(script)], capture_output=True, timeout=60, env=environment)
    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    return ran.stdout.decode()


@pytest.mark.parametrize(
    ("tool", "show_gaps", "gaps", "show_one", "one"),
    [
        (
            "pandas",
            "print(rows.values.tolist())",
            "[['NA', 5], ['null', <NA>], [<NA>, 7]]",
            "print(rows['count'].tolist())",
            "[<NA>, 5, <NA>]",
        ),
        (
            "R",
            "cat(deparse(rows$text), deparse(rows$count))",
            'c("NA", "null", NA) c(5L, NA, 7L)',
            "cat(deparse(rows$count))",
            "c(NA, 5L, NA)",
        ),
    ],
)
def test_a_table_holds_what_was_sent(
    endpoint: str, tmp_path: Path, tool: str, show_gaps: str, gaps: str, show_one: str, one: str
) -> None:
    program, name = TOOLS[tool]
    if shutil.which(program) is None:
        pytest.skip(f"no {tool} here; install it to run its script")
    for query, show, expected in (
        ("SELECT ?text ?count { VALUES (?text ?count) { ('NA' 5) ('null' UNDEF) (UNDEF 7) } }", show_gaps, gaps),
        ("SELECT ?count { VALUES ?count { UNDEF 5 UNDEF } }", show_one, one),
    ):
        (text,) = (snippet.text for snippet in snippets(query, endpoint) if snippet.name == tool)
        assert run(program, tmp_path / name, f"{text}{show}\n").splitlines()[-1] == expected


@pytest.mark.parametrize("case", QUERIES)
def test_every_tool_that_can_take_the_result_has_a_script(case: str) -> None:
    names = {snippet.name for snippet in snippets(QUERIES[case][0], "http://localhost/sparql")}
    assert names == {*TOOLS, *NOT_RUN} - (ONLY_ROWS if case in NO_ROWS else set())


def test_prefixes_that_were_left_out_are_written() -> None:
    query = "SELECT ?c { ?c a schema:Claim }"
    for snippet in snippets(query, "http://localhost/sparql"):
        assert "PREFIX schema: <https://schema.org/>" in snippet.text
        assert snippet.text.count("PREFIX") == with_prefixes(query).count("PREFIX")


@pytest.mark.parametrize("query", ["ASK {} # \x00", "ASK {} # \ud800"])
def test_what_is_no_text_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="not text"):
        snippets(query, "http://localhost/sparql")


def test_a_hostile_address_stays_a_text() -> None:
    address = "http://x/';\"$(touch y)`#"
    for snippet in snippets("SELECT * {}", address):
        if snippet.language == "python":
            constants = [node.value for node in ast.walk(ast.parse(snippet.text)) if isinstance(node, ast.Constant)]
            assert address in constants
