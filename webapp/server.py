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

from kg.cache_folder import shared_by_processes
from kg.graph.load import DataSet
from kg.library import Library, open_any, open_library
from kg.maps.concept_map import MapError
from kg.maps.limits import HEADLINE
from kg.maps.selection import Selection
from kg.sparql.sandbox.confinement import end_with_parent, give_memory_back, trim_memory
from webapp import create_app, create_sparql_app
from webapp.maps.drawing_cache import DrawingCache
from webapp.port import BACKLOG, CannotListenError, Port
from webapp.threads import THREADS

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
MOST_WORKERS = 4
CONNECTIONS = 4096
"""Connections that a worker holds at the same time; those that say nothing for half a minute are closed."""
STARTED_WITH = signal.getsignal(signal.SIGHUP) if hasattr(signal, "SIGHUP") else None
GRACE = 5
"""Seconds that a worker has to finish what it is answering, once the server is told to end."""
LOOK: Final = 0.1
"""Seconds between two looks at whether all workers are there."""
PAUSE: Final = 1.0
"""Seconds from the start of a worker to that of the next in its place: one that ends at once is not started at once."""
FORKS: Final = sys.platform == "linux"
"""Whether workers are forks of their parent. On macOS forks of a process that has used system libraries may crash."""


@dataclass(frozen=True)
class Served:
    """What is served.

    Attributes:
        paths: the seminars; None for the packaged one.
        graphs: files for SPARQL to ask beside them, by the IRI of the named graph.
        any_data: whether every file that can be read is taken, checked or not; without a claim there are no pages.
        draw_ahead: whether to draw the map of all seminars at once, in the background.
    """

    paths: Sequence[Path] | None = None
    graphs: Mapping[str, Path] = field(default_factory=dict)
    any_data: bool = False
    draw_ahead: bool = True

    def read(self) -> DataSet:
        """Return the data set; raises UnreadableData where a file is not RDF, or the check rejects all."""
        if self.any_data:
            return open_any(self.paths, self.graphs).data
        return open_library(self.paths, self.graphs, check=True).data


class Application:
    """The application with all that it answers from, for granian to call in each worker.

    A forked worker has what its parent made, in memory that they share. A worker that is a new process gets this
    pickled, which is as the statements that were read and no more: it makes its own of those, and reads no file of a
    seminar.

    Arguments:
        data: what is served.
        served: how it is served; its files are not read again.
        config: see `webapp.create_app`; without LIBRARY and DATA.
    """

    def __init__(self, data: DataSet, served: Served, config: Mapping[str, Any]):
        self._arguments = data, served, config
        self._made: Flask | None = None

    def __reduce__(self) -> tuple[type[Application], tuple[DataSet, Served, Mapping[str, Any]]]:
        return type(self), self._arguments

    def make(self) -> Flask:
        """Return the application, with all learnt that questions need. It is made once."""
        if self._made is None:
            data, served, config = self._arguments
            if served.any_data and not data.has_claims:
                self._made = create_sparql_app({**config, "DATA": data})
            else:
                library = Library(data)
                library.prepare()
                self._made = create_app({**config, "LIBRARY": library})
            # Looking through the library again and again would stop all requests for 90 ms each time, and write to
            # memory that is shared.
            gc.freeze()
            gc.enable()
            trim_memory()
        return self._made

    def __call__(self) -> Flask:
        """Return the application to a worker, which ends with its parent from now on.

        Until granian sees to the signals of a worker, it would do with SIGTERM what its parent does, which is to wait
        for its workers. It answers nothing yet, so it may just end.
        """
        if hasattr(signal, "pthread_sigmask"):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        _end_after_parent()
        app = self.make()
        _, served, _ = self._arguments
        app.config["DATA"].outside_engine.start()
        if served.draw_ahead and "drawings" in app.extensions:
            threading.Thread(target=_draw_ahead, args=(app,), daemon=True).start()
        return app


class Server(Granian):  # type: ignore[misc, valid-type]
    """granian, on sockets that are there already, and with workers that are each started again when they end.

    A worker's socket outlives it: who waits there is answered by the next. granian's own parent ends all workers when
    one ends twice in five seconds.

    Ctrl-C and a closing terminal reach every process. They are left to the parent, which ends its workers: those
    finish what they are answering. A worker that heard of it itself could end before it knew how to, or hear of it
    twice and hang. A new process inherits the mask of the thread that starts it, so the signals are blocked around
    the start, and reach the parent afterwards.

    Arguments:
        listening: the sockets of the workers, which listen.
        ready: called once the workers have been started.
        named: see `granian.Granian`.
    """

    def __init__(self, listening: Sequence[socket.socket], ready: Callable[[], None], **named: Any):
        super().__init__("seminar-kg", workers=len(listening), **named)
        self._listening = listening
        self._ready = ready

    def _init_shared_socket(self) -> None:
        """Each worker has its own."""

    def _drop_shared_socket(self) -> None:
        for each in self._listening:
            each.close()

    def _spawn_worker(self, idx: int, *arguments: Any, **named: Any) -> Any:
        listening = self._listening[idx]
        self._ssp, self._shd, self._sso = None, None, listening
        if sys.platform != "win32":  # there the worker makes what holds it
            backlog = (BACKLOG,) if sys.platform.startswith(("linux", "freebsd")) else ()
            self._shd = SocketHolder(listening.fileno(), False, *backlog)  # type: ignore[call-arg]
        worker = super()._spawn_worker(idx, *arguments, **named)
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
                worker.birth = time.monotonic()
                following = self._spawn_worker(idx=place, target=spawn_target, callback_loader=target_loader)
                with suppress(OSError):  # too many processes, or no memory: tried again
                    following.start()
                    self.wrks[place] = following
                how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
                with suppress(OSError):  # nobody reads it
                    print(f"seminar-kg: A worker process {how}; another takes its place.", file=sys.stderr, flush=True)


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
    """Draw the maps of the home page and of all seminars before somebody asks for them, since that takes seconds."""
    drawings: DrawingCache = app.extensions["drawings"]
    for selection in (Selection(most=HEADLINE, page="square"), Selection()):
        with suppress(MapError):
            drawings.selected(selection)


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
        UnreadableData: a path is not RDF, or the check rejects all.
        OSError: no worker could be started.
    """
    served, config = served or Served(), dict(config or {})
    give_memory_back()
    gc.disable()  # until all that stays is there: see `Application.make`
    try:
        with Port(host, port) as held, shared_by_processes():
            near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(held.address, held.address)
            trusted = config.get("TRUSTED_HOSTS") or (LOOPBACK_NAMES if ip_address(held.address).is_loopback else ())
            config["TRUSTED_HOSTS"] = [*trusted, near] if trusted else None
            data = served.read()
            for each in data.left_out:
                print(f"seminar-kg: {each}", file=sys.stderr)
            application = Application(data, served, config)
            application.make()
            listening = held.listen(workers or min(os.cpu_count() or 1, MOST_WORKERS))
            _serve(listening, application, partial(_announce, near, held.number))
    except CannotListenError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _serve(listening: Sequence[socket.socket], application: Application, ready: Callable[[], None]) -> None:
    """Serve on sockets that listen, until told to end."""
    if FORKS:
        multiprocessing.set_start_method("fork", force=True)  # from Python 3.14 on it is no longer what Linux does
    server = Server(
        listening,
        ready,
        interface=Interfaces.WSGI,
        # HTTP/1.1 alone: what tells it from HTTP/2 waits for the first bytes of a connection without a limit, and a
        # half-sent body of a stream outlives its connection.
        http=HTTPModes.http1,
        websockets=False,
        blocking_threads=THREADS,
        backpressure=CONNECTIONS,
        log_level=LogLevels.error,
        workers_kill_timeout=GRACE,
    )
    _allow_connections()
    server.on_startup(partial(_end_with_the_terminal, server.signal_handler_interrupt))
    try:
        server.serve(target_loader=application, wrap_loader=False)
    finally:
        server._stop_workers()  # where not all of them could be started


def _end_with_the_terminal(end: Callable[..., None]) -> None:
    """End when the terminal is closed, unless told to outlive it (nohup); granian would reload instead."""
    if hasattr(signal, "SIGHUP"):
        outlive = STARTED_WITH == signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_IGN if outlive else end)


def _announce(address: str, port: int) -> None:
    """Print the address, at which connections wait for a worker from now on."""
    shown = f"[{address}]" if ":" in address else address
    with suppress(OSError):  # nobody reads it, and the pages are served all the same
        print(f"seminar-kg is at http://{shown}:{port}/ (Ctrl-C ends it)", flush=True)
