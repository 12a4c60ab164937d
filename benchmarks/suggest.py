"""How long `/suggest` takes on the server: `python benchmarks/suggest.py`.

Types questions letter by letter, twice: the first time questions are still put to the engine, the second time all is
known. Prints the median, the 95th percentile and the longest in ms, in process, and for comparison an answer's.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable

from webapp import create_app

TYPED = (
    "Who creates culture?",
    "When do staff engage?",
    "what did micheal west say about staff engagment",
    "What was recommended about leaders?",
    "How many steps are there in a leadership strategy?",
    "compasion",
    "monitor and the cqc",
    "paperwork before patients",
    "hosptial",
    "zzz nothing of the kind",
)
BEGINNINGS = tuple(dict.fromkeys(text[:end] for text in TYPED for end in range(1, len(text) + 1)))
MOST = 20.0
"""The target in ms, once the server has warmed up."""


def times(ask: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    found = []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        found.append((time.perf_counter() - start) * 1000)
    return found


def shown(name: str, found: list[float]) -> str:
    late = statistics.quantiles(found, n=20, method="inclusive")[-1]
    return f"{name:32} {statistics.median(found):8.2f} {late:8.2f} {max(found):8.2f}"


def main() -> None:
    client = create_app().test_client()
    client.get("/ask?q=Who+creates+culture%3F")  # the lexicon is read with the first question

    def suggest(text: str) -> object:
        return client.get("/suggest", query_string={"q": text})

    def answer(text: str) -> object:
        return client.get("/ask", query_string={"q": text, "format": "json"})

    print(f"{len(BEGINNINGS)} beginnings of {len(TYPED)} questions{'median':>15}{'95 %':>9}{'longest':>9}  ms")
    print(shown("suggestions, first time", times(suggest, BEGINNINGS)))
    warm = times(suggest, BEGINNINGS)
    print(shown("suggestions, warmed up", warm))
    answers = times(answer, TYPED)
    print(shown("for comparison, answers", answers))
    print(f"{sum(each <= MOST for each in warm)} of {len(warm)} within {MOST:.0f} ms once warmed up")
    print(f"ratio of medians, answer to suggestion: {statistics.median(answers) / statistics.median(warm):.1f}")


if __name__ == "__main__":
    main()
