"""Yes or no: learnt from questions of which it is known, and by rules where there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import open_library
from kg.answering.learn.features import features
from kg.english.words import read

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def bare():
    return open_library([DATA / "seminar.ttl"])


def claim_of(library, slug):
    return next(claim for claim in library.catalogue.claims() if claim.slug.endswith(slug))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Was the NHS likened to a single ocean?", "yes"),
        ("Was the NHS likened to many separate islands?", "no"),
        ("Wasn't the NHS likened to a single ocean?", "yes"),
        ("Is it wrong to say that the NHS was likened to a single ocean?", "no"),
        ("Should only senior managers be leaders?", "no"),
        ("Is it true that everyone should be a leader?", "yes"),
        ("Was the research paid for by a drug company?", "no"),
        ("Did the Department of Health fund the research?", "yes"),
        ("Did the delegate praise the CQC?", "no"),
    ],
)
def test_learnt(library, question, said):
    assert library.ask(question).verdict == said


def test_a_claim_with_questions_for_yes_and_for_no_is_known(library, bare):
    claim = claim_of(library, "m4-3b-1")
    assert library.answerer.of("").estimator.knows(claim)
    assert not bare.answerer.of("").estimator.knows(claim)


def test_without_such_questions_rules_tell(bare):
    bare.answerer.of("").estimator.prepare()  # has nothing to learn from
    assert bare.ask("Did Salford become the safest hospital?").verdict == "no"
    assert bare.ask("Should leaders treat staff with respect?").verdict == "yes"


def test_a_negation_turns_what_each_word_tells(library):
    estimator, claim = library.answerer.of("").estimator, claim_of(library, "m4-3b-1")

    def found(question):
        return estimator.verdict_features(question, read(question), claim)

    plain, turned = found("the NHS was likened to an ocean"), found("the NHS was never likened to an ocean")
    assert plain["stem ocean"] == turned["stem ocean"] == plain["turned stem ocean"] == -turned["turned stem ocean"]
    assert "stem never" not in turned
    assert turned["negator never"] == 1


def test_the_kind_of_question_counts_where_it_is_wanted(library):
    trainer = library.answerer.of("").estimator._trainer
    words = read("When did Salford begin?")
    asking = set(trainer.features(words)) - set(trainer.features(words, asking=False))
    assert asking == {
        "asks when",
        "asks when next did",
        *(f"asks when {word.stem}" for word in words),
    }
    assert "asks nothing" in features(read("smart objectives"), trainer._synonyms, trainer._lexicon)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Which values exactly are leaders to share?", False),
        ("Give me the reply of the Department of Health to the critique.", False),
    ],
)
def test_particulars_and_replies_that_nobody_gave(library, question, answered):
    assert library.ask(question).answered is answered
