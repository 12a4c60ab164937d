"""The page of a map: keys, words, the panel, dark and printed; and the maps of other pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


@pytest.mark.parametrize(
    ("path", "width"), [("/map?theme=culture", 1280), ("/map?theme=culture", 390), ("/concepts/culture", 1280)]
)
def test_keys_lead_along_the_links(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.locator("svg a[href='/concepts/culture']").focus()
    assert focused(page) == "Culture"
    expect(page.locator(".told")).to_contain_text("Said by")
    linked = page.locator("svg .concept.on").count()
    assert 1 < linked <= page.locator("svg .concept").count()
    page.keyboard.press("ArrowDown")  # above it is nothing, where it stands at the top
    assert focused(page) != "Culture"
    assert page.locator("svg a:focus .concept").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("svg .on").count() == 0


def test_every_concept_is_a_stop_and_no_arrow_is(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders")
    stops = page.locator("svg a[tabindex='0'], svg g[tabindex='0']")
    names = stops.evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) == page.locator("svg .concept").count()
    assert page.locator("svg a:has(.proposition):not([tabindex='-1'])").count() == 0


def test_a_map_is_told_step_by_step(open_page: OpenPage) -> None:
    page = open_page("/map?focus=culture", reduced_motion="reduce")
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".told")).to_have_text("Begin with: Culture")
    expect(page.locator(".tools .at")).to_have_text("Start")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tools .at")).to_have_text("2 of 5")
    expect(page).to_have_url(re.compile(r"[?]focus=culture&step=2$"))
    expect(page.locator(".told blockquote").first).to_be_visible()
    assert page.locator("svg .proposition.newest").count() == 1
    assert page.locator("svg a[tabindex='0']").count() == 3, "what is to come is no stop"
    places = page.locator("svg text").evaluate_all("all => all.map(each => each.getAttribute('x'))")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".tools .at")).to_have_text("1 of 5")
    page.goto(page.get_by_role("link", name="Link to this step").get_attribute("href") or "")
    expect(page.locator(".tools .at")).to_have_text("1 of 5")
    page.get_by_role("button", name="Show all").click()
    assert page.locator("svg .pale").count() == 0
    assert page.locator("svg text").evaluate_all("all => all.map(each => each.getAttribute('x'))") == places


APART = """() => {
  const area = (selector) => document.querySelector(selector).getBoundingClientRect();
  const inside = (part, whole) => part.left >= whole.left - 1 && part.right <= whole.right + 1
    && part.top >= whole.top - 1 && part.bottom <= whole.bottom + 1;
  const [view, told, tools] = [".view", ".told", ".tools"].map(area);
  const parts = [...document.querySelectorAll(".concept-map .newest")];
  const lapping = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const screen = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
  return [parts.length > 0, parts.every((each) => inside(each.getBoundingClientRect(), view)),
    [view, told, tools].every((each) => inside(each, screen)),
    !lapping(view, told) && !lapping(view, tools) && !lapping(told, tools)];
}"""
"""Whether the newest step is within the map's box, all is on the screen, and nothing lies over anything else."""


@pytest.mark.parametrize(
    ("width", "height", "presented"), [(1366, 657, True), (390, 844, True), (640, 450, True), (1366, 657, False)]
)
def test_the_step_is_seen_and_nothing_lies_over_it(
    open_page: OpenPage, width: int, height: int, presented: bool
) -> None:
    page = open_page("/map?step=16", width=width, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    if presented:
        page.get_by_role("button", name="Present").click()
        expect(page.get_by_role("button", name="Leave full screen")).to_be_visible()
        expect(page.locator(".concept-map .notes")).to_be_hidden()
        size = "each => parseFloat(getComputedStyle(each).fontSize)"
        assert page.locator(".told blockquote").first.evaluate(size) >= 20
    for step in (17, 18, 50):
        while f"{step} of" not in page.locator(".tools .at").inner_text():
            page.keyboard.press("ArrowRight")
        assert page.evaluate(APART) == [True, True, True, True], step
    if presented:
        page.get_by_role("button", name="Leave full screen").click()
        expect(page.get_by_role("button", name="Present")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_first_press_keeps_a_box_a_second_goes_to_its_page(open_page: OpenPage, width: int) -> None:
    page = open_page("/map?focus=culture", width=width)
    box, told = page.locator("svg a[href='/concepts/leaders']"), page.locator(".told")
    box.focus()
    page.keyboard.press("Enter")
    expect(page.locator("svg .pinned")).to_have_count(1)
    expect(told.locator("blockquote").first).to_be_visible()
    page.locator("svg a[href='/concepts/culture'] > .concept > rect").hover(force=True)
    expect(told).to_contain_text("Leaders. People who lead others")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("svg .pinned")).to_have_count(0)
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leaders")


@pytest.mark.parametrize("path", ["/map", "/map?focus=culture"])
def test_a_small_screen_begins_with_the_whole_map(open_page: OpenPage, path: str) -> None:
    page = open_page(path, width=390)
    frame, picture = page.locator(".view").bounding_box(), page.locator("svg.concept-map").bounding_box()
    assert frame
    assert picture
    assert picture["width"] <= frame["width"]
    assert picture["y"] + picture["height"] <= 844
    expect(page.get_by_text("+ looks closer")).to_be_visible()


def test_keys_typed_into_a_field_do_not_zoom(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders")
    page.get_by_text("Change it: the title").click()
    before = page.locator("svg.concept-map").bounding_box()
    page.get_by_label("Title above the map").fill("")
    page.get_by_label("Title above the map").press_sequentially("2+2-0")
    after = page.locator("svg.concept-map").bounding_box()
    assert before
    assert after
    assert (before["width"], before["height"]) == (after["width"], after["height"])


@pytest.mark.parametrize("javascript", [True, False])
def test_the_view_is_changed_in_the_panel(open_page: OpenPage, javascript: bool) -> None:
    page = open_page("/map?focus=leaders", java_script_enabled=javascript)
    page.get_by_text("Change it: the title").click()
    page.locator(".hiding__set").get_by_label("Staff", exact=True).check()
    page.get_by_label("Title above the map").fill("Who leads?")
    page.locator("#view-page").select_option("A4, upright")
    page.get_by_role("button", name="Change the map").click()
    expect(page.locator("svg.concept-map > title")).to_have_text("Who leads?")
    assert page.locator("svg a[href='/concepts/staff']").count() == 0
    assert page.locator("svg.concept-map").get_attribute("viewBox") == "0 0 794 1123"
    expect(page.locator(".taking > p a")).to_contain_text("/map?focus=leaders&hide=staff&title=Who+leads%3F&page=a4")


def test_what_is_copied_is_what_is_shown(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders", permissions=["clipboard-read", "clipboard-write"])
    takes = page.locator(".taking .take")
    for number in range(takes.count()):
        take = takes.nth(number)
        take.evaluate("each => { each.open = true }")
        take.get_by_role("button", name="Copy").click()
        expect(take.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()").strip() == take.locator("code").text_content().strip()  # type: ignore[union-attr]


def test_without_scripts_the_texts_can_be_selected(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders", java_script_enabled=False)
    expect(page.locator(".taking code").filter(has_text="<figure")).to_be_visible()
    page.get_by_text("Frame (iframe)").click()
    expect(page.locator(".taking code").filter(has_text="<iframe src=")).to_be_visible()
    expect(page.locator(".words li").first).to_be_visible()
    assert page.get_by_role("button", name="Copy").count() == 0


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (390, "light"),
        (1280, "dark"),
        pytest.param(1280, "light", marks=pytest.mark.thorough),
        pytest.param(390, "dark", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.parametrize("path", ["/map", "/map?overview=1", "/map?theme=culture&page=a4", "/map?focus=culture&step=2"])
def test_the_page_is_accessible(
    open_page: OpenPage, path: str, width: int, scheme: str, assert_no_axe_violations: Callable[[Page], None]
) -> None:
    page = open_page(path, width=width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ask?q=Who+creates+culture%3F",
        "/ask?q=Who+won+the+cup%3F",
        "/concepts",
        "/concepts/culture",
        "/claims",
        "/claims/leading-by-example-2014-m1-1-1",
        "/people",
        "/seminars/leading-by-example-2014",
        "/questions",
        "/about",
        "/sparql",
    ],
)
def test_every_kind_of_page_can_be_read_in_the_dark(
    open_page: OpenPage, path: str, assert_no_axe_violations: Callable[[Page], None]
) -> None:
    page = open_page("/about", color_scheme="dark")
    page.goto(path)
    assert_no_axe_violations(page)


def test_the_page_is_dark_and_the_picture_white(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders", color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(20, 25, 27)"
    assert page.locator("svg rect.page").get_attribute("fill") == "#ffffff"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"


def test_on_paper_there_is_the_map_with_its_words(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders")
    page.emulate_media(media="print")
    for gone in (".site-nav", "h1", ".ways", ".tools", ".told", ".taking", ".narrowing"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("svg.concept-map")).to_be_visible()
    expect(page.locator(".words li").last).to_be_visible()


def test_readers_who_want_no_motion_get_none(open_page: OpenPage) -> None:
    page = open_page("/map?focus=leaders", reduced_motion="reduce")
    moving = "g => getComputedStyle(g).transitionDuration"
    assert page.locator("svg .concept").first.evaluate(moving) in ("0s", "1e-05s")
