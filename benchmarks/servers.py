"""Which WSGI server serves the pages: granian or waitress. Prints requests a second and their ratio.

Both serve the same application on the same machine, one after the other; the load comes from two processes of
this script with 8 connections each. `python benchmarks/servers.py` takes about a minute; it needs waitress.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from urllib.request import urlopen

SECONDS = 4.0
CONNECTIONS = 8
SLOW = 200
PATHS = ("/healthz", "/", "/ask?q=Who+creates+culture%3F", "/static/site.css")
GRANIAN = (
    "from granian import Granian; Granian('webapp:create_app', port={port}, interface='wsgi', factory=True, "
    "workers=WORKERS, blocking_threads=THREADS, log_enabled=False).serve()"
)
SERVERS = {
    "waitress, 8 threads": "from waitress import serve; from webapp import create_app; "
    "serve(create_app(), host='127.0.0.1', port={port}, threads=8, connection_limit=1000)",
    "granian, 1 worker": GRANIAN.replace("WORKERS", "1").replace("THREADS", "8"),
    "granian, 2 workers": GRANIAN.replace("WORKERS", "2").replace("THREADS", "4"),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(code: str):
    port = free_port()
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", code.format(port=port)], stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
                break
            except OSError:
                if time.monotonic() - started > 60:
                    raise
                time.sleep(0.02)
        yield port, time.monotonic() - started
    finally:
        process.terminate()
        process.wait(20)


def load(port: int, path: str) -> tuple[int, int]:
    """Ask for a page as fast as it comes, over CONNECTIONS connections; return answered and failed."""
    done, failed = [], []
    end = time.monotonic() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        count = wrong = 0
        while time.monotonic() < end:
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                response.read()
                count, wrong = (count + 1, wrong) if response.status == 200 else (count, wrong + 1)
            except OSError:
                wrong += 1
                connection.close()
        done.append(count)
        failed.append(wrong)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done), sum(failed)


def latency_beside_slow_clients(port: int) -> float:
    """Return the median time in ms of a request while SLOW clients send theirs a byte at a time."""
    slow = []
    for _ in range(SLOW):
        client = socket.create_connection(("127.0.0.1", port), timeout=10)
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        slow.append(client)
    times = []
    for _ in range(30):
        for client in slow:
            client.sendall(b"a")
        began = time.monotonic()
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30).read()
        times.append((time.monotonic() - began) * 1000)
    for client in slow:
        client.close()
    return statistics.median(times)


def main() -> None:
    rates: dict[str, dict[str, float]] = {}
    with ProcessPoolExecutor(2) as pool:
        for name, code in SERVERS.items():
            with running(code) as (port, start):
                print(f"\n{name}: first answer after {start:.2f} s")
                rates[name] = {}
                for path in PATHS:
                    parts = list(pool.map(load, [port] * 2, [path] * 2))
                    rates[name][path] = sum(done for done, _ in parts) / SECONDS
                    failed = sum(wrong for _, wrong in parts)
                    print(f"  {path:32} {rates[name][path]:7.0f} requests/s, {failed} failed")
                print(f"  beside {SLOW} slow clients: {latency_beside_slow_clients(port):.1f} ms")
    first = next(iter(rates))
    print(f"\nratio to {first}")
    for name in list(rates)[1:]:
        ratios = (f"{path} {rates[name][path] / rates[first][path]:.2f}" for path in PATHS)
        print(f"  {name}: {', '.join(ratios)}")


if __name__ == "__main__":
    main()
