"""The search of a published site, from a disk: what is typed is looked up in a list that a script beside it brings."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser, expect

SCRIPT = Path(__file__).parents[2] / "webapp" / "static" / "search.js"
PAGE = """<!DOCTYPE html><html lang="en"><script src="entries.js" defer></script><script src="search.js" defer></script>
<main id="maincontent"><form action="index.html"><input name="q"></form>
<p id="search-found" role="status"></p><ul id="search-results"></ul></main></html>"""
ENTRIES = [
    ["Question", "Who creates culture?", "Leaders create it.", "", "../ask/index.html"],
    [
        "Claim",
        "Staff engage if they are led fairly.",
        "A delegate",
        "engagement of <b>nurses</b>",
        "../claims/a/index.html",
    ],
    ["Concept", "Café talk", "", "", "../concepts/cafe/index.html"],
]


def test_what_is_typed_is_found(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "search"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "entries.js").write_text(f"var searchEntries = {json.dumps(ENTRIES)};", encoding="utf-8")
    (folder / "search.js").write_bytes(SCRIPT.read_bytes())
    faults: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{(folder / 'index.html').as_uri()}?q=what+creates+cultures")
    links = page.locator("#search-results a")
    expect(links).to_have_text(["Who creates culture?"])
    box = page.locator("input[name=q]")
    for typed, found in (
        ("engaging nurses", "Staff engage if they are led fairly."),
        ("cafe", "Café talk"),
    ):
        box.fill(typed)
        expect(links).to_have_text([found])
    expect(links.first).to_have_attribute("href", "../concepts/cafe/index.html")
    box.fill("submarine")
    expect(page.get_by_role("status")).to_have_text("Nothing has these words. Try fewer or other ones.")
    page.close()
    assert not faults
