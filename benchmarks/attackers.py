"""How long others wait while one client does its worst on a route: pages and answers beside 40 hostile connections.

`python benchmarks/attackers.py` starts `seminar-kg serve`, and for each route in turn keeps 40 connections busy some
seconds while another client asks for pages and answers, each time another one. It prints the other client's median and
95th percentile, beside those with nobody else there, and the memory of the server's processes.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from urllib.parse import quote

SECONDS = float(os.environ.get("SECONDS_EACH", "8"))
CONNECTIONS = 40
SERVE = [str(Path(sys.executable).parent / "seminar-kg"), "serve", "--port", "0", *sys.argv[1:]]
PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
WORDS = "what creates a culture in which staff are led fairly by leaders of trusts and regulators ".split()
NUMBERS = count()

Address = tuple[str, int]


def get(address: Address, path: str, timeout: float = 60) -> int:
    """Return the status of a page, 0 where there is none."""
    connection = http.client.HTTPConnection(*address, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Accept": "text/html"})
        response = connection.getresponse()
        response.read()
        return response.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def asked(length: int) -> str:
    """Return a question of so many characters that was not asked before."""
    number = next(NUMBERS)
    words = [WORDS[(number * (n + 1) + n) % len(WORDS)] for n in range(length // 4)]
    return quote((" ".join(words) + f" {number}")[-length:])


def half_sent(path: str) -> Callable[[Address], None]:
    """Return what sends half of a body and waits."""

    def attack(address: Address) -> None:
        with socket.create_connection(address, timeout=SECONDS) as stream:
            head = f"POST {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nContent-Length: 500\r\n"
            stream.sendall(f"{head}Content-Type: application/sparql-query\r\n\r\nASK{{}}".encode())
            with suppress(OSError):
                stream.recv(100)

    return attack


def slow_reader(address: Address) -> None:
    """Ask for a large file again and again, and read nothing of it."""
    with socket.create_connection(address, timeout=SECONDS) as stream:
        for _ in range(20):
            stream.sendall(f"GET /data.nt?{next(NUMBERS)} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n\r\n".encode())
        time.sleep(SECONDS)


ATTACKS: dict[str, Callable[[Address], object] | None] = {
    "nobody": None,
    "maps with new titles": lambda address: get(address, f"/map.svg?title=a{next(NUMBERS)}"),
    "small maps with new titles": lambda address: get(address, f"/map.svg?focus=culture&title=a{next(NUMBERS)}"),
    "PNG at scale 3": lambda address: get(address, f"/map.png?focus=culture&scale=3&title=a{next(NUMBERS)}"),
    "ask, 500 characters": lambda address: get(address, f"/ask?q={asked(499)}"),
    "SPARQL, products": lambda address: get(address, f"/sparql?query={quote(PRODUCT)}%23{next(NUMBERS)}"),
    "half-sent /sparql": half_sent("/sparql"),
    "half-sent //sparql": half_sent("//sparql"),
    "slow readers": slow_reader,
}


def beside(address: Address, attack: Callable[[Address], object] | None) -> dict[str, list[float]]:
    """Return the times in ms of pages and of answers; what is not answered with 200 counts as 60 s."""
    stop = threading.Event()

    def attacker() -> None:
        while not stop.is_set() and attack is not None:
            with suppress(OSError):
                attack(address)

    threads = [threading.Thread(target=attacker, daemon=True) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    times: dict[str, list[float]] = {"pages": [], "answers": []}
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        for kind, path in (("pages", f"/claims?n={next(NUMBERS)}"), ("answers", f"/ask?q={asked(60)}")):
            began = time.monotonic()
            status = get(address, path)
            times[kind].append((time.monotonic() - began) * 1000 if status == 200 else 60_000)
            time.sleep(0.02)
    stop.set()
    for thread in threads:
        thread.join(60)
    return times


def memory(process: int) -> float:
    """Return the MB that a process and all that come from it hold, shared pages counted once (Linux; else 0)."""
    found, held = [process], 0.0
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            with suppress(OSError):
                found.extend(map(int, children.read_text().split()))
        with suppress(OSError):
            match = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{each}/smaps_rollup").read_text(), re.MULTILINE)
            held += int(match[1]) / 1024 if match else 0
    return held


def main() -> None:
    """Print a line a route."""
    server = subprocess.Popen(SERVE, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = re.search(r"http://([\d.]+):(\d+)/", server.stdout.readline())
        assert found is not None, "the server did not start"
        address = found[1], int(found[2])
        for name, attack in ATTACKS.items():
            times = beside(address, attack)
            parts = []
            for kind, each in times.items():
                each.sort()
                p95 = each[int(len(each) * 0.95)]
                parts.append(f"{kind} {len(each):4}: median {statistics.median(each):6.0f} ms, p95 {p95:6.0f} ms")
            print(f"{name:27} {'; '.join(parts)}; {memory(server.pid):5.0f} MB", flush=True)
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
