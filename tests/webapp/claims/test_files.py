"""The chosen claims as files, read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from spreadsheets import cells_of

from kg.library import Library, open_library
from kg.spreadsheet import XLSX
from webapp import create_app
from webapp.claims.table import COLUMNS, csv_for_people

FIXTURES = Path(__file__).parents[2] / "fixtures"
CHOSEN = "?who=michael-west&how=recommends"
ONE = "?arrow=should-propagate"
HEADS = [head for head, _, _ in COLUMNS]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def test_a_spreadsheet_has_the_columns_of_people_and_explains_them(client: FlaskClient) -> None:
    response = client.get(f"/claims.xlsx{CHOSEN}")
    assert response.mimetype == XLSX
    assert "claims-michael-west-recommends.xlsx" in response.headers["Content-Disposition"]
    head, *rows = cells_of(response.data)
    assert head == HEADS[:-1]  # an address of a laptop leads nowhere from elsewhere
    assert b"localhost" not in client.get(f"/claims.csv{CHOSEN}").data
    assert len(rows) == 14
    assert {row[HEADS.index("How it was said")] for row in rows} == {"Recommended"}
    assert {row[HEADS.index("Who said it")] for row in rows} == {"Michael West’s talk, as reported"}
    public = create_app({"BASE_URL": "https://example.org/kg"}).test_client().get(f"/claims.xlsx{CHOSEN}")
    assert str(cells_of(public.data)[1][HEADS.index("Address")]).startswith("https://example.org/kg/claims/")
    with ZipFile(io.BytesIO(response.data)) as book:
        assert [name for name in book.namelist() if "sheets/sheet" in name] == [
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
        ]
        texts = book.read("xl/sharedStrings.xml").decode()
        assert 'name="Read me"' in book.read("xl/workbook.xml").decode()
    assert "14 of 44 claims. Chosen by: Michael West’s talk, Recommended." in texts
    assert "Do not quote it" in texts


def test_csv_for_people_has_a_byte_order_mark_and_the_same_rows(client: FlaskClient) -> None:
    body = client.get(f"/claims.csv{CHOSEN}").data
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    sheet = cells_of(client.get(f"/claims.xlsx{CHOSEN}").data)
    assert [row[1:] for row in rows] == [[str(cell or "") for cell in row[1:]] for row in sheet]


def test_the_table_for_programs_stays_as_it_was(client: FlaskClient) -> None:
    assert client.get("/data.csv").data.startswith(b"claim,text,credit,")


def test_no_cell_of_csv_is_a_formula(library: Library) -> None:
    texts = csv_for_people(library.catalogue, library.catalogue.claims(), "").decode("utf-8-sig")
    assert not [cell for row in csv.reader(io.StringIO(texts)) for cell in row if cell.startswith(("=", "+", "@"))]


def test_turtle_has_the_claims_their_arrows_and_their_words(client: FlaskClient, library: Library) -> None:
    body = client.get(f"/claims.ttl{ONE}").data
    triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)]
    kinds = [t.object.value for t in triples if t.predicate.value.endswith("#type") and hasattr(t.object, "value")]
    assert sorted(kind.rpartition("/")[2].rpartition("#")[2] for kind in kinds) == [
        "Claim",
        "Passage",
        "Statement",
        "TextQuoteSelector",
    ]
    claim = library.catalogue.claim("leading-by-example-2014-m6-1")
    assert any(str(triple.subject) == f"<{claim.iri}>" for triple in triples)


def test_a_map_of_them(client: FlaskClient) -> None:
    response = client.get(f"/claims.svg{ONE}")
    assert response.mimetype == "image/svg+xml"
    assert "should all propagate" in response.get_data(as_text=True).replace("\n", " ")
    shown = client.get(f"/claims.html{ONE}")
    assert "sandbox" in shown.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/claims.doc", 404, "They come as xlsx, csv, ttl, svg"),
        ("/claims.svg?topic=patients&who=delegate", 404, "nothing to draw"),
        ("/claims.svg?arrow=name", 404, "draw"),
        ("/claims.xlsx?who=nobody-here", 404, "no person or organisation called"),
    ],
)
def test_what_cannot_be_given_is_said(client: FlaskClient, path: str, status: int, says: str) -> None:
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == status
    assert says in response.get_json()["error"]


def test_hostile_choices_do_not_reach_the_headers(client: FlaskClient) -> None:
    response = client.get("/claims.xlsx", query_string={"arrow": 'a"\r\nX-Evil: 1/ü'})
    assert response.status_code == 200
    assert "X-Evil" not in response.headers
    assert len(cells_of(response.data)) == 1


def test_two_seminars_are_told_apart() -> None:
    both = open_library([FIXTURES / "check" / "seminar.ttl", FIXTURES / "second" / "seminar.ttl"])
    client = create_app({"LIBRARY": both}).test_client()
    rows = cells_of(client.get("/claims.xlsx?seminar=growing-2021").data)[1:]
    assert {row[HEADS.index("Seminar")] for row in rows} == {"Growing together"}
    assert "Francis" not in client.get("/claims.ttl?seminar=growing-2021").get_data(as_text=True)


def test_the_claims_of_an_answer_are_a_spreadsheet(client: FlaskClient) -> None:
    question = "What did Michael West recommend?"
    address = f"/claims.csv?question={quote(question)}"
    rows = client.get(address).get_data(as_text=True).strip().splitlines()
    assert len(rows) > 5
    assert "Spreadsheet" in client.get(f"/ask?q={quote(question)}").get_data(as_text=True)
    assert client.get(f"/claims?question={'x' * 501}").status_code == 400
