"""A table as a spreadsheet: Office Open XML (ECMA-376), which Excel, LibreOffice and Google Sheets open.

A text is a text there whatever it begins with: nothing in a cell is a formula, and no byte order mark, separator or
locale decides how it is read, as in CSV.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The media type."""
MOST_ROWS: Final = 1_048_575
"""Rows that a sheet can have below its head."""
MOST_COLUMNS: Final = 16_384
MOST_CHARACTERS: Final = 32_767
"""Characters of a cell."""

Cell = str | int | float | Decimal | bool | None
"""A value; None for an empty cell."""

_DIGITS: Final = 15  # that a number keeps there
_NO_XML: Final = re.compile("[\ufffe\uffff]")
_WIDTH: Final = 30  # characters


class UnwritableTable(ValueError):
    """A table that no sheet can hold; the message is one sentence."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: a head that stays in view, and a row for each of `rows`.

    Attributes:
        columns: the words of the head.
        rows: the cells of each row. Numbers and truth values are what they are, but for a number of more than 15
            digits, which comes as a text, since a sheet would round it.
        name: what stands on its tab; None for the usual name.
        widths: how wide the columns are, in characters, for a sheet that is read by people: its texts are broken into
            lines, and its rows can be filtered. None for columns of equal width.
    """

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    name: str | None = None
    widths: Sequence[int] | None = None


def write_xlsx(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as a workbook with one sheet; see `Sheet` for what it takes, and `write_workbook`."""
    return write_workbook([Sheet(columns, rows)])


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return sheets as a workbook.

    Raises:
        UnwritableTable: one has more rows, columns or characters in a cell than a sheet can hold, or a character that
            XML cannot hold.
    """
    import xlsxwriter  # takes 40 ms to load, and few tables are written so

    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {"in_memory": True}) as book:
        # Always the same, so that the same table gives the same bytes each time.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        bold = book.add_format({"bold": True})
        broken = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            if len(sheet.columns) > MOST_COLUMNS:
                raise UnwritableTable(
                    f"A sheet holds at most {MOST_COLUMNS:,} columns, and this table has {len(sheet.columns):,}."
                )
            written = book.add_worksheet(sheet.name)
            written.set_column(0, max(len(sheet.columns) - 1, 0), _WIDTH)
            for place, width in enumerate(sheet.widths or ()):
                written.set_column(place, place, width, broken)
            written.freeze_panes(1, 0)
            for place, name in enumerate(sheet.columns):
                written.write_string(0, place, _text(name), bold)
            last = _write_rows(written, sheet.rows)
            if sheet.widths and last:
                written.autofilter(0, 0, last, len(sheet.columns) - 1)
    return body.getvalue()


def _write_rows(sheet: Any, rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows below the head of a sheet and return how many there are."""
    number = 0
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnwritableTable(f"A sheet holds at most {MOST_ROWS:,} rows; take the table in parts, or as CSV.")
        for place, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(number, place, cell)
            elif isinstance(cell, int | float | Decimal) and _is_kept(cell):
                sheet.write_number(number, place, float(cell))
            elif cell is not None and cell != "":
                sheet.write_string(number, place, _text(f"{cell:f}" if isinstance(cell, Decimal) else str(cell)))
    return number


def _is_kept(number: float | Decimal) -> bool:
    """Whether a sheet, which has double precision, keeps all digits of a number."""
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _DIGITS and abs(exact) < Decimal("1e300")


def _text(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise UnwritableTable(
            f"A cell of a sheet holds at most {MOST_CHARACTERS:,} characters, and a value of this table has "
            f"{len(text):,}; take the table as CSV."
        )
    if _NO_XML.search(text):
        raise UnwritableTable("The table holds a character that a sheet cannot hold; take the table as CSV.")
    return text
