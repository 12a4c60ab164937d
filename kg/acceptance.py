"""Which files of some are not to be loaded, since the check rejects them; what it said is kept by content.

Files that lean on one another (one names things that another describes, or both make the same claim) are checked
together, and each file is rejected for what is wrong in it. A file that leans on a rejected one alone is rejected too.
As for `seminar-kg check`, a file may also lean on the packaged data, loaded or not.

What was found is kept in the user's cache folder. What was found in the packaged data, which is nothing, comes with the
package, in `check/passed.txt`: those who use it alone never wait for a check. `docs/build.py` writes that file.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from kg.cache_folder import keep, kept, key_of
from kg.english.numbers import counted
from kg.graph.files import UnreadableFile, files_of
from kg.graph.load import LeftOut, Statements, packaged_data
from kg.vocabulary import RDF, SCHEMA

PASSED = "passed.txt"
"""The keys of files in which nothing was found, a line each, in `kg/check`."""

_TYPE = ox.NamedNode(str(RDF.type))
_CLAIM = ox.NamedNode(str(SCHEMA.Claim))
Found = int | str
"""What the check found in a file: the number of problems, or why it does not read it."""


def rejected(statements: Statements) -> tuple[LeftOut, ...]:
    """Return the files that the check rejects, in their order.

    Arguments:
        statements: what the files say, by file.
    """
    if files_key(statements) in _passed():
        return ()
    files = _Files(statements)
    found: dict[Path, Found] = {}
    for group in files.groups():
        found |= found_in(group)
    bad = {file for file, wrong in found.items() if wrong}
    leaning = files.leaning_on(bad)
    return tuple(
        _left_out(file, found[file], leaning.get(file), files.beside(file))
        for file in statements
        if file in bad or file in leaning
    )


def _left_out(file: Path, found: Found, leans_on: Path | None, beside: Iterable[Path]) -> LeftOut:
    if leans_on is not None:
        return LeftOut(file, f"it leans on {leans_on.name}, which the check rejects", f"mend {leans_on} first")
    reason = found if isinstance(found, str) else f"the check finds {counted(found, 'problem')} in it"
    command = ["seminar-kg", "check", str(file), *(part for each in beside for part in ("--data", str(each)))]
    return LeftOut(file, reason, f"`{shlex.join(command)}` says more")


# ── Which files lean on one another ─────────────────────────────────────────────────────────────────────────


class _Files:
    """Files with what they describe (what they give a type), name and claim."""

    def __init__(self, statements: Statements):
        self._described: dict[Path, set[ox.NamedNode]] = {}
        claiming: dict[ox.NamedNode, list[Path]] = defaultdict(list)
        named: dict[Path, set[ox.NamedNode]] = {}
        for file, quads in statements.items():
            described = self._described[file] = set(_named(quad.subject for quad in quads if quad.predicate == _TYPE))
            for claim in set(_named(quad.subject for quad in quads if quad.object == _CLAIM)):
                claiming[claim].append(file)
            ends = (end for quad in quads for end in (quad.subject, quad.predicate, quad.object))
            named[file] = set(_named(ends)) - described
        everything = set().union(*self._described.values())
        #: For each file the things that it names and others describe.
        self._needed = {file: terms & everything for file, terms in named.items()}
        self._graph: nx.Graph[Path] = nx.Graph()
        self._graph.add_nodes_from(statements)
        self._graph.add_edges_from((file, other) for file in statements for other in self._leant_on(file))
        for owners in claiming.values():
            nx.add_path(self._graph, owners)

    def _leant_on(self, file: Path) -> Iterator[Path]:
        """Yield the fewest files that describe all that one needs: several may describe the same concept."""
        needed = set(self._needed[file])
        while needed:
            best = max(self._described, key=lambda other: len(needed & self._described[other]))
            yield best
            needed -= self._described[best]

    def groups(self) -> Iterator[list[Path]]:
        """Yield the files that lean on one another, in the order of their content."""
        for each in nx.connected_components(self._graph):
            yield sorted(each, key=_digest)

    def beside(self, file: Path) -> list[Path]:
        """Return the files that one leans on or that lean on it."""
        return sorted(set(self._graph[file]) - {file})

    def leaning_on(self, bad: Iterable[Path]) -> dict[Path, Path]:
        """Return the files that need something which only bad ones describe, each with one of those."""
        gone, found = set(bad), dict[Path, Path]()
        while True:
            there = set().union(*(terms for file, terms in self._described.items() if file not in gone))
            more = {
                file: next(other for other in self._described if lacking & self._described[other])
                for file in self._needed.keys() - gone
                if (lacking := self._needed[file] - there)
            }
            if not more:
                return found
            found |= more
            gone |= more.keys()


def _named(terms: Iterable[object]) -> Iterator[ox.NamedNode]:
    return (term for term in terms if isinstance(term, ox.NamedNode))


# ── What the check finds, kept by content ───────────────────────────────────────────────────────────────────


def found_in(files: Sequence[Path]) -> dict[Path, Found]:
    """Return what the check finds in each of some files, which are checked together, in the order of their content."""
    key = files_key(files)
    if key in _passed():
        return dict.fromkeys(files, 0)
    found = kept("checks", key, lambda content: _read(content, len(files)))
    if found is None:
        found = _found(files)
        keep("checks", key, json.dumps(found).encode())
    return dict(zip(files, found, strict=True))


def _found(files: Sequence[Path]) -> list[Found]:
    """Return what the check finds in each file, alone or beside the packaged data: the less of the two."""
    from kg.check import check  # of no use to those who have the packaged seminar alone

    try:
        problems = check(files)
        if problems:
            problems = min(problems, check(files, data=_packaged()), key=len)
    except UnreadableFile as error:
        if len(files) == 1:
            return [error.reason]
        # The others are looked at by themselves: what they lean on in this one is missing.
        return [error.reason if each == error.file else _found([each])[0] for each in files]
    counts = Counter(problem.file for problem in problems)
    return [counts[file] for file in files]


def _read(content: bytes, number: int) -> list[Found]:
    """Return what was found in a number of files before; raises ValueError where that is not what stands there."""
    found = json.loads(content)
    if not (isinstance(found, list) and len(found) == number and all(isinstance(each, int | str) for each in found)):
        raise ValueError("this is not what was found in so many files")
    return found


def files_key(files: Iterable[Path]) -> str:
    """Return the key of some files: a hash of their content, of the packaged data and of the check itself."""
    parts = [_checker(), *sorted(map(_digest, files)), *map(_digest, _packaged())]
    return key_of(*parts)


def passed_text() -> str:
    """Return what `passed.txt` is to say: the keys of the packaged seminar, alone and with how people ask for it.

    Where that is not what it says, the packaged data are checked first.

    Raises:
        ValueError: the check finds something in it.
    """
    groups = [list(_packaged()), [file for file in _packaged() if file.stem == "seminar"]]
    text = "".join(f"{files_key(group)}\n" for group in groups)
    if _passed() != frozenset(text.split()) and any(count for group in groups for count in _found(group)):
        raise ValueError("the check finds problems in the packaged data; mend them first")
    return text


@cache
def _passed() -> frozenset[str]:
    return frozenset(package_files("kg").joinpath("check", PASSED).read_text(encoding="utf-8").split())


@cache
def _packaged() -> tuple[Path, ...]:
    return tuple(files_of(packaged_data()))


def _digest(file: Path) -> str:
    """Return the hash of a file's format and content."""
    return file.suffix.lower() + hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _checker() -> str:
    """Return a hash of all that the check goes by, so that nothing is found again that another one said."""
    package = package_files("kg")
    sources = {f"check/{each.name}": each for each in package.joinpath("check").iterdir()}
    ontology = ("ontology/claims.ttl", "ontology/relations.ttl")
    for name in ("acceptance.py", "vocabulary.py", "english/prose.py", "graph/files.py", "graph/slugs.py", *ontology):
        sources[name] = package.joinpath(*name.split("/"))
    found = hashlib.sha256()
    for name, each in sorted(sources.items()):
        if name.endswith((".py", ".ttl")):
            found.update(each.read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()
