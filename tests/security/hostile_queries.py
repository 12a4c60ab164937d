"""Queries that nobody means well: a grammar of SPARQL 1.1 that nests and multiplies, and mutations of what it makes."""

from __future__ import annotations

from hypothesis import strategies as st

VARIABLES = st.sampled_from(["?a", "?b", "?c", "?d", "?e", "$f", "?s", "?p", "?o"])
IRIS = st.sampled_from(
    [
        "<urn:x>",
        "a",
        "skos:prefLabel",
        "skos:broader",
        "<https://w3id.org/seminar-kg/concept/culture>",
        "<http://127.0.0.1:CANARY/x>",
        "<file:///etc/passwd>",
        "<relative>",
        "skos:Concept",
        "rdf:type",
    ]
)
LITERALS = st.sampled_from(
    [
        *('"x"', "'y'@en", "1", "-0.5e300", '"1"^^xsd:integer', "true", '"""a\n"b"""', r'"\u0000"', '"(a+)+$"'),
        "99999999999999999999",
    ]
)
TERMS = st.one_of(VARIABLES, VARIABLES, IRIS, LITERALS, st.just("[]"), st.just("_:n"), st.just("( 1 ?a )"))
PATHS = st.recursive(
    st.one_of(VARIABLES, IRIS),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?"])).map(lambda p: f"({p[0]}){p[1]}"),
        st.lists(inner, min_size=2, max_size=4).map("/".join),
        st.lists(inner, min_size=2, max_size=4).map("|".join),
        inner.map(lambda path: f"^({path})"),
        inner.map(lambda path: f"!({path})"),
    ),
    max_leaves=8,
)
FUNCTIONS = st.sampled_from(
    "STR LANG DATATYPE IRI ABS CEIL STRLEN UCASE ENCODE_FOR_URI MD5 SHA512 YEAR TZ isBLANK NOW RAND UUID BNODE "
    "CONCAT REGEX REPLACE SUBSTR CONTAINS IF COALESCE STRDT STRLANG sameTerm SUM GROUP_CONCAT <urn:f> xsd:date".split()
)
EXPRESSIONS = st.recursive(
    st.one_of(VARIABLES, LITERALS, IRIS),
    lambda inner: st.one_of(
        st.tuples(FUNCTIONS, st.lists(inner, max_size=4)).map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.tuples(inner, st.sampled_from("+ - * / = != < > && || IN".split()), inner).map(" ".join),
        inner.map(lambda expression: f"!({expression})"),
        inner.map(lambda expression: f"EXISTS {{ ?a ?b {expression} }}"),
    ),
    max_leaves=12,
)
TRIPLES = st.tuples(TERMS, PATHS, TERMS).map(" ".join)


def groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return what can stand in a group around other patterns."""
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(" . ".join),
        inner.map(lambda pattern: f"{{ {pattern} }}"),
        inner.map(lambda pattern: f"OPTIONAL {{ {pattern} }}"),
        inner.map(lambda pattern: f"MINUS {{ {pattern} }}"),
        st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        st.tuples(TERMS, inner).map(lambda two: f"GRAPH {two[0]} {{ {two[1]} }}"),
        st.tuples(TERMS, inner).map(lambda two: f"SERVICE {two[0]} {{ {two[1]} }}"),
        st.tuples(EXPRESSIONS, VARIABLES).map(lambda two: f"BIND({two[0]} AS {two[1]})"),
        EXPRESSIONS.map(lambda expression: f"FILTER({expression})"),
        st.tuples(VARIABLES, st.lists(LITERALS, max_size=5)).map(lambda v: f"VALUES {v[0]} {{ {' '.join(v[1])} }}"),
        inner.map(lambda pattern: f"{{ SELECT DISTINCT * {{ {pattern} }} ORDER BY ?a LIMIT 9 }}"),
    )


PATTERNS = st.recursive(TRIPLES, groups, max_leaves=10)
HEADS = st.sampled_from(
    [
        "SELECT *",
        "SELECT DISTINCT ?a ?b",
        "SELECT (COUNT(*) AS ?n)",
        "SELECT ?a (GROUP_CONCAT(?b) AS ?all)",
        "ASK",
        "CONSTRUCT { ?a ?b ?c }",
        "DESCRIBE ?a",
        "INSERT { ?a ?b ?c }",
        "SELECT * FROM <urn:x>",
        "SELECT * FROM NAMED <http://127.0.0.1:CANARY/g>",
    ]
)
TAILS = st.sampled_from(
    [
        *("", "", "LIMIT 10", "OFFSET 5 LIMIT 1", "GROUP BY ?a", "ORDER BY DESC(?b)", "HAVING (?a > 1)", "; DROP ALL"),
        "LIMIT -1",
    ]
)
PROLOGUE = (
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)
WHOLE = st.tuples(HEADS, PATTERNS, TAILS).map(lambda parts: f"{PROLOGUE}{parts[0]} WHERE {{ {parts[1]} }} {parts[2]}")
SPLINTERS = st.sampled_from(
    [
        *"{ } ( ) [ ] < > << >> ' \" ''' \\ \\u0053 # @ ^^ . ; , * ! || && {| |} SERVICE FROM LOAD x:y".split(),
        *("<a b>", "<>", "\x00", "\ufeff", "\u202e", "😀", "é", "\r"),
    ]
)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Return a query with pieces cut out, doubled, multiplied or put in."""
    text = draw(WHOLE)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:]
            case 2:
                text = text[:start] + draw(SPLINTERS) + text[start:]
            case _:
                text = text[:start] + text[start:end] * draw(st.sampled_from([2, 50, 2000])) + text[end:]
    return text


QUERIES = st.one_of(WHOLE, WHOLE, WHOLE, mutants(), st.text(max_size=200))
