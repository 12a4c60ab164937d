"""The server as a process: its address, its exit codes, its end."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from webapp.port import SHARED, CannotListenError, Port

SERVE = (
    "import sys; from webapp import server; server.GRACE = 60; "  # a worker that hangs is killed too late for any test
    "served = server.Served(draw_ahead=False); "  # no test here looks at the map of all
    "raise SystemExit(server.serve('127.0.0.1', int(sys.argv[1]), served, workers={}))"
)
FIXTURES = Path(__file__).parents[1] / "fixtures"
Start = Callable[..., tuple["subprocess.Popen[str]", int]]


@pytest.fixture
def start() -> Iterator[Start]:
    processes = []

    def start_one(workers: int = 1) -> tuple[subprocess.Popen[str], int]:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE.format(workers), "0"],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        processes.append(process)
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert address
        return process, int(address.group(1))

    yield start_one
    for process in processes:
        _kill_with_workers(process)
        process.communicate()


def _kill_with_workers(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def get(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_it_answers_at_the_address_it_prints_and_half_sent_requests_stop_nobody_else(start: Start) -> None:
    _, port = start()
    assert get(port, "/healthz")[0] == 200
    assert b"seminar-kg" in get(port, "/about")[1]
    head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
    half = f"{head}Content-Length: 1000\r\n\r\nASK".encode()
    whole = f"{head}Content-Length: 6\r\nConnection: close\r\n\r\nASK {{}}".encode()
    sockets = [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(40)]
    for each in sockets:
        each.sendall(half)
    assert all(get(port, "/sparql?query=ASK%7B%7D")[0] == 200 for _ in range(20))
    for each in sockets:
        each.close()
    until = time.monotonic() + 20
    status = b""
    while b" 200 " not in status and time.monotonic() < until:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
            client.sendall(whole)
            status = client.recv(100)
    assert b" 200 " in status


@pytest.mark.skipif(os.name != "posix", reason="needs a limit on open files that can be raised: Linux or macOS")
def test_connections_that_say_nothing_stop_nobody_else(start: Start) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 4096, hard))
    sockets: list[socket.socket] = []
    try:
        _, port = start()
        with suppress(OSError):  # the system may allow fewer
            sockets += [socket.create_connection(("127.0.0.1", port), timeout=30) for _ in range(1200)]
        assert get(port, "/healthz")[0] == 200
    finally:
        for each in sockets:
            each.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX; needs Linux or macOS")
@pytest.mark.parametrize("how", ["SIGTERM to the server", "Ctrl-C in its terminal", "the terminal is closed"])
def test_it_ends_cleanly_and_finishes_what_it_is_answering(start: Start, how: str) -> None:
    process, port = start(2)
    answers: list[tuple[int, bytes]] = []
    busy = threading.Thread(target=lambda: answers.append(get(port, "/map.svg?focus=leaders")))
    with socket.create_connection(("127.0.0.1", port)) as idle:
        idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert idle.recv(1000)
        busy.start()
        busy.join(0.1)
        if how.startswith("SIGTERM"):
            process.send_signal(signal.SIGTERM)
        else:
            os.killpg(process.pid, signal.SIGINT if how.startswith("Ctrl-C") else signal.SIGHUP)
        assert process.wait(50) == 0
        busy.join()
    assert answers[0][0] == 200


def test_a_rejected_file_is_left_out_and_what_is_taken_unchecked_has_pages(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    text = (FIXTURES / "check" / "seminar.ttl").read_text(encoding="utf-8")
    bad.write_text(text.replace("sk:stance sk:criticises", "sk:stance sk:shouts"), encoding="utf-8")
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--port", "0", "--data", str(bad)]
    count = "/sparql?format=csv&query=SELECT+(COUNT(*)+AS+%3Fn)+%7B+%3Fc+a+%3Chttps%3A%2F%2Fschema.org%2FClaim%3E+%7D"
    for more, said, claims in (
        (["--data", str(FIXTURES / "second" / "seminar.ttl")], f"{bad} is left out", b"36"),
        (["--no-check"], "", b"11"),
    ):
        with subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                address = re.search(r":(\d+)/", process.stdout.readline())
                assert address
                assert get(int(address.group(1)), count)[1].split()[-1:] == [claims]
                assert get(int(address.group(1)), "/claims")[0] == 200
                assert (b"bad.ttl is left out" in get(int(address.group(1)), "/about")[1]) is bool(said)
            finally:
                process.terminate()
                process.wait(30)
            assert process.stderr is not None
            errors = process.stderr.read()
        assert said in errors
        assert errors.count("\n") == bool(said)


def test_unanswered_questions_are_logged_by_every_worker(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen([*command, "--log-unanswered", str(file)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r":(\d+)/", process.stdout.readline())
            assert address
            for number in range(8):
                assert get(int(address.group(1)), f"/ask?q=Who+won+cup+{number}%3F")[0] == 200
        finally:
            process.terminate()
            process.wait(30)
    asked = {json.loads(line)["question"] for line in file.read_text(encoding="utf-8").splitlines()}
    assert asked == {f"Who won cup {number}?" for number in range(8)}


def test_a_port_in_use_is_one_sentence_and_exit_code_2() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        found = subprocess.run(
            [sys.executable, "-c", SERVE.format(1), str(port)],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert found.returncode == 2
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert f"port {port}" in found.stderr


@pytest.mark.parametrize(
    ("host", "port"),
    [("127.0.0.1", 70_000), ("no-such-host.invalid", 0), ("a" * 64, 0), ("203.0.113.1", 0), ("127.0.0.1", -1)],
)
def test_addresses_that_cannot_be_listened_on_are_explained(host: str, port: int) -> None:
    with pytest.raises(CannotListenError, match="Cannot listen on"):
        Port(host, port)


def test_port_0_becomes_a_free_port() -> None:
    with Port("localhost", 0) as held:
        assert held.address in ("127.0.0.1", "::1")
        assert 1024 < held.number < 65_536


def test_only_one_server_gets_a_port() -> None:
    with Port("127.0.0.1", 0) as held:
        if SHARED:  # elsewhere it is seen when the second of them listens
            with pytest.raises(CannotListenError, match=f"port {held.number}"):
                Port("127.0.0.1", held.number)
        first, second = held.listen(2)
        assert first.getsockname() == second.getsockname()
        assert second.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        with pytest.raises(CannotListenError, match=f"port {held.number}"):
            Port("127.0.0.1", held.number)
    with Port("127.0.0.1", held.number) as again:
        again.listen(1)


def test_a_port_that_another_program_takes_meanwhile_is_refused() -> None:
    with Port("127.0.0.1", 0) as held, socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", held.number))
        other.listen(1)
        with pytest.raises(CannotListenError, match=f"port {held.number}"):
            held.listen(2)


def _has_ipv6() -> bool:
    try:
        Port("::1", 0).close()
    except CannotListenError:
        return False
    return True


@pytest.mark.skipif(not _has_ipv6(), reason="needs an IPv6 loopback address")
def test_it_answers_at_an_ipv6_address() -> None:
    command = [sys.executable, "-c", SERVE.format(1).replace("'127.0.0.1'", "'::1'"), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = re.search(r"http://\[::1\]:(\d+)/", process.stdout.readline())
            assert address
            connection = http.client.HTTPConnection("::1", int(address[1]), timeout=30)
            connection.request("GET", "/about")
            assert connection.getresponse().status == 200
            connection.close()
        finally:
            process.terminate()
