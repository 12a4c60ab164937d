"""One or many seminars -> one data set with a data version.

Files are read whole or not at all. The triples of all files are put together in one deduplicated default graph;
the seminar stays as a link on each claim. To them come those that `kg.graph.derive` works out.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.graph.derive import derived
from kg.sparql import Engines, LocalEngines, QueryEngine
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


def packaged_data() -> Path:
    """Return the folder of the seminar that comes with the package: inside it, or beside it in a checkout."""
    inside = HERE / "data"
    return inside if inside.exists() else HERE.parent / "data"


def is_packaged(data: DataSet) -> bool:
    """Whether a data set is the seminar that comes with the package and nothing else."""
    return data.files == tuple(_files([packaged_data()]))


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
    files = tuple(_files([packaged_data()] if paths is None else _paths(paths)))
    ontology = [ONTOLOGY / name for name in ALWAYS_LOADED]
    read = [_read(path) for path in (*ontology, *files)]
    named = _named(read) | _into_graphs(graphs or {})
    parts = [_triples(quads) for quads in read]
    everything = frozenset(triple for part in parts for triple in part)
    wordings = frozenset(triple for triple in everything if triple.predicate.value in WORDINGS)
    written = everything - wordings
    return _data_set(files, written | derived(written), _version(parts, named), named, wordings)


def load_any(paths: Paths | None = None, graphs: Mapping[str, Path | str] | None = None) -> DataSet:
    """Read RDF of any kind as one data set, to be asked by SPARQL alone: nothing is worked out from it.

    Arguments:
        paths: files or folders, as for `load`; the default graph is their merge, whatever graphs they name.
        graphs: files to read into named graphs, by the IRI of the graph; without `paths` the default graph is their
            merge.

    Raises:
        UnreadableData: as `load`.
    """
    files = tuple(_files([] if paths is None else _paths(paths)))
    read = [_read(path) for path in files]
    named = _named(read) | _into_graphs(graphs or {})
    parts = [_triples(quads) for quads in read] or [_triples(named)]
    return _data_set(files, frozenset().union(*parts), _version(parts, named), named)


def _data_set(
    files: tuple[Path, ...],
    triples: frozenset[ox.Triple],
    version: str,
    named: frozenset[ox.Quad],
    wordings: frozenset[ox.Triple] = frozenset(),
) -> DataSet:
    graphs = {quad.graph_name.value for quad in named if isinstance(quad.graph_name, ox.NamedNode)}
    return DataSet(files, version, LocalEngines([*triples, *named], BASE), tuple(sorted(graphs)), wordings)


def _paths(given: Paths) -> list[Path]:
    """Return what was given as a list of paths; raises TypeError, with what to give instead."""
    if isinstance(given, str | os.PathLike):
        return [_path(given)]
    if isinstance(given, bytes | bytearray | Mapping) or not isinstance(given, Iterable):
        raise TypeError(f"Files are named by a str or a Path, or a list of them, not by {type(given).__name__}.")
    return [_path(each) for each in given]


def _path(given: Path | str) -> Path:
    if not isinstance(given, str | os.PathLike):
        raise TypeError(f"A file is named by a str or a Path, not by {type(given).__name__}.")
    if not os.fspath(given):
        raise UnreadableData("The name of a file is empty; name a file or folder.")
    return Path(given)


def _triples(quads: Iterable[ox.Quad]) -> frozenset[ox.Triple]:
    return frozenset(quad.triple for quad in quads)


def _named(read: Iterable[frozenset[ox.Quad]]) -> frozenset[ox.Quad]:
    return frozenset(quad for quads in read for quad in quads if quad.graph_name != ox.DefaultGraph())


def _into_graphs(graphs: Mapping[str, Path | str]) -> frozenset[ox.Quad]:
    """Return the triples of files in the graphs that were named for them."""
    found = set()
    for iri, path in graphs.items():
        try:
            graph = ox.NamedNode(iri)
        except ValueError:
            message = f"{iri[:200]}: this is no IRI; name the graph by one, as in urn:graph:1={path}."
            raise UnreadableData(message) from None
        for file in _files([_path(path)]):
            found |= {ox.Quad(q.subject, q.predicate, q.object, graph) for q in _read(file)}
    return frozenset(found)


def _files(paths: Sequence[Path]) -> Iterable[Path]:
    for path in paths:
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


def _version(graphs: Sequence[frozenset[ox.Triple]], named: frozenset[ox.Quad]) -> str:
    """Return the data version: SHA-256 over the sorted statements as N-Quads, its first 16 hexadecimal digits.

    It changes when a statement does, and not when a file is only laid out differently.
    """
    lines = sorted({str(triple) for graph in graphs for triple in graph} | {str(quad) for quad in named})
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
