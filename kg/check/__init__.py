"""The check of a seminar's graph: what SHACL can say, what it cannot, and the quotations against the source.

    for problem in check([Path("data/seminar.ttl")], source=Path("seminar.txt")):
        print(problem)      # FILE, line N: CODE: sentence

docs/checks.md lists the codes; `code_table` writes it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rdflib.term import Node

from kg.check.attribution import check_attribution, check_grounds, check_names
from kg.check.characters import check_characters
from kg.check.concepts import check_concepts
from kg.check.corpus import Corpus, ontology
from kg.check.files import Triple, lines_of, read_lines, read_triples
from kg.check.numbering import check_numbering
from kg.check.overstatements import check_overstatements
from kg.check.problems import CODES, Problem
from kg.check.propositions import check_propositions
from kg.check.quotations import check_numbers, check_passages, check_source
from kg.check.shapes import check_shapes, shape_codes
from kg.check.slugs import check_slugs
from kg.check.source_text import SourceText
from kg.check.terms import check_contents, check_terms
from kg.graph.files import UnreadableFile
from kg.vocabulary import RDF, SCHEMA

__all__ = ["Problem", "UnreadableFile", "beside_faults", "check", "code_table", "codes"]


# What is wrong within a statement, whatever else there is.
_WITHIN = {
    "bad-literal", "bad-scheme", "bad-slug", "claim-attribution", "claim-sentence", "claim-stance", "claim-text",
    "control-character", "literal-form", "mixed-script", "relative-address", "unknown-namespace", "unknown-term",
}  # fmt: skip


def check(files: Sequence[Path], *, data: Sequence[Path] = (), source: Path | None = None) -> list[Problem]:
    """Return what is wrong with some files of claims, by file and line.

    Args:
        files: the files to check, together; see `kg.graph.files`. Lines are those of the file;
            in JSON-LD, where a triple has no line, all are 1.
        data: files that the checked ones lean on (concepts defined elsewhere). Nothing is reported about them. A
            file among them that holds a claim of a checked file, being an edition of the same seminar, is left out.
        source: the text that the quotations were taken from, in UTF-8. Without it quotations are not checked.

    Raises:
        UnreadableFile: a file is not RDF (or the source not text); then nothing is checked.
    """
    checked = _by_file(files)
    lines = {path: read_lines(path) for path in checked.values()}
    others = [read_triples(path) for file, path in _by_file(data).items() if file not in checked]
    text = SourceText.read(source) if source else None
    claims = {claim for found in lines.values() for claim in _claims(found.triples)}
    leant_on = {triple for each in others if claims.isdisjoint(_claims(each)) for triple in each}
    corpus = Corpus.of(lines, leant_on)
    return sorted({*check_contents(lines), *_problems(corpus, text)})


def beside_faults(error: UnreadableFile) -> list[Problem]:
    """Return what is wrong within the statements of a file that could be read, where others have faults of syntax.

    What things lack, or what is said of them elsewhere, is left alone where it may stand in those.
    """
    if error.rest is None:
        return []
    corpus = Corpus.of({error.file: lines_of(error.file, error.rest)}, ())
    return sorted(
        problem
        for problem in set(_problems(corpus, None))
        if problem.code in _WITHIN and not any(problem.line in broken for broken in error.broken)
    )


def codes() -> dict[str, str]:
    """Return every code of a problem with what it means, by code."""
    return dict(sorted({**CODES, **shape_codes()}.items()))


def code_table() -> str:
    """Return the table of codes in Markdown."""
    rows = [f"| `{code}` | {meaning} |" for code, meaning in codes().items()]
    return "\n".join(["| Code | What is asked, or what is wrong |", "|---|---|", *rows]) + "\n"


def _problems(corpus: Corpus, text: SourceText | None) -> Iterator[Problem]:
    """Yield the problems: first the words that do not exist, then the rest as if those were right."""
    terms = ontology()
    problems, meant, undefined = check_terms(corpus, terms)
    yield from problems
    yield from check_characters(corpus)
    corpus = corpus.with_renamed(meant)
    undefined -= meant.keys()
    yield from check_shapes(corpus, undefined)
    yield from check_propositions(corpus, terms, undefined)
    yield from check_concepts(corpus, undefined)
    yield from check_overstatements(corpus, terms)
    yield from check_slugs(corpus)
    yield from check_attribution(corpus)
    yield from check_grounds(corpus)
    yield from check_passages(corpus, undefined)
    yield from check_numbers(corpus)
    numbers = list(check_numbering(corpus))
    yield from numbers
    if text:
        ordered = all(problem.code != "passage-position" for problem in numbers)
        yield from check_source(corpus, text, ordered)
        yield from check_names(corpus, text)


def _by_file(paths: Sequence[Path]) -> dict[str, Path]:
    """Return the first path of each file as it was given, by where the file is."""
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(os.path.realpath(path), path)
    return found


def _claims(triples: Iterable[Triple]) -> set[Node]:
    return {subject for subject, predicate, object_ in triples if predicate == RDF.type and object_ == SCHEMA.Claim}
