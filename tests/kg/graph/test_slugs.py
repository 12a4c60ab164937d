"""Slugs: one thing each, and those of our own namespace come first."""

import pytest

from kg.graph.slugs import agent_slugs, claim_slugs, concept_slugs, seminar_slugs, slug_of

OURS = "https://w3id.org/seminar-kg/"
A, B = f"{OURS}seminar/a#", f"{OURS}seminar/b#"


@pytest.mark.parametrize(
    ("iris", "slugs"),
    [
        ([f"{A}west"], ["west"]),
        ([f"{A}west", f"{B}west"], ["west", "west-b"]),
        # A stranger before it in the alphabet takes nobody's page.
        ([f"{A}west", "https://a.example/west"], ["west", "west-a.example-west"]),
        ([f"{B}west", f"{A}west", f"{A}west-b"], ["west-b-2", "west", "west-b"]),
        (
            ["https://example.org/people#", "https://example.org/people/"],
            ["example.org-people", "example.org-people-example.org-people"],
        ),
        (["urn:x"], ["urn-x"]),
        (["https://example.org/a?b"], ["a-b"]),
    ],
)
def test_agents(iris: list[str], slugs: list[str]) -> None:
    found = agent_slugs(iris)
    assert [found[iri] for iri in iris] == slugs
    assert len(set(found.values())) == len(iris)


def test_claims_carry_their_seminar_in_front_and_never_share() -> None:
    seminars = {f"{A}b-c": "a", f"{OURS}seminar/a-b#c": "a-b", "https://example.org/claims/": "a"}
    found = claim_slugs(seminars)
    assert len(set(found.values())) == 3
    assert all(slug.startswith(seminars[iri]) for iri, slug in found.items())
    assert found[f"{A}b-c"] == "a-b-c"


def test_seminars_and_concepts() -> None:
    found = seminar_slugs([f"{A}seminar", f"{A}evening", "https://example.org/events/7"])
    assert found == {f"{A}evening": "a", f"{A}seminar": "a-seminar", "https://example.org/events/7": "7"}
    concepts = concept_slugs([f"{OURS}concept/culture", f"{OURS}concept/x/culture"])
    assert concepts[f"{OURS}concept/culture"] == "culture"
    assert len(set(concepts.values())) == 2


@pytest.mark.parametrize(("text", "slug"), [("a b/c", "a-b-c"), ("..", ""), ("É1", "É1"), ("//", "")])
def test_a_slug_is_part_of_an_address(text: str, slug: str) -> None:
    assert slug_of(text) == slug
