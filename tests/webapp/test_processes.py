"""Whatever process of a server is killed, and whatever becomes of its files: what is answered is right.

Linux only: elsewhere the processes of others cannot be listed without more programs.
"""

from __future__ import annotations

import http.client
import json
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from clients.endpoint import endpoint
from security.servers import descendants

from kg import Claim, Library, open_library
from webapp.port import Port
from webapp.server import Application, Served

SEMINAR = Path(__file__).parents[2] / "data" / "seminar.ttl"
SERVE_SPAWNED = """
import multiprocessing, sys
from pathlib import Path
from webapp import server
multiprocessing.set_start_method("spawn")
server.FORKS = False
raise SystemExit(server.serve("127.0.0.1", 0, server.Served([Path(sys.argv[1])]), workers=2))
"""
SERVING = 2.0
"""Seconds after which the others answer, or the port is free."""
GONE = 5.0
"""Seconds after which nothing is left of what was killed."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="lists processes by /proc; needs Linux")


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds:g} s: {what}"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether a process has not ended. One that nobody has waited for yet, as in many containers, has."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Return the running children of a process."""
    return [each for each in descendants(pid)[1:] if parent_of(each) == pid and is_running(each)]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


class Running:
    """A server with two workers: its processes by what they are, and what it answers."""

    def __init__(self, port: int, process: subprocess.Popen[str]):
        self.port, self.process = port, process

    def get(self, path: str, **fields: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", f"{path}?{urlencode(fields)}" if fields else path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def of(self, kind: str) -> list[int]:
        """Return the processes of a kind: "parent", "worker", "template" or "child"."""
        found = [self.process.pid]
        for _ in range(("parent", "worker", "template", "child").index(kind)):
            found = [each for pid in found for each in children(pid)]
        return found

    def is_whole(self) -> bool:
        """Whether all processes are there that the server starts with."""
        return [len(self.of(kind)) for kind in ("worker", "template")] == [2, 2] and len(self.of("child")) >= 4

    def kill(self, kind: str, which: int) -> None:
        """Kill a process, and see that what belongs to it ends and the others answer."""
        wait_until(self.is_whole, 20, "all processes of the server")
        found = self.of(kind)
        pid = found[which % len(found)]
        family = descendants(pid)
        os.kill(pid, signal.SIGKILL)
        wait_until(self.answers, SERVING, f"an answer after the end of a {kind}")
        wait_until(lambda: not any(map(is_running, family)), GONE, f"the end of what belongs to a {kind}")

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except (OSError, http.client.HTTPException):
            return False


class Load:
    """Clients of a server, which never ask the same thing twice and know all the answers."""

    def __init__(self, server: Running, library: Library, clients: int = 3):
        self.server, self.version = server, library.version
        self.claims = library.catalogue.claims()
        self.counts: Counter[str] = Counter()
        self.wrong: list[object] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(each,)) for each in range(clients)]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, number: int) -> None:
        while not self._stop.wait(0.01):
            number += len(self._threads)
            try:
                self._see(number, self.claims[number % len(self.claims)])
            except (OSError, http.client.HTTPException):
                self.counts["broken off"] += 1

    def _see(self, number: int, claim: Claim) -> None:
        query = f"SELECT ?text (COUNT(*) AS ?all) {{ <{claim.iri}> <https://schema.org/text> ?text . ?a ?b ?c }}"
        query += f" GROUP BY ?text # {number}"
        if number % 5 == 0:
            status, body = self.server.get("/healthz")
            right = status == 200 and json.loads(body)["version"] == self.version
        elif number % 5 == 1:
            status, body = self.server.get("/ask", q=f"Who creates culture? {number}", format="json")
            right = status == 200 and json.loads(body)["version"] == self.version
        elif number % 5 == 2:
            status, body = self.server.get(f"/claims/{claim.slug}", n=str(number))
            right = status == 200 and b"</html>" in body
        else:
            status, body = self.server.get("/sparql", query=query, format="json")
            found = json.loads(body)["results"]["bindings"] if status == 200 else []
            right = [row["text"]["value"] for row in found] == [claim.text]
        self.counts[str(status)] += 1
        if not right and status != 503:
            self.wrong.append((status, query, body))


@contextmanager
def running(file: Path) -> Iterator[Running]:
    with endpoint("--data", str(file)) as (address, process):
        yield Running(int(address.rpartition(":")[2].partition("/")[0]), process)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(SEMINAR, tmp_path / "seminar.ttl"))


def other(file: Path) -> None:
    """Make a file another edition."""
    file.write_text(file.read_text(encoding="utf-8").replace("culture", "weather"), encoding="utf-8")


def cut(file: Path) -> None:
    """Leave the first half of a file."""
    os.truncate(file, file.stat().st_size // 2)


def kill_them_all(file: Path, rounds: int) -> Counter[str]:
    """Kill processes of each kind in turn, with the file as it is, changed, cut and deleted, and the parent last."""
    library = open_library(file)
    with running(file) as server, Load(server, library) as load:
        for number in range(rounds):
            if number:
                (other, cut, Path.unlink, lambda _: shutil.copy(SEMINAR, file))[number % 4](file)
            server.kill(("worker", "template", "child")[number % 3], number // 3)
        assert load.counts["200"]
        counts = Counter(load.counts)
        family = descendants(server.process.pid)
        os.kill(server.process.pid, signal.SIGKILL)
        wait_until(lambda: is_free(server.port), SERVING, "the port is free")
        wait_until(lambda: not any(map(is_running, family)), GONE, "the end of all processes")
    assert not load.wrong
    return counts


def is_free(port: int) -> bool:
    try:
        with Port("127.0.0.1", port) as held:
            held.listen(1)
    except OSError:
        return False
    return True


def test_whichever_process_is_killed_the_answers_are_right(file: Path) -> None:
    kill_them_all(file, 6)


@pytest.mark.thorough
def test_whichever_process_is_killed_the_answers_are_right_fifty_times(file: Path) -> None:
    counts = kill_them_all(file, 50)
    print(counts)


def test_a_worker_that_ends_again_and_again_leaves_the_other_alone(file: Path) -> None:
    with running(file) as server:
        first, _ = server.of("worker")
        for _ in range(4):
            wait_until(lambda: len(server.of("worker")) == 2, 20, "two workers")
            (latest,) = set(server.of("worker")) - {first}
            os.kill(latest, signal.SIGKILL)
            wait_until(server.answers, SERVING, "an answer")
        assert is_running(first)
        assert server.process.poll() is None


def test_workers_that_are_no_forks_serve_what_their_parent_read(file: Path) -> None:
    command = [sys.executable, "-c", SERVE_SPAWNED, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            server = Running(int(process.stdout.readline().rpartition(":")[2].partition("/")[0]), process)
            version = json.loads(server.get("/healthz")[1])["version"]
            other(file)
            for worker in children(process.pid):
                if "spawn_main" in Path(f"/proc/{worker}/cmdline").read_text():
                    os.kill(worker, signal.SIGKILL)
            assert json.loads(server.get("/healthz")[1])["version"] == version
            family = descendants(process.pid)
        finally:
            process.kill()
    wait_until(lambda: not any(map(is_running, family)), 30, "the end of all, those too that were still starting")


def test_what_a_worker_gets_is_the_edition_that_was_read(file: Path) -> None:
    served = Served([file])
    application = Application(served.read(), served, {})
    application.make()
    file.unlink()
    again = pickle.loads(pickle.dumps(application))
    for path in ("/claims", "/data.ttl", f"/ask?q={quote('Who creates culture?')}"):
        first, second = (each.make().test_client().get(path) for each in (application, again))
        assert (first.status_code, first.data) == (second.status_code, second.data)


def test_of_two_servers_started_together_on_one_port_the_second_ends(file: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [sys.executable, "-m", "kg.cli", "serve", "--port", str(port), "--data", str(file)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    try:
        wait_until(lambda: any(each.poll() is not None for each in both), 120, "the end of one of them")
        (ended,) = (each for each in both if each.poll() is not None)
        said, complaint = ended.communicate()
        assert (ended.returncode, said, complaint.count("\n")) == (2, "", 1)
        assert f"port {port}" in complaint
        (serving,) = (each for each in both if each is not ended)
        assert serving.stdout is not None
        assert f":{port}/" in serving.stdout.readline()
    finally:
        for each in both:
            each.terminate()
            each.communicate()
