"""What is learnt for the packaged seminar: written to be delivered with it, so that nobody waits for it.

`python -m kg.answering.learn.archive` does so, to be run when the seminar, how people ask for it, the lists of words or
the training change. Classifiers that are there for the same examples are left as they are. Beside them it writes the
stems of the words that are read at each start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from kg.answering.learn.estimator import LearnedEstimator
from kg.answering.learn.stored import PACKAGED, SUFFIX, compressed
from kg.answering.learn.training import Examples, Trainer
from kg.answering.link.lexicon import Lexicon
from kg.english import words
from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.whole_file import write_whole

COMMAND = "python -m kg.answering.learn.archive"


class Archive:
    """What is to be delivered with one catalogue."""

    def __init__(self, catalogue: Catalogue):
        self._lexicon = Lexicon(catalogue)
        self._estimator = LearnedEstimator(catalogue, self._lexicon)

    @property
    def trainer(self) -> Trainer:
        """What trains its classifiers."""
        return self._estimator.trainer

    def examples(self) -> list[Examples]:
        """Return the examples of each classifier."""
        return [examples for examples in self._estimator.examples() if examples]

    def stems(self) -> dict[str, str]:
        """Return the words of the lists, the labels and the examples, in order, with their stems."""
        found = {word.text for text in self._texts() for word in words.read(text)}
        return {word: words.stemmed(word) for word in sorted(found)}

    def _texts(self) -> Iterator[str]:
        yield from self._lexicon.texts
        yield from (text for examples in self.examples() for text, _ in examples)
        for file in sorted(words.LISTS.iterdir()):
            yield from words.lines(file.name)


def write(archive: Archive) -> tuple[int, int, int]:
    """Bring the packaged classifiers up to date; return how many were left as they are, added and removed."""
    before = {file.name: file for file in PACKAGED.glob(f"*{SUFFIX}")}
    wanted = {f"{archive.trainer.key(examples)}{SUFFIX}": examples for examples in archive.examples()}
    PACKAGED.mkdir(exist_ok=True)
    for name in wanted.keys() - before.keys():
        write_whole(PACKAGED / name, compressed(archive.trainer.trained(wanted[name])))
    for name in before.keys() - wanted.keys():
        before[name].unlink()
    added = len(wanted.keys() - before.keys())
    return len(wanted) - added, added, len(before.keys() - wanted.keys())


if __name__ == "__main__":
    archive = Archive(Catalogue(load()))
    stems = words.packed(archive.stems())
    if not words.STEMS.exists() or words.unpacked(words.STEMS.read_bytes()) != words.unpacked(stems):
        write_whole(words.STEMS, stems)
        os.execv(sys.executable, [sys.executable, "-m", "kg.answering.learn.archive"])  # which reads words by these
    left, added, removed = write(archive)
    print(f"{PACKAGED}: {added} classifiers added, {left} left as they are, {removed} removed")
