"""The lexer: what is refused is refused however it is written, and nothing else is."""

from itertools import pairwise

import pytest

from kg.sparql.lexer import MOST_TOKENS, position, shape_of, tokens_of, undeclared

E = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("ASK{}", "ASK"),
        ("DESCRIBE<urn:x>", "DESCRIBE"),
        ("CONSTRUCT WHERE {?s ?p ?o}", "CONSTRUCT"),
        (
            "#+ name = 'SELECT'\nPREFIX ask: <urn:SELECT> BASE <http://x/> # DESCRIBE\nCONSTRUCT {} {}",
            "CONSTRUCT",
        ),
        ("PREFIX : <#> PREFIX select: <urn:ask> ASK {}", "ASK"),
        (r"\u0053ELECT * {}", "SELECT"),
        ("", None),
        ("   # nothing", None),
        ("SELEC * {}", None),
        ("SELECTDISTINCT * {}", None),
        ("'SELECT' ASK", "ASK"),
        ("{ SELECT", "SELECT"),
        ("INSERT DATA {}", None),
    ],
)
def test_form(query: str, form: str | None) -> None:
    assert shape_of(query).form == form


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {E} {{?s ?p ?o}} }}",
        f"SELECT * {{ SeRvIcE SILENT {E} {{}} }}",
        f"SELECT * {{ SERVICE#c\n{E} {{}} }}",
        f"SELECT * {{ \\u0053ERVICE {E} {{}} }}",
        f"SELECT * {{ SERVI\\U00000043E {E} {{}} }}",
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
        f"SELECT * {{?s ?p '''x''''' .SERVICE {E} {{}}}}",
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
def test_service_is_seen(query: str) -> None:
    assert shape_of(query).service


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
        "PREFIX : <#> SELECT * { ?s :p 'SERVICE <urn:x> {}' }",
        r"SELECT * { ?s ?p '\u0053ERVICE <urn:x> {}' }",
    ],
)
def test_service_is_not_imagined(query: str) -> None:
    assert not shape_of(query).service


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("INSERT DATA { <urn:x> <urn:y> <urn:z> }", "INSERT"),
        ("PREFIX x: <urn:> delete where {?s ?p ?o}", "DELETE"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        (r"L\u004FAD <urn:x>", "LOAD"),
        ("CLEAR ALL", "CLEAR"),
        ("DROP ALL", "DROP"),
        ("CREATE GRAPH <urn:g>", "CREATE"),
        ("ADD <urn:a> TO <urn:b>", "ADD"),
        ("MOVE <urn:a> TO <urn:b>", "MOVE"),
        ("COPY <urn:a> TO <urn:b>", "COPY"),
        ("SELECT * {?s ?p ?o} LIMIT 1 ; DELETE WHERE {?s ?p ?o}", "DELETE"),
        ("SELECT ?insert { ?insert <urn:DELETE> 'LOAD <urn:x>'@add }", None),
        (
            "PREFIX relation: <urn:> SELECT * { ?s relation:create ?o ; relation:load/relation:drop ?copy }",
            None,
        ),
    ],
)
def test_update(query: str, update: str | None) -> None:
    assert shape_of(query).update == update


@pytest.mark.parametrize(
    ("query", "depth"),
    [
        ("ASK {}", 1),
        ("SELECT * { { { [ ] } } (1 2) }", 4),
        ("SELECT * { ?s ?p '((((', <urn:((>, 1 } # [[[[", 3),
        ("SELECT * {" + "{" * 5000 + "}" * 5000 + "}", 5001),
        ("SELECT * {?s ?p " + "[?p " * 300 + "1" + "]" * 300 + "}", 301),
        ("SELECT (" + "IF(true," * 40 + "1" + ",1)" * 40 + " AS ?x) {}", 41),
        ("SELECT * {FILTER(" + "!" * 900 + "true)}", 902),
        ("SELECT * {FILTER(" + "! " * 900 + "true)}", 902),
        ("SELECT * {" + "<<" * 30 + "}", 60),
        ("SELECT * {FILTER(1<" + "(" * 70 + "1>0" + ")" * 70 + ")}", 72),
        (r"PREFIX e: <urn:> SELECT * { ?s ?p e:\(\(\( }", 1),
    ],
)
def test_depth(query: str, depth: int) -> None:
    assert depth <= shape_of(query).depth <= 2 * depth


def test_datasets_prefixes_and_names() -> None:
    shape = shape_of(
        "PREFIX ex: <urn:ex:> PREFIX : <urn:y#> SELECT DISTINCT * FROM <urn:a> FROM NAMED ex:b FROM :c\n"
        "WHERE { ?z ex:p ?a OPTIONAL { ?z :q ?m } OPTIONAL {} BIND(1 AS ?n) BIND(2 AS $m) }"
    )
    assert shape.default_graphs == ("urn:a", "urn:y#c")
    assert shape.named_graphs == ("urn:ex:b",)
    assert dict(shape.prefixes) == {"ex": "urn:ex:", "": "urn:y#"}
    assert shape.optionals == 2
    assert shape.variables == ("z", "a", "m", "n")
    assert shape_of("SELECT (COUNT(*) AS ?n) {}").variables == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("PREFIX a: <urn:a> ASK { a:b ?p c:d }", {"c": 31}),
        ("ASK { _:b :p a:b }", {"": 10, "a": 13}),
        ("PREFIX a: http://x/ ASK {}", {}),
        ("PREFIX a: http://x/ ASK { ?s b:p 1 }", {"b": 29}),
        ("ASK { FILTER(?x<a:b) FILTER(?x-b:c > 1) }", {"a": 16, "b": 31}),
        ('SELECT (""" \nPREFIX a: <urn:a>""" AS ?x) { ?s a:b ?o }', {"a": 46}),
        ('SELECT ("a:b" AS ?x) { ?s <a:b> ?o } # a:b', {}),
    ],
)
def test_undeclared(query: str, found: dict[str, int]) -> None:
    assert undeclared(query) == found


@pytest.mark.parametrize(
    ("offset", "place"), [(0, (1, 1)), (3, (1, 4)), (4, (2, 1)), (6, (3, 1)), (8, (4, 2)), (99, (4, 3))]
)
def test_position(offset: int, place: tuple[int, int]) -> None:
    assert position("a\u00e9b\nc\r\rde", offset) == place


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a.",
            "<#>",
            "<",
            "<<",
            "!",
            "?",
            "{",
            "(",
            "'",
            "'\\",
            "'''",
            '"""',
            "%41",
            r"\u0041",
            ":....a",
            "ex:a.",
        ),
        *("service", "service#", "service<", "FROM ", "PREFIX ", "AS ?x", "a:%41\\'"),
    ],
)
def test_long_texts_are_read_once(piece: str) -> None:
    """Whoever reads a text twice per token takes minutes here; benchmarks/lexer.py measures how the time grows."""
    for end in ("", "<#>", "'"):
        text = piece * (65_000 // len(piece)) + end
        tokens = list(tokens_of(text))
        assert all(one.start + len(one.text) <= next_.start for one, next_ in pairwise(tokens))
        assert shape_of(text).whole == (len(tokens) <= MOST_TOKENS)
