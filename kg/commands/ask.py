"""`seminar-kg ask`: a question, or a file of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from kg.answering import Answer
from kg.asking import answer_all, answer_lines, explained_lines
from kg.commandline import data_option, examples, local_path, open_data, opened, spinner
from kg.unanswered import UnansweredLog


@click.command(
    epilog=examples('seminar-kg ask "Who creates culture?"', "seminar-kg ask --from questions.jsonl > answers.jsonl")
)
@click.argument("question", required=False)
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
@data_option
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    as_json: bool,
    explain: bool,
    lines: Path | None,
    log: Path | None,
    more: tuple[Path, ...],
) -> int:
    """Answer a QUESTION in plain words, with who said it and where.

    The exit code is 0 whether or not the seminar says something.
    """
    if (question is None) == (lines is None):
        raise click.UsageError("Give either one question in quotation marks or --from FILE.", ctx)
    note = _noting(log)
    if lines is not None:
        with opened(lines) as source:
            return answer_all(source, open_data(ctx, more), note)
    library = open_data(ctx, more)
    with spinner("Reading the question ... (the first one takes some seconds)"):
        answer = library.ask(question or "")
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
