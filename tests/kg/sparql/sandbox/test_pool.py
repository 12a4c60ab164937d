"""The pool of children: long queries do not keep short ones waiting."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from types import SimpleNamespace
from typing import Any

import pytest

from kg.sparql.engine import EngineBusy, QueryError, QueryTimeout
from kg.sparql.formats import JSON
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox import pool
from kg.sparql.sandbox.pool import Pool, _Ready
from kg.sparql.sandbox.sandboxed_engine import SandboxedEngine

DATA = b"".join(b'<urn:s%d> <urn:p> "%d" .\n' % (n, n) for n in range(400))
YES = b'{"head":{},"boolean":true}'
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MIDDLING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i < '2') }"
"""Takes longer than a short query may and less than the deadline."""


def variant(number: int) -> str:
    """Return a heavy query of a make that was not seen before."""
    return HEAVY.replace("}", "".join(f" . ?x{n} ?y{n} ?z{n}" for n in range(number)) + " }")


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.01)


@pytest.fixture
def engine() -> Iterator[SandboxedEngine]:
    with SandboxedEngine(DATA, long=2, long_after=0.1) as sandboxed:
        sandboxed.execute("ASK {}", JSON, 20)
        yield sandboxed


def failure(future: "Future[object]") -> type[BaseException]:
    return type(future.exception(timeout=30))


def test_a_long_query_goes_on_with_what_it_has_done(engine: SandboxedEngine) -> None:
    began = time.monotonic()
    result = engine.execute(MIDDLING, JSON, 60)
    assert b'"value":"' in result
    assert time.monotonic() - began > 0.1, "the query is too quick to test with"


def test_short_queries_are_answered_while_a_long_one_runs() -> None:
    with SandboxedEngine(DATA, short=1, long_after=0.1) as engine, ThreadPoolExecutor(1) as other:
        assert engine.execute("ASK {}", JSON, 20) == YES
        long = other.submit(engine.execute, HEAVY, JSON, 3)
        wait_until(lambda: not engine._pool._ready)
        for _ in range(50):
            assert engine.execute("ASK {}", JSON, 5) == YES
        assert not long.done()
        assert failure(long) is QueryTimeout


def test_where_too_many_long_queries_run_the_next_is_refused(engine: SandboxedEngine) -> None:
    with ThreadPoolExecutor(8) as others:
        queries = [others.submit(engine.execute, variant(number), JSON, 2) for number in range(8)]
        outcomes = [failure(query) for query in queries]
        assert outcomes.count(QueryTimeout) >= 1
        busy = [query.exception() for query in queries if failure(query) is EngineBusy]
        assert len(busy) >= 5
        assert any("Too many long queries" in str(error) for error in busy)
        assert all(isinstance(error, EngineBusy) and error.retry_after >= 1 for error in busy)
    assert engine.execute("ASK {}", JSON, 5) == YES


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals; needs Linux or macOS")
def test_children_that_were_killed_while_idle_are_replaced(engine: SandboxedEngine) -> None:
    wait_until(lambda: len(engine._pool._ready) == 2)
    for child in list(engine._pool.live):
        os.kill(child.pid, signal.SIGKILL)
    assert engine.execute("ASK {}", JSON, 20) == YES


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and wants PR_SET_PDEATHSIG; needs Linux")
def test_children_end_with_their_template_and_both_are_replaced(engine: SandboxedEngine) -> None:
    wait_until(lambda: len(engine._pool._ready) == 2)
    template = engine._pool._processes._template
    assert template is not None
    with ThreadPoolExecutor(1) as other:
        long = other.submit(engine.execute, MIDDLING, JSON, 60)
        wait_until(lambda: len(engine._pool.live) == 3)
        children = [child.pid for child in engine._pool.live]
        os.kill(template.process.pid, signal.SIGKILL)
        wait_until(lambda: all(ended(pid) for pid in children))
        assert long.result(timeout=60) == EmbeddedEngine(DATA).execute(MIDDLING, JSON)
    assert engine.execute("ASK {}", JSON, 20) == YES


def ended(pid: int) -> bool:
    """Whether a process has ended, even if nobody has asked how."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


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

    with ThreadPoolExecutor(8) as others:
        for start in range(8):
            others.submit(burn, start)
        try:
            for _ in range(12):
                assert engine.execute("ASK {}", JSON, 10) == YES
        finally:
            stop.set()  # whatever fails, or the others never end


def test_who_comes_later_overtakes_nobody() -> None:
    ready: Any = _Ready()
    with ThreadPoolExecutor(2) as others:
        waiting = []
        for number in range(2):
            waiting.append(others.submit(ready.get, 60))
            wait_until(lambda number=number: len(ready._waiting) > number)
        ready.put("first")
        with pytest.raises(Empty):  # it is handed over, though the other has not run yet
            ready.get(0)
        ready.put("second")
        assert [each.result() for each in waiting] == ["first", "second"]
    ready.put("third")
    ready.put("fourth")
    assert [ready.get(0), ready.get(0), len(ready)] == ["fourth", "third", 0]


@pytest.mark.parametrize(
    ("share", "done", "found"),
    [
        pytest.param(1, 0.9, True, id="short"),
        pytest.param(1, 1.1, False, id="long"),
        pytest.param(0.6, 0.9, True, id="short, on a busy machine"),
        pytest.param(0, 0.1, False, id="not run at all"),
    ],
)
def test_a_query_is_long_by_the_processor_time_that_it_took(
    monkeypatch: pytest.MonkeyPatch, share: float, done: float, found: bool
) -> None:
    """`share` is how much of the time on the clock the machine runs the query, `done` the seconds that it needs."""
    now, answer = [0.0], ({}, b"")

    class Slow:
        def used(self) -> float:
            return now[0] * share

        def reply(self, until: float, at_most: int) -> object:
            now[0] = until
            return answer if self.used() >= done else None

    monkeypatch.setattr(pool, "time", SimpleNamespace(monotonic=lambda: now[0]))
    asked = Pool(Any, short=1, long=1, long_after=1)._soon(Slow(), 60, 0)  # type: ignore[arg-type]
    assert asked is (answer if found else None)
    assert now[0] <= 2


def test_short_queries_share_their_children(engine: SandboxedEngine) -> None:
    wait_until(lambda: len(engine._pool._ready) == 2)
    children = set(engine._pool.live)
    with ThreadPoolExecutor(8) as clients:
        queries = [clients.submit(engine.execute, f"ASK {{}} # {number}", JSON, 20) for number in range(200)]
        assert all(query.result() == YES for query in queries)
    assert len(children) == 2
    assert children & engine._pool.live


def test_a_fault_counts_no_more_once_it_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no-such-python")
    with SandboxedEngine(DATA) as engine:
        with pytest.raises(QueryError, match="could not be started"):
            engine.execute("ASK {}", JSON, 20)
        wait_until(lambda: len(engine._pool._ready) == 2)
        monkeypatch.undo()
        assert engine.execute("ASK {}", JSON, 20) == YES
