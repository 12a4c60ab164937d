"""Hostile and random queries against a running server: it answers all, does not grow, and calls nobody."""

from __future__ import annotations

import http.client
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "clients")]

from endpoint import endpoint  # noqa: E402
from hostile_queries import QUERIES  # noqa: E402
from servers import Canary, Target  # noqa: E402

BATCH = 20
MOST_SECONDS = float(os.environ.get("FUZZ_SECONDS", "1500"))
GROWTH = 50.0
"""MB by which the server and its children together may grow."""
EXPECTED = {200, 400, 403, 406, 413, 414, 431, 503}
ACCEPT = ("*/*", "text/csv, */*", "application/sparql-results+xml, application/rdf+xml, */*;q=0.1", "text/html")

Server = tuple[str, Target, Canary]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that gives a query half a second."""
    with endpoint("--deadline", "0.5") as (address, process), Canary() as canary:
        yield address, Target(address, process), canary


def send(address: str, query: str, number: int) -> int:
    """Send a query in one of the protocol's ways and return the status; the connection may not break."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=30)
    headers = {"Accept": ACCEPT[number % len(ACCEPT)]}
    data = query.encode("utf-8", "surrogatepass")
    try:
        if number % 3:
            body = data if number % 3 == 1 else f"query={quote(data)}".encode()
            kind = "sparql-query" if number % 3 == 1 else "x-www-form-urlencoded"
            connection.request("POST", where.path, body, {**headers, "Content-Type": f"application/{kind}"})
        else:
            connection.request("GET", f"{where.path}?query={quote(data)}"[:60_000], headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def fuzz(server: Server, examples: int, seconds: float) -> Counter[int]:
    """Send so many queries, or those of so much time, and return how often each status came."""
    address, target, canary = server
    seen: Counter[int] = Counter()
    end = time.monotonic() + seconds

    @settings(
        max_examples=max(examples // BATCH, 1),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(QUERIES, min_size=BATCH, max_size=BATCH))
    def batch(queries: list[str]) -> None:
        if time.monotonic() > end:
            return
        queries = [query.replace("CANARY", str(canary.port)) for query in queries]
        with ThreadPoolExecutor(4) as threads:
            statuses = list(threads.map(send, [address] * BATCH, queries, range(BATCH)))
        seen.update(statuses)
        strange = [query for query, status in zip(queries, statuses, strict=True) if status not in EXPECTED]
        assert not strange, f"status {statuses}: {strange[0]!r}"

    batch()
    assert target.process is not None
    assert target.process.poll() is None, "the server ended"
    assert canary.seen == 0, "a query reached out"
    assert send(address, "ASK {}", 0) == 200
    return seen


def grown(target: Target, before: float, patience: float = 20) -> float:
    """Return the growth in MB, once what still runs has ended."""
    end = time.monotonic() + patience
    while (growth := target.memory() - before) >= GROWTH and time.monotonic() < end:
        time.sleep(0.2)
    return growth


def test_hostile_queries(server: Server) -> None:
    seen = fuzz(server, 200, 60)
    assert seen[200]
    assert seen[400]


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc; needs Linux")
def test_thousands_of_hostile_queries(server: Server) -> None:
    fuzz(server, 1000, 60)  # what is loaded and kept on first use is no growth
    before = server[1].memory()
    began = time.monotonic()
    seen = fuzz(server, int(os.environ.get("FUZZ", "20000")), MOST_SECONDS)
    growth = grown(server[1], before)
    print(f"\n{seen.total():,} queries in {time.monotonic() - began:.0f} s, {dict(seen)}, grown by {growth:.1f} MB")
    assert growth < GROWTH
