"""Files that cannot be read, and the formats that can."""

import os
import socket
from pathlib import Path

import pytest
from rdflib import Graph

from kg.check import UnreadableFile, check, files

FIXTURE = Path(__file__).parents[3] / "tests" / "fixtures" / "check"
GOOD = (FIXTURE / "seminar.ttl").read_text(encoding="utf-8")
PREFIX = "@prefix x: <http://x/> .\n"
REMOTE = '{"@context": "https://schema.org/", "@id": "http://a/", "name": "x"}'
IMPORT = '{"@context": {"@vocab": "http://s/", "@import": "http://s/c"}, "@id": "http://a/", "name": "x"}'
TRIPLE_TERM = "<http://a/> <http://b/> <<( <http://a/> <http://b/> <http://c/> )>> ."

UNREADABLE = [
    # name of the file, its text, line, column, what is said
    ("a.ttl", PREFIX + "x:a x:b z:c .\n", 2, 9, "z:"),
    ("a.ttl", PREFIX + "x:a x:b x:c\nx:d x:e x:f .\n", 3, 1, "dot"),
    ("a.ttl", PREFIX + 'x:a x:b x:c ;\n  x:d "open .\n', 3, 7, "not RDF"),
    ("a.ttl", PREFIX + "x:a x:b <http://a b> .\n", 2, 9, "IRI"),
    ("a.ttl", PREFIX + "x:a x:b " + "[ x:b " * 20000 + "x:c" + "]" * 20000 + " .", 2, None, "nested"),
    ("a.ttl", TRIPLE_TERM, 1, 41, "not RDF"),
    ("a.trig", PREFIX + "x:g { x:a x:b x:c .\n", 3, 1, "not RDF"),
    ("a.nt", "<http://a/> <http://b/> <http://c/> .\n<http://a/> <http://b/> .\n", 2, 25, "not RDF"),
    ("a.nt", TRIPLE_TERM, None, None, "RDF 1.2"),
    ("a.nq", "# quads\n\n<http://a/> oops\n", 3, 13, "not RDF"),
    ("a.jsonld", '{"@id": "http://a/",}', 1, 21, "not JSON"),
    ("a.jsonld", REMOTE, None, None, "nothing is fetched"),
    ("a.jsonld", IMPORT, None, None, "nothing is fetched"),
    ("a.jsonld", "", 1, 1, "not RDF"),
    ("a.rdf", "<rdf/>", None, None, "RDF/XML is not accepted"),
    ("a.txt", "words", None, None, "must end in"),
]


@pytest.mark.parametrize(("name", "text", "line", "column", "says"), UNREADABLE)
def test_unreadable_file(
    name: str,
    text: str,
    line: int | None,
    column: int | None,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "socket", None)  # nothing may reach for the network
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        check([file])
    assert (caught.value.file, caught.value.line, caught.value.column) == (file, line, column)
    assert says in caught.value.reason
    assert str(caught.value).startswith(str(file))


def test_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(b"# one\n# two\n# caf\xe9\n")
    with pytest.raises(UnreadableFile, match="line 3: the text is not UTF-8"):
        check([file])


def test_utf16_without_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_bytes(PREFIX.encode("utf-16-le"))
    with pytest.raises(UnreadableFile, match="line 1: the text is not UTF-8"):
        check([file])


@pytest.mark.parametrize("text", ["../../pwn", "", ".", "CON", "nul.ttl", "a/b", "-x", "x."])
def test_an_identifier_that_is_no_slug(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(f'<urn:a> <http://purl.org/dc/terms/identifier> "{text}", "M1.1", "S-2_b" .', encoding="utf-8")
    assert [problem.code for problem in check([file])] == ["bad-slug"]


def test_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    with pytest.raises(UnreadableFile, match="bigger than"):
        check([FIXTURE / "seminar.ttl"])


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("https://example.org/a.ttl", "an address"),
        ("/no/such/file.ttl", "no such file"),
        (os.devnull, "regular file"),
    ],
)
def test_not_a_file(path: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        check([Path(path)])


def test_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="regular file"):
        check([tmp_path])


def test_source_must_be_text(tmp_path: Path) -> None:
    source = tmp_path / "source.txt"
    source.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableFile):
        check([FIXTURE / "seminar.ttl"], source=source)


def test_a_broken_file_among_good_ones_stops_the_check(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text(PREFIX + "x:a x:b", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        check([FIXTURE / "seminar.ttl"], data=[broken])


@pytest.mark.parametrize(
    ("suffix", "format_"), [("nt", "nt"), ("jsonld", "json-ld"), ("nq", "nt"), ("trig", "turtle")]
)
def test_other_formats(suffix: str, format_: str, tmp_path: Path) -> None:
    """The good seminar is good, and a faulty one faulty, in every format."""
    for text, expected in ((GOOD, []), (GOOD.replace("OfItems 2", "OfItems 3"), ["list-count"])):
        file = tmp_path / f"seminar.{suffix}"
        Graph().parse(data=text, format="turtle").serialize(file, format=format_, encoding="utf-8")
        problems = list(check([file], source=FIXTURE / "source.txt"))
        assert [problem.code for problem in problems] == expected
        if expected and suffix == "nt":
            assert "numberOfItems" in file.read_text(encoding="utf-8").split("\n")[problems[0].line - 1]
        if expected and suffix == "jsonld":
            assert problems[0].line == 1


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "seminar.ttl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("OfItems 2", "OfItems 3").replace("\n", "\r\n").encode())
    (problem,) = check([file])
    assert (problem.code, problem.line) == ("list-count", GOOD[: GOOD.index("OfItems")].count("\n") + 1)
