"""Two lanes: long queries do not keep short ones waiting."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from kg.sparql import EngineBusy, QueryError, QueryTimeout, Rules, SandboxedEngine
from kg.sparql.formats import JSON
from kg.sparql.lexer import make
from kg.sparql.sandbox.nursery import CAN_FORK

DATA = b"".join(b'<urn:s%d> <urn:p> "%d" .\n' % (n, n) for n in range(400))
YES = b'{"head":{},"boolean":true}'
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MIDDLING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i < '2') }"
"""Takes longer than a slice and less than the deadline."""


def variant(number: int) -> str:
    """Return a heavy query of a make that was not seen before."""
    return HEAVY.replace("}", "".join(f" . ?x{n} ?y{n} ?z{n}" for n in range(number)) + " }")


@pytest.fixture
def engine() -> Iterator[SandboxedEngine]:
    with SandboxedEngine(DATA, rules=Rules(slice=0.1, queue=2)) as sandboxed:
        sandboxed.execute("ASK {}", JSON, 20)
        yield sandboxed


def failure(future: "Future[object]") -> type[BaseException]:
    return type(future.exception(timeout=30))


def test_a_query_that_outlasts_its_slice_goes_on_with_what_it_has_done(engine: SandboxedEngine) -> None:
    began = time.monotonic()
    result = engine.execute(MIDDLING, JSON, 60)
    assert b'"value":"' in result
    assert time.monotonic() - began > 0.1, "the query is too quick to test with"


def test_short_queries_are_answered_while_a_long_one_runs(engine: SandboxedEngine) -> None:
    with ThreadPoolExecutor(1) as other:
        long = other.submit(engine.execute, HEAVY, JSON, 2)
        time.sleep(0.3)
        for _ in range(50):
            began = time.monotonic()
            assert engine.execute("ASK {}", JSON, 5) == YES
            assert time.monotonic() - began < 1
        assert not long.done()
        assert failure(long) is QueryTimeout


def test_a_queue_that_is_full_refuses_and_says_when_to_come_back(engine: SandboxedEngine) -> None:
    with ThreadPoolExecutor(8) as others:
        queries = [others.submit(engine.execute, variant(number), JSON, 2) for number in range(8)]
        outcomes = [failure(query) for query in queries]
        assert outcomes.count(QueryTimeout) >= 1
        busy = [query.exception() for query in queries if failure(query) is EngineBusy]
        assert len(busy) >= 5
        assert any("Too many long queries" in str(error) for error in busy)
        assert all(isinstance(error, EngineBusy) and error.retry_after >= 1 for error in busy)
    assert engine.execute("ASK {}", JSON, 5) == YES


def test_what_was_slow_does_not_take_a_slice_again(engine: SandboxedEngine) -> None:
    with pytest.raises(QueryTimeout):
        engine.execute(HEAVY, JSON, 0.5)
    (child,) = engine._lanes.live
    with pytest.raises(QueryTimeout):
        engine.execute(HEAVY.replace("?a", "?again") + " # and again", JSON, 0.5)
    assert engine._lanes.live == {child}, "the child of the fast lane was not disturbed"


def test_a_light_query_that_looks_like_a_heavy_one_is_answered(engine: SandboxedEngine) -> None:
    with ThreadPoolExecutor(6) as others:
        heavy = [others.submit(engine.execute, HEAVY + f"# {number}", JSON, 3) for number in range(6)]
        time.sleep(0.6)
        engine._lanes._remember(make("ASK { ?s ?p 1 }"))
        assert engine.execute("ASK { ?x ?y 2 }", JSON, 2) == b'{"head":{},"boolean":false}'
        assert any(not query.done() for query in heavy)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals; needs Linux or macOS")
def test_children_that_were_killed_while_idle_are_replaced(engine: SandboxedEngine) -> None:
    spare = engine._lanes._born()[0]
    assert spare is not None
    engine._lanes._fast += 1
    engine._lanes._give(spare)
    for child in list(engine._lanes.live):
        os.kill(child.pid, signal.SIGKILL)
    time.sleep(0.2)
    assert engine.execute("ASK {}", JSON, 20) == YES


def test_what_is_slow_no_longer_is_forgotten(engine: SandboxedEngine) -> None:
    engine._lanes._remember(make("ASK { ?s ?p 1 }"))
    assert engine.execute("ASK { ?x ?y 2 }", JSON, 20) == b'{"head":{},"boolean":false}'
    assert not engine._lanes._slow_kinds


def test_others_are_answered_while_a_client_sends_all_it_can(engine: SandboxedEngine) -> None:
    stop = threading.Event()

    def burn(start: int) -> None:
        number = start
        while not stop.is_set():
            number += 8
            try:
                engine.execute(variant(number % 40), JSON, 1)
            except QueryError:
                stop.wait(0.001)

    times = []
    with ThreadPoolExecutor(8) as others:
        for start in range(8):
            others.submit(burn, start)
        for _ in range(40):
            began = time.monotonic()
            assert engine.execute("ASK {}", JSON, 10) == YES
            times.append(time.monotonic() - began)
        stop.set()
    assert sorted(times)[38] < 1


def test_a_child_is_replaced_after_so_many_queries() -> None:
    with SandboxedEngine(DATA, rules=Rules(uses=3)) as engine:
        seen = set()
        for number in range(12):
            assert engine.execute(f"ASK {{}} # {number}", JSON, 20) == YES
            seen.update(engine._lanes.live)
    assert len(seen) >= (3 if CAN_FORK else 1)


def test_short_queries_share_one_child() -> None:
    with SandboxedEngine(DATA, rules=Rules(patience=20)) as engine, ThreadPoolExecutor(8) as clients:
        queries = [clients.submit(engine.execute, f"ASK {{}} # {number}", JSON, 20) for number in range(200)]
        assert all(query.result() == YES for query in queries)
        assert len(engine._lanes.live) == 1


def test_a_second_child_helps_where_the_first_keeps_others_waiting() -> None:
    with SandboxedEngine(DATA, rules=Rules(patience=0.05, slice=20)) as engine, ThreadPoolExecutor(2) as clients:
        assert engine.execute("ASK {}", JSON, 20) == YES
        long = clients.submit(engine.execute, HEAVY, JSON, 3)
        time.sleep(0.2)
        assert [clients.submit(engine.execute, f"ASK {{}} # {n}", JSON, 2).result() for n in range(3)] == [YES] * 3
        assert not long.done()
        assert len(engine._lanes.live) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork; needs Linux or macOS")
def test_children_are_born_quickly(engine: SandboxedEngine) -> None:
    began = time.monotonic()
    for _ in range(20):
        engine._nursery.bear().end()
    assert (time.monotonic() - began) / 20 < 0.1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT*{?a ?b $c} # comment", True),
        ("SELECT * { ?s ?p 1 } LIMIT 5", "SELECT * { ?s ?p 22 } LIMIT 7", True),
        ('ASK { ?s ?p "x" }', "ASK { ?s ?p 'yy' }", True),
        ("ASK { ?s ?p ?o }", "ASK { ?s ?p ?s }", False),
        ("ASK { ?s <urn:p> ?o }", "ASK { ?s <urn:q> ?o }", False),
    ],
)
def test_queries_of_the_same_make(one: str, other: str, same: bool) -> None:
    assert (make(one) == make(other)) is same
