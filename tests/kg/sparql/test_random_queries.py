"""Random queries against pyoxigraph itself: how a query is spelt, and which format it comes in, changes no answer."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from random_queries import BASE, DATA, GRAPHS, Query, made

from kg.cli.command_line import commands
from kg.graph.load import DataSet, load_any
from kg.library import Library
from kg.sparql.engine import QueryError, QuerySyntaxError, Result, text_of
from kg.sparql.formats import CSV, MEDIA_TYPES, TSV
from kg.sparql.lexer import tokens_of
from kg.sparql.oxigraph import EmbeddedEngine
from kg.spreadsheet import XLSX
from webapp import create_sparql_app

FEW, MANY = 300, 10_000
ASKED = 40
"""How many are asked at the endpoint, of the library and on the command line."""
Answer = bool | frozenset[str] | tuple[frozenset[str], Counter[tuple[tuple[str, str], ...]]]
"""A truth value, the triples of a graph, or columns and rows, of which each has its variables and terms."""
ENGINE = EmbeddedEngine(DATA.encode(), base=BASE)


@cache
def data_set(default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store:
    """Return the data set of a query: all data, or the merge of some graphs and some named graphs."""
    store = ox.Store()
    for quad in ox.parse(DATA.encode(), format=ox.RdfFormat.N_QUADS):
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        if not default and not named:
            store.add(quad)
        if graph in default:
            store.add(ox.Quad(*quad.triple))
        if graph in named:
            store.add(quad)
    return store


def expected(query: Query) -> Answer | None:
    """Return what pyoxigraph itself answers to the plain spelling over the query's data set; None for no query."""
    try:
        found = data_set(query.default, query.named).query(query.plain, base_iri=BASE)
    except SyntaxError:
        return None
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return frozenset(map(str, found))
    return table([variable.value for variable in found.variables], found, str)


def table(names: list[str], rows: Iterable[ox.QuerySolution], words: Callable[..., str]) -> Answer:
    def named(row: ox.QuerySolution) -> tuple[tuple[str, str], ...]:
        pairs = zip(names, row, strict=True)
        return tuple(sorted((name, words(term)) for name, term in pairs if term is not None))

    return frozenset(names), Counter(map(named, rows))


def read_back(result: Result) -> Answer:
    """Return what a file says, by pyoxigraph's readers; of CSV, which has texts alone, see `as_text`."""
    body, media_type = bytes(result), result.media_type
    if result.form in ("CONSTRUCT", "DESCRIBE"):
        return frozenset(str(quad.triple) for quad in ox.parse(body, format=ox.RdfFormat.from_media_type(media_type)))
    if result.form == "ASK":
        if media_type in (CSV, TSV):
            return {b"true": True, b"false": False}[body.strip()]
        return bool(ox.parse_query_results(body, format=ox.QueryResultsFormat.from_media_type(media_type)))
    if media_type == CSV:
        head, *rows = csv.reader(io.StringIO(body.decode(), newline=""))
        cells = (tuple(sorted((name, cell) for name, cell in zip(head, row, strict=True) if cell)) for row in rows)
        return frozenset(head), Counter(cells)
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.from_media_type(media_type))
    assert isinstance(found, ox.QuerySolutions)
    return table([variable.value for variable in found.variables], found, str)


def as_text(query: Query) -> Answer:
    """Return what CSV holds of an answer."""
    found = data_set(query.default, query.named).query(query.plain, base_iri=BASE)
    assert isinstance(found, ox.QuerySolutions)
    return table([variable.value for variable in found.variables], found, lambda term: text_of(term))


def difference(seed: int) -> str | None:
    """Return how the answer to the odd spelling differs from pyoxigraph's to the plain one, None if it does not."""
    query, odd = made(seed)
    wanted = expected(query)
    for media_type in MEDIA_TYPES[query.form]:
        if media_type == XLSX:  # which has values and no terms
            continue
        try:
            found = read_back(ENGINE.execute(odd, media_type))
        except QuerySyntaxError as error:
            if wanted is None:
                return None
            return f"{seed}: {error}\n{odd}\n{query.plain}"
        except QueryError as error:
            return f"{seed}: {error}\n{odd}\n{query.plain}"
        right = as_text(query) if media_type == CSV and query.form == "SELECT" else wanted
        if isinstance(right, tuple) and media_type == CSV:
            rows = Counter({tuple(cell for cell in row if cell[1]): 0 for row in right[1]})
            for row, count in right[1].items():
                rows[tuple(cell for cell in row if cell[1])] += count
            right = right[0], rows
        if found != right:
            return f"{seed}, {media_type}: {found} is not {right}\n{odd}\n{query.plain}"
    return None


def check(seeds: Iterable[int]) -> None:
    found = [said for said in map(difference, seeds) if said is not None]
    assert not found, "\n\n".join(found[:3])


@pytest.mark.parametrize("hundred", range(FEW // 100))
def test_an_odd_spelling_has_the_same_answer_in_every_format(hundred: int) -> None:
    check(range(100 * hundred, 100 * hundred + 100))


@pytest.mark.thorough
@pytest.mark.parametrize("thousand", range(MANY // 1000))
def test_no_odd_spelling_has_another_answer(thousand: int) -> None:
    check(range(1000 * thousand, 1000 * thousand + 1000))


def test_most_random_queries_are_queries_and_many_find_something() -> None:
    answers = [expected(made(seed)[0]) for seed in range(FEW)]
    assert sum(answer is None for answer in answers) <= FEW // 20
    assert sum(bool(answer[1] if isinstance(answer, tuple) else answer) for answer in answers) > FEW // 4


def test_an_odd_spelling_has_the_same_tokens() -> None:
    for seed in range(FEW):
        query, odd = made(seed)
        tokens = [[token.text.lower() for token in tokens_of(text)] for text in (odd, " ".join(query.tokens))]
        assert tokens[0] == tokens[1], odd


# ── The other ways in ──


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the default graph, which is "", and of each named graph."""
    folder = tmp_path_factory.mktemp("random")
    store = data_set((), ())
    found = {}
    for number, name in enumerate(["", *GRAPHS]):
        graph = ox.NamedNode(BASE + name) if name else ox.DefaultGraph()
        path = found[BASE + name if name else ""] = folder / f"{number}.nt"
        triples = [str(quad.triple) for quad in store.quads_for_pattern(None, None, None, graph)]
        path.write_text("".join(f"{triple} .\n" for triple in triples), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def data(files: dict[str, Path]) -> Iterator[DataSet]:
    loaded = load_any([files[""]], {iri: path for iri, path in files.items() if iri})
    yield loaded
    loaded.outside_engine.close()


def test_the_library_and_the_endpoint_answer_alike(data: DataSet) -> None:
    library, client = Library(data), create_sparql_app({"DATA": data}).test_client()
    for seed in range(ASKED):
        query, odd = made(seed)
        wanted = expected(query)
        for media_type in MEDIA_TYPES[query.form][:2]:
            assert read_back(library.execute(odd, media_type)) == wanted, odd
            response = client.post("/sparql", data={"query": odd}, headers={"Accept": media_type})
            assert response.status_code == 200, f"{response.text}\n{odd}"
            assert read_back(Result(response.data, query.form, media_type)) == wanted, odd
        found = library.query(odd)
        if isinstance(wanted, bool):
            assert found is wanted, odd
        else:
            assert len(found) == (len(wanted) if isinstance(wanted, frozenset) else wanted[1].total()), odd


def test_the_command_line_answers_alike(tmp_path: Path) -> None:
    """A query that names its graphs asks nothing of what else is loaded."""
    file = tmp_path / "data.nq"
    file.write_text(DATA, encoding="utf-8")
    asked = [(query, odd) for query, odd in map(made, range(FEW)) if query.form == "SELECT" and query.default][:2]
    for query, odd in asked:
        told = CliRunner().invoke(
            commands, ["--data", str(file), "query", "--no-check", "--text", odd, "--format", "tsv"]
        )
        assert told.exit_code == 0, f"{told.output}\n{odd}"
        assert read_back(Result(told.stdout_bytes, "SELECT", TSV)) == expected(query), odd
