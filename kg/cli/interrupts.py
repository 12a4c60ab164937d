"""Ctrl-C while modules are being loaded."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silent_interrupts() -> Iterator[None]:
    """Let Ctrl-C end the process at once and without a word, as the system does with programs that say nothing of it.

    Within an import KeyboardInterrupt would come as a traceback, or as whatever error the module makes of it. Where
    SIGINT is ignored, as in the background of a shell, it stays so.
    """
    ours = signal.getsignal(signal.SIGINT)
    if ours != signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, ours)
