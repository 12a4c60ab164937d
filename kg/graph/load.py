"""One or many seminars -> one data set with a data version.

Files are read whole or not at all. The triples of all files are put together in one deduplicated default graph;
the seminar stays as a link on each claim. To them come, worked out here and nowhere else:

- the general relations (RDFS entailment rule rdfs7: a triple with a relation also holds with its super-relations);
- `sk:credit` of each claim, the words by which to credit it.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.sparql import EmbeddedEngine, SandboxedEngine
from kg.vocabulary import BASE, DCTERMS, PROV, RDF, RDFS, RELATION, SCHEMA, SK, SKOS

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
    """Loaded seminars: the triples people wrote, those worked out from them, and the engines over both.

    `named` holds what stands in named graphs, which only queries from outside can ask for by name. `wordings` are ways
    in which people ask, by thousands; they help to understand questions and are no part of the graph that is queried.
    """

    files: tuple[Path, ...]
    written: frozenset[ox.Triple] = field(repr=False)
    derived: frozenset[ox.Triple] = field(repr=False)
    version: str
    named: frozenset[ox.Quad] = field(repr=False, default=frozenset())
    wordings: frozenset[ox.Triple] = field(repr=False, default=frozenset())

    @cached_property
    def triples(self) -> frozenset[ox.Triple]:
        """All triples, as the engine holds them."""
        return self.written | self.derived

    @cached_property
    def engine(self) -> EmbeddedEngine:
        """The engine that answers queries over the data in this process."""
        return EmbeddedEngine(self.triples)

    @cached_property
    def outside_engine(self) -> SandboxedEngine:
        """The engine for queries from outside: processes that can be stopped and reach no network."""
        return SandboxedEngine([*self.triples, *self.named], base=BASE)

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, in order."""
        names = {quad.graph_name for quad in self.named}
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))


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
    derived = frozenset(_general_relations(written) | _credits(written)) - written
    return DataSet(files, written, derived, _version(parts, named), named, wordings)


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
    return DataSet(files, frozenset().union(*parts), frozenset(), _version(parts, named), named)


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


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _general_relations(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return the triples that hold by rdfs:subPropertyOf (RDF 1.1 Semantics, rules rdfs5 and rdfs7)."""
    triples = list(triples)
    parents: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value == str(RDFS.subPropertyOf):
            parents[triple.subject.value].add(triple.object.value)  # type: ignore[union-attr]

    def ancestors(relation: str) -> set[str]:
        found: set[str] = set()
        waiting = [relation]
        while waiting:
            new = parents.get(waiting.pop(), set()) - found
            found |= new
            waiting.extend(new)
        return found

    general = {relation: ancestors(relation) for relation in list(parents) if relation.startswith(str(RELATION))}
    return {
        ox.Triple(triple.subject, _node(relation), triple.object)
        for triple in triples
        for relation in general.get(triple.predicate.value, ())
    }


def _credits(triples: Iterable[ox.Triple]) -> set[ox.Triple]:
    """Return sk:credit of every claim: "Michael West", "a delegate", "the published summary of ...'s presentation"."""
    known: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = {
        str(p)
        for p in (
            RDF.type, RDFS.label, SKOS.prefLabel, SK.attributionKind, SK.madeIn, SK.reportedFrom,
            PROV.wasAttributedTo, SCHEMA.performer, DCTERMS.isPartOf,
        )
    }  # fmt: skip
    for triple in triples:
        if triple.predicate.value in wanted:
            known[str(triple.subject)][triple.predicate.value].append(
                triple.object.value if isinstance(triple.object, ox.Literal) else str(triple.object)
            )
    credited = set()
    for subject, about in known.items():
        if str(_node(str(SCHEMA.Claim))) in about[str(RDF.type)]:
            words = _credit(about, known)
            credited.add(ox.Triple(_node(subject[1:-1]), _node(str(SK.credit)), ox.Literal(words, language="en")))
    return credited


def _credit(claim: dict[str, list[str]], known: dict[str, dict[str, list[str]]]) -> str:
    def names(subjects: Iterable[str]) -> str:
        found = sorted({label for s in subjects for p in (RDFS.label, SKOS.prefLabel) for label in known[s][str(p)]})
        return " and ".join(found)

    kind = claim[str(SK.attributionKind)]
    if str(_node(str(SK["write-up"]))) in kind:
        return "the published summary"
    if str(_node(str(SK.presentation))) in kind:
        presenters = names(p for part in claim[str(SK.madeIn)] for p in known[part][str(SCHEMA.performer)])
        return f"the published summary of {presenters}’s presentation" if presenters else "the published summary"
    speaker = names(claim[str(PROV.wasAttributedTo)])
    reported = names(claim[str(SK.reportedFrom)])
    return f"{speaker}, passing on {reported}" if reported else speaker
