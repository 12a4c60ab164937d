"""What is learnt for the packaged seminar: written to be delivered with it, so that nobody waits for it.

`python -m kg.answering.learn.archive` does so, to be run when the seminar, how people ask for it, the synonyms or the
training change. What is there for the same examples is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.answering.learn.estimator import LearnedEstimator
from kg.answering.learn.stored import PACKAGED, SUFFIX, compressed
from kg.answering.learn.training import Examples, Trainer
from kg.answering.link.lexicon import Lexicon
from kg.graph.catalogue import Catalogue
from kg.graph.load import load
from kg.whole_file import write_whole

COMMAND = "python -m kg.answering.learn.archive"


def wanted(catalogue: Catalogue) -> Iterator[tuple[Trainer, Examples]]:
    """Yield what is to be trained for a catalogue, and by whom."""
    estimator = LearnedEstimator(catalogue, Lexicon(catalogue))
    return ((estimator.trainer, examples) for examples in estimator.examples() if examples)


def write(catalogue: Catalogue) -> tuple[int, int, int]:
    """Bring the packaged classifiers up to date; return how many were left as they are, added and removed."""
    before = {file.name: file for file in PACKAGED.glob(f"*{SUFFIX}")}
    names = []
    for trainer, examples in wanted(catalogue):
        names.append(f"{trainer.key(examples)}{SUFFIX}")
        if names[-1] not in before:
            PACKAGED.mkdir(exist_ok=True)
            write_whole(PACKAGED / names[-1], compressed(trainer.trained(examples)))
    gone = before.keys() - set(names)
    for name in gone:
        before[name].unlink()
    added = len(set(names) - before.keys())
    return len(names) - added, added, len(gone)


if __name__ == "__main__":
    left, added, removed = write(Catalogue(load()))
    print(f"{PACKAGED}: {added} classifiers added, {left} left as they are, {removed} removed")
