"""Who says what, and criticism with what was asked: pages of one seminar, of one with disputes, and of two."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from kg.library import open_library
from webapp import create_app

FIXTURES = Path(__file__).parents[2] / "fixtures"
GARDEN, INQUIRY = "growing-2021", "francis-report-2013"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.fixture(scope="module")
def both() -> FlaskClient:
    library = open_library([FIXTURES / "check" / "seminar.ttl", FIXTURES / "second" / "seminar.ttl"])
    return create_app({"LIBRARY": library}).test_client()


def soup(client: FlaskClient, path: str) -> BeautifulSoup:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200, path
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def words(found: Tag | None) -> str:
    assert found is not None
    return " ".join(found.get_text(" ").split())


def test_parties_tell_who_is_named_from_who_is_reported(client: FlaskClient) -> None:
    talk, debate, summary = map(words, soup(client, "/who").select(".party"))
    assert "Michael West’s talk" in talk
    assert "The summary names Michael West : 5 claims" in talk
    assert "In the report of it, no name beside the words : 19 claims" in talk
    assert "A delegate : 2 claims" in debate
    assert summary == "The published summary Its own words: 17 claims"


def test_every_number_leads_to_as_many_claims(client: FlaskClient) -> None:
    page = soup(client, "/who")
    links = page.select(".matrix a.how")
    assert len(links) > 20
    for link in links:
        count = int(words(link).split()[0])
        assert len(soup(client, str(link["href"])).select("article.claim")) == count, link["href"]
    for link in page.select(".party__part a"):
        assert len(soup(client, str(link["href"])).select("article.claim")) > 0


def test_the_table_has_heads_for_rows_and_columns(client: FlaskClient) -> None:
    table = soup(client, "/who").select_one("table.matrix")
    assert table is not None
    heads = [words(head) for head in table.select("thead th[scope=col]")]
    assert heads == ["Concept", "Michael West’s talk", "The debate", "The published summary"]
    rows = table.select("tbody tr")
    assert len(rows) == 12
    assert all(len(row.select("th[scope=row]")) == 1 and len(row.select("td")) == 3 for row in rows)
    assert words(table.caption).startswith("How many claims")


def test_talk_and_debate_stand_side_by_side_where_they_differ(client: FlaskClient) -> None:
    page = soup(client, "/who")
    first = page.select_one(".contrast")
    assert first is not None
    assert words(first.h3) == "Culture"
    talk, debate = map(words, first.select(".contrast__party"))
    assert talk.startswith("Michael West’s talk")
    assert "Culture at the top of the organisation is toxic. criticised A delegate" in debate
    assert "no claim here disputes another" in words(page.main)
    assert not page.select(".dispute")


def test_disputes_are_told_as_the_data_have_them() -> None:
    client = create_app({"LIBRARY": open_library(FIXTURES / "bridge" / "seminar.ttl")}).test_client()
    page = soup(client, "/who")
    disputes = [words(each) for each in page.select(".dispute")]
    assert len(disputes) > 5
    assert any("The plaque should stay" in each and "disputes The plaque should come down" in each for each in disputes)
    assert "no claim here disputes another" not in words(page.main)


def test_criticism_stands_beside_what_was_asked(client: FlaskClient) -> None:
    regulators, top = soup(client, "/criticism").select(".criticism")
    assert words(regulators.h2) == "The Care Quality Commission (CQC) and Monitor"
    criticised, asked = map(words, regulators.select(".contrast__columns > div"))
    assert "form-filling" in criticised
    assert "need to recognise the need for leadership" in asked
    assert "do not speak here" in words(regulators)
    assert "Nothing, as far as the published summary says." in words(top)
    page = soup(client, "/concepts/monitor")
    assert page.find("a", href=f"/criticism#{regulators['id']}")


def test_each_of_several_seminars_is_shown_by_itself(both: FlaskClient) -> None:
    assert {str(link["href"]) for link in soup(both, "/who").select(".entry a")} == {
        f"/who?seminar={GARDEN}",
        f"/who?seminar={INQUIRY}",
    }
    garden = words(soup(both, f"/who?seminar={GARDEN}").main)
    assert "Ada Fern’s talk" in garden
    assert "Francis" not in garden
    inquiry = soup(both, f"/criticism?seminar={INQUIRY}")
    assert inquiry.select(".criticism")
    assert "Ada Fern" not in words(inquiry.main)
    for link in soup(both, f"/who?seminar={GARDEN}").select(".matrix a.how, .party a"):
        assert f"seminar={GARDEN}" in str(link["href"])


def test_an_unknown_seminar_is_not_found(client: FlaskClient) -> None:
    assert client.get("/who?seminar=nothing").status_code == 404
