"""Files of RDF: their blank nodes, and that all which loads them agrees with the check."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.check.files import read_lines
from kg.cli.command_line import commands
from kg.graph.load import DataSet, load_any
from kg.sparql.formats import CSV, TURTLE

S, P = "<http://example.org/s>", "<http://example.org/p>"
SAME = f'{S} {P} _:x .\n_:x <http://example.org/q> "1" .\n'
PREFIX = "PREFIX : <http://example.org/>\n"
TERM = f'{PREFIX}:c :says <<( _:who :creates <<( :culture :is _:who )>> )>> .\n_:who :name "A" .'


def numbers(data: DataSet, query: str) -> list[int]:
    return [int(each) for each in bytes(data.engine.execute(query, CSV)).decode().split()[1].split(",")]


def written(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return [folder / name.replace("_", ".") for name in texts]


def test_blank_nodes_of_files_with_equal_content_are_two(tmp_path: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?o) AS ?m) { ?s ?p ?o . ?o ?q ?r }"
    files = written(tmp_path, a_nt=SAME, b_nt=SAME, c_ttl="# laid out otherwise\n" + SAME.replace("_:x", "_:y"))
    assert numbers(load_any(files), count) == [3, 3]
    graphs = {f"urn:graph:{file.stem}": file for file in files}
    assert numbers(load_any(graphs=graphs), count) == [3, 3]
    assert numbers(load_any(files[0], graphs), count) == [1, 1]


def test_a_file_in_two_graphs_has_its_blank_nodes_once(tmp_path: Path) -> None:
    (file,) = written(tmp_path, a_nt=SAME)
    same = "SELECT (COUNT(DISTINCT ?o) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(ISBLANK(?o)) }"
    assert numbers(load_any(file, {"urn:a": file}), same) == [1]


def test_blank_nodes_inside_triple_terms_are_those_outside(tmp_path: Path) -> None:
    (file,) = written(tmp_path, a_ttl=TERM)
    query = PREFIX + "SELECT ?n { :c :says <<( ?w :creates <<( :culture :is ?w )>> )>> . ?w :name ?n }"
    assert bytes(load_any(file).engine.execute(query, CSV)).split() == [b"n", b"A"]


def test_the_version_does_not_tell_layouts_apart(tmp_path: Path) -> None:
    """Names of blank nodes and the order of statements say nothing; what is said of a node does."""
    one = f'{S} {P} [ {P} "1" ], [ {P} [ {P} "2" ] ] .'
    two = f'_:z {P} "2" .\n{S} {P} _:y .\n_:y {P} _:z .\n{S} {P} _:a .\n_:a {P} "1" .\n'
    files = written(tmp_path, a_ttl=one, b_nt=two, c_nt=two.replace('"1"', '"3"'))
    versions = [load_any(file).version for file in files]
    assert versions[0] == versions[1] != versions[2]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (f"{S} {P} ( {'1 ' * 500}) .", 1001),
        ("".join(f"_:n{i} {P} _:n{j} .\n" for i in range(9) for j in range(9) if i != j), 72),
        ("".join(f"_:n{i} {P} _:n{(i + 1) % 60} .\n" for i in range(60)), 60),
        (f"{S} {P} {', '.join(['[]'] * 300)} .", 300),
    ],
)
def test_blank_nodes_that_nothing_tells_apart_are_kept_apart(text: str, statements: int, tmp_path: Path) -> None:
    (file,) = written(tmp_path, a_ttl=text)
    assert numbers(load_any(file), "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [statements]
    assert len(read_lines(file).triples) == statements


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mark.ttl", b"\xef\xbb\xbf@prefix x: <http://x/> . x:a x:b x:c ."),
        ("CAPITALS.TTL", b"<http://x/a> <http://x/b> <http://x/c> ."),
        ("term.ttl", TERM.encode()),
        ("null.nt", b'<http://x/a> <http://x/b> "a\0b" .\n'),
        ("empty.ttl", b""),
        ("utf16.ttl", "<http://x/a> <http://x/b> <http://x/c> .".encode("utf-16")),
        ("latin.nt", b'<http://x/a> <http://x/b> "caf\xe9" .\n'),
        ("remote.jsonld", b'{"@context": "https://schema.org/", "name": "x"}'),
        ("wrong.ttl", b"<http://x/a> <http://x/b> ."),
        ("rdf.xml", b"<rdf/>"),
    ],
)
def test_commands_agree_on_what_can_be_read(name: str, content: bytes, tmp_path: Path) -> None:
    """The check finds problems in what others read without it (1, 0), and what one refuses all refuse (2)."""
    file = tmp_path / name
    file.write_bytes(content)

    def run(*arguments: str) -> tuple[int, str]:
        ended = CliRunner().invoke(commands, arguments, prog_name="seminar-kg")
        return ended.exit_code, ended.stderr

    checked, said = run("check", str(file))
    asked, refused = run("query", "--text", "ASK {}", "--no-check", "--data", str(file))
    assert (checked, asked) in ((1, 0), (2, 2))
    if asked:
        assert said == refused
    drawn = ("map", "-o", str(tmp_path / "map.tsv"))
    for others in (("ask", "Who?"), drawn, ("query", "--text", "ASK {}"), ("serve",)):
        assert run(*others, "--data", str(file))[0] == 2


def test_triple_terms_are_given_back(tmp_path: Path) -> None:
    (file,) = written(tmp_path, a_ttl=TERM)
    given = bytes(load_any(file).engine.execute("CONSTRUCT WHERE { ?s <http://example.org/says> ?o }", TURTLE))
    assert given.count(b"<<(") == 2
