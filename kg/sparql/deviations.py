"""Where Oxigraph answers otherwise than SPARQL 1.1 says: what a query has of that, and what to write instead.

docs/sparql.md has an example of each; tests/w3c/deviations.toml lists the tests of the W3C that show them.
"""

import re
from collections.abc import Sequence
from typing import Final

from kg.sparql.lexer import Token, tokens_of

_NAMED_GROUP: Final = re.compile(r"\$[0-9]+[A-Za-z_]")
_BACK_REFERENCE: Final = re.compile(r"\\\\[1-9]")
_ASK_ALL: Final = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT GROUP VALUES MINUS".split())

REPLACEMENT: Final = (
    "The engine reads “$1s” in REPLACE as a group that is called “1s” and finds none: write “${1}s” instead."
)
BACK_REFERENCE: Final = (
    "The engine knows no back references such as “\\1” in regular expressions: compare two groups instead, as in "
    'REPLACE(?text, "^(a+)-(a+)$", "$1") = REPLACE(?text, "^(a+)-(a+)$", "$2").'
)
BLANK_NODE: Final = (
    "The engine makes one blank node of BNODE with a text for all rows: write BIND(BNODE() AS ?node) for one a row."
)
GRAPH_VARIABLE: Final = (
    "The engine does not go through the graphs one by one where GRAPH ?g stands around an aggregate, VALUES or MINUS: "
    "group outside of it instead, as in SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g."
)
EMPTY_PATH: Final = (
    "The engine does not find that a path with “*” or “?” has no steps where its end is nowhere in the data: add that "
    "case by { BIND(:end AS ?found) } UNION { ?found :path+ :end }."
)


def deviations(query: str, *, has_unknown_terms: bool = False) -> tuple[str, ...]:
    """Return a sentence for each way in which the answer to a query may differ from what SPARQL 1.1 says.

    Arguments:
        query: the text.
        has_unknown_terms: whether a term of it occurs nowhere in the data.
    """
    tokens = list(tokens_of(query))
    words = [token.text.upper() if token.kind == "word" else "" for token in tokens]
    texts = [token.text for token in tokens if token.kind == "string"]
    found = {
        REPLACEMENT: "REPLACE" in words and any(map(_NAMED_GROUP.search, texts)),
        BACK_REFERENCE: not {"REGEX", "REPLACE"}.isdisjoint(words) and any(map(_BACK_REFERENCE.search, texts)),
        BLANK_NODE: any(_has_argument(tokens, index) for index, word in enumerate(words) if word == "BNODE"),
        GRAPH_VARIABLE: _stands_in_graph(tokens, words),
        EMPTY_PATH: has_unknown_terms and any(_is_path(tokens, index) for index in range(1, len(tokens))),
    }
    return tuple(sentence for sentence, holds in found.items() if holds)


def _has_argument(tokens: Sequence[Token], index: int) -> bool:
    after = [token.text for token in tokens[index + 1 : index + 3]]
    return after[:1] == ["("] and after[1:] != [")"]


def _stands_in_graph(tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether an aggregate, VALUES or MINUS stands within the group of a GRAPH with a variable."""
    within: list[bool] = []  # for each open group whether it is one, or in one
    for index, word in enumerate(words):
        text = tokens[index].text
        if text == "{":
            begins = index > 1 and words[index - 2] == "GRAPH" and tokens[index - 1].kind == "variable"
            within.append(begins or within[-1:] == [True])
        elif text == "}" and within:
            within.pop()
        elif word in _ASK_ALL and within and within[-1]:
            return True
    return False


def _is_path(tokens: Sequence[Token], index: int) -> bool:
    """Whether `*` or `?` stands right behind a property or a bracket, as in `skos:broader*` or `(a/b)?`."""
    before, (_, text, start) = tokens[index - 1], tokens[index]
    ends = before.kind in ("iri", "name") or before.text in (")", "a")
    return text in ("*", "?") and ends and before.start + len(before.text) == start
