"""What is sent with a request: how much is read, what is refused, and how many may be sending at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from webapp.bodies import MOST_BYTES, BodyReader
from webapp.maps.drawing_cache import WAITING
from webapp.threads import ANSWERING, DRAWING, QUERYING, READING, THREADS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode(), b" ", environ["wsgi.input"].read()]


def sent(reader: BodyReader, body: Any = b"", method: str = "POST", **environ: str) -> tuple[int, str]:
    request = EnvironBuilder(path="/a", method=method).get_environ()
    request.pop("CONTENT_LENGTH", None)
    request |= {"wsgi.input": body if hasattr(body, "read") else BytesIO(body), **environ}
    if environ.keys().isdisjoint(("CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING")):
        request["CONTENT_LENGTH"] = str(len(body))
    found, status, _ = run_wsgi_app(reader, request, buffered=True)
    return int(status.split()[0]), b"".join(found).decode()


class Failing:
    """A body that cannot be read to its end."""

    def read(self, size: int) -> bytes:
        raise OSError("the client is gone")


@pytest.mark.parametrize(
    ("body", "environ", "status", "words"),
    [
        (b"abc", {}, 200, "abc"),
        (b"abc", {"HTTP_TRANSFER_ENCODING": "chunked"}, 400, "Content-Length"),
        (b"abc", {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": "3"}, 400, "Content-Length"),
        (b"abcde", {"CONTENT_LENGTH": "500"}, 400, "broke off"),
        (Failing(), {"CONTENT_LENGTH": "5"}, 400, "broke off"),
        (b"x" * (MOST_BYTES + 1), {}, 413, "1,048,576 bytes"),
        (Failing(), {"CONTENT_LENGTH": "99999999999"}, 413, "1,048,576 bytes"),
        (b"x" * MOST_BYTES, {}, 200, "xxx"),
    ],
)
def test_a_body_is_read_whole_or_refused(body: Any, environ: dict[str, str], status: int, words: str) -> None:
    found, text = sent(BodyReader(echo), body, **environ)
    assert found == status
    assert words in text


def test_what_is_not_a_post_has_no_body() -> None:
    assert sent(BodyReader(echo), b"abc", method="GET") == (200, "/a ")


@pytest.mark.parametrize("path", ["//sparql", "/sparql", "///sparql"])
def test_the_application_sees_one_spelling_of_a_path(path: str) -> None:
    assert sent(BodyReader(echo), PATH_INFO=path) == (200, "/sparql ")


def test_an_address_has_a_bounded_number_of_parameters() -> None:
    assert sent(BodyReader(echo), method="GET", QUERY_STRING="&".join(["hide=leader"] * 1_000))[0] == 200
    status, text = sent(BodyReader(echo), method="GET", QUERY_STRING="&".join(["hide=leader"] * 1_001))
    assert (status, "1,000 parameters" in text) == (414, True)


def test_half_sent_bodies_leave_threads_to_others() -> None:
    go_on, waiting = threading.Event(), threading.Semaphore(0)

    class Slow:
        def read(self, size: int) -> bytes:
            waiting.release()
            go_on.wait(60)
            return b"slow"

    reader = BodyReader(echo)
    found: list[tuple[int, str]] = []
    slow = [
        threading.Thread(target=lambda: found.append(sent(reader, Slow(), CONTENT_LENGTH="4", PATH_INFO="//sparql")))
        for _ in range(READING)
    ]
    for thread in slow:
        thread.start()
    for _ in slow:
        assert waiting.acquire(timeout=60)
    try:
        assert sent(reader, b"one more")[0] == 503
        assert sent(reader, method="GET")[0] == 200
    finally:
        go_on.set()
        for thread in slow:
            thread.join()
    assert found == [(200, "/sparql slow")] * READING
    assert sent(reader, b"one more") == (200, "/a one more")


def test_all_that_wait_together_leave_threads_to_pages() -> None:
    assert READING + QUERYING + DRAWING + ANSWERING < THREADS
    assert sum(WAITING) == DRAWING
    assert min(WAITING) > 1
