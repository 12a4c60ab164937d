"""Why a query found nothing: terms of it that occur nowhere in the data, and what is near them.

A term is looked for as it stands between the words of a query; where in a pattern it stands is not read. What is no
term of the data by its nature is left out: names of graphs, datatypes and functions, the template of CONSTRUCT, and
texts within brackets unless they are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple
from urllib.parse import quote, urljoin
from weakref import WeakKeyDictionary

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kg.sparql.engine import QueryEngine, Result
from kg.sparql.formats import counts_nothing, is_empty
from kg.sparql.lexer import Token, shape_of, tokens_of
from kg.sparql.terms import term
from kg.vocabulary import BASE, PREFIXES, prefixed

MOST_TERMS: Final = 50_000
"""Terms of the data that are looked through; larger data gives no help."""
MOST_NAMED: Final = 3
"""Unknown terms that are named."""
MOST_NEAR: Final = 2
"""What is near one of them that is named."""

MOST_HEADER: Final = 3_000

_ASCII: Final = "".join(map(chr, range(0x20, 0x7F)))
_COMPARED: Final = 200  # characters of a name or a text that others are compared with
_NEAREST: Final = 80  # of 100, by which a name or a text has to be like another
_LONGEST: Final = 80  # characters of a term that are shown
_TERMS: Final = "SELECT DISTINCT ?t {{ {{ {0} }} UNION {{ GRAPH ?g {{ {0} }} }} }}"
_PLACES: Final = "{ ?t ?a ?b } UNION { ?a ?t ?b } UNION { ?a ?b ?t }"
_BEFORE_OTHERS: Final = frozenset("PREFIX BASE FROM NAMED GRAPH".split())


class UnknownTerm(NamedTuple):
    """A term of a query that occurs nowhere in the data, as it is shown, and what is near it."""

    text: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        near = f"; near it is {' or '.join(self.near)}" if self.near else ""
        return f"{self.text} occurs nowhere in the data{near}."


def unknown_terms(query: str, result: Result, engine: QueryEngine) -> tuple[UnknownTerm, ...]:
    """Return the terms that may be why a result is empty, or counts nothing; none for a result that is not.

    Arguments:
        query: the text, with all its prefixes.
        result: what it found.
        engine: one inside this process over the same data.
    """
    if not is_empty(result) and not counts_nothing(result):
        return ()
    terms = _terms_of(engine)
    if len(terms) >= MOST_TERMS:
        return ()
    declared = dict(shape_of(query).prefixes)
    missing = dict.fromkeys(each for each in _terms_in(query) if each not in terms)
    found = []
    for each in islice(missing, MOST_NAMED):
        near = list(terms.near(each))
        # IRIs that differ in their namespaces are written in full: their names alone may look the same.
        prefixes = declared if len({_parts(iri.value)[0] for iri in (each, *near)}) == 1 else {}
        text, *others = dict.fromkeys(_shown(one, prefixes) for one in (each, *near))
        found.append(UnknownTerm(text, tuple(others)))
    return tuple(found)


def as_header(found: Iterable[UnknownTerm]) -> str:
    """Return unknown terms as the value of a header of HTTP: what is not ASCII is percent-encoded (RFC 3986).

    Those that would make it longer than MOST_HEADER are left out: servers on the way take headers of some kilobytes.
    """
    text = ""
    for each in found:
        longer = f"{text} {quote(str(each), safe=_ASCII)}".lstrip()
        if len(longer) > MOST_HEADER:
            break
        text = longer
    return text


class _Terms:
    """The IRIs and literals of some data."""

    def __init__(self, terms: Iterable[ox.NamedNode | ox.Literal]):
        self._all = frozenset(terms)
        self._iris = sorted(each.value for each in self._all if isinstance(each, ox.NamedNode))
        self._names = [_parts(iri)[1].casefold() for iri in self._iris]
        self._literals = sorted((each for each in self._all if isinstance(each, ox.Literal)), key=str)
        self._texts = [each.value.strip().casefold() for each in self._literals]

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, found: ox.NamedNode | ox.Literal) -> bool:
        return found in self._all

    def near(self, missing: ox.NamedNode | ox.Literal) -> Iterator[ox.NamedNode | ox.Literal]:
        """Yield what is near a term, nearest first."""
        found = self._near_iris(missing.value) if isinstance(missing, ox.NamedNode) else self._near_literals(missing)
        yield from found[:MOST_NEAR]

    def _near_iris(self, iri: str) -> Sequence[ox.NamedNode]:
        """Return IRIs with nearly the same name, those of the same namespace first, and then of nearly the same."""
        start, name = _parts(iri)
        if len(name) > _COMPARED:
            return []
        likely = process.extract(
            name.casefold(), self._names, scorer=fuzz.ratio, score_cutoff=_NEAREST, limit=50, processor=None
        )

        def likeness(found: tuple[str, float, int]) -> float:
            return found[1] + fuzz.ratio(start, _parts(self._iris[found[2]])[0])

        return [ox.NamedNode(self._iris[index]) for _, _, index in sorted(likely, key=likeness, reverse=True)]

    def _near_literals(self, literal: ox.Literal) -> Sequence[ox.Literal]:
        """Return literals with the same text in another language or type, or in other letters; else nearly the same."""
        text = literal.value.strip().casefold()
        same = [found for found, other in zip(self._literals, self._texts, strict=True) if other == text]
        if same or not text or len(text) > _COMPARED:
            return same
        likely = process.extract(text, self._texts, scorer=fuzz.ratio, score_cutoff=_NEAREST, limit=5, processor=None)
        return [self._literals[index] for _, _, index in likely]


_KEPT: Final[WeakKeyDictionary[QueryEngine, _Terms]] = WeakKeyDictionary()


def _terms_of(engine: QueryEngine) -> _Terms:
    """Return the terms of an engine's data, which never changes; no more than MOST_TERMS."""
    if engine not in _KEPT:
        found = (row["t"] for row in engine.select(f"{_TERMS.format(_PLACES)} LIMIT {MOST_TERMS}"))
        _KEPT[engine] = _Terms(each for each in found if isinstance(each, ox.NamedNode | ox.Literal))
    return _KEPT[engine]


def _terms_in(query: str) -> Iterator[ox.NamedNode | ox.Literal]:
    """Yield the terms that a query looks for."""
    tokens = list(tokens_of(query))
    words = [token.text.upper() if token.kind == "word" else "" for token in tokens]
    prefixes = dict(shape_of(query).prefixes)
    base = next((after.text[1:-1] for word, after in zip(words, tokens[1:], strict=False) if word == "BASE"), BASE)
    depth, first = 0, _end_of_template(tokens, words)
    for index, (kind, text, start) in enumerate(tokens):
        before = tokens[index - 1].text if index else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        depth += {"(": 1, ")": -1}.get(text, 0) if kind == "mark" else 0
        if index < first or kind not in ("iri", "name", "string") or before == "^":
            continue
        if kind == "string":
            if depth == 0 or "=" in (before, _behind(tokens, index).text):
                yield from _literal(query[start : _end_of_literal(tokens, index)], prefixes)
        elif after != "(" and _BEFORE_OTHERS.isdisjoint(words[max(index - 2, 0) : index]):
            yield from _iri(text, kind, prefixes, base)


def _end_of_template(tokens: list[Token], words: list[str]) -> int:
    """Return the index behind the template of CONSTRUCT; 0 where there is none."""
    if "CONSTRUCT" not in words or (begin := words.index("CONSTRUCT") + 1) >= len(tokens) or tokens[begin].text != "{":
        return 0
    return next((index for index in range(begin, len(tokens)) if tokens[index].text == "}"), 0)


def _behind(tokens: list[Token], index: int) -> Token:
    """Return the token behind a literal; an empty one at the end."""
    index += 1
    if index < len(tokens) and tokens[index].kind == "tag":
        index += 1
    elif [token.text for token in tokens[index : index + 2]] == ["^", "^"]:
        index += 3
    return tokens[index] if index < len(tokens) else Token("end", "", len(tokens))


def _end_of_literal(tokens: list[Token], index: int) -> int:
    last = index
    if index + 1 < len(tokens) and tokens[index + 1].kind == "tag":
        last = index + 1
    elif [token.text for token in tokens[index + 1 : index + 3]] == ["^", "^"] and index + 3 < len(tokens):
        last = index + 3
    return tokens[last].start + len(tokens[last].text)


def _literal(text: str, prefixes: Mapping[str, str]) -> Iterator[ox.Literal]:
    try:
        found = term(text, {**PREFIXES, **prefixes})
    except ValueError:
        return
    if isinstance(found, ox.Literal):
        yield found


def _iri(text: str, kind: str, prefixes: Mapping[str, str], base: str) -> Iterator[ox.NamedNode]:
    prefix, _, local = text.partition(":")
    if kind == "name" and prefix not in prefixes:
        return
    try:
        yield ox.NamedNode(urljoin(base, text[1:-1]) if kind == "iri" else prefixes[prefix] + local.replace("\\", ""))
    except ValueError:
        return


def _parts(iri: str) -> tuple[str, str]:
    """Return the namespace and the name of an IRI: what stands up to its last `#` or `/`, and behind."""
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:end], iri[end:]


def _shown(found: ox.NamedNode | ox.Literal, prefixes: Mapping[str, str]) -> str:
    """Return a term as the query writes it: by one of its prefixes where it has one, and not at full length."""
    text = prefixed(found.value, prefixes) if isinstance(found, ox.NamedNode) else None
    text = text or str(found)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
