"""Question templates as RDF: `sh:SPARQLSelectExecutable`, so that other SPARQL tools can list and run them.

SHACL Advanced Features (https://www.w3.org/TR/shacl-af/) and SHACL, section 5.3, give the terms: the text of a query
by `sh:select`, its prefixes by `sh:prefixes`, what goes into it by `sh:parameter`. The endpoint stands in
`schema:target`, as in the SPARQL examples of the SIB (https://github.com/sib-swiss/sparql-examples).

The value of a parameter is bound to its variable before the query runs (SHACL, appendix A, pre-binding). So the text
has no VALUES block for it with the example of the template: other values would find nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD

from kg.graph.catalogue import Catalogue
from kg.questions.slots import example
from kg.questions.templates import SLOT_KINDS, QuestionTemplate
from kg.sparql.query_text import unbound
from kg.vocabulary import BASE, PREFIXES

QUESTION = Namespace(BASE + "questions/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SCHEMA_TARGET = URIRef("https://schema.org/target")
SEVERAL = "concepts"
"""The kind of slot that takes several things at once. A parameter has one value, so such a slot keeps its block."""


def executables(catalogue: Catalogue, templates: Iterable[QuestionTemplate], endpoint: str | None = None) -> bytes:
    """Return question templates in Turtle.

    Arguments:
        catalogue: what the example in each slot is looked up in.
        templates: the templates to write.
        endpoint: the address of a SPARQL endpoint that runs them; None to name none.
    """
    graph = Graph()
    for prefix, iri in (("sh", SH), ("question", QUESTION), ("owl", OWL), *PREFIXES.items()):
        graph.bind(prefix, iri, replace=True)
    prefixes = URIRef(BASE + "questions#prefixes")
    graph.add((prefixes, RDF.type, OWL.Ontology))
    for prefix, iri in PREFIXES.items():
        declared = URIRef(f"{prefixes}-{prefix}")
        graph.add((prefixes, SH.declare, declared))
        graph.add((declared, SH.prefix, Literal(prefix)))
        graph.add((declared, SH.namespace, Literal(iri, datatype=XSD.anyURI)))
    for template in templates:
        _add(graph, catalogue, template, prefixes)
        if endpoint:
            graph.add((QUESTION[template.name], SCHEMA_TARGET, URIRef(endpoint)))
    return graph.serialize(format="turtle", encoding="utf-8")


def _add(graph: Graph, catalogue: Catalogue, template: QuestionTemplate, prefixes: URIRef) -> None:
    node = QUESTION[template.name]
    graph.add((node, RDF.type, SH.SPARQLExecutable))
    graph.add((node, RDF.type, SH.SPARQLSelectExecutable))
    graph.add((node, RDFS.label, Literal(template.title, lang="en")))
    graph.add((node, RDFS.comment, Literal(template.example, lang="en")))
    graph.add((node, SH.prefixes, prefixes))
    parameters = {slot: kind for slot, kind in template.slots.items() if kind != SEVERAL}
    graph.add((node, SH.select, Literal(unbound(template.sparql, parameters))))
    examples = example(catalogue, template)
    for slot, kind in parameters.items():
        # The path of a parameter is a property whose local name is the name of the variable.
        path = URIRef(f"{node}#{slot}")
        graph.add((node, SH.parameter, path))
        graph.add((path, RDF.type, SH.Parameter))
        graph.add((path, SH.path, path))
        graph.add((path, SH.name, Literal(SLOT_KINDS[kind], lang="en")))
        if slot in examples:
            term = examples[slot].term
            value = Literal(int(term.value)) if kind == "number" else URIRef(term.value)
            graph.add((path, SH.defaultValue, value))
