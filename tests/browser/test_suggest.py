"""Suggestions under the search box, as WAI-ARIA's pattern of an editable combobox wants them; and the answer page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

OpenPage = Callable[..., Page]
Check = Callable[[Page], None]
BOXES = ["/", "/concepts/leaders", "/ask?q=What+is+the+capital+of+France%3F"]


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Ask what the seminar says")


def typed(page: Page, text: str) -> Locator:
    """Type into the box and return the options once they are there."""
    box(page).fill("")
    box(page).press_sequentially(text)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def active(page: Page) -> Locator:
    return page.locator(f"[id='{box(page).get_attribute('aria-activedescendant')}']")


@pytest.mark.parametrize("path", BOXES)
def test_an_open_list_is_accessible_and_fits_the_screen(
    open_page: OpenPage, assert_no_axe_violations: Check, path: str, width: int
) -> None:
    page = open_page(path, width)
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    options = typed(page, "cult")
    expect(options.first).to_be_visible()
    box(page).press("ArrowDown")
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for place in range(options.count()):
        size = options.nth(place).bounding_box()
        assert size is not None
        assert size["height"] >= 44


def test_arrows_go_round_and_the_box_keeps_focus_and_text(open_page: OpenPage) -> None:
    page = open_page("/")
    options = typed(page, "cult")
    count = options.count()
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box(page).press("ArrowDown")
    expect(active(page)).to_have_text("What was said about culture?")
    expect(active(page)).to_have_attribute("aria-selected", "true")
    box(page).press("ArrowUp")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box(page).press("ArrowUp")
    assert str(box(page).get_attribute("aria-activedescendant")).endswith(f"-{count - 1}")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
    box(page).press("Home")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("cult")


def test_the_number_of_suggestions_is_told(open_page: OpenPage) -> None:
    page = open_page("/")
    count = typed(page, "cult").count()
    expect(page.get_by_role("status")).to_have_text(f"{count} suggestions")
    box(page).press("Escape")
    expect(page.get_by_role("status")).to_have_text("")


def test_escape_closes_first_and_empties_then(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "cult")
    box(page).press("Escape")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(box(page)).to_have_value("cult")
    box(page).press("ArrowDown")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    box(page).press("Escape")
    box(page).press("Escape")
    expect(box(page)).to_have_value("")


def test_enter_asks_what_is_chosen(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "who cre")
    box(page).press("ArrowDown")
    box(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who creates culture?")


def test_enter_asks_what_is_typed_where_nothing_is_chosen(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "compassion")
    box(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/ask\?q=compassion$"))


def test_a_concept_leads_to_its_page_by_pointer(open_page: OpenPage) -> None:
    page = open_page("/about", 390)
    typed(page, "cult").filter(has_text="concept").first.click()
    expect(page).to_have_url(re.compile("/concepts/culture$"))


def test_leaving_the_box_closes_the_list(open_page: OpenPage) -> None:
    page = open_page("/")
    typed(page, "cult")
    box(page).press("Tab")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.get_by_role("button", name="Ask")).to_be_focused()


def test_a_slow_answer_to_older_letters_is_dropped(open_page: OpenPage) -> None:
    page = open_page("/")
    held: list[Route] = []
    page.route("**/suggest?q=cu", lambda route: held.append(route))
    with page.expect_request("**/suggest?q=cu"):
        box(page).press_sequentially("cu")
    options = typed(page, "monitor")
    expect(options.first).to_have_text("What was said about Monitor?")
    expect(page.get_by_role("option").filter(has_text="culture")).to_have_count(0)


def test_without_suggestions_the_box_still_asks(open_page: OpenPage) -> None:
    page = open_page("/")
    page.route("**/suggest?*", lambda route: route.fulfill(status=200, body="no JSON"))
    box(page).press_sequentially("Who creates culture?")
    box(page).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who creates culture?")


@pytest.mark.parametrize(
    "question",
    [
        "Who+creates+culture%3F",
        "What+did+West+say+about+staff+engagement%3F",
        "What+are+the+three+ingredients+of+the+right+culture%3F",
        "Who+chaired+the+seminar%3F",
        "How+many+nurses+work+at+Salford%3F",
    ],
)
def test_answers_are_accessible_with_all_open(
    open_page: OpenPage, assert_no_axe_violations: Check, question: str, width: int
) -> None:
    page = open_page(f"/ask?q={question}", width)
    page.evaluate("for (const each of document.querySelectorAll('details[name]')) each.removeAttribute('name')")
    for summary in page.locator("main summary").all():
        summary.click()
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
