"""Claims as a table for people: a workbook with a sheet that explains the columns, and CSV that spreadsheets open.

The table for programs is `kg.graph.export.claims_as_csv`, which stays as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from kg.english import dates
from kg.graph.catalogue import Catalogue
from kg.graph.records import Claim
from kg.spreadsheet import Cell, Sheet, write_workbook
from webapp.claims.parties import parties_of
from webapp.wording import said_by

COLUMNS = (
    ("No.", 6, "The number of the row."),
    ("In our words", 50, "What was claimed, in a plain sentence of ours. Do not quote it: quote the next column."),
    ("Word for word", 50, "The words of the source that it rests on, misspellings included. This is what to quote."),
    (
        "Who said it",
        34,
        "A name where the source names the speaker for this very statement. “As reported” tells that it stands in the "
        "report of a talk, with no name beside it.",
    ),
    ("How it was said", 18, "Described, recommended, criticised, given as an example, or reported as evidence."),
    ("Where it stands", 28, "The place in the source, and its number on our page of the seminar."),
    ("Topics", 24, "The topics of its concepts, parted by “; ”."),
    ("Concepts", 40, "What it is about, parted by “; ”."),
    ("Seminar", 36, "The title of the published text."),
    ("Date", 20, "When the seminar was held."),
    ("Address", 44, "The page of the claim, with its citation."),
)
"""Each column: its head, its width in characters, and what it holds. Addresses are the last one."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(catalogue: Catalogue, claims: Sequence[Claim], chosen: Sequence[str], base_url: str | None) -> bytes:
    """Return claims as a workbook (.xlsx): a row a claim, and a second sheet that explains the columns.

    Arguments:
        catalogue: where they stand.
        claims: the claims.
        chosen: what they were chosen by, in words.
        base_url: where the pages of the claims are; None for no addresses, where they would lead nowhere.

    Raises:
        UnwritableTable: a text cannot stand in a sheet.
    """
    columns = _columns(base_url)
    heads, widths = [head for head, _, _ in columns], [width for _, width, _ in columns]
    return write_workbook(
        [
            Sheet(heads, _rows(catalogue, claims, base_url), "Claims", widths),
            Sheet(("What", "What it means"), list(_explained(catalogue, claims, chosen, columns)), "Read me", (26, 90)),
        ]
    )


def csv_for_people(catalogue: Catalogue, claims: Iterable[Claim], base_url: str | None) -> bytes:
    """Return claims as CSV in UTF-8 with a byte order mark, by which Excel knows it; arguments as for `workbook`.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([head for head, _, _ in _columns(base_url)])
    for row in _rows(catalogue, claims, base_url):
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def _columns(base_url: str | None) -> tuple[tuple[str, int, str], ...]:
    return COLUMNS[:-1] if base_url is None else COLUMNS


def _rows(catalogue: Catalogue, claims: Iterable[Claim], base_url: str | None) -> Iterator[Sequence[Cell]]:
    topics = {theme.slug: theme.label for theme in catalogue.themes()}
    for number, claim in enumerate(claims, start=1):
        concepts = [catalogue.concept(slug) for slug in claim.concepts]
        seminar = catalogue.seminar(claim.seminar)
        about = {concept.theme for concept in concepts}
        yield (
            number,
            claim.text,
            "; ".join(dict.fromkeys(passage.quote for passage in claim.passages)),
            _who(catalogue, claim),
            catalogue.stances()[claim.stance].capitalize(),
            "; ".join(dict.fromkeys(f"{passage.place} ({passage.id})" for passage in claim.passages)),
            "; ".join(label for slug, label in topics.items() if slug in about),
            "; ".join(concept.label for concept in concepts),
            seminar.document.title,
            dates.day(seminar.start),
            *([] if base_url is None else [f"{base_url}/claims/{claim.slug}"]),
        )


def _who(catalogue: Catalogue, claim: Claim) -> str:
    """Return who said a claim: "Michael West", "Michael West’s talk, as reported", "A delegate, in the debate"."""
    about = claim.attribution
    if about.kind == "presentation":
        return f"{parties_of(catalogue)[claim.slug].label}, as reported"
    if about.kind == "debate":
        return "Somebody, in the debate" if about.nobody else f"{said_by(claim)}, in the debate"
    return said_by(claim)


def _explained(
    catalogue: Catalogue, claims: Sequence[Claim], chosen: Sequence[str], columns: Sequence[tuple[str, int, str]]
) -> Iterator[Sequence[Cell]]:
    for head, _, meaning in columns:
        yield head, meaning
    yield "These rows", f"{len(claims)} of {len(catalogue.claims())} claims. Chosen by: {', '.join(chosen) or 'all'}."
    yield "How to read them", "They say what was claimed at a seminar in the past, not what is so today."
    for slug in dict.fromkeys(claim.seminar for claim in claims):
        document = catalogue.seminar(slug).document
        yield "Source", ", ".join(filter(None, (document.title, document.publisher, document.address)))
    yield "Edition", f"{catalogue.version}. It changes when a claim does."
