"""The engine in this process: exact results, limits, refusals."""

import json
import re
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.sparql.engine import (
    ChosenGraphs,
    QueryEngine,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    Refusal,
    Result,
    ResultTooLarge,
)
from kg.sparql.formats import CSV, JSON, JSON_LD, MEDIA_TYPES, N_TRIPLES, RDF_XML, TSV, TURTLE, XML
from kg.sparql.lexer import position, tokens_of
from kg.sparql.limits import Limits
from kg.sparql.oxigraph import EmbeddedEngine

XSD = "http://www.w3.org/2001/XMLSchema#"
DATA = f"""
# a comment with a " in it
<urn:a> <urn:p> "x,\\"y\\"\\n\\tz"@en .
<urn:a> <urn:q> "01"^^<{XSD}integer> .
<urn:a> <urn:r> <urn:b#c> .
<urn:b> <urn:p> _:n .
_:n <urn:q> "5"^^<{XSD}unsignedInt> .
_:n <urn:q> "1.0E6"^^<{XSD}double> .
_:n <urn:q> "1.50"^^<{XSD}decimal> .
_:n <urn:q> "2014-06-10T00:00:00.000Z"^^<{XSD}dateTime> .
_:n <urn:q> "2014-06-12"^^<{XSD}date> .
_:n <urn:q> "true"^^<{XSD}boolean> .
<urn:c> <urn:p> "in a graph" <urn:g> .
<urn:c> <urn:p> "in another" <urn:h> .
""".encode()


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(DATA)


ROW = "SELECT ?p ?o ?none { VALUES (?p ?x) {(<urn:p> 1) (<urn:q> 2) (<urn:r> 3)} <urn:a> ?p ?o } ORDER BY ?x"


@pytest.mark.parametrize(
    ("query", "media_type", "expected"),
    [
        (
            ROW,
            JSON,
            '{"head":{"vars":["p","o","none"]},"results":{"bindings":['
            '{"p":{"type":"uri","value":"urn:p"},'
            '"o":{"type":"literal","value":"x,\\"y\\"\\n\\tz","xml:lang":"en"}},'
            '{"p":{"type":"uri","value":"urn:q"},'
            f'"o":{{"type":"literal","value":"1","datatype":"{XSD}integer"}}}},'
            '{"p":{"type":"uri","value":"urn:r"},"o":{"type":"uri","value":"urn:b#c"}}]}}',
        ),
        (
            ROW,
            XML,
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
            '<variable name="p"/><variable name="o"/><variable name="none"/></head><results>'
            '<result><binding name="p"><uri>urn:p</uri></binding>'
            '<binding name="o"><literal xml:lang="en">x,&quot;y&quot;\n\tz</literal></binding></result>'
            '<result><binding name="p"><uri>urn:q</uri></binding>'
            f'<binding name="o"><literal datatype="{XSD}integer">1</literal></binding></result>'
            '<result><binding name="p"><uri>urn:r</uri></binding>'
            '<binding name="o"><uri>urn:b#c</uri></binding></result></results></sparql>',
        ),
        (ROW, CSV, 'p,o,none\r\nurn:p,"x,""y""\n\tz",\r\nurn:q,1,\r\nurn:r,urn:b#c,\r\n'),
        (
            ROW,
            TSV,
            '?p\t?o\t?none\n<urn:p>\t"x,\\"y\\"\\n\\tz"@en\t\n<urn:q>\t1\t\n<urn:r>\t<urn:b#c>\t\n',
        ),
        ("SELECT ?n { <urn:b> <urn:p> ?n }", CSV, "n\r\n_:n\r\n"),
        ("SELECT * { }", JSON, '{"head":{"vars":[]},"results":{"bindings":[{}]}}'),
        ("SELECT * { <urn:no> <urn:p> ?o }", TSV, "?o\n"),
        ("SELECT (\"é€😀\" AS ?x) (' a ' AS ?y) {}", CSV, "x,y\r\né€😀, a \r\n"),
        (r'SELECT ("<&>\r" AS ?x) {}', XML, None),
        ("ASK { <urn:a> ?p ?o }", JSON, '{"head":{},"boolean":true}'),
        (
            "ASK { <urn:no> ?p ?o }",
            XML,
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head>'
            "<boolean>false</boolean></sparql>",
        ),
        (
            "CONSTRUCT { ?s <urn:t> ?o } { <urn:a> <urn:q> ?o BIND(<urn:a> AS ?s) VALUES ?x {1 2 3} }",
            N_TRIPLES,
            f'<urn:a> <urn:t> "1"^^<{XSD}integer> .\n',
        ),
        (
            "BASE <http://x/> PREFIX b: <urn:b#> PREFIX rel: <rel> DESCRIBE <urn:a>",
            TURTLE,
            '@prefix b: <urn:b#> .\n<urn:a> <urn:r> b:c ;\n\t<urn:q> 1 ;\n\t<urn:p> "x,\\"y\\"\\n\\tz"@en .\n',
        ),
        (
            "CONSTRUCT WHERE { <urn:a> <urn:r> ?o }",
            JSON_LD,
            '[{"@id":"urn:a","urn:r":[{"@id":"urn:b#c"}]}]',
        ),
        ("CONSTRUCT WHERE { <urn:a> <urn:p> ?o }", RDF_XML, None),
    ],
)
def test_results_to_the_byte(engine: EmbeddedEngine, query: str, media_type: str, expected: str | None) -> None:
    result = engine.execute(query, media_type)
    if expected is None:
        ElementTree.fromstring(result)
    else:
        assert result.decode() == expected
    assert isinstance(result, bytes)
    assert (result.form, result.media_type, result.truncated) == (
        next(form for form in MEDIA_TYPES if form in query),
        media_type,
        False,
    )


E = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {E} {{?s ?p ?o}} }}",
        f"SELECT * {{ SeRvIcE SILENT {E} {{}} }}",
        f"SELECT * {{ SERVICE#c\n{E} {{}} }}",
        "PREFIX e: <urn:> SELECT * { SERVICE e:x {} }",
        "SELECT * { VALUES ?e {<urn:v>} SERVICE?e{} }",
        # Oxigraph needs no space between tokens: each of these calls a service there.
        f"SELECT * {{SERVICE{E}{{}}}}",
        f"SELECT * {{?s ?p trueSERVICE{E}{{}}}}",
        f"SELECT * {{SERVICESILENT{E}{{}}}}",
        "PREFIX SERVICE: <urn:> SELECT * {SERVICE:x{}}",
        "PREFIX SERVICEex: <urn:> PREFIX ex: <urn:> SELECT * {SERVICEex:x{}}",
        "PREFIX ex: <urn:> SELECT * {?s ?p 1.e5SERVICEex:x {}}",
        f"SELECT * {{?s ?p 'x\\'' .SERVICE {E} {{}}}}",
        f"PREFIX ex: <urn:> SELECT * {{?s ?p ex:x\\'.\nSERVICE {E} {{}} ?s ?p ex:\\'}}",
        # A comment ends at a carriage return.
        f"SELECT * {{{{}}#\rSERVICE {E} {{}}\n}}",
        # `<` is less than here, so that the quotation mark or the # behind it is another one than it seems.
        f"SELECT * {{FILTER(1<'>'||true)SERVICE{E}{{}}FILTER('x'='x')}}",
        f"PREFIX : <urn:> SELECT * {{FILTER(1<:#>'''\n||true)SERVICE{E}{{}}#'''\n}}",
        f"SELECT * {{FILTER(1<-1#>'''\n||true)SERVICE {E}{{}}#'''\n}}",
        f"SELECT * {{FILTER(1<<urn:x#>)SERVICE{E}{{}}\n}}",
    ],
)
def test_service_is_refused_before_anything_is_run(engine: EmbeddedEngine, query: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        engine.execute(query, JSON)
    assert refused.value.reason == Refusal.SERVICE


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX s: <http://x/> SELECT ?service { ?service s:SERVICE ?o } LIMIT 1",
        "PREFIX service: <urn:> SELECT * { ?s service:p/service:q $SERVICE }",
        "PREFIX service: <urn:> SELECT * FROM service:g { GRAPH service:x { ?s a service:Service } }",
        "SELECT * { ?s ?p <http://example.org/SERVICE> }",
        "SELECT * { ?s ?p 'SERVICE <urn:x> {}', \"service\", '''a SERVICE ?x {''' }",
        "SELECT * { ?s ?p 'health service'@en } # SERVICE <urn:x> {}",
        "SELECT * { ?s ?p 'it\\'s a SERVICE <urn:x> {}' }",
        "SELECT * { ?s <http://x/rdf#label> 'SERVICE <urn:x> {}' FILTER(?o < 5 && ?q > 3) }",
        "BASE <http://x/> SELECT * { ?s <vocab#label> 'the health service' }",
        "BASE <urn:x> PREFIX : <#> SELECT * { ?s :p 'SERVICE <urn:x> {}' }",
        r"SELECT * { ?s ?p '\u0053ERVICE <urn:x> {}' }",
        "ASK { FILTER(STR(?s) = 'service: x' || ?o = <urn:a#b>) BIND(1 AS ?Service) BIND(2 AS ?service) }",
        "ASK { FILTER(1<'>')FILTER('SERVICE <urn:x> {}'>'') } # zervice",
    ],
)
def test_service_is_not_imagined(engine: EmbeddedEngine, query: str) -> None:
    assert engine.execute(query, JSON).form


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * { ?s ?p 'service'", (1, 27)),
        ("SELECT * { ?s ?p 'service' & }", (1, 28)),
        (r"ASK { \u0053ERVICE ?x {} }", (1, 7)),
    ],
)
def test_a_broken_query_is_no_service(engine: EmbeddedEngine, query: str, place: tuple[int, int]) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        engine.execute(query, JSON)
    assert (refused.value.line, refused.value.column) == place


def test_terms_of_rdf_12_have_a_form_in_every_format(engine: EmbeddedEngine) -> None:
    query = "SELECT (<<( <urn:a> <urn:p> 1 )>> AS ?t) {}"
    found = json.loads(engine.execute(query, JSON))["results"]["bindings"][0]["t"]
    assert found["type"] == "triple"
    assert found["value"]["subject"] == {"type": "uri", "value": "urn:a"}
    ElementTree.fromstring(engine.execute(query, XML))
    assert engine.execute(query, CSV).startswith(b't\r\n"<<( <urn:a> <urn:p> ""1""^^')
    assert engine.execute(query, TSV) == b"?t\n<<( <urn:a> <urn:p> 1 )>>\n"


@pytest.mark.parametrize("limits", [Limits(), Limits(rows=1)])
def test_a_base_direction_is_kept_in_every_format_that_has_one(limits: Limits) -> None:
    query = "SELECT ?t { VALUES (?t ?n) { ('x'@ar--rtl 1) ('y' 2) } } ORDER BY ?n"
    for media_type in (JSON, XML, TSV):
        body = bytes(EmbeddedEngine(b"", limits).execute(query, media_type))
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.from_media_type(media_type))
        assert isinstance(found, ox.QuerySolutions)
        assert str(next(found)["t"]) == '"x"@ar--rtl'


@pytest.mark.parametrize("written", ["5", "1000000", "1.5", "2014-06-10T00:00:00Z", "2014-06-12", "true"])
def test_literals_come_in_the_form_of_their_value(engine: EmbeddedEngine, written: str) -> None:
    values = [row["o"].value for row in engine.select("SELECT ?o { ?s <urn:q> ?o }")]
    assert written in values
    assert f'"{written}"'.encode() in engine.execute("DESCRIBE ?s { <urn:b> <urn:p> ?s }", N_TRIPLES)
    assert written in engine.execute("SELECT ?o { ?s <urn:q> ?o }", CSV).decode().split("\r\n")


def test_columns_of_a_star_follow_the_query(engine: EmbeddedEngine) -> None:
    assert engine.execute("SELECT * { ?z ?a ?m } LIMIT 0", CSV) == b"z,a,m\r\n"
    query = "PREFIX x: <urn:*> # *\nSELECT DISTINCT * { ?z ?a ?m FILTER EXISTS { ?no ?a ?m } } LIMIT 0"
    assert engine.execute(query, TSV) == b"?z\t?a\t?m\n"


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT*{BIND(1 AS?a)BIND(?a<2AS?b)BIND(?a>0AS?c)}", ["a", "b", "c"]),
        ("SELECT * { BIND(1 AS ?नाम) BIND(2 AS ?ชื่อ) BIND(3 AS ?a) }", ["नाम", "ชื่อ", "a"]),
        ("SELECT REDUCED*{BIND(1<'>'AS?z)BIND('?q'AS?y)}", ["z", "y"]),
        ("SELECT * { ?s ?p '?x' # ?y\n{ SELECT (1 AS ?o) ?s { ?s ?q 1 } } }", ["s", "p", "o"]),
    ],
)
def test_the_columns_of_a_star_are_those_of_the_engine(engine: EmbeddedEngine, query: str, columns: list[str]) -> None:
    assert json.loads(engine.execute(query, JSON))["head"]["vars"] == columns


BASED = (
    """
<http://x/b/c> <urn:p> 1 <http://x/b/g> .
<http://x/b/c> <urn:p> 1 <http://x/b/h> .
<http://x/b/c> <urn:p> 2 <http://x/b/h> .
""".replace(" 1 ", f' "1"^^<{XSD}integer> ')
    .replace(" 2 ", f' "2"^^<{XSD}integer> ')
    .encode()
)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * FROM <g> { ?s ?p ?o }", 1),
        ("PREFIX b: <> SELECT * FROM b:g FROM b:h { ?s ?p ?o }", 2),
        ("BASE <http://x/> BASE <b/> SELECT * FROM <h> { ?s ?p ?o }", 2),
        (
            "BASE <http://x/a/> PREFIX u: <../b/> SELECT * FROM NAMED u:h FROM u:g { ?s ?p ?o GRAPH ?g { ?s ?p ?n } }",
            2,
        ),
        (r"SELECT * FROM <\u0067> FROM <g> FROM <h> { ?s ?p ?o }", 2),
        ("SELECT(1<'>'AS?b)FROM<g>FROM<h>{?s ?p ?o}", 2),
        ("SELECT * { GRAPH <h> { <c> ?p ?o } } # FROM <none>", 2),
        ("SELECT * FROM NAMED <g> { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p 'FROM <none>', ?o } } }", 0),
        ("ASK FROM <g> { <c> <urn:p> 2 }", 0),
    ],
)
def test_graphs_and_addresses_are_read_by_the_engine(query: str, rows: int) -> None:
    engine = EmbeddedEngine(BASED, base="http://x/b/")
    answer = json.loads(engine.execute(query, JSON))
    assert (len(answer["results"]["bindings"]) if "results" in answer else int(answer["boolean"])) == rows


@pytest.mark.parametrize(
    ("query", "graph"),
    [
        ("SELECT * FROM <none> {}", "http://x/b/none"),
        ("BASE <http://y/> SELECT * FROM NAMED <g> {}", "http://y/g"),
        ("PREFIX b: <> DESCRIBE ?s FROM b:g\\, { ?s ?p ?o }", "http://x/b/g,"),
    ],
)
def test_a_graph_that_is_not_loaded_is_named(query: str, graph: str) -> None:
    engine = EmbeddedEngine(BASED, base="http://x/b/")
    with pytest.raises(QueryRefused, match=f"not loaded here: <{graph}>"):
        engine.execute(query, MEDIA_TYPES[next(form for form in MEDIA_TYPES if form in query)][0])


def test_a_graph_is_a_set(engine: EmbeddedEngine) -> None:
    many = EmbeddedEngine(DATA, Limits(rows=12))
    for media_type in (TURTLE, N_TRIPLES):
        result = many.execute("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o . ?x ?y ?z }", media_type)
        assert not result.truncated
    assert sorted(result.splitlines()) == sorted(set(result.splitlines()))
    assert len(result.splitlines()) == 10
    assert EmbeddedEngine(DATA, Limits(rows=9)).execute("CONSTRUCT WHERE { ?s ?p ?o }", TURTLE).truncated


def test_select_leaves_out_unbound_variables_and_cuts_nothing() -> None:
    engine = EmbeddedEngine(DATA, Limits(rows=1))
    rows = engine.select("SELECT ?s ?x { ?s ?p ?o OPTIONAL { ?s <urn:none> ?x } }")
    assert len(rows) == 10
    assert set(rows[0]) == {"s"}
    with pytest.raises(QueryRefused):
        engine.select("ASK {}")


def test_data_as_statements_or_bytes() -> None:
    triples = {ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(str(n))) for n in range(50)}
    engine = EmbeddedEngine(triples)
    assert len(engine) == 50
    assert engine.execute("SELECT * {?s ?p ?o}", JSON) == EmbeddedEngine(triples).execute("SELECT * {?s ?p ?o}", JSON)
    with pytest.raises(SyntaxError):
        EmbeddedEngine(b"this is not RDF")


def test_base_holds_for_graphs_too() -> None:
    engine = EmbeddedEngine(b'<urn:a> <urn:p> "1" <http://e/g> .\n<urn:a> <urn:p> "2" <urn:g> .\n')
    for query, found in (
        ("BASE <http://e/> SELECT * FROM <g> { ?s ?p ?o }", "1"),
        ("BASE <http://e/> SELECT * FROM NAMED <g> { GRAPH ?g { ?s ?p ?o } }", "1"),
        ("BASE <http://e/> SELECT * FROM <urn:g> { ?s ?p ?o }", "2"),
    ):
        assert [row["o"].value for row in engine.select(query)] == [found]


def test_named_graphs_stand_beside_the_default_graph(engine: EmbeddedEngine) -> None:
    assert engine.graphs == {"urn:g", "urn:h"}
    assert engine.select("SELECT ?s { ?s <urn:p> 'in a graph' }") == []
    assert len(engine.select("SELECT ?s FROM <urn:g> { ?s <urn:p> ?o }")) == 1
    assert len(engine.select("SELECT ?s FROM NAMED <urn:g> { GRAPH ?g { ?s <urn:p> ?o } }")) == 1
    assert len(engine.select("SELECT ?g { GRAPH ?g { ?s <urn:p> ?o } }")) == 2


GRAPHS = b"""
<urn:a> <urn:p> "both" <urn:1> .
<urn:a> <urn:p> "both" <urn:2> .
<urn:a> <urn:p> "one" <urn:1> .
<urn:a> <urn:p> "two" <urn:2> .
<urn:a> <urn:p> "three" <urn:3> .
<urn:a> <urn:p> "default" .
"""
IN_GRAPHS = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
IN_DEFAULT = "SELECT ?o { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "dataset", "expected"),
    [
        (IN_DEFAULT, None, ["default"]),
        (IN_GRAPHS, None, ["both", "both", "one", "three", "two"]),
        (IN_DEFAULT, ChosenGraphs(default=("urn:1",)), ["both", "one"]),
        (IN_DEFAULT, ChosenGraphs(default=("urn:1", "urn:2")), ["both", "one", "two"]),
        (IN_DEFAULT, ChosenGraphs(default=("urn:2", "urn:1", "urn:1")), ["both", "one", "two"]),
        (IN_DEFAULT, ChosenGraphs(default=("urn:none",)), []),
        (IN_DEFAULT, ChosenGraphs(default=("urn:none", "urn:3")), ["three"]),
        (IN_DEFAULT, ChosenGraphs(named=("urn:1",)), []),
        (IN_GRAPHS, ChosenGraphs(default=("urn:1", "urn:2")), []),
        (IN_GRAPHS, ChosenGraphs(default=("urn:1", "urn:2"), named=("urn:3",)), ["three"]),
        (IN_GRAPHS, ChosenGraphs(named=("urn:1", "urn:3", "urn:none")), ["both", "one", "three"]),
        ("SELECT ?o FROM <urn:3> { ?s ?p ?o }", ChosenGraphs(default=("urn:1", "urn:2")), ["both", "one", "two"]),
        ("SELECT ?o FROM <urn:1> FROM <urn:2> { ?s ?p ?o }", None, ["both", "one", "two"]),
        ("SELECT ?o FROM <urn:1> { GRAPH ?g { ?s ?p ?o } }", None, []),
        ("SELECT ?o FROM NAMED <urn:1> { ?s ?p ?o }", None, []),
        ("SELECT ?o FROM <urn:1> FROM <urn:2> FROM NAMED <urn:3> { GRAPH ?g { ?s ?p ?o } }", None, ["three"]),
    ],
)
def test_a_query_sees_the_graphs_that_were_chosen_and_each_triple_once(
    query: str, dataset: ChosenGraphs | None, expected: list[str]
) -> None:
    engine = EmbeddedEngine(GRAPHS)
    for _ in range(2):
        rows = engine.execute(query, CSV, graphs=dataset).decode().split()[1:]
        assert sorted(rows) == expected


@pytest.mark.parametrize(
    ("query", "media_type", "rows"),
    [
        ("SELECT ?o { ?s <urn:q> ?o }", JSON, 3),
        ("SELECT ?o { ?s <urn:q> ?o }", XML, 3),
        ("SELECT ?o { ?s <urn:q> ?o }", CSV, 3),
        ("SELECT ?o { ?s <urn:q> ?o }", TSV, 3),
        ("CONSTRUCT WHERE { ?s <urn:q> ?o }", N_TRIPLES, 3),
    ],
)
def test_rows_beyond_the_limit_are_cut_and_marked(query: str, media_type: str, rows: int) -> None:
    result = EmbeddedEngine(DATA, Limits(rows=rows)).execute(query, media_type)
    assert result.truncated
    counts = {
        JSON: lambda: len(json.loads(result)["results"]["bindings"]),
        XML: lambda: len(ElementTree.fromstring(result)[1]),
        CSV: lambda: result.count(b"\r\n") - 1,
        TSV: lambda: result.count(b"\n") - 1,
        N_TRIPLES: lambda: result.count(b" .\n"),
    }
    assert counts[media_type]() == rows
    assert not EmbeddedEngine(DATA, Limits(rows=7)).execute(query, media_type).truncated


@pytest.mark.parametrize("query", ["SELECT * {?s ?p ?o}", "CONSTRUCT WHERE {?s ?p ?o}", 'SELECT ("€€€€" AS ?x) {}'])
def test_too_many_bytes_are_an_error(query: str) -> None:
    engine = EmbeddedEngine(DATA, Limits(result_bytes=48))
    with pytest.raises(ResultTooLarge, match="larger than 48 bytes"):
        engine.execute(query, N_TRIPLES if query.startswith("C") else JSON)


@pytest.mark.parametrize(
    ("query", "media_type", "reason", "words"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", JSON, Refusal.SERVICE, "SERVICE is disabled"),
        ("DROP ALL", JSON, Refusal.UPDATE, "DROP is an update, and this data is read-only"),
        ("SELECT * {} ; CLEAR ALL", JSON, Refusal.UPDATE, "read-only"),
        (
            "SELECT * FROM <file:///etc/passwd> {}",
            JSON,
            Refusal.GRAPH,
            "not loaded here: <file:///etc/passwd>",
        ),
        ("SELECT * FROM NAMED <http://127.0.0.1:9/> {}", JSON, Refusal.GRAPH, "not loaded here"),
        ("SELECT * FROM <urn:g> FROM <urn:none> {}", JSON, Refusal.GRAPH, "not loaded here: <urn:none>"),
        ("ASK {}" + " " * 70_000, JSON, Refusal.LENGTH, "too long: 70,006 bytes, and at most 65,536"),
        ("ASK {" + "1 " * 20_000 + "}", JSON, Refusal.LENGTH, "more than 20,000 words and signs"),
        ("ASK " + "{" * 51 + "}" * 51, JSON, Refusal.NESTING, "nests brackets 51 deep, and at most 50"),
        ("SELECT * {" + "OPTIONAL {} " * 201 + "}", JSON, Refusal.NESTING, "201 OPTIONALs"),
        ('ASK { ?s ?p ?o FILTER REGEX(?o, "(((a{99}){99}){99}){99}") }', JSON, Refusal.NESTING, "repeats something"),
        (f'ASK {{ FILTER REGEX("a", "{"{999999999}" * 480}") }}', JSON, Refusal.NESTING, "repeats something"),
        ("ASK { ?s ?p ?o FILTER REGEX(?o, '(a{1,400}b{300,}){2}') }", JSON, Refusal.NESTING, "240,000 times"),
        ("ASK {}", TURTLE, Refusal.MEDIA_TYPE, "The result of ASK cannot be written as text/turtle; ask for"),
        ("SELECT * {}", TURTLE, Refusal.MEDIA_TYPE, "text/turtle"),
        ("CONSTRUCT {} {}", JSON, Refusal.MEDIA_TYPE, "CONSTRUCT"),
        ("DESCRIBE <urn:a>", "", Refusal.MEDIA_TYPE, "nothing"),
        (r'SELECT ("\u000B" AS ?x) {}', XML, Refusal.UNWRITABLE, "XML cannot hold"),
        (r'CONSTRUCT { <urn:a> <urn:p> "\uFFFE" } {}', RDF_XML, Refusal.UNWRITABLE, "XML cannot hold"),
        ("CONSTRUCT { <urn:a> <urn:1:> 1 } {}", RDF_XML, Refusal.UNWRITABLE, "XML cannot hold"),
        ("SELECT (<urn:f>(1) AS ?x) {}", JSON, Refusal.UNSUPPORTED, "custom function <urn:f>"),
    ],
)
def test_refusals(engine: EmbeddedEngine, query: str, media_type: str, reason: Refusal, words: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        engine.execute(query, media_type)
    assert caught.value.reason is reason
    assert words in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("query", "place", "words"),
    [
        ("SELECT * { ?s ?p }", (1, 18), "at “}”."),
        ("SELECT * {\n  ?s ?p }", (2, 9), "at “}”."),
        ("SELECT * {?s ?p} LIMIT 5", (1, 16), "at “} LIMIT 5”."),
        ("SELECT * {?s ?p ?o & } LIMIT 5", (1, 20), "at “& } LIMIT 5”."),
        ("SELECT COUNT(?s) WHERE {?s ?p ?o}", (1, 8), "at “COUNT(?s) WHERE {?s”."),
        ("SELECT ?s, ?p WHERE {?s ?p ?o}", (1, 10), "at “, ?p WHERE"),
        ("SELECT *, ?x {}", (1, 9), "at “, ?x {}”."),
        ("SELECT * {?s ?p ?o FILTER(?o > )} LIMIT 5", (1, 32), "at “)} LIMIT 5”."),
        ("SELECT * { ?s ?p ?o . FILTER regex(?o 'x') }", (1, 39), "at “'x') }”."),
        # A word or a sign is missing, or one too many.
        ("SELECT * { BIND(1 ?x) }", (1, 19), "at “?x) }”."),
        ("SELECT (1 ?x) {}", (1, 11), "at “?x) {}”."),
        ("SELECT SUM(?x) AS ?y {}", (1, 8), "at “SUM(?x) AS ?y {}”."),
        ("SELECT * {?s ?p ?o} ORDER ?s", (1, 27), "at “?s”."),
        ("SELECT * {?s ?p ?o} ORDER(?s)", (1, 26), "at “(?s)”."),
        ("SELECT ?s {?s ?p ?o} GROUP ?s", (1, 28), "at “?s”."),
        ("SELECT * {} LIMIT -1", (1, 19), "at “-1”."),
        ("SELECT * {} LIMIT x", (1, 19), "at “x”."),
        ("SELECT * {} LIMIT 5.", (1, 20), "at “.”."),
        ("SELECT * { ?s a }", (1, 17), "at “}”."),
        ("SELECT * { ?s ?p ?o, }", (1, 22), "at “}”."),
        ("SELECT * { ?s ?p ?o ..\n}", (1, 22), "at “.”."),
        ("SELECT * WHER { }", (1, 10), "at “WHER { }”."),
        ("CONSTRUCT { ?s ?p } { ?s ?p ?o }", (1, 19), "at “} { ?s ?p ?o }”."),
        ("ASK WHERE ?s ?p ?o", (1, 11), "at “?s ?p ?o”."),
        ("ASK { FILTER ?a > 3 }", (1, 14), "at “?a > 3 }”."),
        ("ASK { FILTER(?a == 3) }", (1, 18), "at “= 3) }”."),
        ("ASK { FILTER(?a && & ?b) }", (1, 20), "at “& ?b) }”."),
        ("ASK{?s?p?o.FILTER(md5(?o,?p)=1)}", (1, 25), "at “,?p)=1)}”."),
        ("PREFIX ex: <urn:> ASK {[ex:a]}", (1, 29), "at “]}”."),
        ("PREFIX ex: <urn:> ASK {ex:a(ex:b)}", (1, 34), "at “}”."),
        # Spaces, comments and lines, and characters of more than a byte.
        ("SELECT # one\r\n  # two\r\n  COUNT(?s)\r\n{}", (3, 3), "at “COUNT(?s)”."),
        ("# é\r\nSELECT * { 'é' 'é' }", (2, 16), "at “'é' }”."),
        ("ASK {\r  ?s ?p\r}", (3, 1), "at “}”."),
        ("ASK { ?s ?p '''a\nb\nc''' '''d\ne''' }", (3, 6), "at “'''d”."),
        ("ASK { 'é😀' ?p 'ü' & }", (1, 19), "at “& }”."),
        ("ASK { ?s ?p 'it's fine' }", (1, 17), "at “s fine' }”."),
        ("ASK { ?s\u00a0?p ?o }", (1, 9), "at the character U+00A0."),
        ("ASK\x00{}", (1, 4), "at the character U+0000."),
        # What is open at the end, and what closes nothing.
        ("SELECT * { ?s ?p ?o\n # }\n", (1, 20), "at the end of the query (a “}” is missing)."),
        ("SELECT ?s ?p", (1, 13), "at the end of the query."),
        ("ASK { ?s ?p ?o } }", (1, 18), "at “}” (nothing is open that it would close)."),
        ("ASK { FILTER(?x > 1 }", (1, 21), "at “}” (a “)” is missing)."),
        ("ASK { ?s ?p “a” }", (1, 13), "at ““a” }” (“ is a typographic quotation mark; write \" or ' instead)."),
        ("ASK { FILTER(?s = ‘a’) }", (1, 19), "(‘ is a typographic quotation mark; write \" or ' instead)."),
        ("ASK { ?s ?p „a“@de }", (1, 13), "(„ is a typographic quotation mark; write \" or ' instead)."),
        (
            'ASK { ?s ?p "a” }',
            (1, 13),
            "(the string is not closed: ” is a typographic quotation mark; write \" or ' instead).",
        ),
        ('SELECT * {?s ?p "abc} LIMIT 5', (1, 17), 'at “"abc} LIMIT 5” (the string is not closed).'),
        ('ASK { ?s ?p "a\nb" }', (1, 13), 'at “"a” (the string is not closed).'),
        ("SELECT COUNT(*) {?s ?p 'a}", (1, 8), "at “COUNT(*)"),
        # IRIs and prefixes.
        ("SELECT *\n{\n  ?s ex:p ?o\n}", (3, 6), ": the prefix “ex:” is not declared."),
        ("ASK { FILTER(?a<ex:b) }", (1, 17), ": the prefix “ex:” is not declared."),
        ("SELECT COUNT(*) {?s x:p ?o}", (1, 8), "at “COUNT(*)"),
        ("ASK { <http://x y> ?p ?o }", (1, 7), "(the IRI is not closed, or holds what no IRI can, such as a space)."),
        ("ASK { FILTER(?a < 3) <http://x y> ?p ?o }", (1, 22), "(the IRI is not closed, or holds what no IRI can"),
        ("ASK { <http://x ?p ?o . ?s <urn:p> 3 }", (1, 7), "(the IRI is not closed, or holds what no IRI can"),
        ("ASK { <http://x ?p ?o }", (1, 7), "(the IRI is not closed)."),
        ("ASK { ?s ?p <x> }", (1, 13), "at “<x> }” (a relative IRI needs a BASE)."),
        ("BASE <urn:b> ASK { ?s ?p <x> <y> }", (1, 30), "at “<y> }”."),
        ("ASK { ?s ?p <http://[x> }", (1, 13), "(IRI parsing failed)."),
        ("PREFIX ex: http://x/ ASK {}", (1, 12), "at “http://x/ ASK {}” (an IRI stands between “<” and “>”)."),
        ("PREFIX ex: http:// ASK { ?s ex:p 1 }", (1, 12), "(an IRI stands between “<” and “>”)."),
        ("PREFIX ex <urn:> ASK {}", (1, 8), "(a prefix is declared as in “PREFIX ex: <http://example.org/>”)."),
        ("PREFIX ex: SELECT * {}", (1, 12), "at “SELECT * {}” (an IRI stands between “<” and “>”)."),
        ("BASE", (1, 5), "at the end of the query (an IRI stands"),
        # Triples of RDF 1.2, of which the parser sees but the brackets.
        ("ASK { ?s ?p <<( ?a ?b )>> }", (1, 13), "at “<<( ?a ?b )>> }” (the triple is not closed, or is none)."),
        ("ASK {\r ?s ?p <<( ?a ?b", (2, 8), "at “<<( ?a ?b” (the triple is not closed, or is none)."),
        # Rules that are sentences, and one of Oxigraph's own.
        ("SELECT ?x (1 AS ?x) {}", (1, 23), "(Duplicated variable name in SELECT)."),
        ("SELECT * { ?s ?p ?x BIND(2 AS ?x) }", (1, 35), "(BIND is overriding an existing variable)."),
        ("SELECT * { VALUES (?a ?b) { (1) } }", (1, 33), "use UNDEF)."),
        ("ASK { FILTER(COALESCE (?a, 1)) }", (1, 14), "(its “(” has to follow without a space)."),
        ("SELECT COUNT (?s) {}", (1, 8), "at “COUNT (?s) {}”."),
        ("", (1, 1), "begins with SELECT"),
        ("{ ?s ?p ?o }", (1, 1), "begins with SELECT"),
        ("PREFIX a: <urn:a>\nSELEC * {}", (2, 1), "begins with SELECT"),
        ("ASK {\ud800}", (1, 6), "surrogate"),
    ],
)
def test_syntax_errors_name_their_place(engine: EmbeddedEngine, query: str, place: tuple[int, int], words: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        engine.execute(query, None)
    assert (caught.value.line, caught.value.column) == place
    assert words in str(caught.value)


RIGHT = [
    "SELECT ?s (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s HAVING (COUNT(?o) > 1) ORDER BY DESC(?n) ?s "
    "LIMIT 10 OFFSET 5",
    "PREFIX ex: <http://example.org/> PREFIX : <urn:x#> SELECT * { GRAPH ?g { ?s ex:p/:q*|^ex:r+ ?o } }",
    'ASK { ?s ?p \'it\', """two\nlines"""@en-GB, "5"^^<http://www.w3.org/2001/XMLSchema#integer> ; a <urn:C> . }',
    "CONSTRUCT { ?s <urn:p> [ <urn:q> ?o ; <urn:r> ( 1 2.5 -3e4 ) ] . } WHERE { ?s ?p ?o . "
    "FILTER(!BOUND(?x) || ?o >= 3 && ?o != 4) }",
    "DESCRIBE ?x <urn:y> WHERE { ?x ?p ?o OPTIONAL { ?x <urn:q> ?z } }",
    "SELECT ?x { { ?x ?p 1 } UNION { ?x ?p true } MINUS { ?x ?p false } }",
    "SELECT * WHERE { VALUES (?a ?b) { (1 UNDEF) (<urn:x> 'é😀') } BIND(IF(?a < 3, ?a, STR(?b)) AS ?c) }",
    "SELECT (GROUP_CONCAT(?l; SEPARATOR=', ') AS ?ls) { ?s ?p ?l FILTER(LANG(?l) = 'en' && REGEX(?l, '^a', 'i')) }",
    "BASE <http://x/> SELECT REDUCED ?s { ?s <p> ?o . FILTER NOT EXISTS { ?o <q> ?s } FILTER(?s IN (<a>, <b>)) }",
    "SELECT ?s\r\n# a comment\r\nWHERE\r\n{\r\n  ?s a ?t ;\r\n    ?p ?o , ?q .\r\n"
    "  { SELECT ?t (MAX(?n) AS ?m) { ?t ?r ?n } GROUP BY ?t }\r\n}\r\n",
    "SELECT * { ?s ?p ?o . ?o ?q ?r . FILTER(COALESCE(?o, MD5(STR(?r)), sha256('x')) = ?r) } VALUES ?s { <urn:a> }",
    "CONSTRUCT WHERE { ?s ?p ?o . ?s <urn:q> _:b } LIMIT 3",
    "SELECT DISTINCT ?a { ?a (<urn:p>|!(<urn:q>|^<urn:r>))* ?b . [] ?p [ ] . FILTER(isIRI(?a) = (2 * 3 + -1 > 4)) } "
    "ORDER BY ASC(?a) DESC(STRLEN(STR(?a)))",
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT (xsd:integer(?x) + 1 AS ?y) (?x-1 AS ?z) "
    '{ ?s ?p ?x. FILTER(xsd:date(?x)<"2014-06-06"^^xsd:date) }',
    "SELECT(NOW()AS?n){?s?p?o.OPTIONAL{?s<urn:q>?r}FILTER(1<2&&?o!=3||!?r)}",
]


@pytest.mark.parametrize("query", RIGHT)
@pytest.mark.parametrize("wrong", ["&", "|}", "\\"])
def test_what_fits_nowhere_is_found_wherever_it_stands(engine: EmbeddedEngine, query: str, wrong: str) -> None:
    assert _misread(engine, query) is None
    # Not within signs and numbers, nor between a function and its bracket: some may not be parted.
    within = re.compile(r"(?<=&)&|(?<=\|)\||(?<=\^)\^|(?<=[!<>])=|(?<=[0-9])[.e]|(?<=[.-])[0-9]|(?<=\w)\(")
    for start in [token.start for token in tokens_of(query) if not within.match(query, token.start)]:
        text = f"{query[:start]} {wrong} {query[start:]}"
        assert _misread(engine, text) == position(text, start + 1)


@pytest.mark.parametrize("query", RIGHT)
def test_a_query_that_is_cut_short_has_a_place_within(engine: EmbeddedEngine, query: str) -> None:
    for length in range(len(query)):
        lines = re.split(r"\r\n|\r|\n", query[:length])
        line, column = _misread(engine, query[:length]) or (1, 1)
        assert 1 <= column <= len(lines[line - 1]) + 1


def _misread(engine: EmbeddedEngine, query: str) -> tuple[int, int] | None:
    """Return the place of the syntax error; None if the query can be read, whether or not it can be answered."""
    try:
        engine.execute(query, None)
    except QuerySyntaxError as error:
        return error.line, error.column
    except QueryRefused:
        return None
    return None


def test_the_place_takes_few_readings_and_nothing_is_answered_for_it() -> None:
    asked: list[str] = []

    class Careful(EmbeddedEngine):
        def _parse(self, text: str) -> None:
            asked.append(text)
            super()._parse(text)
            pytest.fail(f"answered: {text}")

    engine = Careful(DATA)
    pieces = ["?s ?p ?o . ", "OPTIONAL {} ", "< ", "?s < ?o . ", "FILTER(?x > 3) <a b", "} ", "{} UNION ", "1 ", "'''"]
    most = 0
    for piece in pieces:
        for end in (" & }", "&", "'", " <http://x"):
            for count in (10, 1_200, 4_000):
                before = len(asked)
                with pytest.raises(QueryError):
                    engine.execute("SELECT * { " + piece * count + end, None)
                most = max(most, len(asked) - before)
    assert len(asked) > 20
    assert most <= 3, "each takes time that grows with the length; see benchmarks/lexer.py"


def test_media_types_may_have_parameters(engine: EmbeddedEngine) -> None:
    assert engine.execute("SELECT * {}", "Text/CSV; charset=utf-8").media_type == CSV


def test_a_result_is_bytes() -> None:
    result = Result(b"abc", "ASK", JSON)
    assert result == b"abc"
    assert result.truncated is False


def test_it_is_a_query_engine(engine: EmbeddedEngine) -> None:
    protocol: QueryEngine = engine
    assert protocol.execute("ASK {}", JSON, deadline=1.0).form == "ASK"
