"""The check of a seminar's graph: what SHACL can say, what it cannot, and the quotations against the source.

    report = check([Path("data/seminar.ttl")], source=Path("seminar.txt"))
    for problem in report:
        print(problem)      # FILE, line N: CODE: sentence

docs/checks.md lists the codes; `code_table` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.check.attribution import check_attribution, check_grounds
from kg.check.characters import check_characters
from kg.check.concepts import check_concepts
from kg.check.corpus import Corpus, ontology
from kg.check.files import RdfFile, read_rdf
from kg.check.numbering import check_numbering
from kg.check.problems import CODES, Problem, UnreadableFile
from kg.check.propositions import check_propositions
from kg.check.quotations import check_passages, check_source
from kg.check.shapes import check_shapes, shape_codes
from kg.check.source import SourceText
from kg.check.terms import check_terms
from kg.vocabulary import RDF, SCHEMA

__all__ = ["Problem", "Report", "UnreadableFile", "check", "code_table", "codes"]


@dataclass(frozen=True)
class Report:
    """The problems of a check, by file and line."""

    problems: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Problem]:
        """Go through the problems in order."""
        return iter(self.problems)

    def __len__(self) -> int:
        """Return the number of problems."""
        return len(self.problems)


def check(files: Sequence[Path], *, data: Sequence[Path] = (), source: Path | None = None) -> Report:
    """Return what is wrong with some files of claims.

    Args:
        files: the files to check, together: .ttl, .trig, .nt, .nq or .jsonld. Lines are those of the file;
            in JSON-LD, where a triple has no line, all are 1.
        data: files that the checked ones lean on (concepts defined elsewhere). Nothing is reported about
        them.
            A file among them that holds a claim of a checked file, being an edition of the same seminar, is
            left out.
        source: the text that the quotations were taken from, in UTF-8. Without it quotations are not checked.

    Raises:
        UnreadableFile: a file is not RDF (or the source not text); then nothing is checked.
    """
    checked = [read_rdf(path) for path in _once(files, set())]
    leant_on = [read_rdf(path) for path in _once(data, {path.resolve() for path in files})]
    text = SourceText.read(source) if source else None
    corpus = Corpus.of(checked, [file for file in leant_on if not _shares_claims(file, checked)])
    return Report(tuple(sorted(set(_problems(corpus, text)))))


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
    words = check_terms(corpus, terms)
    yield from words.problems
    yield from check_characters(corpus)
    corpus = corpus.with_renamed(words.meant)
    undefined = words.undefined - words.meant.keys()
    yield from check_shapes(corpus, undefined)
    yield from check_propositions(corpus, terms, undefined)
    yield from check_concepts(corpus, undefined)
    yield from check_attribution(corpus)
    yield from check_grounds(corpus)
    yield from check_passages(corpus, undefined)
    numbers = list(check_numbering(corpus))
    yield from numbers
    if text:
        ordered = all(problem.code != "passage-position" for problem in numbers)
        yield from check_source(corpus, text, ordered)


def _once(paths: Sequence[Path], seen: set[Path]) -> Iterator[Path]:
    """Yield each path once, and none whose file was seen."""
    for path in paths:
        if path.resolve() not in seen:
            seen.add(path.resolve())
            yield path


def _shares_claims(file: RdfFile, checked: Sequence[RdfFile]) -> bool:
    def claims(one: RdfFile) -> set[object]:
        return {s for s, p, o in one.lines.triples if p == RDF.type and o == SCHEMA.Claim}

    return any(claims(file) & claims(other) for other in checked)
