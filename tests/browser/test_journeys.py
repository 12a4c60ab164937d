"""What readers do: ask, follow the evidence, open the map, run a query; wide, narrow, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

SEMINAR = "/seminars/leading-by-example-2014"
CLAIM = "/claims/leading-by-example-2014-m3-1"

OpenPage = Callable[..., Page]


@pytest.mark.parametrize("with_javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_question_to_all_its_evidence(open_page: OpenPage, with_javascript: bool) -> None:
    page = open_page("/", java_script_enabled=with_javascript)
    page.get_by_label("Ask what the seminar says").fill("Who creates culture?")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".answer__sentence")).to_contain_text("the report of Michael West’s talk")

    page.get_by_role("link", name="Leaders create culture.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leaders create culture.")
    expect(page.locator("blockquote")).to_have_text("“Culture is created by leaders”")

    page.get_by_role("link", name="Main points, 3rd point").click()
    expect(page).to_have_url(re.compile(f"{SEMINAR}#M3$"))
    expect(page.locator("#M3 blockquote").first).to_be_in_viewport()

    page.get_by_role("link", name="Professor Michael West", exact=True).click()
    expect(page.get_by_role("heading", name="Claims they are named for")).to_be_visible()

    page.goto(CLAIM)
    page.locator(".parts").get_by_role("link", name="Culture").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Culture")
    expect(page.locator("svg.concept-map")).to_be_visible()

    page.get_by_role("link", name="Open on the map page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Map around culture")
    page.get_by_text("Narrow it down").click()
    page.locator("#choose-depth").select_option("2")
    page.get_by_role("button", name="Draw").click()
    expect(page).to_have_url(re.compile(r"focus=culture&depth=2"))
    box = page.locator("svg.concept-map a[href='/concepts/leaders']")
    box.click()
    if with_javascript:  # the first click keeps what is told of it beside the map
        expect(page.locator(".told")).to_contain_text("Leaders create culture")
        box.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leaders")


@pytest.mark.parametrize("with_javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_query_of_an_answer_gives_the_same_claims(open_page: OpenPage, with_javascript: bool) -> None:
    page = open_page("/ask?q=Who+creates+culture%3F", java_script_enabled=with_javascript)
    shown = page.locator(".point__mark").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    page.locator(".programmers summary").click()
    page.get_by_role("link", name="Run it").click()
    cells = page.locator("table.results td a")
    found = cells.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert shown
    assert set(shown) <= set(found)


def test_claims_are_narrowed_by_a_form(open_page: OpenPage) -> None:
    page = open_page("/claims", java_script_enabled=False)
    page.get_by_label("Who said it").select_option("delegate")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".claim")).to_have_count(2)
    page.get_by_role("link", name="Show all claims").click()
    assert page.locator(".claim").count() > 30


def test_a_citation_can_be_copied(open_page: OpenPage) -> None:
    page = open_page(CLAIM, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith(
        "“Culture is created by leaders” (the report of Michael West’s talk, cited in nhsconfed.org, 2014)"
    )


def test_the_first_tab_leads_past_the_header(open_page: OpenPage) -> None:
    page = open_page("/about")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#maincontent$"))


def test_a_mark_shows_the_words_that_it_stands_for(open_page: OpenPage) -> None:
    page = open_page("/ask?q=What+did+Michael+West+say%3F")
    page.get_by_text("And 18 more").click()
    page.locator("#point-20 .mark").hover()
    pointed = page.locator(".said-words--pointed")
    expect(pointed).to_contain_text("[20]")
    expect(pointed).to_be_in_viewport()
    assert page.locator(".mark-words").count() == 0
    narrow = open_page("/ask?q=What+did+Michael+West+say%3F", 390, has_touch=True)
    narrow.locator("#point-1 .mark").tap()
    expect(narrow.locator(".mark-words")).to_contain_text("Professor West was clear that culture is important")
    expect(narrow).to_have_url(re.compile("/ask"))
    narrow.locator("#point-1 .mark").tap()
    expect(narrow).to_have_url(re.compile(f"{SEMINAR}#M1.1$"))


def test_a_handout_has_the_picture_and_room_for_notes_on_one_sheet(open_page: OpenPage) -> None:
    page = open_page("/ask?q=Who+creates+culture%3F")
    opened = "document.querySelector('[data-picture]').open"
    page.evaluate(f"window.print = () => {{ document.body.dataset.printed = {opened}; }}")
    page.get_by_role("button", name="Handout").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "true")
    page.locator("[data-picture] summary").click()
    page.emulate_media(media="print")
    for shown in (".poster img", ".on-paper__lines", "blockquote", ".asked"):
        expect(page.locator(shown).first).to_be_visible()
    for gone in (".ask-strip", ".next", ".programmers", ".reading", "button"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_pages_print_without_the_furniture(open_page: OpenPage) -> None:
    page = open_page(CLAIM)
    page.emulate_media(media="print")
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator(".ask-strip")).to_be_hidden()
    expect(page.locator("blockquote")).to_be_visible()
