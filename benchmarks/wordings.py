"""How many right answers the packaged seminar gives with fewer wordings: at most so many a claim, chosen at random.

    python benchmarks/wordings.py 50 10                      at most 50 a claim, and 10 questions that it leaves open
    python benchmarks/wordings.py 50 10 3 mixed.jsonl ...    chosen with the seed 3, asked the sets of tests/questions

A wording that stands beside several claims counts for each. What is asked for is learnt anew from those that are left,
so that it takes a minute or two; the peer is the seminar with all of its wordings, asked the same.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from kg import open_library
from kg.graph.load import packaged_data
from kg.library import Library
from kg.vocabulary import SK

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
sys.path.insert(0, str(QUESTIONS))
from scoring import fault, read  # noqa: E402

SETS = ("worked.jsonl", "unseen.jsonl", "mixed.jsonl")


def fewer(wordings: Sequence[ox.Triple], most: int, seed: int) -> list[ox.Triple]:
    """Return wordings of one kind, at most so many a claim; one that is left out is left out beside all its claims."""
    beside: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in wordings:
        beside[triple.object.value].append(triple)
    texts = sorted(beside)
    random.Random(seed).shuffle(texts)
    number: Counter[str] = Counter()
    chosen = []
    for text in texts:
        if all(number[triple.subject.value] < most for triple in beside[text]):
            number.update(triple.subject.value for triple in beside[text])
            chosen += beside[text]
    return chosen


def right(library: Library, questions: Path) -> str:
    """Return how many answers to a question set are right, and how many without an answer are refused."""
    rows = read(questions)
    good = [row for row in rows if fault(row, library.ask(row["q"])) is None]
    left_open = [row for row in rows if not row["gold"]]
    refused = sum(not row["gold"] for row in good)
    return f"{questions.stem} {len(good)}/{len(rows)}, refused {refused}/{len(left_open)}"


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark; see the top of this file."""
    numbers = [int(each) for each in arguments if each.isdecimal()]
    asked, left_open, seed = [*numbers, *(50, 10, 1)[len(numbers) :]]
    sets = [QUESTIONS / each for each in arguments if not each.isdecimal()] or [QUESTIONS / each for each in SETS]
    written = list(ox.parse(path=packaged_data() / "asked.ttl"))
    kinds = ((SK.askedAs, asked), (SK.leavesOpen, left_open))
    chosen = [
        triple
        for term, most in kinds
        for triple in fewer([quad.triple for quad in written if quad.predicate.value == str(term)], most, seed)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "asked.ttl"
        ox.serialize(chosen, str(file), format=ox.RdfFormat.TURTLE)
        few, full = open_library([packaged_data() / "seminar.ttl", file]), open_library()
        print(f"{len(chosen)} of {len(written)} wordings, {file.stat().st_size // 1000} KB")
        for questions in sets:
            print(f"  {right(few, questions)}; with all of them {right(full, questions)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
