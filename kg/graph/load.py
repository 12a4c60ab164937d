"""One or many seminars -> one data set with a data version.

Files are read whole or not at all. The triples of all files are put together in one deduplicated default graph;
the seminar stays as a link on each claim. To them come those that `kg.graph.derive` works out.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.derive import derived
from kg.sparql.engine import QueryEngine
from kg.sparql.local_engines import Engines, LocalEngines
from kg.vocabulary import BASE, SK

HERE = Path(__file__).parents[1]
ONTOLOGY = HERE / "ontology"
#: Always loaded, beside the seminars. The shapes are not: they describe the data and are kept apart from it.
ALWAYS_LOADED = ("claims.ttl", "relations.ttl", "thesaurus.ttl")
#: What says how people ask.
WORDINGS = frozenset(str(term) for term in (SK.askedAs, SK.answersYes, SK.answersNo, SK.leavesOpen))
SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
Paths = Path | str | Iterable[Path | str]
"""A file or folder, or several."""


class UnreadableData(ValueError):
    """A file or folder cannot be read as RDF. The message says which, where and what to do, in one sentence."""


@dataclass(frozen=True)
class DataSet:
    """Loaded seminars, as something to query.

    Attributes:
        files: the files that were read.
        version: the data version: a content hash that changes when the data does.
        engines: what answers queries over the triples people wrote and those worked out from them.
        graphs: the IRIs of the named graphs, in order.
        wordings: ways in which people ask, by thousands; they help to understand questions and are no part of the graph
            that is queried.
    """

    files: tuple[Path, ...]
    version: str
    engines: Engines = field(repr=False)
    graphs: tuple[str, ...] = ()
    wordings: frozenset[ox.Triple] = field(repr=False, default=frozenset())

    @property
    def engine(self) -> QueryEngine:
        """The engine for our own queries."""
        return self.engines.inside()

    @property
    def outside_engine(self) -> QueryEngine:
        """The engine for queries from outside."""
        return self.engines.outside()


@cache
def ontology() -> frozenset[ox.Triple]:
    """Return the triples that are loaded beside all seminars."""
    return _statements([ONTOLOGY / name for name in ALWAYS_LOADED], None)[0]


def packaged_data() -> Path:
    """Return the folder of the seminar that comes with the package: inside it, or beside it in a checkout."""
    inside = HERE / "data"
    return inside if inside.exists() else HERE.parent / "data"


def is_packaged(data: DataSet) -> bool:
    """Whether a data set is the seminar that comes with the package and nothing else."""
    return data.files == tuple(_files(packaged_data()))


def load(paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None) -> DataSet:
    """Read seminars and return them as one data set.

    Arguments:
        paths: a file, or a folder whose .ttl, .trig, .nt, .nq and .jsonld files are read in the order of their
            names, or several of these; None for the seminar that comes with the package.
        graphs: files to read into named graphs, by the IRI of the graph. Seminars do not come from them.

    Raises:
        TypeError: a path is neither text nor a Path.
        UnreadableData: a path does not exist, or a file is not RDF; nothing is loaded then.
    """
    files = tuple(_files(packaged_data() if paths is None else paths))
    everything, named = _statements([*(ONTOLOGY / name for name in ALWAYS_LOADED), *files], graphs)
    wordings = frozenset(triple for triple in everything if triple.predicate.value in WORDINGS)
    written = everything - wordings
    engines = LocalEngines([*written, *derived(written), *named], BASE)
    return DataSet(files, _version(everything | named), engines, _graphs(named), wordings)


def load_any(paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None) -> DataSet:
    """Read RDF of any kind as one data set, to be asked by SPARQL alone: nothing is worked out from it.

    Arguments:
        paths: files or folders, as for `load`; the default graph is their merge, whatever graphs they name.
        graphs: files to read into named graphs, by the IRI of the graph; without `paths` the default graph is their
            merge.

    Raises:
        UnreadableData: as `load`.
    """
    files = tuple(_files([] if paths is None else paths))
    triples, named = _statements(files, graphs)
    if not files:
        triples = frozenset(quad.triple for quad in named)
    return DataSet(files, _version(triples | named), LocalEngines([*triples, *named], BASE), _graphs(named))


def _statements(
    files: Iterable[Path], graphs: Mapping[str, Path | str] | None
) -> tuple[frozenset[ox.Triple], frozenset[ox.Quad]]:
    """Return the triples of all files, and the statements of the named graphs, those of `graphs` included."""
    quads = {quad for path in files for quad in _read(path)}
    named = {quad for quad in quads if quad.graph_name != ox.DefaultGraph()}
    for iri, path in (graphs or {}).items():
        try:
            graph = ox.NamedNode(iri)
        except ValueError:
            message = f"{iri[:200]}: this is no IRI; name the graph by one, as in urn:graph:1={path}."
            raise UnreadableData(message) from None
        for file in _files([path]):
            named |= {ox.Quad(q.subject, q.predicate, q.object, graph) for q in _read(file)}
    return frozenset(quad.triple for quad in quads), frozenset(named)


def _graphs(named: Iterable[ox.Quad]) -> tuple[str, ...]:
    return tuple(sorted({quad.graph_name.value for quad in named if isinstance(quad.graph_name, ox.NamedNode)}))


def _files(given: Paths) -> Iterator[Path]:
    """Yield the files that were named, and those of the folders that were; raises TypeError or UnreadableData."""
    paths = [given] if isinstance(given, str | os.PathLike) else given
    if isinstance(paths, bytes | bytearray | Mapping) or not isinstance(paths, Iterable):
        raise TypeError(f"Files are named by a str or a Path, or a list of them, not by {type(given).__name__}.")
    for each in paths:
        if not isinstance(each, str | os.PathLike):
            raise TypeError(f"A file is named by a str or a Path, not by {type(each).__name__}.")
        if not os.fspath(each):
            raise UnreadableData("The name of a file is empty; name a file or folder.")
        path = Path(each)
        if path.is_dir():
            found = sorted(each for each in path.iterdir() if each.suffix in SUFFIXES)
            if not found:
                raise UnreadableData(f"{path}: the folder has no {', '.join(SUFFIXES)} file; name one that has.")
            yield from found
        elif path.is_file():
            yield path
        else:
            raise UnreadableData(f"{path}: there is no such file or folder; check the path.")


def _read(path: Path) -> frozenset[ox.Quad]:
    """Return a file's statements, with blank nodes named by their content.

    Canonical blank nodes (RDF Dataset Canonicalization 1.0) keep two files' nodes apart only by what is said of
    them, so the file's own path goes into their names.
    """
    form = SUFFIXES.get(path.suffix)
    if form is None:
        raise UnreadableData(f"{path}: the ending is not one of {', '.join(SUFFIXES)}; rename or convert the file.")
    try:
        graph = ox.Dataset(ox.parse(path=str(path), format=form, base_iri="https://w3id.org/seminar-kg/file/"))
    except SyntaxError as error:
        raise UnreadableData(f"{path}, line {error.lineno or 1}: {error.msg}; correct the syntax there.") from error
    except (OSError, ValueError) as error:
        raise UnreadableData(f"{path}: {error}; the file cannot be read.") from error
    if not any(isinstance(term, ox.BlankNode) for q in graph for term in (q.subject, q.object, q.graph_name)):
        return frozenset(graph)  # as of many thousand wordings
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = "b" + hashlib.sha256("\n".join(sorted(map(str, graph))).encode()).hexdigest()[:8]

    def named(term: Any) -> Any:
        return ox.BlankNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term

    return frozenset(ox.Quad(named(q.subject), q.predicate, named(q.object), named(q.graph_name)) for q in graph)


def _version(statements: Iterable[ox.Triple | ox.Quad]) -> str:
    """Return the data version: SHA-256 over the sorted statements as N-Quads, its first 16 hexadecimal digits.

    It changes when a statement does, and not when a file is only laid out differently.
    """
    return hashlib.sha256("\n".join(sorted(map(str, statements))).encode()).hexdigest()[:16]
