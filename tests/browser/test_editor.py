"""The query editor in a browser: typing, completing, running, mistakes, views, and the page without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

OpenPage = Callable[..., Page]

TRIPLES = quote("SELECT ?s ?p ?o { VALUES ?p { relation:create } ?s ?p ?o }")
MISTAKE = quote("SELECT ?x WHERE {\n  ?x nowhere:at ?y\n}")


def write(page: Page, text: str) -> None:
    """Type over what stands in the editor, as a person does; brackets are closed by the editor."""
    page.get_by_role("textbox", name="Query").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_a_query_is_typed_and_run_from_the_keyboard(open_page: OpenPage) -> None:
    page = open_page("/sparql")
    write(page, "SELECT ?label { concept:culture skos:prefLabel ?label ")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("table.results td")).to_have_text(["Culture"])
    expect(page).to_have_url(re.compile(r"query=SELECT.*#results$"))
    page.reload()
    expect(page.locator("table.results td")).to_have_text(["Culture"])


def test_words_of_the_data_are_offered_as_one_types(open_page: OpenPage) -> None:
    page = open_page("/sparql")
    write(page, "ASK { ?claim schema:about cqc")
    first = page.locator(".cm-tooltip-autocomplete li").first
    expect(first).to_have_text(re.compile("^concept:care-quality-commission"))
    write(page, "ASK { concept:leaders relation:creat")
    expect(page.locator(".cm-tooltip-autocomplete li[aria-selected]")).to_have_text(re.compile("^relation:create"))
    page.wait_for_timeout(100)  # CodeMirror takes no choice in the first 75 ms, so that nobody chooses by accident
    page.keyboard.press("Enter")
    page.keyboard.type(" concept:culture")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Run").click()
    expect(page.locator("section[aria-labelledby=results]")).to_contain_text("Yes")


def test_prefixes_are_offered_whole(open_page: OpenPage) -> None:
    page = open_page("/sparql")
    write(page, "PREFIX sko")
    expect(page.locator(".cm-tooltip-autocomplete li")).to_have_text(["skos: <http://www.w3.org/2004/02/skos/core#>"])


def test_tab_leads_out_of_the_editor(open_page: OpenPage) -> None:
    page = open_page("/sparql")
    page.get_by_role("textbox", name="Query").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("textbox", name="Query")).to_be_focused()


def test_a_mistake_is_marked_in_the_editor(browser: Browser, server: str) -> None:
    page = browser.new_page()  # the console tells of the status 400, which is right
    page.goto(f"{server}/sparql?query={MISTAKE}")
    expect(page.locator(".cm-lintRange-error")).to_have_text("nowhere")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text("line 2")
    page.close()


def test_the_views_of_a_result_are_links(open_page: OpenPage) -> None:
    page = open_page(f"/sparql?query={TRIPLES}")
    page.get_by_role("link", name="Map", exact=True).last.click()
    expect(page.locator("svg.concept-map")).to_be_visible()
    page.get_by_role("link", name="Raw", exact=True).click()
    expect(page.locator("pre.code")).to_contain_text('"bindings"')


def test_a_link_to_the_query_can_be_copied(open_page: OpenPage) -> None:
    page = open_page(f"/sparql?query={TRIPLES}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link to this query").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator("table.results")).to_be_visible()


def test_a_long_query_is_sent_in_the_body(open_page: OpenPage) -> None:
    page = open_page("/sparql")
    page.get_by_role("textbox", name="Query").fill("ASK {} # " + "long " * 2000)
    page.get_by_role("button", name="Run").click()
    expect(page.locator("section[aria-labelledby=results]")).to_contain_text("Yes")
    assert "query=" not in page.url


@pytest.mark.parametrize("with_javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_a_query_to_a_script_and_back(open_page: OpenPage, with_javascript: bool) -> None:
    page = open_page("/sparql", java_script_enabled=with_javascript)
    page.get_by_role("textbox", name="Query").fill("ASK { ?claim a schema:Claim }")
    page.get_by_role("button", name="From your script").click()
    expect(page.locator("section pre").first).to_contain_text("PREFIX schema:")
    page.get_by_role("link", name="Change or run the query").click()
    expect(page.locator("section[aria-labelledby=results]")).to_contain_text("Yes")


def test_a_script_can_be_copied(open_page: OpenPage) -> None:
    page = open_page("/sparql/script", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#script-1 + .listing button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("import requests")
    assert copied.count("\n") > 3


@pytest.mark.parametrize("with_javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_question_is_a_form(open_page: OpenPage, with_javascript: bool) -> None:
    page = open_page("/questions/about-concept", java_script_enabled=with_javascript)
    page.get_by_label("Concept").select_option("culture")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/questions/about-concept\?concept=culture$"))
    expect(page.locator("article.claim").first).to_be_visible()
    assert page.get_by_label("Concept").input_value() == "culture"


def test_the_editor_is_accessible_while_it_is_used(
    browser: Browser, server: str, assert_no_axe_violations: Callable[[Page], None], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{server}/sparql?query={MISTAKE}")
    assert_no_axe_violations(page)
    write(page, "ASK { concept:cult")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{server}/questions/about-concept?concept=cultrue")
    assert_no_axe_violations(page)
    page.close()
