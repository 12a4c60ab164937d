"""`seminar-kg ask`: a question, or a file of them."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import click

from kg.answering import Answer, AskError
from kg.answering.answer import pieces
from kg.answering.finding.encoder import installed_encoder
from kg.answering.points import grouped
from kg.answering.unanswered_log import UnansweredLog
from kg.cli.common import (
    data_option,
    examples,
    lasting,
    local_path,
    no_check_option,
    open_data,
    opened,
    printable,
    spinner,
)
from kg.english.telling.sentences import KIND_NAMES, quoted
from kg.graph.records import Claim
from kg.library import Library

#: How many candidates of the finder `--explain` shows.
MOST_CANDIDATES = 5


@click.command(
    epilog=examples(
        'seminar-kg ask "Who creates culture?"',
        'seminar-kg ask "why?" --after "Who creates culture?"',
        "seminar-kg ask --from questions.jsonl > answers.jsonl",
    )
)
@click.argument("question", required=False)
@click.option(
    "--after", metavar="QUESTION", help="The question before, on which this one may lean: “why?”, “what about staff?”."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--explain", is_flag=True, help="Print how the question was read, the claims and the SPARQL too.")
@click.option(
    "--from",
    "lines",
    metavar="FILE.jsonl|-",
    type=local_path,
    help='Answer the "q" of each line, as a line of JSON with its "id".',
)
@click.option(
    "--log-unanswered",
    "log",
    metavar="FILE",
    type=local_path,
    help="Add a line of JSON to FILE for each question that is not answered: its words, the day, the edition.",
)
@no_check_option
@data_option
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    after: str | None,
    as_json: bool,
    explain: bool,
    lines: Path | None,
    log: Path | None,
    any_data: bool,
    more: tuple[Path, ...],
) -> int:
    """Answer a QUESTION in plain words, with who said it and where.

    The exit code is 0 whether or not the seminar says something.
    """
    if (question is None) == (lines is None):
        raise click.UsageError("Give either one question in quotation marks or --from FILE.", ctx)
    if lines is not None and after is not None:
        raise click.UsageError("--after goes with one question, not with --from FILE.", ctx)
    note = _noting(log)
    if lines is not None:
        with opened(lines) as source:
            return answer_all(source, open_data(ctx, more, check=not any_data), note)
    library = open_data(ctx, more, check=not any_data)
    with spinner("Reading the question ... (the first one takes a second)"), lasting():
        answer = library.ask(question or "", after)
    note(answer)
    if as_json:
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(explained_lines(answer, library) if explain else answer_lines(answer)))
    return 0


def _noting(path: Path | None) -> Callable[[Answer], None]:
    """Return what writes the questions of answers that are none to a log; nothing is written without a path."""
    log = UnansweredLog(path, lambda reason: click.echo(f"seminar-kg: {reason}", err=True)) if path else None

    def note(answer: Answer) -> None:
        if log is not None and not answer.answered:
            log.add(answer.question, answer.version)

    return note


def answer_lines(answer: Answer) -> Iterator[str]:
    """Yield an answer as lines: the sentence that answers, the points with their places, or what is near; questions."""
    yield answer.lead
    yield from _points(answer)
    yield from _nearest(answer)
    yield from _related(answer)


def _points(answer: Answer) -> Iterator[str]:
    """Yield the points under who said them, each with its mark and the place of its words."""
    titles = {seminar.slug: seminar.document.title for seminar in answer.seminars}
    labels = {concept.slug: concept.label for concept in answer.compared}
    for group in grouped(answer):
        at = f" (at {quoted(titles[group.seminar])})" if len(titles) > 1 else ""
        about = f"On {' and '.join(labels[slug] for slug in group.about)}. " if group.about else ""
        yield f"\n{about}{group.heading}{at}:" if group.heading or at else ""
        for entry in group.entries:
            said = [entry.text] if entry.text else []
            said += [f"{quoted(each.quote)} ({each.place}, {each.id})" for each in entry.passages]
            said += [f"(the words of [{entry.same_as}])"] if entry.same_as else []
            yield f"  [{entry.mark}] {entry.note}{said[0]}"
            yield from (f"      {line}" for line in said[1:])


def _nearest(answer: Answer) -> Iterator[str]:
    if answer.nearest:
        yield "\nNear to it:"
        for near in answer.nearest:
            yield f"  {near.claim.text} ({near.claim.attribution.credit}; {near.claim.passages[0].id})"
            yield f"    {near.why}"


def explained_lines(answer: Answer, library: Library) -> Iterator[str]:
    """Yield an answer with all that it rests on: how the question was read, the claims, and the query as the last."""
    yield answer.answer
    yield from _nearest(answer)
    if answer.verdict_because:
        yield "\nWhy this verdict:"
        reason = asdict(answer.verdict_because)
        yield from (f"  {name}: {value}" for name, value in reason.items() if value)
    if answer.linked:
        yield "\nHow this was read:"
        yield from (f"  {line}" for line in _reading(answer))
    if answer.claims:
        yield "\nClaims:"
        for number, claim in enumerate(answer.claims, start=1):
            yield from _claim(number, claim, library.catalogue.stances())
            if len(library.catalogue.seminars()) > 1:
                yield f"     {library.catalogue.seminar(claim.seminar).name}"
    yield from _candidates(answer, library)
    yield from _related(answer)
    titles = {template.name: template.title for template in library.questions()}
    form = f"{answer.template} ({titles[answer.template]})" if answer.template else "none"
    yield f"\nReady-made question: {form}; edition {answer.version}"
    if answer.sparql:
        yield f"\n{answer.sparql}"


def _candidates(answer: Answer, library: Library) -> Iterator[str]:
    """Yield the first candidates of the finder as a table: how likely each is, and what speaks for it or against it."""
    found = library.answerer.candidates(answer.question, MOST_CANDIDATES)
    if not found:
        return
    yield "\nCandidates: how likely beside each other, and what words, links and meaning speak for each or against it:"
    if installed_encoder() is None:
        yield "  (the sentence encoder is not installed: by words and links alone)"
    for candidate in (each for candidates in found for each in candidates):
        parts = "".join(f"{candidate.parts[part]:+7.1f}" for part in ("words", "links", "meaning"))
        yield f"  {candidate.likely:4.0%}{parts}  {candidate.claim.text}"


def _related(answer: Answer) -> Iterator[str]:
    if answer.related:
        yield "\nRelated questions:"
        yield from (f"  {question}" for question in answer.related)


def _reading(answer: Answer) -> Iterator[str]:
    """Yield the question with its linked words numbered in brackets, then what each was taken for."""
    numbers = {words: number for number, words in enumerate(answer.linked, start=1)}
    yield "".join(
        f"[{numbers[words]}: {printable(text)}]" if words else printable(text) for text, words in pieces(answer)
    )
    for words, number in numbers.items():
        slug = f" ({words.slug})" if words.slug else ""
        yield f"{number}: {KIND_NAMES[words.kind]} “{words.label}”{slug}"


def _claim(number: int, claim: Claim, stances: dict[str, str]) -> Iterator[str]:
    yield f"  {number}. {claim.text}"
    yield f"     {stances[claim.stance]} by {claim.attribution.credit} ({claim.attribution.kind})"
    yield from (f"     {each.id}, {each.place}: {quoted(each.quote)}" for each in claim.passages)
    yield f"     {claim.iri}"


# ── Many questions ──────────────────────────────────────────────────────────────────────────────────────


LONGEST_LINE = 1024 * 1024
"""Bytes at which a line is no question any more, and the file perhaps no text."""


def answer_all(source: IO[bytes], library: Library, note: Callable[[Answer], object]) -> int:
    """Answer the `q` of each line of JSON, printing a line of JSON as each comes; a bad line does not end the run.

    Arguments:
        source: the lines.
        library: what is asked.
        note: is given every answer.

    Returns:
        The exit code: 1 where a line was bad, else 0.
    """
    code = 0
    with _progress(source) as advance:
        for number, line in enumerate(iter(lambda: source.readline(LONGEST_LINE), b""), start=1):
            if len(line) == LONGEST_LINE:
                click.echo(json.dumps({"id": number, "error": f"line {number} is longer than a question can be"}))
                return 1
            if line.strip():
                asked: dict[str, Any] = {}
                try:
                    asked = _asked(line)
                    answer = library.ask(asked["q"])
                    note(answer)
                    result = answer.to_dict()
                except (ValueError, AskError) as error:
                    code, result = 1, {"error": f"line {number}: {error}"}
                click.echo(json.dumps({"id": asked.get("id", number), **result}, ensure_ascii=False))
            advance(len(line))
    return code


def _asked(line: bytes) -> dict[str, Any]:
    """Return the object of a line of JSON; raises ValueError where it is none. `q` is a text, or empty."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON in UTF-8.") from None
    if not isinstance(asked, dict):
        raise ValueError('a JSON object with a "q" is needed.')
    return {**asked, "q": asked["q"] if isinstance(asked.get("q"), str) else ""}


@contextmanager
def _progress(source: IO[bytes]) -> Iterator[Callable[[int], object]]:
    """Show a bar on standard error while lines are read; give what tells it that some bytes are done.

    There is none where standard error is no terminal, nor where the answers go to that terminal themselves.
    """
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda done: None
        return
    size = _size(source)
    bar = (
        click.progressbar(length=size, file=sys.stderr, label="Answering")
        if size
        else click.progressbar(iter(()), file=sys.stderr, label="Answering", show_pos=True)
    )
    with bar:
        yield lambda done: bar.update(done if size else 1)


def _size(source: IO[bytes]) -> int:
    """Return the size of a file in bytes; 0 where that is not known beforehand, as from a pipe."""
    try:
        about = os.fstat(source.fileno())
    except OSError:
        return 0
    return about.st_size if stat.S_ISREG(about.st_mode) else 0
