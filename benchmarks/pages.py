"""How many pages a second eight clients get, with the response cache and without it, and the ratio.

Both are the same server with two workers, loaded one after the other for SECONDS (20) each, first requests counted.
`python benchmarks/pages.py` takes about a minute.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice

SECONDS = float(os.environ.get("SECONDS", "20"))
CLIENTS = 8
PATHS = ("/", "/claims", "/concepts/culture", "/people/michael-west", "/map")
SERVER = """
from granian import Granian
from webapp.server import Application, Served
application = Application(Served().read(), Served(), {{"RESPONSE_CACHE": {cached}}})
application.make()
server = Granian("pages", port={port}, interface="wsgi", workers=2, blocking_threads=16, log_enabled=False)
server.serve(target_loader=application, wrap_loader=False)
"""
"""As `seminar-kg serve` does it, which has no switch for the cache."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(cached: bool) -> Iterator[int]:
    """Start a server and yield its port once it answers."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SERVER.format(cached=cached, port=port)])
    try:
        end = time.monotonic() + 300
        while time.monotonic() < end:
            with suppress(OSError):
                get(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/healthz")
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def get(connection: http.client.HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    response.read()
    return response.status


def load(port: int) -> tuple[float, float, int]:
    """Return requests a second, the 95th percentile in ms, and failed requests."""
    times: list[float] = []
    failed: list[str] = []
    end = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for path in islice(cycle(PATHS), number, None):
            began = time.monotonic()
            if began > end:
                break
            if get(connection, path) != 200:
                failed.append(path)
            times.append((time.monotonic() - began) * 1000)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / SECONDS, statistics.quantiles(times, n=20)[-1], len(failed)


def main() -> None:
    rates = {}
    for cached in (False, True):
        with running(cached) as port:
            rates[cached], slow, failed = load(port)
            name = "with the response cache" if cached else "without it"
            print(f"{name:24} {rates[cached]:6.0f} requests/s, p95 {slow:6.1f} ms, {failed} failed", flush=True)
    print(f"ratio {rates[True] / rates[False]:.1f}x")


if __name__ == "__main__":
    main()
