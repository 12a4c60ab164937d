"""Ready-made questions as SHACL executables: read back, they are queries that run."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rdflib import RDF, Graph, URIRef

from kg.library import Library
from kg.questions.as_rdf import QUESTION, SEVERAL, SH, executables
from kg.sparql.query_text import with_prefixes
from kg.vocabulary import PREFIXES


@pytest.fixture(scope="module")
def graph(library: Library) -> Graph:
    body = executables(library.catalogue, library.questions(), "http://127.0.0.1/sparql")
    assert body == executables(library.catalogue, library.questions(), "http://127.0.0.1/sparql")
    return Graph().parse(data=body, format="turtle")


def test_every_question_is_one_that_runs_as_it_stands(library: Library, graph: Graph) -> None:
    nodes = graph.subjects(RDF.type, SH.SPARQLSelectExecutable)
    found = {str(node).removeprefix(str(QUESTION)): node for node in nodes}
    assert found.keys() == {template.name for template in library.questions()}
    for template in library.questions():
        node = found[template.name]
        query = str(graph.value(node, SH.select))
        assert library.execute(query)
        parameters = [slot for slot, kind in template.slots.items() if kind != SEVERAL]
        assert len(list(graph.objects(node, SH.parameter))) == len(parameters)
        assert [slot for slot in parameters if re.search(rf"VALUES\s*\(?\s*\?{slot}\b", query)] == []
        assert parameters or query == template.sparql
        assert str(graph.value(node, URIRef("https://schema.org/target"))) == "http://127.0.0.1/sparql"


def test_parameters_are_named_as_their_variables_and_have_an_example(library: Library, graph: Graph) -> None:
    for template in library.questions():
        for parameter in graph.objects(QUESTION[template.name], SH.parameter):
            name = str(graph.value(parameter, SH.path)).rpartition("#")[2]
            assert name in template.slots
            assert graph.value(parameter, SH.defaultValue) is not None


@pytest.mark.parametrize(
    "block",
    [
        "\n  VALUES ?concept { concept:culture }\n  ",
        " VALUES ?concept { concept:culture } . ",
        "\n  values $concept{ concept:culture\n concept:nhs }.\n  ",
        " VALUES (?concept) { (concept:culture) } ",
    ],
)
def test_no_form_of_the_block_is_left(library: Library, block: str) -> None:
    pattern = "?claim schema:about ?concept , ?concepts ."
    query = with_prefixes(f"SELECT DISTINCT ?claim WHERE {{{block}{pattern} VALUES ?concepts {{ concept:nhs }} }}")
    template = next(each for each in library.questions() if each.name == "about-concept")
    body = executables(library.catalogue, [replace(template, sparql=query)])
    written = str(Graph().parse(data=body, format="turtle").value(QUESTION["about-concept"], SH.select))
    assert "VALUES ?concepts { concept:nhs }" in written
    assert "concept:culture" not in written
    assert library.execute(written)


def test_prefixes_are_declared(graph: Graph) -> None:
    (prefixes,) = set(graph.objects(None, SH.prefixes))
    declared = {
        str(graph.value(each, SH.prefix)): str(graph.value(each, SH.namespace))
        for each in graph.objects(prefixes, SH.declare)
    }
    assert declared == PREFIXES
