"""Serving the pages with granian: a worker process a core, all of which answer from what their parent prepared.

The parent reads, learns and holds its address before it starts a worker. Whatever is on the disk later, every worker
answers from that, those too that take the place of one that ended. docs/decisions.md says why granian.
"""

from __future__ import annotations

import gc
import multiprocessing
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
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from flask import Flask
from granian import Granian
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from kg.graph.load import DataSet, load, load_any
from kg.library import Library
from kg.maps.concept_map import MapError
from kg.maps.selection import Selection
from kg.sparql.sandbox.confinement import end_with_parent, give_memory_back, trim_memory
from webapp import create_app, create_sparql_app
from webapp.bodies import READING
from webapp.maps.drawing_cache import DrawingCache

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
MOST_WORKERS = 4
THREADS = 2 * READING
"""Requests that a worker answers at the same time. Most of them wait: for a query, or for a client."""
CONNECTIONS = 4096
"""Connections that a worker holds at the same time; those that say nothing for half a minute are closed."""
BACKLOG = 1024
"""Connections that wait for a worker to take them."""
STARTED_WITH = signal.getsignal(signal.SIGHUP) if hasattr(signal, "SIGHUP") else None
GRACE = 5
"""Seconds that a worker has to finish what it is answering, once the server is told to end."""
LOOK: Final = 0.1
"""Seconds between two looks at whether all workers are there."""
PAUSE: Final = 1.0
"""Seconds from the start of a worker to that of the next in its place: one that ends at once is not started at once."""
FORKS: Final = sys.platform == "linux"
"""Whether workers are forks of their parent. On macOS forks of a process that has used system libraries may crash."""


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

    def read(self) -> DataSet:
        """Return the data set; raises UnreadableData where a file is not RDF."""
        return load_any(self.paths, self.graphs) if self.any_data else load(self.paths, self.graphs)


class Prepared:
    """The application with all that it answers from, for granian to call in each worker.

    A forked worker has the one that its parent made, in memory that they share. A worker that is a new process gets
    it pickled, which is as the statements that were read and no more: it makes its own of those, and reads no file of
    a seminar.

    Arguments:
        data: what is served.
        served: how it is served; its files are not read again.
        config: see `webapp.create_app`; without LIBRARY and DATA.
    """

    def __init__(self, data: DataSet, served: Served, config: Mapping[str, Any]):
        self._arguments = data, served, config
        if served.any_data:
            self.app = create_sparql_app({**config, "DATA": data})
        else:
            library = Library(data)
            library.prepare()
            self.app = create_app({**config, "LIBRARY": library})
        gc.collect()
        # Looking through the library again and again would stop all requests for 90 ms each time, and end the sharing.
        gc.freeze()
        trim_memory()

    def __reduce__(self) -> tuple[type[Prepared], tuple[DataSet, Served, Mapping[str, Any]]]:
        return type(self), self._arguments

    def __call__(self) -> Flask:
        """Return the application to a worker, which ends with its parent from now on.

        Until granian sees to the signals of a worker, it would do with SIGTERM what its parent does, which is to wait
        for its workers. It answers nothing yet, so it may just end.
        """
        if hasattr(signal, "pthread_sigmask"):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _end_after_parent()
        _, served, _ = self._arguments
        self.app.config["DATA"].outside_engine.start()
        if served.draw_ahead and not served.any_data:
            threading.Thread(target=_draw_ahead, args=(self.app,), daemon=True).start()
        return self.app


class Server(Granian):  # type: ignore[misc, valid-type]
    """granian, on a socket that is there already, and with workers that are each started again when they end.

    granian's own parent ends all workers when one ends twice in five seconds, and lets another server share the port.

    Ctrl-C and a closing terminal reach every process. They are left to the parent, which ends its workers: those
    finish what they are answering. A worker that heard of it itself could end before it knew how to, or hear of it
    twice and hang. A new process inherits the mask of the thread that starts it, so the signals are blocked around
    the start, and reach the parent afterwards.

    Arguments:
        listening: the socket, which listens.
        ready: called once the workers have been started.
        named: see `granian.Granian`.
    """

    def __init__(self, listening: socket.socket, ready: Callable[[], None], **named: Any):
        super().__init__("seminar-kg", **named)
        self._listening = listening
        self._ready = ready

    def _init_shared_socket(self) -> None:
        self._ssp = self._shd = None
        self._sso = self._listening
        self._sso.set_inheritable(True)
        if sys.platform != "win32":  # there the worker makes one
            backlog = (BACKLOG,) if sys.platform.startswith(("linux", "freebsd")) else ()
            self._shd = SocketHolder(self._listening.fileno(), False, *backlog)  # type: ignore[call-arg]

    def _spawn_worker(self, *arguments: Any, **named: Any) -> Any:
        worker = super()._spawn_worker(*arguments, **named)
        worker.start = partial(_started_quietly, worker.inner.start)  # without the thread that waits for its end
        return worker

    def _spawn_workers(self, *arguments: Any) -> None:
        super()._spawn_workers(*arguments)
        self._ready()

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        """Start a worker in the place of each that ended, until told to end; the others go on.

        This process has no threads, whose locks a fork would copy.
        """
        while not self.interrupt_signal:
            time.sleep(LOOK)
            for place, worker in enumerate(self.wrks):
                code = worker.inner.exitcode
                if code is None or self.interrupt_signal or time.monotonic() < worker.birth + PAUSE:
                    continue
                print(f"seminar-kg: a worker ended ({code}); another takes its place.", file=sys.stderr, flush=True)
                following = self._spawn_worker(idx=place, target=spawn_target, callback_loader=target_loader)
                with suppress(OSError):  # too many processes, or no memory: tried again after the next look
                    following.start()
                    self.wrks[place] = following


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


def _end_after_parent() -> None:
    """End this worker when its parent ends, however that is."""
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid is None:
        return
    if multiprocessing.get_start_method() == "fork":
        end_with_parent(parent.pid)
    else:

        def wait() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=wait, daemon=True).start()


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
    """Serve the pages until Ctrl-C or SIGTERM, and print the address once connections to it are answered.

    Arguments:
        host: the address to listen on; on a loopback address only local names are answered, unless
            TRUSTED_HOSTS says otherwise. At the address itself requests are always answered.
        port: 0 picks a free one.
        served: what is served; None for the packaged seminar. It is read once, at the start.
        config: see `webapp.create_app`; without LIBRARY.
        workers: processes; None for one a core, at most four.

    Returns:
        The exit code: 0 when ended, 2 when the address cannot be listened on.

    Raises:
        UnreadableData: a path is not RDF.
        OSError: no worker could be started.
    """
    served, config = served or Served(), dict(config or {})
    give_memory_back()
    try:
        with bound(host, port) as listening:
            address = listening.getsockname()[0]
            trusted = config.get("TRUSTED_HOSTS") or (LOOPBACK_NAMES if ip_address(address).is_loopback else ())
            config["TRUSTED_HOSTS"] = [*trusted, _near(address)] if trusted else None
            prepared = Prepared(served.read(), served, config)
            listen(listening)
            _serve(listening, prepared, workers or min(os.cpu_count() or 1, MOST_WORKERS))
    except CannotListenError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _serve(listening: socket.socket, prepared: Prepared, workers: int) -> None:
    """Serve on a socket that listens, until told to end."""
    if FORKS:
        multiprocessing.set_start_method("fork", force=True)  # from Python 3.14 on it is no longer what Linux does
    server = Server(
        listening,
        partial(_announce, *listening.getsockname()[:2]),
        interface=Interfaces.WSGI,
        # HTTP/1.1 alone: what tells it from HTTP/2 waits for the first bytes of a connection without a limit, and a
        # half-sent body of a stream outlives its connection.
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        log_level=LogLevels.error,
        workers_kill_timeout=GRACE,
    )
    _allow_connections()
    server.on_startup(partial(_end_with_the_terminal, server.signal_handler_interrupt))
    try:
        server.serve(target_loader=prepared, wrap_loader=False)
    finally:
        server._stop_workers()  # where not all of them could be started


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that holds an address; a port of 0 becomes a free one.

    It does not listen yet, and connections are refused. A server that listens there already is noticed at once, one
    that is being started at the same time when the second of the two listens.

    Raises:
        CannotListenError: the host is unknown, the port is taken, or listening there is not allowed.
    """
    try:
        if not 0 <= port <= 65_535:
            raise OverflowError("ports go from 0 to 65535")
        family, _, _, _, found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        holding = socket.socket(family, socket.SOCK_STREAM)
        try:
            # Where it is not Windows, an address is free again though connections to the last server are in TIME_WAIT.
            alone = "SO_REUSEADDR" if os.name == "posix" else "SO_EXCLUSIVEADDRUSE"
            holding.setsockopt(socket.SOL_SOCKET, getattr(socket, alone), 1)
            holding.bind(found)
        except BaseException:
            holding.close()
            raise
        return holding
    except (OSError, OverflowError) as error:
        raise _cannot_listen(host, port, error) from None


def listen(holding: socket.socket) -> None:
    """Let connections come; raises CannotListenError where another server has begun to listen there."""
    try:
        holding.listen(BACKLOG)
    except OSError as error:
        host, port = holding.getsockname()[:2]
        raise _cannot_listen(host, port, error) from None


def _cannot_listen(host: str, port: int, error: Exception) -> CannotListenError:
    reason = getattr(error, "strerror", None) or str(error)
    return CannotListenError(f"Cannot listen on {host} port {port}: {reason}; try another with --port.")


def _end_with_the_terminal(end: Callable[..., None]) -> None:
    """End when the terminal is closed, unless told to outlive it (nohup); granian would reload instead."""
    if hasattr(signal, "SIGHUP"):
        outlive = STARTED_WITH == signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_IGN if outlive else end)


def _near(address: str) -> str:
    """Return an address at which this machine reaches what listens at one."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)


def _announce(address: str, port: int) -> None:
    """Print the address, at which connections wait for a worker from now on."""
    near = _near(address)
    shown = f"[{near}]" if ":" in near else near
    with suppress(OSError):  # nobody reads it, and the pages are served all the same
        print(f"seminar-kg is at http://{shown}:{port}/ (Ctrl-C ends it)", flush=True)
