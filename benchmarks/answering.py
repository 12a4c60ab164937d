"""How long the start takes, and a question: on one seminar and on libraries of 10, 100 and 1,000 generated ones.

First it prints what the packaged seminar takes from a new process on, with an empty cache folder and again with what
is there then: the seconds by the clock and the processor's, of `seminar-kg ask`, of `serve` until it tells its address,
and of each stage of that; and the MB that the server's processes hold together (proportional set size, Linux). The peer
is a process that imports Flask and rdflib.

Then it prints, for each size, the time to open, the first answer, and the median and 95 % time of the questions of
tests/questions/worked.jsonl, with the ratio to one seminar. The peer is a plain full-text search of the same claims
(BM25 in SQLite's FTS5), which finds passages and answers nothing: it shows what the machine is worth in this run.
The generated seminars are copies of the packaged one under other names, with their concepts renamed.

`python benchmarks/answering.py [SIZES ...]` takes a few minutes for 1 10 100 1000; the last needs about 3 GB. With 0 it
prints the start alone.
"""

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from attackers import memory

from kg.graph.load import packaged_data
from kg.library import Library, open_library

SETTLED = 5
"""Seconds after which a server has started all its processes."""
STAGES = """
import time
def stage(name, work):
    clock, spent = time.perf_counter(), time.process_time()
    made = work()
    print(f"  {name:28}{time.perf_counter() - clock:6.2f} s {time.process_time() - spent:6.2f} s")
    return made
server = stage("of it: load modules", lambda: __import__("webapp.server").server)
data = stage("of it: read and check", lambda: server.Served(draw_ahead=False).read())
app = stage("of it: prepare for questions", lambda: server.Application(data, server.Served(), {}).make())
stage("the first page in a worker", lambda: app.test_client().get("/"))
"""

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions" / "worked.jsonl"
SEMINAR = re.compile(r"leading-by-example-2014")
CONCEPT = re.compile(r"\bconcept:([a-z][\w-]*)")


def copies(folder: Path, number: int) -> list[Path]:
    """Write `number` seminars into a folder and return their paths; the first is the packaged one."""
    text = (packaged_data() / "seminar.ttl").read_text(encoding="utf-8")
    paths = []
    for n in range(number):
        made = text if n == 0 else CONCEPT.sub(rf"concept:\1-{n}", SEMINAR.sub(f"seminar-{n}", text))
        path = folder / f"seminar-{n}.ttl"
        path.write_text(made, encoding="utf-8")
        paths.append(path)
    return [*paths, packaged_data() / "asked.ttl"]


def timed(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Return the milliseconds that each question takes, shortest first."""
    times = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def full_text(library: Library) -> Callable[[str], object]:
    """Return a search of the claims and quotations by FTS5."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE claims USING fts5(text, tokenize='porter')")
    for claim in library.catalogue.claims():
        table.execute("INSERT INTO claims VALUES (?)", (" ".join((claim.text, *(p.quote for p in claim.passages))),))

    def search(question: str) -> object:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        found = table.execute("SELECT text FROM claims WHERE claims MATCH ? ORDER BY bm25(claims)", (words,))
        return found.fetchmany(5)

    return search


def spent(process: int) -> float:
    """Return the processor's seconds that a process has taken so far (Linux; else 0)."""
    stat = Path(f"/proc/{process}/stat")
    fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 13
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ran(name: str, *command: str) -> None:
    """Run a command to its end and print what it took."""
    clock, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"  {name:28}{time.perf_counter() - clock:6.2f} s {took:6.2f} s", flush=True)


def served() -> None:
    """Serve, and print what that took until the address was told, and the memory that it takes."""
    clock, command = time.perf_counter(), [sys.executable, "-m", "kg.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert b"http://" in server.stdout.readline()
        print(f"  {'serve, until its address':28}{time.perf_counter() - clock:6.2f} s {spent(server.pid):6.2f} s")
        time.sleep(SETTLED)
        print(f"  {'serve, all its processes':28}{memory(server.pid):6.0f} MB", flush=True)
        server.terminate()


def start() -> None:
    """Print what a start takes."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        for state in ("with an empty cache folder", "with what is there then"):
            print(f"{state:30}{'clock':>7} {'processor':>10}")
            ran("import flask, rdflib (peer)", "-c", "import flask, rdflib")
            os.environ["XDG_CACHE_HOME"] = one
            ran("ask", "-m", "kg.cli", "ask", "Who creates culture?")
            os.environ["XDG_CACHE_HOME"] = other
            served()
            subprocess.run([sys.executable, "-c", STAGES], check=True)


def main(sizes: Sequence[int]) -> None:
    """Print one line a size."""
    questions = [json.loads(line)["q"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    first = 0.0
    print("seminars  claims   open  first answer   median     95 %   to one seminar   full-text median")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            paths = copies(Path(folder), size)
            start = time.perf_counter()
            library = open_library(paths)
            opened = time.perf_counter() - start
            library.ask("Who creates culture?")
            ready = time.perf_counter() - start - opened
            times = timed(library.ask, questions)
        search = timed(full_text(library), questions)
        median, most = statistics.median(times), times[int(len(times) * 0.95)]
        first = first or median
        print(
            f"{size:8} {len(library.catalogue.claims()):7} {opened:5.1f}s {ready:12.1f}s {median:6.1f}ms {most:6.1f}ms"
            f" {median / first:15.1f}x {statistics.median(search):15.2f}ms",
            flush=True,
        )


if __name__ == "__main__":
    start()
    if wanted := [size for size in map(int, sys.argv[1:] or (1, 10, 100, 1000)) if size]:
        main(wanted)
