"""What people ask for, learnt from examples: the classifier, what is kept of it, and what the engine makes of it."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from kg import open_library
from kg.answering.estimates import Estimate, Shares
from kg.answering.learn.classifier import row
from kg.answering.learn.regression import fitted
from kg.answering.learn.stored import as_bytes, from_bytes

DATA = Path(__file__).parents[4] / "data"


def examples(seed: int = 1):
    """Made-up texts of two kinds, told apart by one word in two, and some that are of both."""
    made = random.Random(seed)
    words = {"cat": ["purr", "mew", "claw"], "dog": ["bark", "wag", "bone"]}
    found = []
    for kind in ("cat", "dog") * 40:
        text = Counter({"the": 1, made.choice(words[kind]): 1, f"noise {made.randrange(9)}": 1})
        found.append((text, frozenset({kind})))
    both = (Counter({"the": 1, "purr": 1, "bark": 1}), frozenset({"cat", "dog"}))
    return [*found, *[both] * 5]


class TestLearning:
    def test_tells_kinds_apart(self):
        classifier = fitted(examples())
        assert classifier.likely(Counter({"the": 1, "mew": 1}))["cat"] > 0.8
        assert classifier.likely(Counter({"the": 1, "bone": 1}))["dog"] > 0.8

    def test_what_is_both_is_halfway(self):
        likely = fitted(examples()).likely(Counter({"the": 1, "purr": 1, "bark": 1}))
        assert abs(likely["cat"] - likely["dog"]) < 0.3
        assert sum(likely.values()) == pytest.approx(1.0)

    def test_what_counts_against_is_the_other_way_round(self):
        classifier = fitted(
            [(Counter({"sign": 1 if kind == "yes" else -1}), frozenset({kind})) for kind in ["yes", "no"] * 9]
        )
        assert classifier.likely(Counter({"sign": 1}))["yes"] > 0.7
        assert classifier.likely(Counter({"sign": -1}))["no"] > 0.7

    def test_it_knows_how_frequent_each_outcome_is(self):
        classifier = fitted(examples())
        assert dict(zip(classifier.outcomes, classifier.frequency, strict=True)) == pytest.approx(
            {"cat": 0.5, "dog": 0.5}
        )

    def test_unknown_features_leave_it_open(self):
        likely = fitted(examples()).likely(Counter({"gallop": 1}))
        assert max(likely.values()) < 0.7

    def test_the_same_examples_give_the_same_model(self):
        one, other = fitted(examples()), fitted(examples())
        assert one.place == other.place
        assert np.array_equal(one.weights, other.weights)


class TestNeighbours:
    def test_a_text_belongs_where_the_example_most_like_it_belongs(self):
        neighbours = fitted(examples()).neighbours
        classifier = fitted(examples())
        places, values = row(Counter({"mew": 1, "noise 3": 1}), classifier.place, neighbours.rarity)
        likely = dict(zip(classifier.outcomes, neighbours.likely(places, values, 2), strict=True))
        assert likely["cat"] > 0.9
        assert sum(likely.values()) == pytest.approx(1.0)

    def test_a_text_like_none_may_belong_anywhere(self):
        neighbours = fitted(examples()).neighbours
        likely = neighbours.likely(np.array([], np.int64), np.array([], np.float32), 2)
        assert likely == pytest.approx([0.5, 0.5])


def test_what_was_trained_is_found_again():
    classifier = fitted(examples())
    again = from_bytes(as_bytes(classifier))
    assert again.likely(Counter({"mew": 1})) == classifier.likely(Counter({"mew": 1}))


SHARES = Shares({"a": 0.6, "b": 0.3, "c": 0.0})


@pytest.mark.parametrize(
    ("claims", "agreement", "mass"),
    [(("a",), 1 / 1.5, 0.6), (("a", "b"), 1.5 / 2, 0.9), (("c",), 0.0, 0.0), (("a", "b", "c"), 1.5 / 3, 0.9)],
)
def test_agreement_is_the_weighted_jaccard_index(claims, agreement, mass):
    assert SHARES.agreement(claims) == pytest.approx(agreement)
    assert SHARES.mass(claims) == pytest.approx(mass)


def test_several_claims_count_as_far_as_several_are_asked_for():
    estimate = Estimate(Shares({"a": 1.0, "b": 0.0}), Shares({"a": 0.5, "b": 0.5}), together=0.75, left_open=0.0)
    assert estimate.agreement(("a", "b")) > estimate.agreement(("a",))
    assert estimate.closest[0] == "a"


class TestTheSeminar:
    def test_wordings_are_no_part_of_the_graph_that_is_queried(self, library):
        assert library.answerer.of("").estimator.wordings
        assert not list(library.query("SELECT ?claim WHERE { ?claim sk:askedAs|sk:leavesOpen ?wording }"))

    def test_without_wordings_it_answers_by_words_alone(self):
        bare = open_library([DATA / "seminar.ttl"])
        words = bare.answerer.of("").match("Who creates culture?").question.words
        assert bare.answerer.of("").estimator.estimate(words) is None
        assert [passage.id for passage in bare.ask("Who creates culture?").passages] == ["M3"]
        assert not bare.ask("What is the capital of France?").answered

    def test_a_seminar_without_wordings_is_answered_beside_one_with(self):
        second = Path(__file__).parents[4] / "tests" / "fixtures" / "second"
        both = open_library([DATA / "seminar.ttl", second])  # which has fewer wordings, and takes less time to learn
        assert both.ask("Who creates culture?").passages[0].id == "M3"
        with_wordings = open_library([second])
        question = next(
            q for q in ("Who chaired the inquiry?", "Who led the inquiry?") if with_wordings.ask(q).answered
        )
        assert both.ask(question).answered


@pytest.mark.parametrize(
    ("question", "answered"),
    [("How many regulators were named?", True), ("How many nurses took part?", False)],
)
def test_a_number_is_said_only_of_what_is_asked_for(library, question, answered):
    assert library.ask(question).answered == answered
