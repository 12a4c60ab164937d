"""The engine for queries from outside: whatever they do, the next one is answered."""

import json
import operator
import os
import pickle
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from kg.sparql.admission import Request
from kg.sparql.engine import (
    EngineBusy,
    EngineUnavailable,
    QueryEngine,
    QueryError,
    QueryRefused,
    QuerySyntaxError,
    QueryTimeout,
    QueryTooComplex,
    ResultTooLarge,
)
from kg.sparql.formats import CSV, JSON, N_TRIPLES
from kg.sparql.lexer import shape_of
from kg.sparql.limits import Limits
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox.processes import Processes
from kg.sparql.sandbox.program import Settings
from kg.sparql.sandbox.sandboxed_engine import SandboxedEngine

DATA = b"".join(
    b'<urn:s%d> <urn:p> "%d"^^<http://www.w3.org/2001/XMLSchema#unsignedInt> .\n' % (n, n) for n in range(400)
)
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?i < 80) }"
"""Takes a second or some, and finds 12,800,000."""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROOT = Path(__file__).parents[4]

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="seccomp and RLIMIT_AS are Linux's")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither fork nor signals")


WAYS = [pytest.param(True, marks=posix_only, id="forks"), pytest.param(False, id="spawned")]


@pytest.fixture(params=WAYS)
def engine(request: pytest.FixtureRequest) -> Iterator[SandboxedEngine]:
    with SandboxedEngine(DATA, short=1, fork=request.param) as sandboxed:
        yield sandboxed


@pytest.fixture(scope="module", params=WAYS)
def asked(request: pytest.FixtureRequest) -> Iterator[SandboxedEngine]:
    """An engine that tests share which only ask it."""
    with SandboxedEngine(DATA, short=1, fork=request.param) as sandboxed:
        yield sandboxed


def pid_of(engine: SandboxedEngine) -> int:
    """Return the process id of the engine's child, once it is idle."""
    engine.execute("ASK {}", JSON, deadline=20)
    (child,) = engine._pool.live
    return child.pid


def is_running(pid: int) -> bool:
    """Whether a process exists, zombies included."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT * { ?z <urn:p> ?a } ORDER BY ?z LIMIT 3", JSON),
        ("SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s LIMIT 2", CSV),
        ("ASK {}", JSON),
        ("PREFIX x: <urn:> CONSTRUCT { ?s x:t ?o } { ?s ?p ?o FILTER(?o < 3) }", N_TRIPLES),
    ],
)
def test_it_answers_as_the_embedded_engine(asked: SandboxedEngine, query: str, media_type: str) -> None:
    expected = EmbeddedEngine(DATA).execute(query, media_type)
    protocol: QueryEngine = asked
    result = protocol.execute(query, media_type, deadline=20)
    assert result == expected
    assert (result.form, result.media_type, result.truncated) == (
        expected.form,
        expected.media_type,
        expected.truncated,
    )


@pytest.mark.parametrize(
    ("query", "error", "words"),
    [
        ("SELECT * { ?s ?p }", QuerySyntaxError, "line 1, column 18"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", QueryRefused, "SERVICE is disabled"),
        ("LOAD <file:///etc/passwd>", QueryRefused, "read-only"),
        ("SELECT * FROM <urn:g> {}", QueryRefused, "not loaded here"),
        ("SELECT (<urn:f>(1) AS ?x) {}", QueryRefused, "<urn:f>"),
        ("ASK " + "{" * 5000 + "}" * 5000, QueryRefused, "nests brackets"),
        ("SELECT * { ?s ?p ?o }", ResultTooLarge, "larger than 9,000 bytes"),
    ],
)
def test_errors_come_through_and_leave_the_child_alone(query: str, error: type[QueryError], words: str) -> None:
    with SandboxedEngine(DATA, short=1, limits=Limits(result_bytes=9_000), deadline=20) as engine:
        pid = pid_of(engine)
        with pytest.raises(error, match=words) as caught:
            engine.execute(query, JSON)
        assert type(caught.value) is error
        assert pid_of(engine) == pid


def test_rows_are_cut() -> None:
    with SandboxedEngine(DATA, limits=Limits(rows=7), deadline=20) as engine:
        result = engine.execute("SELECT * { ?s ?p ?o }", JSON)
        assert result.truncated
        assert len(json.loads(result)["results"]["bindings"]) == 7


def test_a_query_is_ended_at_its_deadline_and_the_next_one_answered(engine: SandboxedEngine) -> None:
    pid = pid_of(engine)
    begun = time.monotonic()
    with pytest.raises(QueryTimeout, match=r"time limit of 0\.5 s"):
        engine.execute(ENDLESS, JSON, deadline=0.5)
    assert time.monotonic() - begun > 0.4
    assert engine.execute("ASK {}", JSON, deadline=20) == b'{"head":{},"boolean":true}'
    assert pid_of(engine) != pid


@posix_only
@pytest.mark.parametrize(
    ("how", "after"),
    [pytest.param(signal.SIGKILL, 0.05, id="a short query"), pytest.param(signal.SIGTERM, 0.4, id="a long query")],
)
def test_a_query_whose_child_is_killed_is_run_again(engine: SandboxedEngine, how: int, after: float) -> None:
    pid = pid_of(engine)
    killer = threading.Timer(after, os.kill, (pid, how))
    killer.start()
    assert b'"12800000"' in engine.execute(SLOW, JSON, deadline=60)
    killer.join()
    assert pid_of(engine) != pid


@posix_only
def test_a_query_whose_children_are_killed_again_and_again_is_not_blamed_for_it(engine: SandboxedEngine) -> None:
    pid_of(engine)
    ended = threading.Event()

    def kill() -> None:
        while not ended.wait(0.1):
            for child in list(engine._pool.live):
                with suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(EngineUnavailable, match="ended by somebody else"):
        engine.execute(ENDLESS, JSON, deadline=60)
    ended.set()
    killer.join()
    pid_of(engine)


@posix_only
@pytest.mark.parametrize("how", [signal.SIGABRT, signal.SIGSEGV])
def test_a_query_that_ends_its_child_is_not_run_again(engine: SandboxedEngine, how: int) -> None:
    pid = pid_of(engine)
    threading.Timer(0.1, os.kill, (pid, how)).start()  # what a crash and the end of memory look like
    with pytest.raises(QueryTooComplex):
        engine.execute(ENDLESS, JSON, deadline=20)
    assert pid_of(engine) != pid


def raw(engine: SandboxedEngine, query: str, seconds: float = 20) -> dict[str, object]:
    """Send a query past all checks to the engine's child, as `execute` would, and return the reply."""
    request = pickle.dumps(Request(query, query, "SELECT", JSON, shape_of("SELECT * {}")._replace(star=None)))
    return engine._pool.run(request, time.monotonic() + seconds, 1_000_000)[0]


def test_what_gets_past_the_checks_ends_the_child_alone(engine: SandboxedEngine) -> None:
    pid = pid_of(engine)
    with pytest.raises((EOFError, OSError)):
        raw(engine, "SELECT * {" + "{" * 50_000 + "}" * 50_000 + "}")
    assert pid_of(engine) != pid


@linux_only
def test_memory_is_limited(engine: SandboxedEngine) -> None:
    steps = [f"BIND(CONCAT({','.join([f'?v{n}'] * 16)}) AS ?v{n + 1})" for n in range(8)]
    query = "SELECT (STRLEN(?v8) AS ?n) { BIND('0123456789' AS ?v0) " + " ".join(steps) + " }"
    pid = pid_of(engine)
    with pytest.raises(QueryTooComplex, match="memory limit"):
        engine.execute(query, JSON, deadline=20)
    assert pid_of(engine) != pid


@linux_only
def test_a_child_whose_memory_has_grown_is_replaced() -> None:
    large = "SELECT (STRLEN(GROUP_CONCAT(STR(?n))) AS ?length) { VALUES ?n { " + "'%s' " % ("x" * 8_000) * 5
    large += "} " + "".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 10 }} " for n in range(3)) + "}"
    with SandboxedEngine(DATA, short=1) as engine:
        pid = pid_of(engine)
        assert pid_of(engine) == pid
        assert b"40004999" in engine.execute(large, JSON, deadline=20)
        assert pid_of(engine) != pid


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on this machine: its port, and what connected to it."""
    seen: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                connection.close()
                seen.append(address)

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], seen
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


OUTWARD = [
    "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <http://localhost:{port}/> {{ ?s ?p ?o }} }}",
    "PREFIX SERVICEex: <urn:> PREFIX ex: <http://127.0.0.1:{port}/> SELECT * {{SERVICEex:x{{?s ?p ?o}}}}",
    "SELECT * {{FILTER(1<'>'||true)SERVICE<http://127.0.0.1:{port}/>{{?s ?p ?o}}FILTER('x'='x')}}",
    "LOAD <http://127.0.0.1:{port}/x.ttl>",
    "SELECT * FROM <http://127.0.0.1:{port}/x.ttl> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <http://127.0.0.1:{port}/x.ttl> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", OUTWARD)
def test_queries_that_reach_out_are_refused(
    asked: SandboxedEngine, listener: tuple[int, list[object]], query: str
) -> None:
    port, seen = listener
    for any_engine in (asked, EmbeddedEngine(DATA)):
        with pytest.raises(QueryRefused):
            any_engine.execute(query.format(port=port), JSON, 20)
    assert seen == []


@linux_only
@pytest.mark.parametrize("query", OUTWARD)
def test_a_child_cannot_connect_even_past_the_checks(listener: tuple[int, list[object]], query: str) -> None:
    port, seen = listener
    script = "\n".join(
        [
            "import sys; from pyoxigraph import Store; from kg.sparql.sandbox.confinement import deny_network",
            "deny_network()",
            "try: list(Store().query(sys.argv[1]))",
            "except (OSError, SyntaxError, RuntimeError) as error: print(error)",
        ]
    )
    subprocess.run([sys.executable, "-c", script, query.format(port=port)], check=True, timeout=60)
    assert seen == []


def test_threads_share_the_engine() -> None:
    expected = EmbeddedEngine(DATA)
    mixed = [
        *(f"SELECT ?o {{ <urn:s{n}> ?p ?o }}" for n in range(60)),
        *["SELECT * {"] * 10,
        *[ENDLESS] * 2,
        "SELECT * { SERVICE <urn:x> {} }",
    ] * 3

    def outcome(engine: QueryEngine, query: str, deadline: float) -> object:
        try:
            return engine.execute(query, JSON, deadline)
        except QueryError as error:
            return type(error)

    with SandboxedEngine(DATA) as engine, ThreadPoolExecutor(12) as threads:
        for query, found in zip(
            mixed,
            threads.map(lambda query: outcome(engine, query, 0.3 if query == ENDLESS else 30), mixed),
            strict=True,
        ):
            wanted = (QueryTimeout, EngineBusy) if query == ENDLESS else (outcome(expected, query, 0),)
            assert found in wanted


def test_waiting_ends_at_the_deadline() -> None:
    with SandboxedEngine(DATA, short=1, long_after=20) as engine, ThreadPoolExecutor(1) as other:
        pid_of(engine)
        endless = other.submit(engine.execute, ENDLESS, JSON, 4)
        wait_until(lambda: not engine._pool._ready)
        with pytest.raises(EngineBusy, match=r"busy .* whole time limit") as caught:
            engine.execute("ASK {}", JSON, deadline=0.3)
        assert not endless.done()
        assert caught.value.retry_after == 1
        assert isinstance(endless.exception(), QueryTimeout)


def test_close_ends_everything_and_twice_is_as_good() -> None:
    engine = SandboxedEngine(DATA, short=1)
    pid = pid_of(engine)
    with ThreadPoolExecutor(1) as other:
        endless = other.submit(engine.execute, ENDLESS, JSON, 20)
        wait_until(lambda: not engine._pool._ready)
        engine.close()
        assert isinstance(endless.exception(timeout=5), EngineUnavailable)
    engine.close()
    with pytest.raises(EngineUnavailable, match="closed"):
        engine.execute("ASK {}", JSON)
    if sys.platform != "win32":
        wait_until(lambda: not is_running(pid) or _is_zombie(pid))
    assert engine._pool.live == set()


def test_close_while_starting() -> None:
    for _ in range(3):
        engine = SandboxedEngine(DATA)
        engine.start()
        engine.close()
        live = engine._pool.live
        wait_until(partial(operator.eq, live, set()))


def test_an_engine_that_is_let_go_ends_its_child() -> None:
    engine = SandboxedEngine(DATA, short=1)
    pid = pid_of(engine)
    (child,) = engine._pool.live
    del engine
    wait_until(lambda: not is_running(pid) or _is_zombie(pid))
    assert child.connection.closed


def test_data_that_cannot_be_loaded() -> None:
    with SandboxedEngine(b"this is not RDF") as engine:
        for _ in range(2):
            with pytest.raises(EngineUnavailable, match="cannot be loaded"):
                engine.execute("ASK {}", JSON, 20)
        assert engine._pool.live == set()


def test_a_child_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(ROOT / "no-such-python"))
    with SandboxedEngine(DATA) as engine, pytest.raises(EngineUnavailable, match="could not be started"):
        engine.execute("ASK {}", JSON, 20)
    monkeypatch.undo()
    processes = Processes(Settings(DATA, Limits(), None, 0, forks=True), start_limit=0)
    with pytest.raises(TimeoutError):
        processes.child()
    processes.close()


def run(script: str, fork: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a script with the engine at hand in a process of its own, warnings as errors."""
    head = f"""
        import os, sys, threading
        sys.path.insert(0, {str(ROOT)!r})
        from kg.sparql.sandbox.sandboxed_engine import SandboxedEngine
        data = b"".join(b"<urn:%d> <urn:b> <urn:c> .\\n" % n for n in range(400))
        engine = SandboxedEngine(data, short=1, fork={fork})
        def ask(): return engine.execute("ASK {{}}", {JSON!r}, 20).decode()
        def pid(): return next(iter(engine._pool.live)).pid
    """
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(head) + textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@posix_only
@pytest.mark.parametrize(
    "end",
    [
        "",
        "os._exit(0)",
        "os.kill(os.getpid(), 9)",
        f"threading.Timer(0.3, os.kill, (os.getpid(), 9)).start(); engine.execute({ENDLESS!r}, {JSON!r}, 20)",
    ],
    ids=["leaves", "exits", "is killed", "is killed in a query"],
)
@pytest.mark.parametrize("fork", [True, False], ids=["forks", "spawned"])
def test_the_child_ends_with_its_parent(end: str, fork: bool) -> None:
    done = run(f"ask()\nprint(pid(), flush=True)\n{end}\n", fork)
    assert done.stderr == ""
    pid = int(done.stdout)
    wait_until(lambda: not is_running(pid) or _is_zombie(pid))


def _is_zombie(pid: int) -> bool:
    """Whether a process has ended and waits for the init process, which may be slow in a container."""
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


@posix_only
def test_a_fork_has_a_child_of_its_own() -> None:
    done = run(
        """
        import warnings; warnings.simplefilter("ignore", DeprecationWarning)  # 3.12: fork, threads
        ask()
        mine = pid()
        forked = os.fork()
        if forked == 0:
            print(ask(), pid() != mine, flush=True)
            sys.exit(0)
        os.waitpid(forked, 0)
        print(ask(), pid() == mine)
        engine.close()
        """
    )
    assert done.stderr == ""
    assert done.stdout == '{"head":{},"boolean":true} True\n' * 2


@posix_only
def test_interrupts_of_the_terminal_leave_the_child_alone(engine: SandboxedEngine) -> None:
    pid = pid_of(engine)
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    time.sleep(0.1)
    assert pid_of(engine) == pid


def test_the_child_does_not_load_the_rest_of_the_package() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            f"import sys; sys.path.insert(0, {str(ROOT)!r}); import kg.sparql.sandbox.program;"
            "print(*sorted({'rdflib', 'networkx', 'numpy', 'flask', 'ssl'} & set(sys.modules)))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == ""
