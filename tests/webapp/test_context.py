"""Addresses of ours: made by one function, which cannot leave the site."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from kg.library import Library
from webapp.context import page_of, path_of

OURS = "https://w3id.org/seminar-kg/"


@pytest.mark.parametrize(
    ("iri", "path"),
    [
        ("concept/culture", "/concepts/culture"),
        ("concept/unknown", "/concept/unknown"),
        ("seminar/other#m1", "/seminar/other#m1"),
        ("vocab#stance", "/vocab#stance"),
        ("", "/"),
        ("/evil.example/", "/evil.example"),
        ("//evil.example/", "/evil.example"),
        ("\\evil.example/", "/%5Cevil.example"),
        ("/\\evil.example", "/%5Cevil.example"),
        ("?q=a", "/%3Fq=a"),
        ("#//evil.example", "/#%2F%2Fevil.example"),
    ],
)
def test_names_of_ours_lead_within_the_site(library: Library, iri: str, path: str) -> None:
    assert page_of(library.catalogue, OURS + iri) == path
    assert urlsplit(path).netloc == ""


@pytest.mark.parametrize(
    ("iri", "leads"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        ("//evil.example/", None),
        ("urn:x", None),
    ],
)
def test_other_names_lead_to_themselves_on_the_web_or_nowhere(library: Library, iri: str, leads: str | None) -> None:
    assert page_of(library.catalogue, iri) == leads


def test_parts_of_an_address_are_written_as_such() -> None:
    assert path_of("claims", topic="a&b") == "/claims?topic=a%26b"
    assert path_of("people", "a/b c?", anchor="M1 2") == "/people/a%2Fb%20c%3F#M1%202"
