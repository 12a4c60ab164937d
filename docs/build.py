"""Write the generated parts of the documentation: `python docs/build.py [--check]`.

A generated part stands between two marker lines; what is written by hand around it stays. Beside the pages stands
what the check said of the packaged data, which the package carries. With `--check` nothing is written, and the exit
code is 1 when a file is not current.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parent
if str(DOCS.parent) not in sys.path:  # run from a checkout in which the package is not installed
    sys.path.insert(0, str(DOCS.parent))

from kg.acceptance import PASSED, passed_text  # noqa: E402
from kg.check import code_table  # noqa: E402
from kg.english.telling.sentences import quoted  # noqa: E402
from kg.graph.catalogue import Catalogue  # noqa: E402
from kg.graph.load import load  # noqa: E402
from kg.graph.records import Claim, Passage, Proposition  # noqa: E402
from kg.maps.formats import FORMATS, Format  # noqa: E402
from kg.questions.templates import QuestionTemplate, read_templates  # noqa: E402

CHECKED = DOCS.parent / "kg" / "check" / PASSED
START, END = "<!-- generated: start -->", "<!-- generated: end -->"


def statement_table(catalogue: Catalogue) -> str:
    """Return the table of docs/coding.md: a row a numbered statement of each seminar."""
    head = ("Statement", "Claim", "Who said it", "How", "Propositions", "Quotation", "Note")
    rows = []
    for seminar in catalogue.seminars():
        claims = catalogue.claims_resting_on(seminar.slug)
        statements: dict[str, list[Passage]] = {}
        for passage in catalogue.passages(seminar.slug):
            statements.setdefault(passage.id, []).append(passage)
        stances = catalogue.stances()
        rows += [_statement(passages, claims[name], stances) for name, passages in statements.items()]
    return table(head, rows)


def _statement(passages: Sequence[Passage], claims: Sequence[Claim], stances: dict[str, str]) -> list[str]:
    return [
        f"**{_text(passages[0].id)}** {_text(passages[0].place)}",
        _parts(_text(claim.text) for claim in claims),
        _parts(f"{_text(claim.attribution.credit)} ({claim.attribution.kind})" for claim in claims),
        _parts(_text(stances[claim.stance]) for claim in claims),
        _parts("; ".join(_proposition(each) for each in claim.propositions) for claim in claims),
        "<br>".join(_text(quoted(passage.quote)) for passage in passages),
        _parts(_text(claim.note or "—") for claim in claims) if any(claim.note for claim in claims) else "",
    ]


def _proposition(proposition: Proposition) -> str:
    arrow = f"{proposition.subject_label} — {proposition.phrase} → {proposition.object_label}"
    return f"{_text(arrow)} ({proposition.status})"


def _parts(texts: Iterable[str]) -> str:
    """Return one text a claim: each on its own line, numbered where there are several."""
    parts = list(texts)
    numbered = (f"({n}) {part}" for n, part in enumerate(parts, 1))
    return parts[0] if len(parts) == 1 else "<br>".join(numbered)


def question_table(templates: Sequence[QuestionTemplate]) -> str:
    """Return the table of docs/questions.md: a row a question template."""
    rows = [
        [
            f"`{template.name}`",
            _text(template.title),
            _text(template.example),
            ", ".join(f"`{slot}` ({kind})" for slot, kind in template.slots.items()) or "none",
        ]
        for template in templates
    ]
    return table(("Name", "Question in general words", "Example", "Slots"), rows)


def format_table(formats: Iterable[Format]) -> str:
    """Return the table of docs/maps.md: a row a format of maps."""
    head = ("Ending", "Format", "What for", "Opened with", "Media type", "Specification")
    rows = [
        (f"`.{each.EXTENSION}`", each.NAME, each.USE, each.OPENS_WITH, f"`{each.MEDIA_TYPE}`", each.SPECIFICATION)
        for each in formats
    ]
    return table(head, rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _text(text: str) -> str:
    """Return plain text as it stands in a cell of a Markdown table."""
    marks = str.maketrans({"&": "&amp;", "<": "&lt;", "|": "\\|", "*": "\\*", "`": "\\`", "\n": " "})
    return text.translate(marks)


def replaced(page: str, generated: str) -> str:
    """Return a page with new text between its markers.

    Raises:
        ValueError: the markers do not stand in the page, each once and in their order.
    """
    before, start, rest = page.partition(START + "\n")
    _, end, after = rest.partition(END + "\n")
    if not (start and end) or START in after or END in after:
        raise ValueError(f"a page needs the lines {START} and {END}, each once and in this order")
    return f"{before}{start}{generated}{end}{after}"


GENERATED: dict[str, Callable[[], str]] = {
    "checks.md": code_table,
    "coding.md": lambda: statement_table(Catalogue(load())),
    "maps.md": lambda: format_table(FORMATS.values()),
    "questions.md": lambda: question_table(read_templates()),
}


def out_of_date() -> dict[Path, str]:
    """Return what each file that is not current would have to say."""
    text = passed_text()
    found = {} if CHECKED.read_text(encoding="utf-8") == text else {CHECKED: text}
    for name, generate in GENERATED.items():
        page = (DOCS / name).read_text(encoding="utf-8")
        current = replaced(page, generate())
        if current != page:
            found[DOCS / name] = current
    return found


def main(arguments: Sequence[str]) -> int:
    """Write the files that are not current, or with `--check` only name them; return the exit code."""
    if list(arguments) not in ([], ["--check"]):
        print("usage: python docs/build.py [--check]", file=sys.stderr)
        return 2
    files = out_of_date()
    for path, text in files.items():
        name = f"{path.parent.name}/{path.name}"
        if arguments:
            print(f"{name} is not current; run: python docs/build.py", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{name} written")
    return 1 if arguments and files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
