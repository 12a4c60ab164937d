"""The lines of triples, which are told by how far the engine has read: this is the guard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef

from kg.check.files import TripleLines, read_lines
from kg.vocabulary import local_name

ROOT = Path(__file__).parents[3]

TURTLE = """# a comment . with a stop
@prefix x: <http://x/> .

x:a
    a x:Thing ;   # typed, here
    x:p x:one , x:two ,
        x:three ;
    x:q [ x:r "1" ;
          x:s
            [ x:t '''long
text''' ] ] ,
        "after" .
x:b x:p 1 , 2.5 ,
    true .

x:c x:p "early" .
x:c a x:Other ; x:l ( "first"
    "second" ) .
"""


@pytest.fixture
def triple_lines(tmp_path: Path) -> Callable[..., TripleLines]:
    def read(text: str, ending: str = "ttl") -> TripleLines:
        file = tmp_path / f"a.{ending}"
        file.write_bytes(text.encode())
        return read_lines(file)

    return read


Read = Callable[..., TripleLines]


def lines_of(found: TripleLines) -> dict[tuple[str, str], int]:
    return {(local_name(str(p)), local_name(str(o))): n for (_, p, o), n in found.triples.items()}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_triple_has_the_line_of_its_object(triple_lines: Read, ending: str) -> None:
    found = lines_of(triple_lines(TURTLE.replace("\n", ending)))
    expected = {
        ("type", "Thing"): 5, ("p", "one"): 6, ("p", "two"): 6, ("p", "three"): 7, ("r", "1"): 8,
        ("t", f"long{ending}text"): 10, ("q", "after"): 12, ("p", "2.5"): 13, ("p", "true"): 14,
        ("p", "early"): 16,
    }  # fmt: skip
    assert {key: found.get(key) for key in expected} == expected


def test_a_subject_has_the_line_on_which_it_is_given_its_type(triple_lines: Read) -> None:
    subjects = triple_lines(TURTLE).subjects
    named = {local_name(str(s)): n for s, n in subjects.items() if isinstance(s, URIRef)}
    assert named == {"a": 4, "b": 13, "c": 17}
    assert sorted(n for s, n in subjects.items() if isinstance(s, BNode))[:2] == [8, 10]


def test_the_triples_are_those_that_rdflib_reads(triple_lines: Read) -> None:
    text = (ROOT / "data" / "seminar.ttl").read_text(encoding="utf-8")
    found = Graph()
    for triple in triple_lines(text).triples:
        found.add(triple)
    expected = Graph().parse(data=text, format="turtle")
    assert len(found) == len(expected)
    named = {t for t in expected if not any(isinstance(term, BNode) for term in t)}
    assert named <= set(found)


def test_every_line_of_the_real_seminar_holds_its_object(triple_lines: Read) -> None:
    text = (ROOT / "data" / "seminar.ttl").read_text(encoding="utf-8")
    lines = text.split("\n")
    for (_, predicate, object_), number in triple_lines(text).triples.items():
        line = lines[number - 1]
        if isinstance(object_, Literal):
            assert str(object_).replace('"', '\\"') in line
        elif isinstance(object_, URIRef) and predicate != RDF.type:
            assert local_name(object_) in line


def test_literals_stay_as_written(triple_lines: Read) -> None:
    text = '<http://a/> <http://b/> "2021-03-03"^^<http://www.w3.org/2001/XMLSchema#dateTime> .'
    ((_, _, literal),) = triple_lines(text).triples
    assert str(literal) == "2021-03-03"


def test_trig_has_the_triples_of_all_its_graphs(triple_lines: Read) -> None:
    text = "@prefix x: <http://x/> .\nx:g {\n  x:a x:p x:one ;\n x:q x:two . }\nx:a x:p x:three .\n"
    assert lines_of(triple_lines(text, "trig")) == {("p", "one"): 3, ("q", "two"): 4, ("p", "three"): 5}
