"""The pages that people read, asked for in process and read as HTML."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from webapp import create_app

SEMINAR = "/seminars/leading-by-example-2014"
CREATES = "/claims/leading-by-example-2014-m3-1"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app().test_client()


def page(client: FlaskClient, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status, response.get_data(as_text=True)[:300]
    assert response.content_type == "text/html; charset=utf-8"
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def words(found: BeautifulSoup | None) -> str:
    assert found is not None
    return " ".join(found.get_text(" ").split())


@pytest.mark.parametrize(
    ("path", "heading", "says"),
    [
        ("/", "Leading by example: getting behaviours and culture right in the NHS", "44 statements"),
        ("/slides", "For your slides", "One topic a slide"),
        ("/class", "For your class", "Questions to discuss"),
        ("/concepts", "Concepts", "Staff engagement"),
        ("/concepts/culture", "Culture", "What was claimed about it"),
        ("/claims", "Claims", "Leaders create culture."),
        (CREATES, "Leaders create culture.", "The words it rests on"),
        ("/who", "Who says what", "In the report of it, no name beside the words"),
        ("/criticism", "Criticism, and what was asked", "need to recognise the need for leadership"),
        ("/people", "People and organisations", "Ian Cumming"),
        (
            "/people/michael-west",
            "Michael West",
            "Professor of Organisational Psychology, Lancaster University",
        ),
        ("/people/delegate", "A delegate", "no name"),
        ("/people/monitor", "Monitor", "What was claimed about Monitor"),
        ("/seminars", "Seminars", "6 June 2014"),
        (SEMINAR, "Leading by example", "Friday 6 June 2014, 9.15am to 10.15am"),
        ("/about", "About this source", "have changed since June 2014"),
        ("/sparql", "SPARQL", "Every answer here is a query that anyone can run again"),
        ("/map?focus=culture", "Map around culture", "The same map in words"),
    ],
)
def test_pages_say_what_they_are_for(client: FlaskClient, path: str, heading: str, says: str) -> None:
    found = page(client, path)
    headings = found.find_all("h1")
    assert len(headings) == 1
    assert heading in words(headings[0])
    assert says in words(found)
    assert "Leading by example" in words(found.title)
    assert found.html is not None
    assert found.html["lang"] == "en-GB"


def test_the_home_page_says_whose_words_these_are(client: FlaskClient) -> None:
    found = page(client, "/")
    told = words(found.select_one(".hero__lead"))
    assert told.startswith("What Professor Michael West and others said at the NHS Confederation's annual conference")
    assert "on 6 June 2014, from the summary published by the site nhsconfed.org" in told
    assert [each["href"] for each in found.select(".door a")] == ["/questions", "/map", "/slides", "/class"]


def test_the_map_of_the_home_page_is_read_at_a_glance(client: FlaskClient) -> None:
    found = page(client, "/")
    picture = found.select_one(".hero__map svg")
    assert picture is not None
    boxes = picture.select("g.concept")
    assert 2 < len(boxes) <= 12
    assert [str(each["href"]).split("/")[1] for each in picture.select("a")] == ["concepts"] * len(boxes)
    assert found.select_one(".nhsuk-skip-link[href='#map']") is not None
    assert found.find(id="map") is not None


def test_what_is_for_programmers_comes_last(client: FlaskClient) -> None:
    for path in ("/", "/ask?q=Who+creates+culture%3F", "/ask?q=capital+of+France", "/claims", "/slides", "/class"):
        found = page(client, path)
        for each in found.select(".site-footer__small, .programmers"):
            each.decompose()
        assert not re.search("sparql|turtle|edition [0-9a-f]|seminar-kg|json", words(found), re.IGNORECASE), path


def test_no_page_calls_a_claim_a_fact(client: FlaskClient) -> None:
    for path in ("/", "/claims", CREATES, "/concepts/leaders", "/people/michael-west", SEMINAR, "/about"):
        assert "fact" not in words(page(client, path)).lower().split(), path


def test_an_answer_is_json_for_those_who_ask_for_it(client: FlaskClient) -> None:
    by_parameter = client.get("/ask?q=Who+creates+culture%3F&format=json")
    by_header = client.get("/ask?q=Who+creates+culture%3F", headers={"Accept": "application/json"})
    assert by_parameter.json == by_header.json
    assert by_header.json is not None
    assert by_header.json["answered"] is True
    assert {passage["id"] for passage in by_header.json["passages"]} == {"M3"}
    assert by_header.headers["Vary"] == "Accept, Accept-Encoding"
    assert by_header.headers["Access-Control-Allow-Origin"] == "*"


def test_the_a_to_z_files_concepts_without_their_article(client: FlaskClient) -> None:
    found = page(client, "/concepts")
    letter = found.find(attrs={"aria-labelledby": "letter-N"})
    assert "The NHS" in words(letter)
    assert not found.find(id="letter-T") or "The NHS" not in words(found.find(attrs={"aria-labelledby": "letter-T"}))


def test_a_concept_groups_claims_by_how_they_were_said(client: FlaskClient) -> None:
    found = page(client, "/concepts/leaders")
    titles = [words(title) for title in found.find_all("h3", class_="group-title")]
    assert titles == ["How things are, as described", "What was recommended", "Examples that were given"]
    assert found.find("svg")
    assert found.find("a", href="/concepts/the-leaders-we-want")


@pytest.mark.parametrize(
    ("query", "present", "absent"),
    [
        ("topic=staff", "Staff engage if they feel", "Leaders create culture."),
        ("who=michael-west&how=recommends", "All leaders should propagate the same values.", "No claim fits"),
        ("who=delegate", "Culture at the top", "Leaders create culture."),
        ("how=recommends", "Everyone should be a leader.", "Leaders create culture."),
        ("arrow=create", "Leaders create culture.", "Everyone should be a leader."),
        ("topic=&who=&how=", "Leaders create culture.", "No claim fits"),
        ("topic=patients&who=delegate", "No claim fits", "Leaders create culture."),
    ],
)
def test_claims_can_be_narrowed(client: FlaskClient, query: str, present: str, absent: str) -> None:
    text = words(page(client, f"/claims?{query}").main)
    assert present in text
    assert absent not in text


def test_a_claim_says_who_where_and_how_to_cite(client: FlaskClient) -> None:
    found = page(client, CREATES)
    text = words(found.main)
    assert text.index("The published summary of Michael West’s presentation") < text.index("Leaders create culture.")
    assert "the source names no speaker" in text
    assert words(found.find("blockquote")) == "“Culture is created by leaders”"
    assert found.find("a", href=f"{SEMINAR}#M3")
    assert "https://w3id.org/seminar-kg/seminar/leading-by-example-2014#m3-1" in text
    assert f"http://localhost{CREATES}" in text


def test_what_is_cited_is_the_source(client: FlaskClient) -> None:
    cited = {words(each.find_previous("h3")): words(each) for each in page(client, CREATES).find_all(class_="cite")}
    assert list(cited) == ["Harvard", "APA", "Vancouver", "Plain", "BibTeX", "RIS"]
    assert all("“Culture is created by leaders”" in each for each in cited.values())
    assert all("Leaders create culture" not in each and "localhost" not in each for each in cited.values())
    assert "(the report of Michael West’s talk, cited in nhsconfed.org, 2014)" in cited["Harvard"]
    assert "(Accessed: [date you read it]" in cited["Harvard"]


def test_a_claim_has_its_public_address() -> None:
    client = create_app({"BASE_URL": "https://example.org/kg/"}).test_client()
    assert f"https://example.org/kg{CREATES}" in words(page(client, CREATES).main)


def test_every_claim_is_introduced_by_who_said_it(client: FlaskClient) -> None:
    cards = page(client, "/claims").find_all(class_="claim")
    assert len(cards) > 30
    for card in cards:
        says = words(card.find(class_="claim__says"))
        assert says.endswith(("said in June 2014", "says (June 2014)")), says


def test_a_person_is_named_for_some_claims_and_only_reported_for_others(client: FlaskClient) -> None:
    found = page(client, "/people/michael-west")
    named = words(found.find(attrs={"aria-labelledby": "claims-named"}))
    reported = words(found.find(attrs={"aria-labelledby": "claims-presentation"}))
    assert "single ocean" in named
    assert "Leaders create culture." not in named
    assert "Leaders create culture." in reported
    assert "does not say, sentence by sentence" in reported


def test_a_seminar_lists_each_place_once_with_what_rests_on_it(client: FlaskClient) -> None:
    found = page(client, SEMINAR)
    places = [str(place["id"]) for place in found.find_all(class_="passage")]
    assert len(places) == len(set(places))
    assert [place for place in places if place.startswith(("M3", "M4.1", "D"))] == [
        "M3",
        "M4.1a",
        "M4.1b",
        "D1",
        "D2",
    ]
    third = words(found.find(id="M3"))
    assert "“Culture is created by leaders”" in third
    assert "The published summary of Michael West’s presentation says" in third
    assert "‘West added" in words(found) or "“single ocean" not in words(found)


def test_editors_notes_stand_apart_from_claims(client: FlaskClient) -> None:
    note = page(client, "/about").find("aside", class_="editor-note")
    assert "not part of the seminar" in words(note)
    assert "Monitor" in words(note)


def test_a_seminar_reads_in_order_with_its_claims_folded_beside(client: FlaskClient) -> None:
    found = page(client, SEMINAR)
    for place in found.find_all(class_="place"):
        assert place.find("blockquote")
        assert words(place.find("h4")).endswith(f"({place['id']})")
    folded = found.select_one("#M3 details.place__claims")
    assert folded is not None
    assert not folded.has_attr("open")
    assert words(folded.summary).startswith("2 claims")
    ids = {str(each["id"]) for each in found.find_all(id=True)}
    links = [str(link["href"]) for link in found.select("main a[href^='#']")]
    assert len(links) > 30
    assert [link for link in links if link[1:] not in ids] == []


def test_a_seminar_says_what_it_does_not_speak_of(client: FlaskClient) -> None:
    found = page(client, SEMINAR)
    topics = {words(each.strong): words(each.find(class_="not-said__words")) for each in found.select(".not-said li")}
    assert topics["Pay"].startswith("We looked for: pay, paid, salary")
    assert "Evidence from research" not in topics
    assert "The list of topics is ours and the same for every seminar." in words(found.select_one(".not-said"))


def test_claims_lead_to_their_place_and_to_the_map(client: FlaskClient) -> None:
    cards = page(client, "/claims").find_all(class_="claim")
    assert len(cards) == 44
    for card in cards:
        places = [str(link["href"]) for link in card.select(".claim__links a") if "its place" in words(link)]
        assert places
        assert all(path.startswith(f"{SEMINAR}#") for path in places)
    few = page(client, "/claims?how=recommends").find_all(class_="claim")
    assert len(few) == 17
    assert all(card.select_one(f"blockquote ~ figcaption a[href^='{SEMINAR}#']") for card in few)
    drawn = page(client, CREATES).find("a", string="Show on the map")
    assert drawn is not None
    assert "Leaders create culture." in words(page(client, str(drawn["href"])))


def test_filters_have_counts_and_the_files_what_is_chosen(client: FlaskClient) -> None:
    found = page(client, "/claims?who=michael-west&how=recommends")
    assert words(found.find(id="found")).startswith("14 claims: Michael West’s talk, Recommended")
    chosen = [words(option) for option in found.select("option[selected]")]
    assert chosen == ["Michael West’s talk (14)", "Recommended (14)"]
    assert words(found.find(id="take-title")) == "Download these 14"
    files = [str(link["href"]) for link in found.select(".take-claims a")]
    assert files[0] == "/claims.xlsx?who=michael-west&how=recommends"
    assert {path.partition("?")[0] for path in files} >= {"/claims.csv", "/claims.svg", "/claims.html"}
    assert found.select_one(".programmers a[href^='/claims.ttl?who=']") is not None


def test_the_concepts_that_matter_come_first_with_their_claims_counted(client: FlaskClient) -> None:
    found = page(client, "/concepts")
    leading = [words(each) for each in found.select(".leading__one")]
    assert len(leading) == 12
    assert leading[0].startswith("Leaders 18 claims")
    assert "Compassion Patients and care 1 claim" in words(found.find(attrs={"aria-labelledby": "letter-C"}))


def test_the_map_stands_above_what_was_claimed_of_a_concept(client: FlaskClient) -> None:
    found = page(client, "/concepts/culture").main
    assert found is not None
    order = [str(each.get("id")) for each in found.find_all(id=["map", "claims"])]
    assert order == ["map", "claims"]
    assert found.find("a", href="/claims?concept=culture")


def test_the_menu_has_the_questions_and_who_says_what(client: FlaskClient) -> None:
    menu = page(client, "/questions").find("nav", class_="site-nav")
    assert menu is not None
    assert [words(link) for link in menu.find_all("a")][:4] == ["Questions", "Concepts", "Claims", "Who says what"]


@pytest.mark.parametrize("slug", ["michael-west", "delegate", "salford-nhs-foundation-trust", "publisher"])
def test_the_claims_of_a_person_are_those_of_the_list(client: FlaskClient, slug: str) -> None:
    link = page(client, f"/people/{slug}").find("a", href=f"/claims?who={slug}")
    assert link is not None
    count = len(page(client, f"/claims?who={slug}").find_all(class_="claim"))
    assert words(link).startswith(f"{count} claim")
