"""One or many seminars -> one data set with a data version.

Files are read whole or not at all. The triples of all files are put together in one deduplicated default graph;
the seminar stays as a link on each claim. To them come those that `kg.graph.derive` works out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.graph.blank_nodes import with_named_nodes
from kg.graph.derive import derived
from kg.graph.files import Paths, UnreadableData, files_of, read
from kg.sparql.engine import QueryEngine
from kg.sparql.local_engines import Engines, LocalEngines
from kg.vocabulary import BASE, RDF, SCHEMA, SK

HERE = Path(__file__).parents[1]
ONTOLOGY = HERE / "ontology"
#: Always loaded, beside the seminars. The shapes are not: they describe the data and are kept apart from it.
ALWAYS_LOADED = ("claims.ttl", "relations.ttl", "thesaurus.ttl")
#: What says how people ask.
WORDINGS = frozenset(str(term) for term in (SK.askedAs, SK.leavesOpen))
Statements = Mapping[Path, frozenset[ox.Quad]]
"""What some files say, by file."""


@dataclass(frozen=True)
class LeftOut:
    """A file that was not loaded, since the check rejects it.

    Attributes:
        file: the file.
        reason: what is wrong, without its path: "the check finds 3 problems in it".
        advice: what to do, for those who have the file: a command.
    """

    file: Path
    reason: str
    advice: str

    def __str__(self) -> str:
        """Return one sentence for those who have the file."""
        return f"{self.file} is left out: {self.reason}; {self.advice}."


Check = Callable[[Statements], Sequence[LeftOut]]
"""What says which of some files are not to be loaded."""


@dataclass(frozen=True)
class DataSet:
    """Loaded seminars, as something to query.

    Attributes:
        files: the files that were loaded.
        version: the data version: a content hash that changes when the data does.
        engines: what answers queries over the triples people wrote and those worked out from them.
        graphs: the IRIs of the named graphs, in order.
        wordings: ways in which people ask, by thousands; they help to understand questions and are no part of the graph
            that is queried.
        left_out: the files that were not loaded, since the check rejects them.
        has_claims: whether there is a claim in it, so that there can be pages.
    """

    files: tuple[Path, ...]
    version: str
    engines: Engines = field(repr=False)
    graphs: tuple[str, ...] = ()
    wordings: frozenset[ox.Triple] = field(repr=False, default=frozenset())
    left_out: tuple[LeftOut, ...] = ()
    has_claims: bool = True

    @property
    def engine(self) -> QueryEngine:
        """The engine for our own queries."""
        return self.engines.inside()

    @property
    def outside_engine(self) -> QueryEngine:
        """The engine for queries from outside."""
        return self.engines.outside()


def packaged_data() -> Path:
    """Return the folder of the seminar that comes with the package: inside it, or beside it in a checkout."""
    inside = HERE / "data"
    return inside if inside.exists() else HERE.parent / "data"


def is_packaged(data: DataSet) -> bool:
    """Whether a data set is the seminar that comes with the package and nothing else."""
    return data.files == tuple(files_of(packaged_data()))


def load(
    paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None, check: Check | None = None
) -> DataSet:
    """Read seminars and return them as one data set.

    Arguments:
        paths: a file, or a folder whose .ttl, .trig, .nt, .nq and .jsonld files are read in the order of their
            names, or several of these; None for the seminar that comes with the package.
        graphs: files to read into named graphs, by the IRI of the graph. Seminars do not come from them.
        check: says which of the files to leave out; None to take them all.

    Raises:
        TypeError: a path is neither text nor a Path.
        UnreadableData: a path does not exist, a file is not RDF, or all are to be left out; nothing is loaded then.
    """
    reader = _Reader()
    statements = {path: reader.read(path) for path in files_of(packaged_data() if paths is None else paths)}
    left_out = tuple(check(statements)) if check else ()
    for each in left_out:
        del statements[each.file]
    if left_out and not statements:
        raise UnreadableData(_nothing_left(left_out))
    return _seminars(tuple(statements), *_merged(statements.values(), graphs, reader), left_out)


def load_any(paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None) -> DataSet:
    """Read RDF of any kind as one data set; where there is a claim in it, as `load` does.

    Without a claim it is to be asked by SPARQL alone, and nothing is added to it or worked out from it.

    Arguments:
        paths: files or folders, as for `load`; the default graph is their merge, whatever graphs they name.
        graphs: files to read into named graphs, by the IRI of the graph; without `paths` the default graph is their
            merge.

    Raises:
        TypeError: as `load`.
        UnreadableData: a path does not exist, or a file is not RDF; nothing is loaded then.
    """
    files = tuple(files_of(paths if paths is not None else [] if graphs else packaged_data()))
    reader = _Reader()
    triples, named = _merged(map(reader.read, files), graphs, reader)
    if not files:
        triples = frozenset(quad.triple for quad in named)
    if _has_claims(triples):
        return _seminars(files, triples, named)
    engines = LocalEngines([*triples, *named], BASE)
    return DataSet(files, _version(triples | named), engines, _graphs(named), has_claims=False)


class _Reader:
    """Reads files so that the blank nodes of each are its own, also where two have the same content."""

    def __init__(self) -> None:
        self._begins: dict[str, Path] = {}

    def read(self, path: Path) -> frozenset[ox.Quad]:
        """Return a file's statements; raises UnreadableFile."""
        quads = list(dict.fromkeys(quad for quad, _ in read(path).quads))
        here = path.resolve()
        found, begin = with_named_nodes(quads, {each for each, other in self._begins.items() if other != here})
        if begin:
            self._begins[begin] = here
        return found


def _seminars(
    files: tuple[Path, ...],
    triples: frozenset[ox.Triple],
    named: frozenset[ox.Quad],
    left_out: tuple[LeftOut, ...] = (),
) -> DataSet:
    """Return the data set of some seminars: with the ontology, and with what is worked out from both."""
    everything = triples | ontology()
    wordings = frozenset(triple for triple in everything if triple.predicate.value in WORDINGS)
    written = everything - wordings
    engines = LocalEngines([*written, *derived(written), *named], BASE)
    version = _version(everything | named)
    return DataSet(files, version, engines, _graphs(named), wordings, left_out, _has_claims(triples))


@cache
def ontology() -> frozenset[ox.Triple]:
    """Return the triples that are loaded beside all seminars."""
    return frozenset(quad.triple for name in ALWAYS_LOADED for quad in _Reader().read(ONTOLOGY / name))


def _has_claims(triples: Iterable[ox.Triple]) -> bool:
    claim = ox.NamedNode(str(SCHEMA.Claim))
    return any(each.object == claim and each.predicate.value == str(RDF.type) for each in triples)


def _nothing_left(left_out: Sequence[LeftOut]) -> str:
    first, *others = left_out
    if not others:
        return f"{first.file}: {first.reason}, and nothing else is there; {first.advice}, --no-check takes it as it is."
    found = ", ".join(f"{each.file} ({each.reason})" for each in left_out)
    return f"The check rejects all {len(left_out)} files: {found}; {first.advice}, --no-check takes them as they are."


def _merged(
    statements: Iterable[frozenset[ox.Quad]], graphs: Mapping[str, Path | str] | None, reader: _Reader
) -> tuple[frozenset[ox.Triple], frozenset[ox.Quad]]:
    """Return the triples of all files, and the statements of the named graphs, those of `graphs` included."""
    quads = {quad for each in statements for quad in each}
    named = {quad for quad in quads if quad.graph_name != ox.DefaultGraph()}
    for iri, path in (graphs or {}).items():
        try:
            graph = ox.NamedNode(iri)
        except ValueError:
            message = f"{iri[:200]}: this is no IRI; name the graph by one, as in urn:graph:1={path}."
            raise UnreadableData(message) from None
        for file in files_of([path]):
            named |= {ox.Quad(q.subject, q.predicate, q.object, graph) for q in reader.read(file)}
    return frozenset(quad.triple for quad in quads), frozenset(named)


def _graphs(named: Iterable[ox.Quad]) -> tuple[str, ...]:
    return tuple(sorted({quad.graph_name.value for quad in named if isinstance(quad.graph_name, ox.NamedNode)}))


def _version(statements: Iterable[ox.Triple | ox.Quad]) -> str:
    """Return the data version: SHA-256 over the sorted statements as N-Quads, its first 16 hexadecimal digits.

    It changes when a statement does, and not when a file is only laid out differently.
    """
    return hashlib.sha256("\n".join(sorted(map(str, statements))).encode()).hexdigest()[:16]
