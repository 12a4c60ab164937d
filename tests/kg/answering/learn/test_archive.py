"""What is learnt for the packaged seminar comes with it: nobody learns it, and it is what would be learnt today."""

from __future__ import annotations

import lzma
from pathlib import Path

import numpy as np
import pytest

from kg import open_library
from kg.answering.learn import regression, stored
from kg.answering.learn.archive import COMMAND, Archive, write
from kg.answering.learn.stored import PACKAGED, SUFFIX, packaged
from kg.answering.learn.training import Trainer
from kg.english import words
from kg.library import Library

STALE = f"What is learnt has changed: write it anew by `{COMMAND}`."


@pytest.fixture(scope="module")
def archive(library: Library) -> Archive:
    return Archive(library.catalogue)


def test_the_packaged_classifiers_are_those_of_the_packaged_seminar(archive: Archive) -> None:
    keys = {f"{archive.trainer.key(examples)}{SUFFIX}" for examples in archive.examples()}
    assert {file.name for file in PACKAGED.iterdir()} == keys, STALE


def test_the_packaged_stems_are_those_of_the_stemmer(archive: Archive) -> None:
    assert words.unpacked(words.STEMS.read_bytes()) == archive.stems(), STALE


def test_they_were_trained_with_the_features_that_texts_have_today(archive: Archive) -> None:
    trainer = archive.trainer
    for examples in archive.examples():
        classifier = packaged(trainer.key(examples))
        assert classifier is not None, STALE
        neighbours = classifier.neighbours
        features = np.repeat(np.arange(len(classifier.place)), np.diff(neighbours.starts))
        for text in range(0, len(examples), 97):
            wording, outcomes = examples[text]
            place = classifier.place
            having = {
                place[each]: often for each, often in trainer.features(words.read(wording)).items() if each in place
            }
            entries = np.flatnonzero(neighbours.texts == text)
            assert dict(zip(features[entries].tolist(), neighbours.times[entries].tolist(), strict=True)) == having, (
                f"“{wording}” has other features; raise TRAINING_VERSION. {STALE}"
            )
            owned = neighbours.belongs[neighbours.owners == text]
            assert [classifier.outcomes[each] for each in owned] == outcomes


def test_nothing_is_learnt_for_the_packaged_seminar(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "fitted", lambda examples: pytest.fail("something was learnt"))
    assert open_library().ask("Who creates culture?").answered
    assert not cache.exists()


def test_what_is_there_is_left_as_it_is_and_what_is_not_wanted_is_removed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.answering.learn.archive.PACKAGED", tmp_path)
    monkeypatch.setattr("kg.answering.learn.archive.compressed", lambda classifier: b"written")
    monkeypatch.setattr(Trainer, "trained", lambda self, examples: packaged(self.key(examples)))
    (tmp_path / f"other{SUFFIX}").touch()
    assert [write(archive) for _ in range(2)] == [(0, 2, 1), (2, 0, 0)]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: b"written" for file in PACKAGED.iterdir()
    }


def test_what_is_packaged_is_what_was_fitted(archive: Archive) -> None:
    examples = archive.examples()[1][::8]
    some = [(archive.trainer.features(words.read(text)), frozenset(outcomes)) for text, outcomes in examples]
    classifier = regression.fitted(some)
    again = stored.from_bytes(lzma.decompress(stored.compressed(classifier)))
    assert again.outcomes == classifier.outcomes
    assert np.array_equal(again.weights, classifier.weights)
    assert np.array_equal(again.neighbours.values, classifier.neighbours.values)
    assert all(again.likely(features) == classifier.likely(features) for features, _ in some)


@pytest.mark.parametrize("stems", [{}, {"a": "a"}, {"cultures": "cultur", "culture": "cultur", "x": "x"}])
def test_stems_are_read_as_they_were_written(stems: dict[str, str]) -> None:
    assert words.unpacked(words.packed(stems)) == stems
    assert words.packed(stems) == words.packed(stems)
