"""Where addresses stand in a site of files: each in one place, by names that every file system takes."""

from __future__ import annotations

import pytest

from webapp import create_app
from webapp.publishing.places import PLAIN, Places


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(create_app())


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", "/index.html"),
        ("/claims", "/claims/index.html"),
        ("/claims/m3-1#cite", "/claims/m3-1/index.html#cite"),
        ("/claims?topic=staff", "/claims/topic=staff/index.html"),
        ("/claims/m3-1?format=ttl", "/claims/m3-1.ttl"),
        ("/map?focus=culture&depth=2", "/map/focus=culture,depth=2/index.html"),
        ("/map.svg", "/map.svg"),
        ("/map.svg?focus=culture", "/map/focus=culture.svg"),
        ("/questions/list-items.csv?list=steps", "/questions/list-items/list=steps.csv"),
        ("/static/vendor/x-1.0/a.css", "/static/vendor/x-1.0/a.css"),
        ("", ""),
        ("/nothing/here/at/all", "/nothing/here/at/all"),
    ],
)
def test_places(places: Places, address: str, place: str) -> None:
    assert places(address) == place


HARD = [
    *("/ask?q=Who+creates+culture%3F", "/ask?q=who+creates+culture%3F", "/ask?q=Who+creates+culture"),
    *("/people/Zo%C3%AB", "/people/Zoe", "/people/zoe", "/people/con", "/people/nul.txt", "/people/ends."),
    *("/people/" + "x" * 300, "/people/" + "x" * 299 + "y", "/ask?q=" + "w" * 400, "/people/%E2%80%AE"),
    *("/people/..", "/people/%3Cscript%3E", "/people/a%20b", "/people/a-b"),
]


def test_hard_names_have_places_of_their_own(places: Places) -> None:
    found = [places(address) for address in HARD]
    assert len({place.casefold() for place in found}) == len(HARD)
    for place in found:
        for part in place.removeprefix("/").split("/"):
            assert len(part) <= 80
            assert all(PLAIN.fullmatch(name) for piece in part.split(",") for name in piece.split("=")), place


def test_a_place_tells_its_address(places: Places) -> None:
    place = places("/ask?q=Who+creates+culture%3F")
    assert places.address(place.lstrip("/")) == "/ask?q=Who+creates+culture%3F"
    assert places.address("no/such/place") is None
