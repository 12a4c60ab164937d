"""The lexer: what is refused is refused however it is written, and nothing else is."""

from itertools import pairwise

import pytest

from kg.sparql.lexer import MOST_TOKENS, position, shape_of, tokens_of, undeclared


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
        (r"\u0053ELECT * {}", None),
        ("VERSION '1.2' SELECT * {}", "SELECT"),
        ('PREFIX ना: <urn:x> VERSION "1.2" BASE <urn:y> ASK {}', "ASK"),
        ("", None),
        ("   # nothing", None),
        ("SELEC * {}", None),
        ("SELECTDISTINCT * {}", "SELECT"),
        ("ASKFROM<urn:g>{}", "ASK"),
        ("'SELECT' ASK", "ASK"),
        ("{ SELECT", "SELECT"),
        ("INSERT DATA {}", None),
    ],
)
def test_form(query: str, form: str | None) -> None:
    assert shape_of(query).form == form


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("INSERT DATA { <urn:x> <urn:y> <urn:z> }", "INSERT"),
        ("PREFIX x: <urn:> delete where {?s ?p ?o}", "DELETE"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
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
        ("SELECT * { ?s ?p '((((', <urn:((>, 1 } # [[[[", 1),
        ("SELECT * {" + "{" * 5000 + "}" * 5000 + "}", 5001),
        ("SELECT * {?s ?p " + "[?p " * 300 + "1" + "]" * 300 + "}", 301),
        ("SELECT (" + "IF(true," * 40 + "1" + ",1)" * 40 + " AS ?x) {}", 41),
        ("SELECT * {FILTER(" + "!" * 900 + "true)}", 902),
        ("SELECT * {FILTER(" + "! " * 900 + "true)}", 902),
        ("SELECT * {" + "<<" * 30 + "}", 30),
        ("SELECT * {FILTER(1<" + "(" * 70 + "1>0" + ")" * 70 + ")}", 72),
        (r"PREFIX e: <urn:> SELECT * { ?s ?p e:\(\(\( }", 1),
    ],
)
def test_depth(query: str, depth: int) -> None:
    assert depth <= shape_of(query).depth <= 2 * depth


def test_prologue_and_graphs() -> None:
    query = (
        "PREFIX ex: <urn:ex:> PREFIX : <urn:y#> SELECT DISTINCT * FROM <a> FROM NAMED ex:b FROM :c\n"
        "WHERE { ?z ex:p ?a OPTIONAL { ?z :q ?m } OPTIONAL {} BIND(1 AS ?n) BIND('FROM <d>' AS $m) } # FROM <e>"
    )
    shape = shape_of(query)
    assert shape.graphs == (("<a>", False), ("ex:b", True), (":c", False))
    assert dict(shape.prefixes) == {"ex": "urn:ex:", "": "urn:y#"}
    assert shape.optionals == 2
    assert query[shape.body :].startswith("SELECT")
    assert shape.star == query.index("*")
    assert shape_of("SELECT (COUNT(*) AS ?n) {}").star is None


@pytest.mark.parametrize(
    ("query", "tokens"),
    [
        ("SELECT*{BIND(?a<2AS?b)BIND(?a>0AS?c)}", "SELECT * { BIND ( ?a < 2 AS ?b ) BIND ( ?a > 0 AS ?c ) }"),
        ("SELECT(?a<'>'AS?b){?s<p>?a}", "SELECT ( ?a < '>' AS ?b ) { ?s <p> ?a }"),
        ("ASK{FILTER(1.5e3<2&&?x>3)?s<p>1 .5 .}", "ASK { FILTER ( 1.5e3 < 2 & & ?x > 3 ) ?s <p> 1 .5 . }"),
        ("ASK{FILTER(?x<<urn:x>)}", "ASK { FILTER ( ?x < <urn:x> ) }"),
        ("ASK{FILTER(?x IN(<a>,<b>))FILTER<f>(?x<1)(?x<b>)<p>2}",
         "ASK { FILTER ( ?x IN ( <a> , <b> ) ) FILTER <f> ( ?x < 1 ) ( ?x <b> ) <p> 2 }"),
        ("ASK{FILTER NOT EXISTS{?s<p>?o}(?s<p>)<q>()}", "ASK { FILTER NOT EXISTS { ?s <p> ?o } ( ?s <p> ) <q> ( ) }"),
        ("SELECT*{}GROUP BY(?a<?b AS?c)<f>(?x)ORDER BY?x<f>(?y<?z)", "SELECT * { } GROUP BY ( ?a < ?b AS ?c ) <f> "
         "( ?x ) ORDER BY ?x <f> ( ?y < ?z )"),
        ("ASK{VALUES(?a ?b){(<x><y>)}<<:s:p:o>>:q<<(:s:p<o>)>>}",
         "ASK { VALUES ( ?a ?b ) { ( <x> <y> ) } << :s:p:o >> :q <<( :s:p <o> )>> }"),
        ("ASK{FILTER(true<?x||EXISTS{}<1||'a'@en<'b'^^<c>)}",
         "ASK { FILTER ( true < ?x | | EXISTS { } < 1 | | 'a' @en < 'b' ^ ^ <c> ) }"),
        ("ASK{?नाम ना:म?ชื่อ}",
         "ASK { ?नाम ना:म ?ชื่อ }"),
        ("ASK{?s a-b:c.d.?x×?y}", "ASK { ?s a-b:c.d . ?x × ?y }"),
    ],
)  # fmt: skip
def test_tokens(query: str, tokens: str) -> None:
    assert " ".join(token.text for token in tokens_of(query)) == tokens


@pytest.mark.parametrize(
    ("query", "volatile"),
    [
        ("SELECT (RAND() AS ?x) {}", True),
        ("SELECT (uuid#\n(\n) AS ?x) {}", True),
        ("SELECT * { BIND(?a<'>' AS ?b) BIND(strUUID\n () AS ?c) }", True),
        ("SELECT * { FILTER(1<NOW()&&2>1) }", True),
        ("SELECT ?rand ?now { ?s ?p 'the brand, now' }", False),
    ],
)
def test_what_may_differ_from_one_time_to_the_next(query: str, volatile: bool) -> None:
    assert shape_of(query).volatile is volatile


@pytest.mark.parametrize(
    ("query", "repeats"),
    [
        ("SELECT * { FILTER REGEX(?x, '(a{9}){9}', 'i{7}') }", 81),
        ("SELECT * { FILTER(?x = 'a{200000}') }", 0),
        ("SELECT (REPLACE('{200000}', STR('{3}'), '{200000}') AS ?x) {}", 0),
        ("SELECT (REPLACE(?x, 'a{2,5}', '{200000}') AS ?x) { ?s ?p '{200000}' }", 5),
        ("SELECT * { FILTER(REGEX(STR(?x, '{4}'), '{3,}') || ?y = ('{200000}')) }", 3),
    ],
)
def test_repeats_in_patterns(query: str, repeats: int) -> None:
    assert shape_of(query).repeats == repeats


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("PREFIX a: <urn:a> ASK { a:b ?p c:d }", {"c": 31}),
        ("ASK { _:b :p a:b }", {"": 10, "a": 13}),
        ("PREFIX a: http://x/ ASK {}", {}),
        ("PREFIX a: http://x/ ASK { ?s b:p 1 }", {"b": 29}),
        ("ASK { FILTER(?x<a:b) FILTER(?x-b:c > 1) }", {"a": 16, "b": 31}),
        ('SELECT (""" \nPREFIX a: <urn:a>""" AS ?x) { ?s a:b ?o }', {"a": 46}),
        ("SELECT * { FILTER(?x<a:b&&?y>c:d) }", {"a": 21, "c": 29}),
        ("SELECT * { FILTER(?x<'>')?s a:b '>' }", {"a": 28}),
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
@pytest.mark.parametrize("length", [25_000, pytest.param(65_000, marks=pytest.mark.thorough)])
def test_long_texts_are_read_once(piece: str, length: int) -> None:
    """Whoever reads a text twice per token takes minutes here; benchmarks/lexer.py measures how the time grows."""
    for end in ("", "<#>", "'"):
        text = piece * (length // len(piece)) + end
        tokens = list(tokens_of(text))
        assert all(one.start + len(one.text) <= next_.start for one, next_ in pairwise(tokens))
        assert shape_of(text).whole == (len(tokens) <= MOST_TOKENS)
