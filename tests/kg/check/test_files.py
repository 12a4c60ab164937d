"""Files that cannot be read, and the formats that can."""

import os
import re
import socket
from pathlib import Path

import pytest
from rdflib import Graph

from kg.check import UnreadableFile, beside_faults, check, files
from kg.graph.load import load_any
from kg.sparql.formats import CSV

FIXTURE = Path(__file__).parents[3] / "tests" / "fixtures" / "check"
GOOD = (FIXTURE / "seminar.ttl").read_text(encoding="utf-8")
PREFIX = "@prefix x: <http://x/> .\n"
REMOTE = '{"@context": "https://schema.org/", "@id": "http://a/", "name": "x"}'
IMPORT = '{"@context": {"@vocab": "http://s/", "@import": "http://s/c"}, "@id": "http://a/", "name": "x"}'
TRIPLE_TERM = "<http://a/> <http://b/> <<( <http://a/> <http://b/> <http://c/> )>> ."


def nested(depth: int) -> str:
    """Return blank nodes that stand in one another so deep."""
    return PREFIX + "x:a x:b " + "[ x:b " * depth + "x:c" + "]" * depth + " ."


UNREADABLE = [
    # name of the file, its text, line, column, what is said
    ("a.ttl", PREFIX + "x:a x:b z:c .\n", 2, 9, "z:"),
    ("a.ttl", PREFIX + "x:a x:b x:c\nx:d x:e x:f .\n", 3, 1, "dot"),
    ("a.ttl", PREFIX + 'x:a x:b x:c ;\n  x:d "open .\n', 3, 7, "not RDF"),
    ("a.ttl", PREFIX + "x:a x:b <http://a b> .\n", 2, 9, "IRI"),
    ("a.trig", PREFIX + "x:g { x:a x:b x:c .\n", 3, 1, "not RDF"),
    ("a.nt", "<http://a/> <http://b/> <http://c/> .\n<http://a/> <http://b/> .\n", 2, 25, "not RDF"),
    ("a.nq", "# quads\n\n<http://a/> oops\n", 3, 13, "not RDF"),
    ("a.jsonld", '{"@id": "http://a/",}', 1, 21, "not RDF: trailing commas"),
    ("a.jsonld", REMOTE, None, None, "nothing is fetched"),
    ("a.jsonld", IMPORT, None, None, "nothing is fetched"),
    ("a.jsonld", "", 1, 1, "not RDF"),
    ("a.jsonld", '{"http://a/":' * 70_000 + "1" + "}" * 70_000, 1, 851_982, "nested too deeply"),
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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nested.ttl", nested(4_000)),
        pytest.param("nested.ttl", nested(20_000), id="deeply-nested.ttl", marks=pytest.mark.thorough),
        ("term.ttl", TRIPLE_TERM),
        ("term.nt", TRIPLE_TERM),
        ("inner.ttl", PREFIX + "x:a x:b <<( _:c x:d <<( x:e x:f _:c )>> )>> ; x:g x:h ~ x:i {| x:j x:k |} ."),
        ("marked.nt", "\ufeff<http://a/> <http://b/> <http://c/> .\n"),
        ("MARKED.NQ", "\ufeff<http://a/> <http://b/> <http://c/> <http://g/> .\n"),
        ("marked.TriG", "\ufeffPREFIX x: <http://x/> x:g { x:a x:b x:c }"),
        ("marked.JsonLD", '\ufeff{"@id": "http://a/", "http://b/": "c"}'),
        ("Marked.Ttl", "\ufeff" + PREFIX + "x:a x:b x:c ."),
    ],
)
def test_what_the_engine_reads_the_check_reads(name: str, text: str, tmp_path: Path) -> None:
    """Every command reads a file as every other does, in the folder and by its name."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    by_check = files.read_lines(file).triples
    for paths in (file, tmp_path):
        data = load_any(paths)
        assert data.files == (file,)
        count = data.engine.execute("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", CSV)
        assert int(bytes(count).split()[1]) == len(by_check) > 0
    assert check([file])


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
    said = f'<http://purl.org/dc/terms/identifier> "{text}", "M1.1", "S-2_b" .'
    file.write_text(f"<https://w3id.org/seminar-kg/concept/a> {said}", encoding="utf-8")
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


@pytest.mark.parametrize(("suffix", "format_"), [("nt", "nt"), ("jsonld", "json-ld"), ("nq", "nt"), ("trig", "turtle")])
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


# ── What the syntax errors say ──


SYNTAX = [
    ("x:a x:b x:c\n  x:d x:e .", 3, "a semicolon is probably missing at the end of line 2"),
    ("x:a x:b x:c # so\n\n  x:d x:e .", 4, "a semicolon is probably missing at the end of line 2"),
    ("x:a x:b x:c x:d x:e .", 2, "a semicolon or a comma is probably missing before it"),
    ("x:a x:b [ x:c x:d x:e x:f ] .", 2, "a semicolon or a comma is probably missing before it"),
    ("x:a x:b [ x:c x:d\n  x:e x:f ] .", 3, "a semicolon is probably missing at the end of line 2"),
    ("x:a x:b [ x:c x:d .", 2, "a closing bracket ] is probably missing"),
    ("x:a x:b x:c ,\n  x:d x:e .", 3, "line 2 ends with a comma, where a semicolon is probably meant"),
    ("x:a x:b x:c .\n  x:d x:e .", 3, "line 2 ends with a full stop, where a semicolon is probably meant"),
    ("x:a x:b x:c\nx:d x:e x:f .", 3, "a full stop is probably missing at the end of line 2"),
    ("x:a x:b x:c ; x:d .", 2, "a value is missing before the full stop"),
    ('x:a x:b "open .', 2, "a closing quotation mark is probably missing"),
    ('x:a x:b "open ;\n  x:c "d" .', 2, "a closing quotation mark is probably missing"),
    ('x:a x:b """open .\nx:c x:d "e" .', 2, "a closing quotation mark is probably missing of three, as it began"),
    ("x:a x:b \u201cc\u201d@en .", 2, "not curly ones"),
    ('x:a x:b "c\u201d@en ;\n  x:d "e" .', 2, "not curly ones"),
    ("x:a x:b \u2018c\u2019@en .", 2, "not curly ones"),
    ('x:a x:b "a \u201cso called\u201d thing ;\n  x:d "e" .', 2, "a closing quotation mark is probably missing"),
    ('x:a x:b "he said "yes" to all"@en .', 2, "inside a text a quotation mark is written"),
    ('x:a x:b "c"en .', 2, "before its language stands an @"),
    ("x:a x:b z:c .", 2, "declare it above, as in @prefix z: "),
    ("x:a x:b <http://a b> .", 2, "a closing > is probably missing"),
    ("x:a x:b x:c .\n\ufeff@prefix y: <http://y/> .", 3, "a byte order mark stands here"),
]


@pytest.mark.parametrize(("text", "line", "says"), SYNTAX)
def test_a_syntax_error_names_what_is_probably_missing(text: str, line: int, says: str, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(PREFIX + text, encoding="utf-8")
    for read in (check, load_any):
        with pytest.raises(UnreadableFile) as caught:
            read([file])
        assert caught.value.line == line
        assert says in caught.value.reason
        assert str(caught.value).endswith(".")


def test_the_check_goes_on_after_a_syntax_error(tmp_path: Path) -> None:
    """Every claim with a fault is named, and none without."""
    blocks = [
        "x:a x:b x:c\n  x:d x:e .",
        "x:good x:b x:c .",
        'x:f x:b "open .\nx:good x:b x:c .',
        "@prefix y: <http://y/> .",
        "x:g y:b x:c",
        "x:good y:b [ x:c x:d ] .",
        "x:h x:b “x” .",
        "x:good x:b x:c .",
    ]
    text = PREFIX + "\n\n".join(blocks) + "\n"
    file = tmp_path / "a.ttl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        check([file])
    found = [caught.value, *caught.value.others]
    expected = [text[: text.index(each)].count("\n") + 1 for each in ("  x:d", '"open', "x:good y:b", "“x”")]
    assert [each.line for each in found] == expected


def test_other_claims_are_checked_beside_a_syntax_error(tmp_path: Path) -> None:
    """The claim with the fault lacks what stands behind it, and that is no problem of its own."""
    text = GOOD.replace('"Patience feeds growth."@en ;', '"Patience feeds growth."@en')
    text = text.replace('schema:text "Good gardens need time."', 'schema:text "Good gardens need time"')
    habits = 'schema:text "Teams need good habits."@en ;\n    '
    text = text.replace(f"{habits}sk:stance sk:recommends ;", habits)
    file = tmp_path / "a.ttl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        check([file])
    assert caught.value.others == ()
    assert "a semicolon is probably missing" in caught.value.reason
    found = [(problem.code, problem.line) for problem in beside_faults(caught.value)]
    places = ('"Good gardens need time"@en', ":m2-1 a schema:Claim")
    lines = [text[: text.index(each)].count("\n") + 1 for each in places]
    assert found == [("claim-sentence", lines[0]), ("claim-stance", lines[1])]


def test_a_remote_context_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text(REMOTE, encoding="utf-8")
    for read in (check, load_any):
        with pytest.raises(UnreadableFile, match=r"a remote context \(https://schema.org/\), and nothing is"):
            read([file])


# ── Which files ──


def test_a_folder_is_read_without_hidden_files_and_pipes_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PREFIX + "x:a x:b x:c .", encoding="utf-8")
    (tmp_path / "._a.ttl").write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / ".#a.ttl").symlink_to("somebody@somewhere.1234:5678")
    (tmp_path / "#a.ttl#").write_text("x:a", encoding="utf-8")
    assert load_any(tmp_path).files == (tmp_path / "a.ttl",)
    os.mkfifo(tmp_path / "b.ttl")
    for paths in (tmp_path, tmp_path / "b.ttl"):
        with pytest.raises(UnreadableFile, match=r"b\.ttl: this is a pipe, device or the like"):
            load_any(paths)
    (tmp_path / "b.ttl").unlink()
    (tmp_path / "c.ttl").symlink_to("gone.ttl")
    with pytest.raises(UnreadableFile, match=r"c\.ttl: this is a link to a file that is not there"):
        load_any(tmp_path)


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(PREFIX + "x:a x:b [ x:c x:d ] .", encoding="utf-8")
    data = load_any([tmp_path, tmp_path / "a.ttl", tmp_path / ".." / tmp_path.name / "a.ttl"])
    assert bytes(data.engine.execute("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", CSV)).split() == [b"n", b"2"]


# ── What is in them ──


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", ""),
        ("a.ttl", "# nothing yet\n"),
        ("a.nt", "\ufeff"),
        ("a.jsonld", "{}"),
        ("a.ttl", '<http://x/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "A"@en .'),
        ("a.ttl", "<a> <b> <c> ."),
    ],
)
def test_a_file_with_nothing_of_a_seminar_does_not_pass(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = [(problem.code, problem.line) for problem in check([tmp_path / name])]
    assert ("no-seminar", 1) in found
    beside = [each.code for each in check([FIXTURE / "seminar.ttl", tmp_path / name])]
    assert beside.count("no-seminar") == 1


def test_a_relative_address_is_reported_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(GOOD + "<me> rdfs:seeAlso <#you> ; <knows> <#you> .", encoding="utf-8")
    found = [problem for problem in check([file]) if problem.code != "untyped"]
    assert {problem.code for problem in found} == {"relative-address"}
    assert {re.findall("<.*?>", problem.message)[0] for problem in found} == {"<#you>", "<me>", "<knows>"}
    assert not any("file:" in problem.message or str(tmp_path) in problem.message for problem in found)


@pytest.mark.parametrize(
    "sign",
    ["\0", "\u00ad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202e", "\u2060", "\u2064", "\u3164",
     "\ufeff", "\U000e0041"],
)  # fmt: skip
def test_characters_that_cannot_be_seen(sign: str, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    text = GOOD.replace('"Water"@en', f'"Wa{sign}ter"@en')
    in_addresses = sign not in ("\0", "\U000e0041")
    if in_addresses:
        text += f"concept:water rdfs:seeAlso <<( <http://x/{sign}y> rdf:first rdf:nil )>> ."
    file.write_text(text, encoding="utf-8")
    found = [problem for problem in check([file]) if problem.code == "control-character"]
    assert len(found) == 1 + in_addresses
    assert all(f"U+{ord(sign):04X}" in problem.message and sign not in problem.message for problem in found)


@pytest.mark.parametrize("text", ["می\u200cخواهم", "क्\u200dष", "👩\u200d🔬", "❤\ufe0f\u200d🔥"])
def test_joiners_where_a_script_or_an_emoji_needs_them(text: str, tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(GOOD.replace('"Water"@en', f'"{text}"@en'), encoding="utf-8")
    assert [problem.code for problem in check([file])] == []
