"""What a seminar does not speak of."""

from __future__ import annotations

from kg.english.expected_topics import expected_topics
from kg.library import Library
from webapp.claims.not_said import looked_for

SEMINAR = "leading-by-example-2014"


def test_topics_without_a_word_in_the_seminar_are_absent(library: Library) -> None:
    absent, present = looked_for(library.catalogue, SEMINAR)
    assert {"Pay", "Trade unions", "Environment"} <= {topic.label for topic in absent}
    places = {topic.label: found for topic, found in present}
    assert places["Evidence from research"] == ["I3"]
    assert "M3" in places["Views of those it is for"]
    assert len(absent) + len(present) == len(expected_topics())


def test_no_word_of_an_absent_topic_occurs(library: Library) -> None:
    absent, _ = looked_for(library.catalogue, SEMINAR)
    said = [passage.quote for passage in library.catalogue.passages(SEMINAR)]
    said += [claim.text for claim in library.catalogue.claims()]
    for topic in absent:
        assert topic.words
        assert not [text for text in said if topic.occurs_in(text)], topic.label


def test_forms_and_phrases_of_words_count() -> None:
    topics = {topic.label: topic for topic in expected_topics()}
    assert topics["Pay"].occurs_in("Nurses were poorly PAID.")
    assert topics["How long it takes"].occurs_in("It was asked how long that takes.")
    assert not topics["How long it takes"].occurs_in("how the long way round")
    assert not topics["Other views"].occurs_in("clear, measurable objectives")
