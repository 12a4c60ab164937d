"""What is written as a spreadsheet is read back as the same values."""

from __future__ import annotations

import io
from decimal import Decimal
from xml.etree import ElementTree
from zipfile import ZipFile

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import NS, cells_of

from kg.sparql.engine import QueryRefused
from kg.sparql.limits import Limits
from kg.sparql.oxigraph import EmbeddedEngine
from kg.spreadsheet import XLSX, Cell, Sheet, UnwritableTable, write_workbook, write_xlsx

TEXTS = st.one_of(
    st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'x", "{=1}", "01", "1e5", "TRUE", "a\r\nb", "_x0041_"]),
    st.sampled_from(["http://example.org/", "mailto:a@example.org", "internal:Sheet1!A1"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=12),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_texts_stay_what_they_are(rows: list[tuple[str, str]]) -> None:
    assert cells_of(write_xlsx(["=a", "b"], rows)) == [["=a", "b"], *map(list, rows)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (7, 7.0),
        (-1.5, -1.5),
        (Decimal("0.1"), 0.1),
        (True, True),
        (123456789012345, 123456789012345.0),
        (1234567890123456, "1234567890123456"),
        (Decimal("0.000000012345678901234567"), "0.000000012345678901234567"),
        (10**400, "1" + "0" * 400),
        (float("nan"), "nan"),
        ("", None),
        (None, None),
    ],
)
def test_numbers_keep_all_their_digits(cell: Cell, expected: Cell) -> None:
    table = cells_of(write_xlsx(["a", "b"], [(cell, "x")]))
    assert table[1] == [expected, "x"]


def test_the_same_table_gives_the_same_bytes() -> None:
    assert write_xlsx(["a"], [("b",)]) == write_xlsx(["a"], [("b",)])


@pytest.mark.parametrize(
    ("columns", "cell", "words"),
    [
        (["a"], "x" * 32_768, "32,767 characters"),
        (["a"], "\uffff", "cannot hold"),
        (["a"] * 16_385, "x", "16,384 columns"),
    ],
)
def test_what_a_sheet_cannot_hold_is_refused(columns: list[str], cell: str, words: str) -> None:
    with pytest.raises(UnwritableTable, match=words):
        write_xlsx(columns, [(cell,)])


def test_results_of_queries() -> None:
    values = '"01"^^xsd:string 7 2.50 1e3 true "x"@en <urn:a> UNDEF "2014-06-06"^^xsd:date 12345678901234567890 "=1"'
    query = f"PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?x ('.' AS ?y) {{ VALUES ?x {{ {values} }} }}"
    head, *rows = cells_of(EmbeddedEngine(b"").execute(query, XLSX))
    assert head == ["x", "y"]
    expected = ["01", 7.0, 2.5, 1000.0, True, "x", "urn:a", None, "2014-06-06", "12345678901234567890", "=1"]
    assert [row[0] for row in rows] == expected


def test_rows_beyond_the_limit_are_cut_and_marked() -> None:
    data = [ox.Triple(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal(n)) for n in range(5)]
    query = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
    for most, cut in ((4, True), (5, False)):
        result = EmbeddedEngine(data, Limits(rows=most)).execute(query, XLSX)
        assert (result.truncated, len(cells_of(result))) == (cut, most + 1)
    with pytest.raises(QueryRefused, match="32,767 characters"):
        EmbeddedEngine(b"").execute(f"SELECT ('{'x' * 32_768}' AS ?x) {{}}", XLSX)


def test_a_workbook_has_sheets_with_names_and_widths() -> None:
    book = write_workbook([Sheet(["a"], [("b",)], "First", (20,)), Sheet(["c"], [], "Second")])
    assert cells_of(book) == [["a"], ["b"]]
    with ZipFile(io.BytesIO(book)) as archive:
        names = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{NS}sheet")
        assert [each.attrib["name"] for each in names] == ["First", "Second"]
        assert ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml")).find(f"{NS}autoFilter") is not None
