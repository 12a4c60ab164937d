"""Names of links in a drawing."""

from __future__ import annotations

import pytest

from webapp.labels import with_visible_names


def link(name: str, *lines: str) -> str:
    words = "".join(f'<text x="1">{line}</text>' for line in lines)
    return f'<a href="/c" aria-label="{name}"><g aria-label="{name}"><title>{name}</title>{words}</g></a>'


@pytest.mark.parametrize(
    ("name", "lines", "named"),
    [
        ("Leaders create culture.", ["create"], "Leaders create culture."),
        ("An aspiring mission", ["An aspiring", "mission"], "An aspiring mission"),
        ("A claim &amp; more.", ["has as &lt;step 1&gt;"], "has as &lt;step 1&gt;: A claim &amp; more."),
        ("Everyone leads.", ["should be", "one of the"], "should be one of the: Everyone leads."),
    ],
)
def test_a_name_holds_what_is_seen(name: str, lines: list[str], named: str) -> None:
    drawing = with_visible_names(f"<svg>{link('Other', 'Other')}{link(name, *lines)}</svg>")
    assert f'<a href="/c" aria-label="{named}">' in drawing
    assert '<a href="/c" aria-label="Other">' in drawing
    assert "</text><text" not in drawing
