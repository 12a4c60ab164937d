"""Reading a workbook back: the cells of its first sheet, as the standard says and without the package that wrote it."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree
from zipfile import ZipFile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells_of(book: bytes) -> list[list[str | float | bool | None]]:
    """Return the rows of the first sheet (ECMA-376, part 1, 18.3.1): texts, numbers, truth values, no formulas."""
    with ZipFile(io.BytesIO(book)) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
        shared = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")):
                shared.append(_decoded("".join(text.text or "" for text in item.iter(f"{NS}t"))))
    assert not list(sheet.iter(f"{NS}f")), "a formula"
    rows: list[list[str | float | bool | None]] = []
    for row in sheet.iter(f"{NS}row"):
        while len(rows) < int(row.attrib["r"]) - 1:
            rows.append([])
        cells: list[str | float | bool | None] = []
        for cell in row:
            place = _column(cell.attrib["r"])
            cells += [None] * (place - len(cells))
            value = cell.find(f"{NS}v")
            assert value is not None
            assert value.text is not None
            kind = cell.attrib.get("t", "n")
            cells.append(
                shared[int(value.text)] if kind == "s" else value.text == "1" if kind == "b" else float(value.text)
            )
        rows.append(cells)
    return rows


def _column(reference: str) -> int:
    number = 0
    for letter in re.sub("[0-9]", "", reference):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _decoded(text: str) -> str:
    """Return a text with its escaped characters (ECMA-376, part 1, 22.9.2.19, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
