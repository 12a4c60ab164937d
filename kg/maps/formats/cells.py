"""Rows of a table as spreadsheets save them: cells between tabs, semicolons or commas, in quotation marks if need be.

Excel saves "Text (Tab delimited)" with tabs, and CSV with commas or, where the comma is the decimal mark, semicolons;
it may name the mark in a first line of its own ("sep=;"). Quoted cells are those of RFC 4180.
"""

import re
from collections.abc import Container, Iterator
from functools import cache

MARKS = "\t;,"
"""What may stand between cells; of two that fit as well, the first is taken."""

_BREAK = re.compile(r"\r\n|\r|\n")
_NAMED = re.compile(r"sep=([\t;,])(?:\r\n|\r|\n|\Z)", re.IGNORECASE)

Row = tuple[int, list[str]]


def rows(text: str, columns: Container[int]) -> list[Row]:
    """The rows of a table that are not empty, each with its line, from 1; empty cells at their end are left out.

    A cell in quotation marks may have line breaks, and each quotation mark in it is doubled. One that only begins with
    a quotation mark is what it is.

    Arguments:
        text: the table; a byte order mark is passed over.
        columns: how many cells most rows may have: between them stands what makes most rows have so many.
    """
    text = text.removeprefix("\ufeff")
    named = _NAMED.match(text)
    if named:
        return [(line + 1, cells) for line, cells in _rows(text[named.end() :], named[1])]
    ways = [list(_rows(text, mark)) for mark in MARKS if mark in text or mark == MARKS[0]]
    return max(ways, key=lambda way: sum(len(cells) in columns for _, cells in way))


def _rows(text: str, mark: str) -> Iterator[Row]:
    line, cells = 1, list[str]()
    first = line
    for match in _cell(mark).finditer(text):
        quoted, plain, end = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        line += len(_BREAK.findall(match[0]))
        if end != mark:
            while cells and not cells[-1].strip():
                cells.pop()
            if cells:
                yield first, cells
            cells, first = [], line


@cache
def _cell(mark: str) -> re.Pattern[str]:
    """What a cell is, with what ends it. No cell has a tab in it, as one that is quoted for another reason shows."""
    inside = '[^"\t]' if mark == "\t" else '[^"]'
    return re.compile(rf'(?:"((?:{inside}|"")*)"(?=[{mark}\r\n]|\Z)|([^{mark}\r\n]*))({mark}|\r\n|\r|\n|\Z)')
