"""What a seminar does not speak of: topics that readers commonly look for and that occur nowhere in it."""

from __future__ import annotations

from kg.english.expected_topics import ExpectedTopic, expected_topics
from kg.graph.catalogue import Catalogue


def looked_for(catalogue: Catalogue, seminar: str) -> tuple[list[ExpectedTopic], list[tuple[ExpectedTopic, list[str]]]]:
    """Return the topics that occur in no claim and no quotation of a seminar; and the others, with where they do.

    Arguments:
        catalogue: where the seminar stands.
        seminar: its slug.

    Returns:
        The first have no word in it. Of the others, the ids of the passages that have one, or whose claims have one.
    """
    texts: dict[str, list[str]] = {}
    for passage in catalogue.passages(seminar):
        texts.setdefault(passage.id, []).append(passage.quote)
    for place, claims in catalogue.claims_resting_on(seminar).items():
        texts.setdefault(place, []).extend(claim.text for claim in claims)
    places = {
        topic: [place for place, said in texts.items() if any(topic.occurs_in(text) for text in said)]
        for topic in expected_topics()
    }
    absent = [topic for topic, found in places.items() if not found]
    return absent, [(topic, found) for topic, found in places.items() if found]
