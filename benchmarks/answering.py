"""How long a question takes, on one seminar and on libraries of 10, 100 and 1,000 generated ones.

Prints, for each size, the time to open, the first answer, and the median and 95 % time of the questions of
tests/questions/worked.jsonl, with the ratio to one seminar. The peer is a plain full-text search of the same claims
(BM25 in SQLite's FTS5), which finds passages and answers nothing: it shows what the machine is worth in this run.
The generated seminars are copies of the packaged one under other names, with their concepts renamed.

`python benchmarks/answering.py [SIZES ...]` takes a few minutes for 1 10 100 1000; the last needs about 3 GB.
"""

from __future__ import annotations

import json
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kg.graph.load import packaged_data
from kg.library import Library, open_library

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "worked.jsonl"
SEMINAR = re.compile(r"leading-by-example-2014")
CONCEPT = re.compile(r"\bconcept:([a-z][\w-]*)")


def copies(folder: Path, number: int) -> list[Path]:
    """Write `number` seminars into a folder and return their paths; the first is the packaged one."""
    text = (packaged_data() / "seminar.ttl").read_text(encoding="utf-8")
    paths = []
    for n in range(number):
        made = text if n == 0 else CONCEPT.sub(rf"concept:\1-{n}", SEMINAR.sub(f"seminar-{n}", text))
        path = folder / f"seminar-{n}.ttl"
        path.write_text(made, encoding="utf-8")
        paths.append(path)
    return [*paths, packaged_data() / "asked.ttl"]


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds that each question takes, shortest first."""
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def full_text(library: Library) -> Callable[[str], object]:
    """Return a search of the claims and quotations by FTS5."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE claims USING fts5(text, tokenize='porter')")
    for claim in library.catalogue.claims():
        table.execute("INSERT INTO claims VALUES (?)", (" ".join((claim.text, *(p.quote for p in claim.passages))),))

    def search(question: str) -> object:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        found = table.execute("SELECT text FROM claims WHERE claims MATCH ? ORDER BY bm25(claims)", (words,))
        return found.fetchmany(5)

    return search


def main(sizes: Sequence[int]) -> None:
    """Print one line a size."""
    questions = [json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    first = 0.0
    print("seminars  claims   open  first answer   median     95 %   to one seminar   full-text median")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            paths = copies(Path(folder), size)
            start = time.perf_counter()
            library = open_library(paths)
            opened = time.perf_counter() - start
            library.ask("Who creates culture?")
            ready = time.perf_counter() - start - opened
            times = timed(library.ask, questions)
        search = timed(full_text(library), questions)
        median, most = statistics.median(times), times[int(len(times) * 0.95)]
        first = first or median
        print(
            f"{size:8} {len(library.catalogue.claims()):7} {opened:5.1f}s {ready:12.1f}s {median:6.1f}ms {most:6.1f}ms"
            f" {median / first:15.1f}x {statistics.median(search):15.2f}ms",
            flush=True,
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1, 10, 100, 1000])
