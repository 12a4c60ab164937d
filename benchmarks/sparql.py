"""How fast the SPARQL endpoint is beside `oxigraph serve` and rdflib-endpoint. Prints requests a second and ratios.

All three serve the same triples from memory on the same machine, loaded in turns by wrk with 16 connections; an
uncached request has a query of its own (a comment with a number), a repeated one is always the same. Then one
client fills the endpoint with cartesian products, and the waiting time of another is measured. Last, what it costs
a query to run in a process of its own.

`python benchmarks/sparql.py` takes about two minutes. It needs wrk (apt install wrk) and an environment that has
`oxigraph` and `rdflib-endpoint` beside the project, named by PEERS (the folder of its python): they are no
dependencies of the project.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from kg.graph.export import all_triples
from kg.library import open_library
from kg.sparql.oxigraph import EmbeddedEngine
from kg.sparql.sandbox.sandboxed_engine import SandboxedEngine

SECONDS = float(os.environ.get("SECONDS_EACH", "3"))
ROUNDS = int(os.environ.get("ROUNDS", "5"))
CONNECTIONS = 16
ATTACKERS = 16
PEERS = Path(os.environ.get("PEERS", Path(sys.executable).parent))
SERVE = (str(Path(sys.executable).parent / "seminar-kg"), "serve", "--no-check")
JSON = "application/sparql-results+json"
QUERIES = {
    "8 KB": "SELECT ?claim ?text ?concept ?label WHERE { ?claim <https://schema.org/text> ?text ; "
    "<https://schema.org/about> ?concept . ?concept <http://www.w3.org/2004/02/skos/core#prefLabel> ?label } "
    "ORDER BY ?claim ?label LIMIT 16",
    "8 KB scan": "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 40",
    "ASK": "ASK { ?s ?p ?o }",
}
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LUA = """
local start = 0
local path, query = "%s", "query=%s"
request = function()
  start = start + 1
  local text = query .. %s
  %s
end
done = function(summary, latency)
  io.write(string.format("P99 %%f\\n", latency:percentile(99) / 1000))
end
"""
WAYS = {
    "": 'return wrk.format("GET", path .. "?" .. text, {["Accept"] = "%s"})',
    "gzip": 'return wrk.format("GET", path .. "?" .. text, {["Accept"] = "%s", ["Accept-Encoding"] = "gzip"})',
    "POST": 'return wrk.format("POST", path, {["Accept"] = "%s", '
    '["Content-Type"] = "application/x-www-form-urlencoded"}, text)',
}
"""How a request is sent, beside plain GET."""
CASES = [(what, repeated, "") for what in QUERIES for repeated in (False, True)]
CASES += [("8 KB", False, way) for way in WAYS if way]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str, query: str, timeout: float = 60) -> tuple[int, bytes]:
    try:
        with urlopen(Request(f"{address}?query={quote(query)}", headers={"Accept": JSON}), timeout=timeout) as found:
            return found.status, found.read()
    except HTTPError as error:
        return error.code, error.read()


@contextmanager
def running(command: list[str], address: str) -> Iterator[str]:
    """Start a server and yield its endpoint once it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while True:
            try:
                if get(address, "ASK {}")[0] == 200:
                    break
            except OSError:
                pass
            if time.monotonic() > end or process.poll() is not None:
                raise RuntimeError(f"{command[0]} does not answer")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def load(address: str, query: str, *, repeated: bool, way: str) -> tuple[float, float, int]:
    """Return requests a second, the 99th percentile in ms, and failed requests, under wrk."""
    number = '""' if repeated else f'"%23{time.monotonic_ns()}-" .. start'
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        path = "/" + address.split("/", 3)[3]
        script.write(LUA % (path, quote(query), number, WAYS[way] % JSON))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS:g}s", "-s", script.name, address]
        found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", found)[1])  # type: ignore[index]
    p99 = float(re.search(r"P99 ([\d.]+)", found)[1])  # type: ignore[index]
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", found)
    return rate, p99, int(failed[1]) if failed else 0


def beside_heavy_clients(address: str) -> list[float]:
    """Return the times in ms of short queries while ATTACKERS threads send cartesian products without a pause."""
    stop = threading.Event()

    def attack(number: int) -> None:
        count = number
        while not stop.is_set():
            count += ATTACKERS
            parts = "".join(f" . ?x{n} ?y{n} ?z{n}" for n in range(count % 50))
            with suppress(OSError):
                get(address, HEAVY.replace("}", parts + " }") + f"#{count}")

    threads = [threading.Thread(target=attack, args=(number,), daemon=True) for number in range(ATTACKERS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    times = []
    for count in range(150):
        began = time.monotonic()
        status, _ = get(address, f"{QUERIES['8 KB']}#{count}")
        times.append((time.monotonic() - began) * 1000 if status == 200 else 60_000)
        time.sleep(0.02)
    stop.set()
    return sorted(times)


def isolation(data: bytes) -> None:
    """Print what it costs a query to run in a child process: the median beside the same engine in this process."""
    with SandboxedEngine(data) as outside:
        inside = EmbeddedEngine(data)
        for what, query in QUERIES.items():
            medians = []
            for engine in (outside, inside):
                times = []
                for number in range(2_000):
                    began = time.perf_counter()
                    engine.execute(f"{query} # {number}", JSON)
                    times.append((time.perf_counter() - began) * 1000)
                medians.append(statistics.median(times))
            print(f"in a process of its own, {what}: {medians[0]:.2f} ms, without {medians[1]:.2f} ms")


def triples(folder: Path) -> Path:
    """Write the packaged data, as the endpoint holds it, as N-Triples."""
    path = folder / "data.nt"
    lines = sorted(f"{triple} .\n" for triple in all_triples(open_library().data))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def servers(data: Path) -> dict[str, tuple[list[str], str]]:
    ports = [free_port() for _ in range(3)]
    return {
        "seminar-kg": (
            [*SERVE, "--data", str(data), "--port", str(ports[0])],
            f"http://127.0.0.1:{ports[0]}/sparql",
        ),
        "oxigraph": (
            [str(PEERS / "oxigraph"), "serve", "--bind", f"127.0.0.1:{ports[1]}"],
            f"http://127.0.0.1:{ports[1]}/query",
        ),
        "rdflib-endpoint": (
            [str(PEERS / "rdflib-endpoint"), "serve", str(data), "--port", str(ports[2])],
            f"http://127.0.0.1:{ports[2]}/",
        ),
    }


def compare(addresses: dict[str, str]) -> None:
    """Load the servers in turns, so that whatever else the machine does hits all, and print medians and ratios."""
    rates: dict[tuple[str, str], list[float]] = defaultdict(list)
    for number in range(ROUNDS):
        for what, repeated, way in CASES:
            case = f"{what}, {way or ('repeated' if repeated else 'uncached')}"
            for server, address in addresses.items():
                rate, p99, failed = load(address, QUERIES[what], repeated=repeated, way=way)
                rates[server, case].append(rate)
                print(f"{number + 1}. {case:20} {server:16} {rate:7.0f}/s, p99 {p99:6.1f} ms, {failed} failed")
    for peer in list(addresses)[1:]:
        print(f"\nseminar-kg / {peer} (median of {ROUNDS} rounds)")
        for (server, case), found in rates.items():
            if server == peer:
                ratios = [ours / theirs for ours, theirs in zip(rates["seminar-kg", case], found, strict=True)]
                print(f"  {case:20} {statistics.median(ratios):6.2f}x  ({min(ratios):.2f} to {max(ratios):.2f})")


def main() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("benchmarks/sparql.py needs wrk; install it with apt install wrk.")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        data = triples(Path(name))
        addresses = {
            server: stack.enter_context(running(command, endpoint))
            for server, (command, endpoint) in servers(data).items()
        }
        put = Request(
            addresses["oxigraph"].replace("/query", "/store?default"),
            data.read_bytes(),
            {"Content-Type": "application/n-triples"},
            method="PUT",
        )
        urlopen(put, timeout=60).close()
        for server, address in addresses.items():
            print(f"{server}: an answer of {len(get(address, QUERIES['8 KB'])[1]):,} bytes")
        compare(addresses)
        times = beside_heavy_clients(addresses["seminar-kg"])
        print(
            f"\nbeside {ATTACKERS} connections of cartesian products: median {statistics.median(times):.0f} ms, "
            f"p95 {times[int(len(times) * 0.95)]:.0f} ms"
        )
        isolation(data.read_bytes())


if __name__ == "__main__":
    main()
