"""The answer page shows what an answer rests on; `/ask` and `/suggest` take any text for text."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from queries_shown import lines_of_templates, lines_without_terms

from kg import Library
from kg.answering.answer import Near
from kg.cli.ask import answer_lines
from webapp import create_app
from webapp.pages import ask
from webapp.pages.ask import LONG, _page
from webapp.threads import Queue

SEMINAR = "/seminars/leading-by-example-2014"


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return create_app({"LIBRARY": library, "BASE_URL": "https://example.org"}).test_client()


def page(client: FlaskClient, question: str, status: int = 200) -> BeautifulSoup:
    response = client.get("/ask", query_string={"q": question}, headers={"Accept": "text/html"})
    assert response.status_code == status
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def words(found: object) -> str:
    assert found is not None
    return " ".join(found.get_text(" ").split())  # type: ignore[attr-defined]


class TestHowItWasRead:
    @pytest.mark.parametrize(
        ("question", "rows"),
        [
            ("Who creates culture?", ["creates words on an arrow create", "culture concept Culture"]),
            (
                "When do staff engage?",
                [
                    "When do form of question When does something happen?",
                    "staff engage concept Staff engagement",
                ],
            ),
            (
                "What did West say about staff engagment?",
                ["West person or organisation Michael West", "staff engagment concept Staff engagement"],
            ),
            (
                "What are the three ingredients of the right culture?",
                [
                    "three ingredients of the right culture numbered list "
                    "the three main ingredients of the right culture",
                ],
            ),
            ("What was criticised?", ["criticised how it was said criticised"]),
        ],
    )
    def test_each_word_says_what_it_was_taken_for(self, client: FlaskClient, question: str, rows: list[str]) -> None:
        reading = page(client, question).find(class_="reading")
        assert reading is not None
        assert [words(row) for row in reading.find_all(class_="reading__row")] == rows  # type: ignore[union-attr]
        shown = reading.find(class_="reading__question")  # type: ignore[union-attr]
        assert shown is not None
        assert shown.get_text() == question  # type: ignore[union-attr]

    def test_concepts_and_people_lead_to_their_pages(self, client: FlaskClient) -> None:
        found = page(client, "What did West say about staff engagement?")
        assert found.select(".reading a[href='/people/michael-west']")
        assert found.select(".reading a[href='/concepts/staff-engagement']")

    def test_every_template_is_explained(self, client: FlaskClient, library: Library) -> None:
        for template in library.questions():
            found = page(client, template.example)
            linked = [each.get_text() for each in found.select(".reading__question .linked")]
            assert linked == [each.get_text() for each in found.select(".reading__row dt .linked")]
            assert "".join(each.get_text() for each in found.select(".reading__question")) == template.example


class TestThePoints:
    @pytest.mark.parametrize(
        "question", ["Who creates culture?", "What did Michael West say?", "Compare Salford with Mid Staffs", "culture"]
    )
    def test_each_quotation_and_each_claim_stands_there_once(
        self, client: FlaskClient, library: Library, question: str
    ) -> None:
        answer, found = library.ask(question), page(client, question)
        quotes = [words(each) for each in found.select("blockquote")]
        assert len(quotes) == len(set(quotes)) == len(answer.passages)
        numbers = [f"[{n}]" for n in range(1, len(answer.points) + 1)]
        assert sorted(words(each) for each in found.select(".answer .mark")) == sorted(numbers)
        assert {words(each) for each in found.select(".said-words__mark")} == set(numbers)
        claims = [str(each["href"]) for each in found.select(".point__text")]
        assert len(claims) == len(set(claims))
        assert {f"/claims/{claim.slug}" for claim in answer.claims} == {
            str(each["href"]) for each in found.select(".point__mark")
        }
        assert words(found.select_one(".answer__sentence")) == answer.lead

    def test_two_things_stand_side_by_side(self, client: FlaskClient) -> None:
        table = page(client, "Compare Salford with Mid Staffs").select_one("table.compared")
        assert table is not None
        assert [words(each) for each in table.select("th")] == ["Salford NHS Foundation Trust", "Mid Staffs"]
        assert [len(each.select(".point")) for each in table.select("td")] == [1, 1]
        assert [words(each) for each in table.select(".mark")] == ["[1]", "[2]"]

    def test_a_mark_leads_to_the_place_of_its_words(self, client: FlaskClient) -> None:
        found = page(client, "Who creates culture?")
        mark = found.select_one(".answer__lead .mark")
        assert mark is not None
        assert mark["href"] == f"{SEMINAR}#M3"
        beside = found.find(id=str(mark["data-words"]))
        assert beside is not None
        assert "“Culture is created by leaders”" in words(beside.parent)

    def test_what_the_lead_tells_is_not_listed_again(self, client: FlaskClient) -> None:
        found = page(client, "How is fair leadership linked to a healthy organisation?")
        assert len(found.select(".answer__lead .mark")) == 2
        assert not found.select(".point")
        quoting = page(client, "What was the line comparing the NHS to the sea?")
        assert len(quoting.select(".answer__lead .mark")) == 1
        assert not quoting.select(".point")

    def test_items_of_a_numbered_list_have_their_names_and_numbers(self, client: FlaskClient) -> None:
        found = page(client, "What are the three ingredients of the right culture?")
        items = found.select("ol.points > li")
        assert [each["value"] for each in items] == ["1", "2", "3"]
        assert words(items[0]) == "An aspiring mission or vision [1]"

    def test_many_are_folded_with_none_lost(self, client: FlaskClient, library: Library) -> None:
        found = page(client, "What did Michael West say?")
        folded = found.select_one(".points__more")
        assert folded is not None
        listed = len(found.select(".point"))
        assert listed - len(folded.select(".point")) == 6
        assert words(folded.summary) == f"And {listed - 6} more"
        assert listed == len(library.ask("What did Michael West say?").points)

    def test_the_lead_that_says_who_said_it_needs_no_heading(self, client: FlaskClient) -> None:
        assert not page(client, "When do staff engage?").select(".points__who")
        assert [words(each) for each in page(client, "What did the delegate say?").select(".points__who")] == ["Also:"]
        assert page(client, "What is leadership?").select(".points__who")

    def test_what_is_not_the_answer_is_folded(self, client: FlaskClient) -> None:
        found = page(client, "Who creates culture?")
        folded = [words(each) for each in found.select("main details:not([open]) > summary")]
        assert folded == ["Read as: create · Culture", "Cite", "Picture", "For programmers"]

    def test_how_it_was_read_is_open_where_no_word_was_taken_for_anything(self, client: FlaskClient) -> None:
        reading = page(client, "Compare the roles and employers of the two named professors.").select_one(
            "details.reading"
        )
        assert reading is not None
        assert reading.has_attr("open")
        assert not page(client, "Who creates culture?").select("details.reading[open]")

    def test_what_is_near_says_why(self, library: Library) -> None:
        claim = library.catalogue.claims(concept="culture")[0]
        near = Near(claim, "It speaks of culture.")
        refused = library.ask("Who won the cup?")
        found = replace(refused, outcome="near", nearest=(near,), seminars=library.catalogue.seminars())
        app = create_app({"LIBRARY": library})
        with app.test_request_context("/ask?q=x"):
            shown = BeautifulSoup(_page(found, "x"), "html.parser")
        assert words(shown.select_one(".near__why")) == near.why
        assert words(shown.select_one(".point__text")) == claim.text
        assert [words(each) for each in shown.select("blockquote")] == [f"“{each.quote}”" for each in claim.passages]
        assert found.to_dict()["nearest"][0]["why"] == near.why
        assert f"    {near.why}" in list(answer_lines(found))


class TestTheMap:
    def test_it_is_loaded_late_and_stands_in_words_too(self, client: FlaskClient) -> None:
        found = page(client, "Who creates culture?")
        picture = found.select_one(".small-map img")
        assert picture is not None
        assert picture["loading"] == "lazy"
        assert picture["alt"]
        assert client.get(str(picture["src"])).mimetype == "image/svg+xml"
        assert words(found.select_one("#map-words li")) == "Leaders create Culture"
        narrow = found.select_one(".small-map source")
        assert narrow is not None
        assert client.get(str(narrow["srcset"])).mimetype == "image/svg+xml"

    def test_nothing_is_arranged_for_the_answer(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("webapp.maps.drawing_cache.draw", lambda *args, **options: pytest.fail("arranged"))
        page(client, "What was said about leaders?")

    def test_claims_that_are_not_drawn_have_none(self, client: FlaskClient) -> None:
        found = page(client, "Who chaired the seminar?")
        assert not found.select(".small-map")
        assert "as a map" not in words(found.main)

    def test_a_condition_says_that_it_is_one(self, client: FlaskClient) -> None:
        assert "if: a condition" in words(page(client, "When do staff engage?").select_one("#map-words"))


class TestTheQuery:
    def test_it_can_be_run_and_taken_along(self, client: FlaskClient, library: Library) -> None:
        found = page(client, "Who creates culture?")
        sparql = library.ask("Who creates culture?").sparql
        run = found.find("a", string="Run it")
        assert run is not None
        assert parse_qs(urlsplit(str(run["href"])).query)["query"] == [sparql]  # type: ignore[index]
        link = found.find("a", string=lambda text: bool(text) and text.startswith("From your script"))
        assert link is not None
        shown = BeautifulSoup(client.get(str(link["href"])).data, "html.parser")  # type: ignore[index]
        scripts = {words(each.h2): each.pre.get_text() for each in shown.select("section[aria-labelledby^=script]")}  # type: ignore[union-attr]
        assert {"curl", "R", "Excel (Power Query)", "pandas"} <= set(scripts)
        for name, script in scripts.items():
            assert "https://example.org/sparql" in script, name
            assert "VALUES ?concept" in script, name

    def test_there_is_no_copy_button_before_javascript_makes_one(self, client: FlaskClient) -> None:
        assert not page(client, "Who creates culture?").select("button.copy")


def test_no_answer_says_what_is_missing_and_what_is_there(client: FlaskClient, library: Library) -> None:
    found = page(client, "How many nurses work at Salford?")
    assert "the summary gives no figure" in words(found.select_one(".answer__sentence")).lower()
    near = [words(each) for each in found.select(".suggestions a")]
    assert near
    assert "noted" not in words(found.main)
    assert all(library.ask(question).answered for question in near)
    assert not found.select(".reading, .small-map, .actions")
    nearest = library.ask("How many nurses work at Salford?").nearest
    assert len(found.select(".point")) == len(found.select(".near__why")) == len(nearest) > 0


def test_what_is_not_said_at_all_leads_to_what_is(client: FlaskClient, library: Library) -> None:
    found = page(client, "capital of France")
    offered = [words(each) for each in found.select(".evidence .suggestions a")]
    assert len(offered) >= 6
    assert all(library.ask(question).answered for question in offered)
    assert len(found.select(".evidence .chip")) == len(library.catalogue.themes())


class TestWhatIsTakenAlong:
    def test_the_quotations_are_cited_and_never_our_sentences(self, client: FlaskClient, library: Library) -> None:
        answer = library.ask("What was said in the debate?")
        found = page(client, "What was said in the debate?")
        styles = {words(each.find_previous("h3")): each.get_text() for each in found.select(".actions .cite")}
        assert list(styles) == ["Harvard", "APA", "Vancouver", "Plain", "BibTeX", "RIS"]
        for style, text in styles.items():
            assert all(passage.quote.replace("&", "") in text for passage in answer.passages), style
        harvard = [line.strip() for line in styles["Harvard"].splitlines() if line.strip()]
        assert harvard[0].endswith("(nhsconfed.org, 2014, reporting a delegate)")
        assert len(harvard) == len(answer.passages) + 1

    def test_they_are_cited_in_the_order_of_the_marks(self, client: FlaskClient) -> None:
        found = page(client, "What did the delegate criticise about the regulators?")
        cited = words(found.select("#cited p")[0])
        places = [cited.index(words(each).strip("“”")) for each in found.select(".evidence blockquote")]
        assert places == sorted(places)

    def test_what_is_copied_is_the_answer(self, client: FlaskClient, library: Library) -> None:
        button = page(client, "Who creates culture?").select_one("[data-copy-text]")
        assert button is not None
        assert button["data-copy-text"] == library.ask("Who creates culture?").answer
        assert button.has_attr("hidden")


# ── Any text is text ──

MARKUP = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'{{7*7}}"
ODD = [
    ("", 400),
    (" \t\n", 400),
    ("x" * 501, 400),
    ("x" * 10_000, 400),
    ("who\x00 creates culture?", 400),
    ("who\x1b[2J creates culture?", 400),
    ("who\x85 creates culture?", 400),
    ("ما هي الثقافة؟", 200),
    ("文化是谁创造的？", 200),
    ("🙂🙂🙂", 200),
    ("\u202eerutluc setaerc ohw", 200),
    (MARKUP, 200),
    ('" } UNION { ?s ?p ?o } #', 200),
    ("PREFIX x: <y> DROP ALL", 200),
    ("../../.ssh/id_rsa", 200),
]


#: What looks like an attack and has words all the same is read by its words.
WORDS_AMONG = ["' UNION SELECT 1 --", "../../etc/hosts"]


@pytest.mark.parametrize("question", WORDS_AMONG)
def test_words_among_odd_signs_are_read_as_words(client: FlaskClient, question: str) -> None:
    said = words(page(client, question).select_one(".answer__sentence"))
    assert said.endswith((".", ":"))
    assert question not in said


@pytest.mark.parametrize(("question", "status"), ODD, ids=lambda each: ascii(each)[:30])
def test_odd_questions_get_a_sentence(client: FlaskClient, question: str, status: int) -> None:
    found = page(client, question, status)
    said = words(found.select_one(".answer__sentence") if status == 200 else found.select_one("main p"))
    assert said.startswith("Error: The question ") == (status != 200)
    assert words(found.title).startswith("Error: ") == (status != 200)
    assert said.endswith(".")
    assert not found.select("img[src=x]")
    assert all(script.get("src") for script in found.find_all("script"))
    as_json = client.get("/ask", query_string={"q": question, "format": "json"})
    assert as_json.status_code == status
    assert as_json.json is not None
    assert as_json.json.get("sparql") is None


@pytest.mark.parametrize("raw", ["%ED%A0%80", "%FF%FE", "%00", "%C3%28", "%F0%9F", "culture%E2%80%A8"])
def test_bytes_that_are_no_text_get_a_sentence(client: FlaskClient, raw: str) -> None:
    for path in (f"/ask?q={raw}", f"/suggest?q={raw}"):
        response = client.get(path, headers={"Accept": "text/html"})
        assert response.status_code in (200, 400), path
        assert "Traceback" not in response.get_data(as_text=True)


VALUES = re.compile(r"VALUES \?\w+ \{([^{}]*)\}")


VALUES = re.compile(r"VALUES \?\w+ \{([^{}]*)\}")
PASTED = [
    ("'><b>culture</b>&lt;{{7}}", True),
    ('culture" } DROP ALL #', True),
    ("culture <culture:1> ${culture} $(culture) `culture`", True),
    ("culture <javascript:1> ${x} $(id) `id`", True),
]


@pytest.mark.parametrize(("pasted", "answered"), PASTED)
def test_markup_in_a_question_is_escaped_and_in_no_query(
    client: FlaskClient, library: Library, pasted: str, answered: bool
) -> None:
    question = f"What was said about compassion? {pasted}"
    answer = library.ask(question)
    text = client.get("/ask", query_string={"q": question}).get_data(as_text=True)
    assert "<b>" not in text
    assert "javascript:1>" not in text
    found = BeautifulSoup(text, "html.parser")
    assert words(found.h1) == " ".join(question.split())
    assert answer.answered == answered
    assert bool(answer.sparql) == answered
    known = lines_of_templates()
    assert all(line in known for line in lines_without_terms(answer.sparql or ""))
    terms = {str(term) for block in VALUES.findall(answer.sparql or "") for term in block.split()}
    assert all(re.fullmatch(r"(concept|relation|theme|sk):[\w-]+|<https://w3id\.org/[^<>\s]+>|[0-3]", t) for t in terms)
    for code in found.select("details.take pre"):
        assert not re.search(r"DROP|<b>|\{\{7|\$\((id|culture)", code.get_text())


# ── Suggestions ──


class TestSuggest:
    def test_questions_and_concepts(self, client: FlaskClient) -> None:
        found = client.get("/suggest?q=cult").json
        assert found is not None
        assert "What was said about culture?" in found["questions"]
        assert found["concepts"][0] == {"label": "Culture", "slug": "culture", "href": "/concepts/culture"}
        assert len(found["questions"]) + len(found["concepts"]) <= 8
        assert client.get(found["concepts"][0]["href"]).status_code == 200

    def test_it_can_be_kept(self, client: FlaskClient) -> None:
        first = client.get("/suggest?q=cult")
        assert "max-age" in first.headers["Cache-Control"]
        again = client.get("/suggest?q=cult", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")

    @pytest.mark.parametrize(
        "typed",
        ["", " ", "?", "\x00", "\x1b", "文化", "ثقافة", "🙂", "<script>", '" } #', "x" * 500, MARKUP],
        ids=lambda each: ascii(each)[:20],
    )
    def test_any_text_is_text(self, client: FlaskClient, typed: str) -> None:
        response = client.get("/suggest", query_string={"q": typed})
        assert response.status_code == 200
        assert response.mimetype == "application/json"
        assert response.json is not None
        assert list(response.json) == ["questions", "concepts"]
        assert "alert" not in response.get_data(as_text=True)

    @pytest.mark.parametrize("length", [501, 10_000])
    def test_more_than_a_question_can_hold_is_refused(self, client: FlaskClient, length: int) -> None:
        response = client.get("/suggest", query_string={"q": "x" * length})
        assert response.status_code == 400
        assert response.json == {"error": "The question is too long: use at most 500 characters."}

    def test_without_a_parameter_nothing_is_suggested(self, client: FlaskClient) -> None:
        assert client.get("/suggest").json == {"questions": [], "concepts": []}


# ── What was asked and not answered ──


def test_long_questions_wait_for_each_other_and_keep_no_short_one_waiting(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = Queue(1, "Others are being answered; try again.")
    monkeypatch.setattr(ask, "LONG_QUESTIONS", queue)
    short, long = "Who creates culture?", f"Who creates {'very ' * (LONG // 5)}good culture?"
    with queue.turn():
        assert client.get("/ask", query_string={"q": short, "n": 1}).status_code == 200
        for asked in ({"q": long}, {"q": long, "format": "json"}, {"q": "Why?", "after": long}):
            refused = client.get("/ask", query_string=asked)
            assert refused.status_code == 503
            assert refused.headers["Retry-After"]
            assert "Others are being answered; try again." in refused.text
    assert client.get("/ask", query_string={"q": long}).status_code == 200


class TestTheLog:
    def test_only_what_was_not_answered_and_nothing_about_who_asked(self, library: Library, tmp_path: Path) -> None:
        file = tmp_path / "unanswered.jsonl"
        client = create_app({"LIBRARY": library, "UNANSWERED_LOG": str(file)}).test_client()
        headers = {"User-Agent": "Secret/1.0", "Referer": "https://secret.example/", "Accept": "text/html"}
        for question in ("Who creates culture?", "Who won  the cup?", ""):
            client.get("/ask", query_string={"q": question}, headers=headers)
        client.get("/ask?q=Who+lost+it%3F&format=json", headers=headers)
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert [line["question"] for line in lines] == ["Who won the cup?", "Who lost it?"]
        assert all(set(line) == {"date", "question", "edition"} for line in lines)
        assert {line["edition"] for line in lines} == {library.version}
        assert "date are noted" in words(page(client, "Who won the cup?").select_one(".answer"))
        assert not re.search("secret|127", file.read_text(encoding="utf-8"), re.IGNORECASE)

    def test_it_is_off_unless_a_file_is_named(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kg.answering.unanswered_log.UnansweredLog.add", lambda *args: pytest.fail("logged"))
        assert create_app({"LIBRARY": library}).test_client().get("/ask?q=Capital+of+France").status_code == 200

    def test_a_log_that_cannot_be_written_is_one_warning_and_answers_come(
        self, library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = create_app({"LIBRARY": library, "UNANSWERED_LOG": str(tmp_path)}).test_client()
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                assert client.get("/ask?q=Capital+of+France").status_code == 200
        assert len(caplog.records) == 1
        assert "Unanswered questions are not logged" in caplog.text


class TestOneQuestionAfterAnother:
    def test_the_form_passes_the_question_on(self, client: FlaskClient) -> None:
        form = page(client, "Who creates culture?").find("input", {"name": "after"})
        assert form is not None
        assert form["value"] == "Who creates culture?"
        assert page(client, "", 400).find("input", {"name": "after"}) is None

    def test_a_question_that_leans_on_it_is_shown_in_full(self, client: FlaskClient) -> None:
        asked = {"q": "and what about staff?", "after": "What was said about compassion?"}
        shown = client.get("/ask", query_string=asked, headers={"Accept": "text/html"}).get_data(as_text=True)
        assert BeautifulSoup(shown, "html.parser").h1.get_text() == "What was said about staff?"  # type: ignore[union-attr]
        assert "You asked “and what about staff?”" in shown
        as_json = client.get("/ask", query_string={**asked, "format": "json"}).get_json()
        alone = client.get("/ask", query_string={"q": as_json["question"], "format": "json"}).get_json()
        assert as_json == alone

    @pytest.mark.parametrize("after", ["", "a" * 501, "a\0"])
    def test_what_is_no_question_before_is_refused(self, client: FlaskClient, after: str) -> None:
        response = client.get("/ask", query_string={"q": "why?", "after": after, "format": "json"})
        assert response.status_code == 400
        assert response.get_json()["error"].startswith("The question before ")


def test_the_words_come_before_what_else_may_be_asked(client: FlaskClient) -> None:
    for question in ("Who creates culture?", "How much did the department pay?", "capital of France"):
        found = page(client, question)
        places = [found.select("*").index(found.select_one(each)) for each in (".answer", ".evidence", ".next__ask")]
        assert places == sorted(places), question
