"""Which claims it finds on a seminar without wordings, what it doubts, and what it does without an encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from kg import Library, open_library
from kg.answering.finding import scoring
from kg.answering.finding.doubts import DOUBTS
from kg.answering.finding.features import NAMES, PARTS
from kg.answering.finding.finder import Finder, Found
from kg.answering.finding.scoring import (
    DOUBTFUL,
    MOST_PASSAGES,
    WEIGHTS,
    chosen,
    likelihoods,
    read_weights,
    setting,
    weights_of,
)
from kg.answering.seminar_answerer import SeminarAnswerer

FIXTURES = Path(__file__).parents[3] / "fixtures"


@pytest.fixture(scope="module")
def heat() -> Library:
    return open_library(FIXTURES / "heat" / "seminar.ttl")


@pytest.fixture(scope="module")
def answerer(heat: Library) -> SeminarAnswerer:
    return heat.answerer.of("")


def found_for(answerer: SeminarAnswerer, question: str) -> Found:
    found = answerer.candidates(question)
    assert found is not None
    return found


def statements(found: Found) -> set[str]:
    return {passage.id for claim in found.claims for passage in claim.passages}


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("What is the price tag on a kilometre that goes in the ground?", "M3"),
        ("Who lets people know about repairs at night?", "D1"),
        ("What is the very first thing for a beginner to do?", "M6.1"),
    ],
)
def test_a_paraphrase_is_found(answerer: SeminarAnswerer, question: str, statement: str) -> None:
    assert statement in {p.id for each in found_for(answerer, question).candidates[:3] for p in each.claim.passages}


def test_candidates_are_all_claims_and_those_found_come_first(answerer: SeminarAnswerer, heat: Library) -> None:
    found = found_for(answerer, "How much does a kilometre of pipe cost?")
    assert len(found.candidates) == len(heat.catalogue.claims())
    assert [each.claim for each in found.candidates[: len(found.claims)]] == list(found.claims)
    assert sum(each.likely for each in found.candidates) == pytest.approx(1.0)
    assert set(found.candidates[0].parts) == set(PARTS)
    assert found.doubt <= DOUBTFUL


@pytest.mark.parametrize(
    "question",
    [
        "How many people live in Kestrel Bay?",
        "Where were the flats that the institute measured?",
        "How old is Solheim?",
    ],
)
def test_what_asks_for_a_value_that_is_not_there_is_doubtful(
    answerer: SeminarAnswerer, heat: Library, question: str
) -> None:
    assert found_for(answerer, question).doubt > DOUBTFUL
    assert not heat.ask(question).answered


def test_only_what_is_theirs_is_found_where_somebodys_words_are_asked_for(
    answerer: SeminarAnswerer, heat: Library
) -> None:
    answer = heat.ask("What did Solheim say about big buildings?")
    assert answer.answered
    solheim = {claim.iri for claim in heat.catalogue.claims() if "Solheim" in claim.attribution.credit}
    assert {claim.iri for claim in answer.claims} <= solheim


def test_an_answer_is_a_query_that_finds_its_claims(heat: Library) -> None:
    answer = heat.ask("What does laying a kilometre of pipes set a city back?")
    assert answer.answered
    assert answer.sparql is not None
    assert {row["claim"] for row in heat.query(answer.sparql)} == {claim.iri for claim in answer.claims}


def test_the_steps_are_told_whole_and_in_order(heat: Library) -> None:
    answer = heat.ask("What does a city have to do, step by step?")
    assert answer.template == "list-items"
    assert [p.id for claim in answer.claims for p in claim.passages] == [f"M6.{n}" for n in range(1, 6)]


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr("kg.answering.seminar_answerer.installed_encoder", lambda: None)
    return open_library(FIXTURES / "heat" / "seminar.ttl")


def test_without_an_encoder_words_and_links_answer(without_encoder: Library) -> None:
    answerer = without_encoder.answerer.of("")
    without_encoder.prepare()
    assert answerer.finder.setting == "words links"
    found = found_for(answerer, "How much does a kilometre of pipe cost?")
    assert statements(found) == {"M3"}
    assert all(each.parts["meaning"] == 0.0 for each in found.candidates)
    assert without_encoder.ask("How much does a kilometre of pipe cost?").answered


def test_a_seminar_without_claims_has_none(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    text = (FIXTURES / "heat" / "seminar.ttl").read_text(encoding="utf-8")
    empty.write_text(text.replace("a schema:Claim", "a schema:Thing"), encoding="utf-8")
    catalogue = open_library(empty).catalogue
    answerer = SeminarAnswerer(catalogue, {})
    assert isinstance(answerer.finder, Finder)
    found = found_for(answerer, "What does it cost?")
    assert (found.claims, found.candidates, found.doubt) == ((), (), np.inf)


class TestScoring:
    def test_the_weights_have_every_feature_and_doubt(self) -> None:
        held = json.loads(WEIGHTS.read_text(encoding="utf-8"))
        assert set(held) == {setting(meaning=True), setting(meaning=False)}
        for name, each in held.items():
            assert (tuple(each["features"]), tuple(each["doubts"])) == (NAMES, DOUBTS)
            assert weights_of(each).to_dict() == each
            assert read_weights(name).scores(np.zeros((2, len(NAMES)))).tolist() == [0.0, 0.0]

    def test_likelihoods(self) -> None:
        assert likelihoods(np.array([1.0, 1.0])).tolist() == [0.5, 0.5]
        assert likelihoods(np.array([0.0, -np.inf])).tolist() == [1.0, 0.0]
        assert len(likelihoods(np.array([]))) == 0

    @pytest.mark.parametrize(
        ("likely", "passages", "places"),
        [
            ([0.6, 0.3, 0.1], ["a", "b", "c"], [0, 1]),
            ([0.1, 0.9], ["a", "b"], [1]),
            ([0.2] * 5, ["abc", "d", "e", "f", "g"], [0, 1]),
            ([0.2] * 3, ["a", "a", "a"], [0, 1, 2]),
            ([], [], []),
        ],
    )
    def test_those_about_as_likely_are_chosen(
        self, likely: list[float], passages: list[str], places: list[int]
    ) -> None:
        assert chosen(np.array(likely), [set(each) for each in passages]) == places

    def test_no_more_passages_are_cited_than_people_read(self) -> None:
        assert len(chosen(np.full(9, 1 / 9), [{str(n)} for n in range(9)])) == MOST_PASSAGES

    def test_the_file_is_the_one_beside_the_code(self) -> None:
        assert Path(scoring.__file__).with_name("weights.json") == WEIGHTS
