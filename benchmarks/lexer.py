"""How the time to read a query grows with its length: `python benchmarks/lexer.py`.

Reads texts that repeat one piece, 16,000 and 64,000 characters long, and prints how many times as long the longer one
takes: some 4 where each character is read once, some 16 where a token is looked for in all that is left. Then the same
for finding the place of a syntax error, on texts of 1,000 and 4,000 pieces.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from kg.sparql.engine import QueryError
from kg.sparql.lexer import shape_of
from kg.sparql.oxigraph import EmbeddedEngine

PIECES = ("a.", "<#>", "<", "<<", "!", "?", "{", "(", "'", "'\\", "'''", '"""', "%41", r"\u0041", ":....a", "ex:a.")
WORDS = ("service", "service#", "service<", "FROM ", "PREFIX ", "AS ?x", "a:%41\\'")
FAULTY = ("?s ?p ?o . ", "OPTIONAL {} ", "< ", "?s < ?o . ", "FILTER(?x > 3) <a b", "} ", "{} UNION ", "1 ", "'''")
ROUNDS = 5
MOST = 8.0
"""What the worst piece may take for four times the length."""


def shortest(work: Callable[[str], object], text: str) -> float:
    """Return the seconds of processor that some work on a text takes, the least of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work(text)
        times.append(time.process_time() - begun)
    return min(times)


def growth(name: str, work: Callable[[str], object], texts: Iterable[tuple[str, str]]) -> float:
    """Print and return how many times as long the worst of some pairs of a short and a long text takes."""
    worst, short = max((shortest(work, long) / shortest(work, short), short) for short, long in texts)
    print(f"{name:32}{worst:8.1f} times as long for four times the length, at worst ({short[:24]!r})")
    return worst


def main() -> None:
    engine = EmbeddedEngine([])

    def place(query: str) -> None:
        try:
            engine.execute(query, None)
        except QueryError:
            return
        raise AssertionError(f"this has no fault: {query[:40]}")

    pieces = [(piece * (16_000 // len(piece)), piece * (64_000 // len(piece))) for piece in (*PIECES, *WORDS)]
    faulty = [tuple(f"SELECT * {{ {piece * count} & }}" for count in (1_000, 4_000)) for piece in FAULTY]
    worst = [growth("reading", shape_of, pieces), growth("finding the place of a fault", place, faulty)]
    print(f"the bar is {MOST}: {'kept' if max(worst) < MOST else 'BROKEN'}")


if __name__ == "__main__":
    main()
