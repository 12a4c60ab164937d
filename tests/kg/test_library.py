"""The Python API: its examples run and say what they say, its names are there, its arguments are looked at."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import library as library_module
from kg.sparql import rows, terms


@pytest.mark.parametrize("module", [library_module, rows, terms], ids=lambda module: module.__name__)
def test_examples_run(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted
    assert not found.failed


def test_what_a_script_annotates_or_catches_is_there() -> None:
    assert all(hasattr(kg, name) for name in kg.__all__)
    library = kg.open_library()
    assert isinstance(library.query("SELECT ?x { ?x a schema:Claim } LIMIT 1"), kg.Rows)
    with pytest.raises(kg.QueryError):
        library.query("SELECT")
    with pytest.raises(kg.UnknownName):
        library.catalogue.concept("no such concept")
    with pytest.raises(kg.AskError):
        library.ask("")


SEMINAR = Path(__file__).parents[2] / "data" / "seminar.ttl"


@pytest.mark.parametrize("paths", [SEMINAR, str(SEMINAR), [SEMINAR], (str(SEMINAR),), iter([SEMINAR])])
def test_a_library_opens_from_one_path_or_several(paths: Any) -> None:
    assert kg.open_library(paths).data.files == (SEMINAR,)


def test_one_path_is_not_read_letter_by_letter() -> None:
    with pytest.raises(kg.UnreadableData, match=r"^nope\.ttl: there is no such file"):
        kg.open_library("nope.ttl")


@pytest.mark.parametrize("paths", [3, b"a.ttl", {"a.ttl": 1}, [3], [None], [b"a.ttl"], [["a.ttl"]], True])
def test_paths_of_another_type_are_refused_in_a_sentence(paths: Any) -> None:
    with pytest.raises(TypeError, match=r"named by a str or a Path.*, not by \w+\.$"):
        kg.open_library(paths)


@pytest.mark.parametrize("paths", ["", [""]])
def test_an_empty_name_is_not_the_current_folder(paths: Any) -> None:
    with pytest.raises(kg.UnreadableData, match="is empty"):
        kg.open_library(paths)


def test_a_graph_is_named_with_a_path_or_its_text() -> None:
    assert kg.open_library([], graphs={"urn:g": str(SEMINAR)}).data.graphs == ("urn:g",)
    with pytest.raises(TypeError, match="not by int"):
        kg.open_library([], graphs={"urn:g": 3})  # type: ignore[dict-item]


def test_a_query_sees_named_graphs_and_resolves_addresses_as_at_the_endpoint(tmp_path: Path) -> None:
    file = tmp_path / "graph.trig"
    file.write_text("<urn:a> <urn:p> 1 . <urn:g> { <urn:a> <urn:p> 2 }", encoding="utf-8")
    graph = "https://w3id.org/seminar-kg/graph/h"
    library = kg.open_library([file], {graph: file})
    assert library.data.graphs == (graph, "urn:g")
    for query, expected in [
        ("SELECT ?o FROM <graph/h> { ?s <urn:p> ?o } ORDER BY ?o", [1, 2]),
        ("SELECT ?o { GRAPH <urn:g> { ?s <urn:p> ?o } }", [2]),
        ("SELECT (STR(<x>) AS ?o) {}", ["https://w3id.org/seminar-kg/x"]),
    ]:
        assert [row["o"] for row in library.query(query)] == expected
        outside = library.outside_engine().execute(query, "text/csv").decode().split()
        assert outside == ["o", *map(str, expected)]
    library.data.outside_engine.close()
