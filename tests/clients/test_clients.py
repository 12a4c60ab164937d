"""Programs that people use, against a running endpoint: what they send must be understood as they mean it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import warnings
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas
import pytest
import sparql_dataframe
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

BASE = "https://w3id.org/seminar-kg/"
CULTURE = URIRef(BASE + "concept/culture")
LEADERS = BASE + "concept/leaders"
PREFIXES = (
    f"PREFIX concept: <{BASE}concept/> PREFIX relation: <{BASE}relation/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
SELECT = PREFIXES + "SELECT ?who WHERE { ?who relation:create concept:culture }"
ASK = PREFIXES + "ASK { concept:leaders relation:create concept:culture }"
CONSTRUCT = PREFIXES + "CONSTRUCT WHERE { concept:culture skos:prefLabel ?label }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def wrapper(sparql: str, query: str, wanted: str, method: str = "GET") -> SPARQLWrapper:
    client = SPARQLWrapper(sparql)
    client.setQuery(query)
    client.setMethod(method)
    client.setReturnFormat(wanted)
    return client


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # used by SPARQLWrapper
@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_every_format(sparql: str, method: str) -> None:
    rows = wrapper(sparql, SELECT, JSON, method).queryAndConvert()
    assert [row["who"]["value"] for row in rows["results"]["bindings"]] == [LEADERS]
    assert wrapper(sparql, ASK, JSON, method).queryAndConvert()["boolean"] is True
    assert LEADERS in wrapper(sparql, SELECT, XML, method).queryAndConvert().toxml()
    assert wrapper(sparql, SELECT, CSV, method).queryAndConvert() == f"who\r\n{LEADERS}\r\n".encode()
    assert wrapper(sparql, SELECT, TSV, method).queryAndConvert() == f"?who\n<{LEADERS}>\n".encode()
    for wanted in (RDFXML, TURTLE, JSONLD, N3):
        found = wrapper(sparql, CONSTRUCT, wanted, method).queryAndConvert()
        graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
        assert len(graph) == 1


def test_sparqlwrapper_raises_what_fits(sparql: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper(sparql, "SELECT nonsense", JSON).query()
    with pytest.raises(HTTPError, match="503"):
        wrapper(sparql, HEAVY, JSON).query()


def test_sparqlwrapper_sends_the_query_as_it_is(sparql: str) -> None:
    client = wrapper(sparql, SELECT, JSON, POST)
    client.setRequestMethod("postdirectly")
    assert client.queryAndConvert()["results"]["bindings"]


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_it_for_a_graph(sparql: str, method: str) -> None:
    graph = Graph(SPARQLStore(sparql, method=method, context_aware=False))
    assert Literal("Culture", lang="en") in set(graph.objects(CULTURE, SKOS.prefLabel))
    assert [str(row.who) for row in graph.query(SELECT)] == [LEADERS]
    assert bool(graph.query(ASK).askAnswer)
    assert len(graph.query(CONSTRUCT).graph or ()) == 1


def test_pandas_reads_the_address_of_a_query(sparql: str) -> None:
    frame = pandas.read_csv(f"{sparql}?{urlencode({'query': SELECT, 'format': 'csv'})}")
    assert list(frame.columns) == ["who"]
    assert list(frame["who"]) == [LEADERS]
    frame = pandas.read_csv(f"{sparql}?{urlencode({'query': SELECT, 'format': 'tsv'})}", sep="\t")
    assert list(frame.columns) == ["?who"]


@pytest.mark.parametrize("post", [False, True])
def test_sparql_dataframe(sparql: str, post: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, about pandas
        frame = sparql_dataframe.get(sparql, SELECT, post=post)
    assert list(frame["who"]) == [LEADERS]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl; apt install curl")
class TestCurl:
    def curl(self, *arguments: str) -> str:
        done = subprocess.run(["curl", "-sS", *arguments], capture_output=True, check=True, timeout=60)
        return done.stdout.decode()

    def test_rows_come_as_json_unless_it_asks_for_something_else(self, sparql: str) -> None:
        query = f"query={SELECT}"
        assert json.loads(self.curl("-G", sparql, "--data-urlencode", query))["head"]["vars"] == ["who"]
        found = self.curl("-G", sparql, "--data-urlencode", query, "-H", "Accept: text/csv")
        assert list(csv.reader(io.StringIO(found))) == [["who"], [LEADERS]]
        assert self.curl(sparql, "--data-urlencode", query, "-H", "Accept: text/csv") == found
        assert "skos:prefLabel" in self.curl("-G", sparql, "--data-urlencode", f"query={CONSTRUCT}")

    def test_a_file_can_be_sent(self, sparql: str, tmp_path: Path) -> None:
        (tmp_path / "query.rq").write_text(SELECT, encoding="utf-8")
        header = "Content-Type: application/sparql-query"
        found = self.curl(sparql, "-H", header, "--data-binary", f"@{tmp_path / 'query.rq'}")
        assert json.loads(found)["results"]["bindings"]

    def test_compressed_answers_are_unpacked(self, sparql: str) -> None:
        everything = "query=SELECT * WHERE { ?s ?p ?o }"
        plain = self.curl("-G", sparql, "--data-urlencode", everything)
        assert self.curl("-G", sparql, "--compressed", "--data-urlencode", everything) == plain

    def test_errors_and_head(self, sparql: str) -> None:
        code = ("-o", "/dev/null", "-w", "%{http_code} %{content_type}")
        assert self.curl("-G", sparql, "--data-urlencode", "query=nonsense", *code).startswith("400 text/plain")
        assert self.curl("-I", f"{sparql}?query=ASK%7B%7D", *code) == "200 application/sparql-results+json"
        assert self.curl(sparql, *code).startswith("200 text/turtle")


COMUNICA = Path(__file__).parents[2] / "build" / "comunica" / "node_modules" / ".bin" / "comunica-sparql"


@pytest.mark.thorough
@pytest.mark.skipif(not COMUNICA.exists(), reason="needs Comunica; make test-all installs it where there is npm")
@pytest.mark.parametrize(("query", "words"), [(SELECT, LEADERS), (ASK, "true"), (CONSTRUCT, "Culture")])
def test_comunica(sparql: str, query: str, words: str) -> None:
    done = subprocess.run(
        [str(COMUNICA), f"sparql@{sparql}", query], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert words in done.stdout
