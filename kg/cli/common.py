"""What all commands share: exit codes, errors as one line, arguments that are paths on this machine.

Exit codes: 0 done, 1 problems found, 2 wrong use or something that cannot be read. An error is one line on
standard error, never a traceback.
"""

from __future__ import annotations

import gc
import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, Any

import click

from kg.answering import AskError
from kg.graph.files import UnreadableData, files_of
from kg.graph.load import LeftOut
from kg.graph.name_lookup import UnknownName
from kg.library import Library, open_any, open_library
from kg.maps.concept_map import MapError
from kg.questions.templates import TemplateError
from kg.sparql.engine import QueryError

INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it: 128 + SIGINT (2)."""

EXPECTED = (
    AskError,
    TemplateError,
    UnknownName,
    UnreadableData,
    MapError,
    QueryError,
    OSError,
)
"""What can go wrong with what a person gave; each says so in one sentence."""


class ClosedOutput(io.TextIOBase):
    """Standard output that was closed before the process began: writing to it is an error that says so."""

    def write(self, text: str, /) -> int:
        """Refuse to write."""
        raise OSError("Standard output is closed; send it to a terminal, a file or another program.")


@contextmanager
def interrupts(handler: Callable[..., Any] | signal.Handlers) -> Iterator[None]:
    """Let Ctrl-C do something else for a while; where it is ignored, as in the background of a shell, it stays so.

    Arguments:
        handler: `signal.default_int_handler` raises KeyboardInterrupt, so that what was begun is put in order;
            `signal.SIG_DFL` ends the process at once, as is best while modules are loaded, which make whatever error
            of an exception.
    """
    before = signal.getsignal(signal.SIGINT)
    if not callable(before):
        yield
        return
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class CommandLine(click.Group):
    """Commands that end with an exit code and at most one line of error, never with a traceback."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command line and end the process with its exit code."""
        # A stream that was closed before the process began (`>&-`) is None. Errors then have nowhere to go, but no
        # result is lost without a word.
        sys.stdout = sys.stdout or ClosedOutput()
        sys.stderr = sys.stderr or io.StringIO()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            with interrupts(signal.default_int_handler):
                code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            with suppress(OSError):
                error.show()
            code = error.exit_code
        except click.ClickException as error:
            code = _complain(error.format_message(), getattr(error, "ctx", None))
        except OSError as error:  # the help could not be written
            code = _complain(_sentence(error))
        except (click.Abort, KeyboardInterrupt):
            code = INTERRUPTED
        sys.exit(code if isinstance(code, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command; what is expected to go wrong becomes a line and exit code 2."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
            return code
        except BrokenPipeError:
            # The reader has gone. As the manual of `signal` advises, nothing is left to flush at the end.
            with open(os.devnull, "w") as nowhere:
                os.dup2(nowhere.fileno(), sys.stdout.fileno())
            return 0
        except EXPECTED as error:
            return _complain(_sentence(error))


def _complain(message: str, context: click.Context | None = None) -> int:
    hint = f" ({context.command_path} --help says more)" if context else ""
    with suppress(OSError):  # where nobody can be told, the exit code still says it
        click.echo(f"seminar-kg: {' '.join(message.split())}{hint}", err=True)
    return 2


def _sentence(error: Exception) -> str:
    if isinstance(error, UnknownName):
        return error.message
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    return str(error)


def local_path(text: str) -> Path:
    """Return a path on this machine, or refuse an address: nothing is fetched.

    The text is looked at because a `Path` of an address loses one of its slashes, and that of no text, as of a variable
    that is not set, is the working folder.
    """
    if not text:
        raise click.BadParameter("the name of a file or folder is empty; name one.")
    if re.match(r"[a-z][a-z0-9+.-]+:/|(https?|ftp|file|data):", text, re.IGNORECASE):
        raise click.BadParameter(f"{text} is an address, not a file; save it to disk first.")
    return Path(text)


def web_address(context: click.Context, parameter: click.Parameter, text: str | None) -> str | None:
    """Return an address to which paths can be added, without its last slash, or refuse what is none."""
    if text and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text):
        raise click.BadParameter("an address that begins with http:// or https:// is needed.", context, parameter)
    return text.rstrip("/") if text else text


def examples(*lines: str) -> str:
    """Return the examples that end the help of a command, each on its own line."""
    # Click leaves the lines of a paragraph as they are when it begins with a backspace character.
    return "\b\nFor example:\n" + "\n".join(f"  {line}" for line in lines)


def data_option(function: Any) -> Any:
    """Let `--data` stand before or after the command."""
    words = "A file or folder of seminars instead of the packaged one; repeatable."
    return click.option("--data", "more", multiple=True, type=local_path, metavar="PATH", help=words)(function)


def data_paths(ctx: click.Context, more: Sequence[Path]) -> list[Path] | None:
    """Return what `--data` named before and after the command, or None for the packaged seminar."""
    return [*ctx.obj, *more] or None


def no_check_option(function: Any) -> Any:
    """Let `--no-check` be given."""
    words = "Take every file that can be read, whatever `seminar-kg check` says of it."
    return click.option("--no-check", "any_data", is_flag=True, help=words)(function)


def open_data(ctx: click.Context, more: Sequence[Path], *, check: bool = False) -> Library:
    """Return the library of the seminars that `--data` named; raises UnreadableData.

    What `check` leaves out is said on standard error.
    """
    paths = data_paths(ctx, more)
    if check:
        say_wait(paths or ())
    with lasting():
        library = open_library(paths, check=True) if check else open_any(paths)
    say_left_out(library.data.left_out)
    return library


@contextmanager
def lasting() -> Iterator[None]:
    """Spare what is made meanwhile the search for garbage, since it stays as long as the process."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


LARGE = 2_000_000
"""Bytes of files whose check takes so long, some seconds for each million, that people would wonder."""


def say_wait(paths: Iterable[Path]) -> None:
    """Say on standard error that a check takes long, where the files are large."""
    size = sum(file.stat().st_size for file in files_of(paths))
    if size > LARGE:
        click.echo(f"seminar-kg: The check of {size / 1e6:.0f} MB takes a while; Ctrl-C ends it.", err=True)


def say_left_out(left_out: Iterable[LeftOut]) -> None:
    """Say on standard error which files the check rejected, a line each."""
    for each in left_out:
        click.echo(f"seminar-kg: {each}", err=True)


def opened(path: Path) -> IO[bytes]:
    """Return a file, or standard input for "-", as bytes."""
    return click.open_file(str(path), "rb")


LONGEST_TEXT = 4 * 1024 * 1024
"""Bytes of a query, of propositions, of a map to read: far more than any has, and far less than would do harm."""


def text_of(path: Path, how: str = "") -> str:
    """Return the text of a file, or of standard input for "-"; raises UnreadableData if it is not UTF-8, or huge.

    UTF-16 with its byte order mark is read too: it is what spreadsheets call Unicode text.

    Arguments:
        path: where the text is.
        how: how a program that such texts come from saves UTF-8, for the sentence that asks for it.
    """
    with opened(path) as source:
        read = source.read(LONGEST_TEXT + 1)
        if len(read) > LONGEST_TEXT:
            raise UnreadableData(f"{path}: it is longer than {LONGEST_TEXT // 1024**2} MB; give a smaller file.")
        try:
            return read.decode("utf-16" if read.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
        except UnicodeDecodeError:
            raise UnreadableData(f"{path}: the text is not UTF-8; save it as UTF-8{how}.") from None


def printable(text: str) -> str:
    """Return text without what could move the cursor of a terminal or turn the direction of writing."""
    return "".join(each if each.isprintable() else " " for each in text)


def spinner(words: str) -> AbstractContextManager[object]:
    """Return what shows that work goes on, where somebody can see it: on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console  # takes a tenth of a second to load

    return Console(stderr=True).status(words)
