"""Serving the pages with granian: a worker process a core, each with its own library.

granian was chosen by measurement (benchmarks/servers.py): with two workers on two cores it answers 2.2 to
2.7 times as many requests as waitress, with one worker 1.1 to 1.9 times, and slow clients delay others less.
"""

from __future__ import annotations

import gc
import http.client
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from kg.graph.load import load_any
from kg.library import open_library
from kg.maps.concept_map import MapError
from kg.maps.selection import Selection
from kg.sparql.sandbox.confinement import give_memory_back
from webapp import create_app, create_sparql_app
from webapp.maps.drawing_cache import DrawingCache
from webapp.threads import THREADS

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
MOST_WORKERS = 4
CONNECTIONS = 4096
"""Connections that a worker holds at the same time; those that say nothing for half a minute are closed."""
PATIENCE = 60.0
STARTED_WITH = signal.getsignal(signal.SIGHUP) if hasattr(signal, "SIGHUP") else None
GRACE = 5


class CannotListenError(OSError):
    """The address cannot be listened on; the message is one sentence that says why."""


@dataclass(frozen=True)
class Served:
    """What is served.

    Attributes:
        paths: the seminars; None for the packaged one.
        graphs: files for SPARQL to ask beside them, by the IRI of the named graph.
        any_data: whether the files may be RDF of any kind, for SPARQL alone, without pages.
        draw_ahead: whether to draw the map of all seminars at once, in the background.
    """

    paths: Sequence[Path] | None = None
    graphs: Mapping[str, Path] = field(default_factory=dict)
    any_data: bool = False
    draw_ahead: bool = True

    def application(self, config: Mapping[str, Any]) -> Flask:
        """Return the application; raises UnreadableData where a file is not RDF."""
        if self.any_data:
            return create_sparql_app({**config, "DATA": load_any(self.paths, self.graphs)})
        return create_app({**config, "LIBRARY": open_library(self.paths, self.graphs)})


def load_app(served: Served, config: Mapping[str, Any]) -> Flask:
    """Return the application. Called in each worker process.

    Until granian sees to the signals of a worker, it would do with SIGTERM what its parent does, which is to wait
    for its workers. It answers nothing yet, so it may just end.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    give_memory_back()
    app = served.application(config)
    app.config["DATA"].outside_engine.start()
    gc.collect()
    gc.freeze()  # looking through the library again and again would stop all requests for 90 ms each time
    if served.draw_ahead and not served.any_data:
        threading.Thread(target=_draw_ahead, args=(app,), daemon=True).start()
    return app


class Server(Granian):  # type: ignore[misc, valid-type]
    """granian, with workers that leave Ctrl-C and a closing terminal to their parent.

    Both reach every process. The parent ends its workers, which finish what they are answering; a worker that
    heard of it itself could end before it knew how to, or hear of it twice and hang. A new process inherits the
    mask of the thread that starts it, so the signals are blocked around the start, and reach the parent afterwards.
    """

    def _spawn_worker(self, *arguments: Any, **named: Any) -> Any:
        worker = super()._spawn_worker(*arguments, **named)
        worker.start = partial(_started_quietly, worker.start)
        return worker


def _allow_connections() -> None:
    """Let each worker have as many connections open as it may hold, where the system allows it (getrlimit(2))."""
    if sys.platform != "win32":
        import resource  # there is none on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(2 * CONNECTIONS, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _started_quietly(start: Callable[[], None]) -> None:
    if not hasattr(signal, "pthread_sigmask"):
        start()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP, signal.SIGTERM})
    try:
        start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _draw_ahead(app: Flask) -> None:
    """Draw the map of all seminars before somebody asks for it, since that takes seconds."""
    drawings: DrawingCache = app.extensions["drawings"]
    with suppress(MapError):
        drawings.selected(Selection())


def serve(
    host: str = "127.0.0.1",
    port: int = 8080,
    served: Served | None = None,
    config: Mapping[str, Any] | None = None,
    *,
    workers: int | None = None,
) -> int:
    """Serve the pages until Ctrl-C or SIGTERM, and print the address as soon as it answers.

    Arguments:
        host: the address to listen on; on a loopback address only local names are answered, unless
            TRUSTED_HOSTS says otherwise.
        port: 0 picks a free one.
        served: what is served; None for the packaged seminar.
        config: see `webapp.create_app`; without LIBRARY.
        workers: processes; None for one a core, at most four.

    Returns:
        The exit code: 0 when ended, 1 when the workers failed, 2 when the address cannot be listened on.

    Raises:
        UnreadableData: a path is not RDF.
    """
    served, config = served or Served(), dict(config or {})
    if served.any_data:
        load_any(served.paths, served.graphs)
    else:
        open_library(served.paths, served.graphs).prepare()  # what is learnt now the workers find in the cache folder
    try:
        address, port = free_address(host, port)
    except CannotListenError as error:
        print(error, file=sys.stderr)
        return 2
    if address == "::1" or address.startswith("127."):
        config["TRUSTED_HOSTS"] = config.get("TRUSTED_HOSTS") or list(LOOPBACK_NAMES)
    server = Server(
        "seminar-kg",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        # HTTP/1.1 alone: what tells it from HTTP/2 waits for the first bytes of a connection without a limit, and a
        # half-sent body of a stream outlives its connection.
        http=HTTPModes.http1,
        websockets=False,
        workers=workers or min(os.cpu_count() or 1, MOST_WORKERS),
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
    )
    _allow_connections()
    server.on_startup(threading.Thread(target=_announce, args=(address, port), daemon=True).start)
    server.on_startup(partial(_end_with_the_terminal, server.signal_handler_interrupt))
    try:
        server.serve(target_loader=partial(load_app, served, config), wrap_loader=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def free_address(host: str, port: int) -> tuple[str, int]:
    """Return the numeric address and port to listen on; a port of 0 becomes a free one.

    The workers share the port, so that another server there would go unnoticed: hence the trial.

    Raises:
        CannotListenError: the host is unknown, the port is taken, or listening there is not allowed.
    """
    try:
        if not 0 <= port <= 65_535:
            raise OverflowError("ports go from 0 to 65535")
        family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            if os.name == "posix":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(found)
            trial.listen(1)
            name = trial.getsockname()
            return str(name[0]), int(name[1])
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"Cannot listen on {host} port {port}: {reason}; try another with --port."
        raise CannotListenError(message) from None


def _end_with_the_terminal(end: Callable[..., None]) -> None:
    """End when the terminal is closed, unless told to outlive it (nohup); granian would reload instead."""
    if hasattr(signal, "SIGHUP"):
        outlive = STARTED_WITH == signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_IGN if outlive else end)


def _announce(address: str, port: int) -> None:
    """Print the address once a worker answers there."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        connection = http.client.HTTPConnection(near, port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            shown = f"[{near}]" if ":" in near else near
            print(f"seminar-kg is at http://{shown}:{port}/ (Ctrl-C ends it)", flush=True)
            return
        finally:
            connection.close()
