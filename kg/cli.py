"""The command line: `seminar-kg serve | ask | query | map | check | questions | export`.

Exit codes: 0 done, 1 problems found, 2 wrong use or something that cannot be read. An error is one line on
standard error.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import click
import pyoxigraph as ox

from kg.answering import Answer, AskError, QuestionTemplate
from kg.api import Library, open_library
from kg.check import check as check_files
from kg.commandline import CommandLine, data_option, examples, local_path
from kg.library import SUFFIXES, UnreadableData, packaged_data
from kg.maps.concept_map import ConceptMap, MapError
from kg.maps.formats import FORMATS, format_for, propositions_tsv
from kg.maps.frame import PAGES
from kg.maps.layouts import laid_out
from kg.queries import Term, bind, with_prefixes
from kg.store import MEDIA_TYPES, QuerySyntaxError, Result
from kg.store.syntax import read as read_shape
from kg.vocabulary import PREFIXES

QUERY_SECONDS = 60.0
"""How long a query may take here: longer than on a server, since nobody else waits."""

QUERY_FORMATS = {
    "json": ("application/sparql-results+json",),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "ttl": ("text/turtle",),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
}
RDF_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "jsonld": ox.RdfFormat.JSON_LD}
CSV_COLUMNS = ("claim", "text", "credit", "attribution", "stance", "passages", "quotations", "concepts")


@click.group(
    epilog=examples('seminar-kg ask "Who creates culture?"'),
    cls=CommandLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@data_option
@click.version_option(package_name="seminar-kg", prog_name="seminar-kg")
@click.pass_context
def commands(ctx: click.Context, more: tuple[Path, ...]) -> None:
    """Ask, query, draw and check what was claimed at a seminar."""
    ctx.obj = more


def main() -> None:
    """Run the command line of this process."""
    commands.main(prog_name="seminar-kg")


def _paths(ctx: click.Context, more: Sequence[Path]) -> list[Path] | None:
    return [*ctx.obj, *more] or None


def _library(ctx: click.Context, more: Sequence[Path]) -> Library:
    return open_library(_paths(ctx, more))


# ── serve ───────────────────────────────────────────────────────────────────────────────────────────────


@commands.command(
    epilog=examples("seminar-kg serve --port 8080", "seminar-kg serve --no-check --graph urn:graph:1=some.nt")
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@click.option("--base-url", metavar="URL", help="The public address, where it is not the one listened on.")
@click.option("--trusted-host", "trusted", multiple=True, metavar="NAME", help="A host name to answer; repeatable.")
@click.option(
    "--deadline",
    default=3.0,
    show_default=True,
    type=click.FloatRange(0, 3600, min_open=True),
    help="Seconds that a SPARQL query from outside may take.",
)
@click.option("--graph", "graphs", multiple=True, metavar="IRI=FILE", help="A file as a named graph; repeatable.")
@click.option("--no-check", "any_data", is_flag=True, help="Serve RDF of any kind, for SPARQL alone: no pages.")
@data_option
@click.pass_context
def serve(
    ctx: click.Context,
    host: str,
    port: int,
    base_url: str | None,
    trusted: tuple[str, ...],
    deadline: float,
    graphs: tuple[str, ...],
    any_data: bool,
    more: tuple[Path, ...],
) -> int:
    """Serve the pages and the SPARQL endpoint until Ctrl-C."""
    if base_url and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", base_url):
        message = "an address that begins with http:// or https:// is needed."
        raise click.BadParameter(message, ctx, param_hint="--base-url")
    # Not imported above, because `kg` is a library that knows nothing of Flask and this command alone does.
    # There is no circle: the website imports kg.api, never this module.
    from webapp.server import serve as serve_pages

    return serve_pages(
        host,
        port,
        paths=_paths(ctx, more),
        graphs=dict(_named_graph(ctx, each) for each in graphs),
        any_data=any_data,
        base_url=base_url,
        trusted_hosts=trusted,
        deadline=deadline,
    )


def _named_graph(ctx: click.Context, text: str) -> tuple[str, Path]:
    """Return the IRI and the file of `--graph`; an IRI may hold "=" too, so the last one parts them."""
    iri, equals, name = text.rpartition("=")
    if not (iri and equals and name):
        raise click.BadParameter("write it as IRI=FILE.", ctx, param_hint="--graph")
    return iri, local_path(name)


# ── ask ─────────────────────────────────────────────────────────────────────────────────────────────────


@commands.command(
    epilog=examples('seminar-kg ask "Who creates culture?"', "seminar-kg ask --from questions.jsonl > answers.jsonl")
)
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--explain", is_flag=True, help="Print the ready-made question and the SPARQL behind the answer too.")
@click.option(
    "--from",
    "lines",
    metavar="FILE.jsonl|-",
    type=local_path,
    help='Answer the "q" of each line, as a line of JSON with its "id".',
)
@data_option
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    as_json: bool,
    explain: bool,
    lines: Path | None,
    more: tuple[Path, ...],
) -> int:
    """Answer a QUESTION in plain words, with who said it and where.

    The exit code is 0 whether or not the seminar says something.
    """
    if (question is None) == (lines is None):
        raise click.UsageError("Give either one question in quotation marks or --from FILE.", ctx)
    if lines is not None:
        return _ask_all(lines, ctx, more)
    answer = _library(ctx, more).ask(question or "")
    if as_json:
        click.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_answer_lines(answer, explain)))
    return 0


def _ask_all(path: Path, ctx: click.Context, more: Sequence[Path]) -> int:
    """Answer each line as it comes; a bad line is reported in its place, and the run goes on."""
    code = 0
    with _opened(path) as source:
        library = _library(ctx, more)
        for number, line in enumerate(source, start=1):
            if not line.strip():
                continue
            asked: dict[str, Any] = {}
            try:
                asked = _asked(line)
                result = library.ask(asked["q"]).to_dict()
            except (ValueError, AskError) as error:
                code, result = 1, {"error": f"line {number}: {error}"}
            identifier = asked.get("id", number)
            click.echo(json.dumps({"id": identifier, **result}, ensure_ascii=False))
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


def _opened(path: Path) -> IO[bytes]:
    """Return a file, or standard input for "-", as bytes."""
    return click.open_file(str(path), "rb")


def _answer_lines(answer: Answer, explain: bool) -> Iterator[str]:
    yield answer.answer
    if answer.passages:
        yield "\nIt rests on:"
        yield from (f"  {each.id} ({each.section}; {answer.speaker(each)}): “{each.quote}”" for each in answer.passages)
    if answer.related:
        yield "\nRelated questions:"
        yield from (f"  {question}" for question in answer.related)
    if explain:
        yield f"\nReady-made question: {answer.template or 'none'}; edition {answer.version}"
        if answer.sparql:
            yield f"\n{answer.sparql}"


# ── query ───────────────────────────────────────────────────────────────────────────────────────────────


@commands.command(
    epilog=examples(
        'seminar-kg query --text "SELECT ?text { ?claim schema:text ?text }"',
        "seminar-kg query question.rq --bind concept=concept:culture --format csv",
    )
)
@click.argument("file", required=False, metavar="[FILE|-]", type=local_path)
@click.option("--text", metavar="SPARQL", help="The query itself, instead of a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *QUERY_FORMATS]),
    help="Default: table, or ttl for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--bind",
    "bindings",
    multiple=True,
    metavar="NAME=VALUE",
    help="Put a term into VALUES ?NAME { }: <iri>, prefix:name, a number, or text; repeatable.",
)
@data_option
@click.pass_context
def query(
    ctx: click.Context,
    file: Path | None,
    text: str | None,
    form: str | None,
    bindings: tuple[str, ...],
    more: tuple[Path, ...],
) -> int:
    """Run a read-only SPARQL query from a FILE, or from standard input.

    Known prefixes (skos:, schema:, concept: ...) may be left out.
    """
    if (file is None) == (text is None):
        raise click.UsageError("Give either a file (or - for standard input) or --text.", ctx)
    sparql = _bound(text if file is None else _text(file), bindings, ctx)  # type: ignore[arg-type]
    shape = read_shape(sparql)
    graph = shape.form in ("CONSTRUCT", "DESCRIBE")
    form = form or ("ttl" if graph else "table")
    kinds = MEDIA_TYPES[shape.form or "SELECT"]
    media_type = next((kind for kind in QUERY_FORMATS.get(form, ()) if kind in kinds), None)
    if form == "table" and not graph:
        media_type = "application/sparql-results+json"
    if media_type is None:
        raise click.BadParameter(f"the result of {shape.form} does not come as {form}.", ctx, param_hint="--format")
    result = _run(_library(ctx, more), sparql, media_type)
    if form == "table":
        click.echo("\n".join(_table(json.loads(result))))
    else:
        click.echo(bytes(result), nl=result[-1:] != b"\n" and form != "csv")
    if result.truncated:
        click.echo("seminar-kg: only the first rows are shown; add LIMIT and OFFSET for the others.", err=True)
    return 0


def _run(library: Library, sparql: str, media_type: str) -> Result:
    """Run a query in the confined child process, where it can reach no network and be stopped.

    The prefixes that were left out stand on lines of their own in front, which no message should count.
    """
    whole = with_prefixes(sparql)
    added = whole.count("\n") - sparql.count("\n")
    try:
        return library.outside_engine().execute(whole, media_type, QUERY_SECONDS)
    except QuerySyntaxError as error:
        message = str(error).replace(f"line {error.line}", f"line {error.line - added}", 1)
        raise QuerySyntaxError(message, error.line - added, error.column) from None


def _bound(sparql: str, bindings: Iterable[str], ctx: click.Context) -> str:
    slots: dict[str, list[Term]] = {}
    try:
        for binding in bindings:
            name, equals, value = binding.partition("=")
            if not equals or not re.fullmatch(r"[A-Za-z]\w*", name):
                raise ValueError(f"“{binding}” is not NAME=VALUE")
            slots.setdefault(name, []).append(_term(value))
        return bind(sparql, slots)
    except (KeyError, ValueError) as error:
        raise click.BadParameter(f"{error.args[0]}.", ctx, param_hint="--bind") from None


def _term(value: str) -> Term:
    """Return the term that a value on the command line stands for; raises ValueError for a broken IRI."""
    prefix, colon, name = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        return ox.NamedNode(value[1:-1])
    if colon and prefix in PREFIXES and name and not re.search(r"\s", name):
        return ox.NamedNode(PREFIXES[prefix] + name)
    if re.match(r"https?://\S+$", value):
        return ox.NamedNode(value)
    return ox.Literal(int(value)) if re.fullmatch(r"-?[0-9]{1,18}", value) else ox.Literal(value)


def _text(path: Path) -> str:
    with _opened(path) as source:
        try:
            return str(source.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise UnreadableData(f"{path}: the text is not UTF-8; save it as UTF-8.") from None


def _table(result: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a table for people: known prefixes for IRIs, the bare text of literals."""
    if "boolean" in result:
        yield "yes" if result["boolean"] else "no"
        return
    names = result["head"]["vars"]
    rows = [[_cell(row.get(name)) for name in names] for row in result["results"]["bindings"]]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for row in (names, ["─" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    yield f"({len(rows)} row{'' if len(rows) == 1 else 's'})"


def _cell(term: dict[str, Any] | None) -> str:
    value = str(term["value"]) if term else ""
    if term and term["type"] == "uri":
        fitting = [each for each in PREFIXES if value.startswith(PREFIXES[each])]
        prefix = max(fitting, key=lambda each: len(PREFIXES[each]), default=None)
        value = f"{prefix}:{value.removeprefix(PREFIXES[prefix])}" if prefix else value
    # What is not printable could move the cursor of a terminal.
    return "".join(each if each.isprintable() else " " for each in value)


# ── map ─────────────────────────────────────────────────────────────────────────────────────────────────


@commands.command(
    "map",
    epilog=examples("seminar-kg map -o seminar.svg", "seminar-kg map --focus culture --depth 2 -o culture.svg"),
)
@click.option("--focus", metavar="CONCEPT", help="The concept to centre on.")
@click.option("--depth", type=click.IntRange(1, 3), help="Steps away from the focus; 1 when left out.")
@click.option("--seminar", metavar="NAME", help="Only claims of this seminar.")
@click.option("--theme", metavar="TOPIC", help="Only claims about this topic.")
@click.option("--speaker", metavar="PERSON", help="Only claims of this person or organisation.")
@click.option("--stance", metavar="STANCE", help="Only claims made in this way, such as recommends.")
@click.option("--hide", multiple=True, metavar="CONCEPT", help="A concept to leave out; repeatable.")
@click.option("--question", metavar="TEXT", help="Draw the claims that answer this question.")
@click.option(
    "--propositions",
    metavar="FILE.tsv",
    type=local_path,
    help="Draw lines of concept TAB linking phrase TAB concept instead of a seminar.",
)
@click.option("--title", metavar="TEXT", help="What stands above the map.")
@click.option(
    "--page", default="16:9", show_default=True, type=click.Choice(list(PAGES)), help="The shape of the page."
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=local_path,
    metavar=f"OUT.({'|'.join(FORMATS)})",
    help="The file to write; its ending chooses the format.",
)
@data_option
@click.pass_context
def draw_map(ctx: click.Context, /, page: str, output: Path, more: tuple[Path, ...], **options: Any) -> int:
    """Draw the concept map of a seminar, of a part of it, or of a list of propositions.

    Concepts, people and topics go by slug or label.
    """
    form = format_for(output.suffix)
    concept_map = _chosen_map(ctx, more, {name: value for name, value in options.items() if value})
    output.write_bytes(form.write(laid_out(concept_map, page), concept_map))
    click.echo(f"{output}: {len(concept_map)} concepts, {len(concept_map.propositions)} propositions")
    return 0


def _chosen_map(ctx: click.Context, more: Sequence[Path], options: dict[str, Any]) -> ConceptMap:
    for alone in ("propositions", "question"):
        others = sorted(options.keys() - {alone, "title"})
        if alone in options and others:
            raise click.UsageError(f"--{alone} goes with --title and --page only, not with --{others[0]}.", ctx)
    if "depth" in options and "focus" not in options:
        raise click.UsageError("--depth counts the steps from a --focus; give one.", ctx)
    title = options.get("title", "")
    if "propositions" in options:
        return propositions_tsv.read(_text(options["propositions"]), title)
    library = _library(ctx, more)
    if "question" not in options:
        return library.concept_map(**options)
    answer = library.ask(options["question"])
    if not answer.answered:
        raise MapError(f"{answer.answer} So there is nothing to draw.")
    concept_map = library.answer_map(answer)
    concept_map.title = title or concept_map.title
    return concept_map


# ── check ───────────────────────────────────────────────────────────────────────────────────────────────


@commands.command("check", epilog=examples("seminar-kg check data/seminar.ttl --source seminar.txt"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=local_path)
@click.option(
    "--source",
    metavar="TEXT",
    type=local_path,
    help="The text that the quotations were taken from, to compare them with.",
)
@data_option
@click.pass_context
def check_command(ctx: click.Context, files: tuple[Path, ...], source: Path | None, more: tuple[Path, ...]) -> int:
    """Check each FILE of claims, with a line for each problem found."""
    report = check_files(files, data=list(_single_files(_paths(ctx, more) or [packaged_data()])), source=source)
    for problem in report:
        click.echo(str(problem), err=True)
    if not report:
        click.echo("No problems." if source else "No problems; quotations were not compared, which needs --source.")
    return 1 if report else 0


def _single_files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from ((each for each in sorted(path.iterdir()) if each.suffix in SUFFIXES) if path.is_dir() else [path])


# ── questions and export ────────────────────────────────────────────────────────────────────────────────


@commands.command(epilog=examples("seminar-kg questions"))
@click.argument("name", required=False)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="What to print."
)
@data_option
@click.pass_context
def questions(ctx: click.Context, name: str | None, form: str, more: tuple[Path, ...]) -> int:
    """List the ready-made questions, or show the query of one."""
    found = [each for each in _library(ctx, more).questions() if name in (None, each.name)]
    if not found:
        raise click.UsageError(f"There is no ready-made question called “{name}”; `seminar-kg questions` lists them.")
    if form == "json":
        told = [_template(each) for each in found]
        click.echo(json.dumps(told[0] if name else told, ensure_ascii=False, indent=2))
    elif name:
        click.echo(f"{found[0].title}\nFor example: {found[0].example}\n\n{found[0].sparql}")
    else:
        width = max(len(each.name) for each in found)
        click.echo("\n".join(f"{each.name:{width}}  {each.example}" for each in found))
    return 0


def _template(template: QuestionTemplate) -> dict[str, Any]:
    return {
        "name": template.name,
        "title": template.title,
        "example": template.example,
        "slots": template.slots,
        "sparql": template.sparql,
    }


@commands.command(epilog=examples("seminar-kg export --format csv > claims.csv"))
@click.option(
    "--format",
    "form",
    type=click.Choice([*RDF_FORMATS, "csv", "propositions"]),
    default="ttl",
    show_default=True,
    help="What to write; see above.",
)
@data_option
@click.pass_context
def export(ctx: click.Context, form: str, more: tuple[Path, ...]) -> int:
    """Write all data to standard output.

    csv has a row for each claim; propositions has the arrows of the map as lines of
    concept TAB linking phrase TAB concept.
    """
    library = _library(ctx, more)
    if form == "csv":
        body = _claims_as_csv(library).encode()
    elif form == "propositions":
        concept_map = library.concept_map()
        # This format has words alone, so that nothing needs to be arranged.
        body = propositions_tsv.write(laid_out(ConceptMap()), concept_map)
    else:
        triples = sorted(library.data.triples, key=str)
        body = ox.serialize(triples, format=RDF_FORMATS[form], prefixes=PREFIXES) or b""
    click.echo(body, nl=False)
    return 0


def _claims_as_csv(library: Library) -> str:
    """Return a row for each claim in the source's order (RFC 4180); "; " parts several values of a cell."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for claim in library.claims():
        writer.writerow(
            (
                claim.iri,
                claim.text,
                claim.attribution.credit,
                claim.attribution.kind,
                claim.stance,
                "; ".join(dict.fromkeys(passage.id for passage in claim.passages)),
                "; ".join(passage.quote for passage in claim.passages),
                "; ".join(library.concept(slug).label for slug in claim.concepts),
            )
        )
    return text.getvalue()


if __name__ == "__main__":
    main()
