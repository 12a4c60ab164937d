"""An oEmbed client finds the answer by the links of a page, and reads it."""

from __future__ import annotations

import pytest
from oembedpy.consumer import RequestParameters, fetch_content
from oembedpy.discovery import find_from_content


@pytest.mark.parametrize("path", ["/map?focus=culture&page=a4&title=Mine", "/concepts/culture", "/map?overview=1"])
def test_a_page_is_found_and_read(sparql: str, path: str) -> None:
    site = sparql.removesuffix("/sparql")
    api, parameters = find_from_content(site + path)
    assert api == f"{site}/oembed"
    parameters.max_width, parameters.max_height = 500, 450
    found = fetch_content(api, parameters)
    assert found.type == "rich"
    assert (found.width <= 500, found.height <= 450) == (True, True)
    assert found.html.startswith(f'<iframe src="{site}/embed/map?')
    assert f'width="{found.width}"' in found.html


def test_xml_is_read_too(sparql: str) -> None:
    site = sparql.removesuffix("/sparql")
    both = [fetch_content(f"{site}/oembed", RequestParameters(f"{site}/map", format=kind)) for kind in ("xml", "json")]
    assert both[0].html == both[1].html
    assert both[0].title == both[1].title
