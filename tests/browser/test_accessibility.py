"""Every kind of page, wide and narrow: it breaks no rule of WCAG that axe-core knows, and fits the screen."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

OpenPage = Callable[..., Page]

SEMINAR = "/seminars/leading-by-example-2014"
CLAIM = "/claims/leading-by-example-2014-m3-1"
TRIPLES = quote("SELECT ?s ?p ?o { VALUES ?p { relation:create } ?s ?p ?o }")
PAGES = [
    "/",
    "/slides",
    "/class",
    "/ask?q=What+did+Michael+West+say%3F",
    "/concepts",
    "/concepts/leaders",
    "/claims",
    "/claims?topic=staff&how=recommends",
    CLAIM,
    "/who",
    "/criticism",
    "/people",
    "/people/michael-west",
    "/seminars",
    SEMINAR,
    "/map?focus=leaders&depth=1",
    "/sparql",
    "/sparql?query=SELECT+*+WHERE+%7B+%3Fs+%3Fp+%3Fo+%7D+LIMIT+20",
    "/about",
    f"/sparql?query={TRIPLES}",
    f"/sparql?query={TRIPLES}&view=raw",
    f"/sparql?query={TRIPLES}&view=map",
    f"/sparql/script?query={TRIPLES}",
    "/questions",
    "/questions/about-two-concepts",
    "/questions/said-by-about?agent=delegate&concept=care-quality-commission",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit_the_screen(
    open_page: OpenPage, assert_no_axe_violations: Callable[[Page], None], path: str, width: int
) -> None:
    page = open_page(path, width)
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_error_pages_are_accessible(
    browser: object, server: str, assert_no_axe_violations: Callable[[Page], None], width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})  # type: ignore[attr-defined]
    for path in ("/concepts/cultur", "/ask?q=", "/sparql?query=nonsense"):
        page.goto(server + path)
        assert_no_axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
