"""The command line, started: ready for Ctrl-C before it loads what the commands need.

This module imports nothing of ours, since a second passes until all is loaded.
"""

import contextlib
import gc
import os
import signal
import sys


def main() -> None:
    """Run the command line of this process, and end it with its exit code."""
    # Only while a command runs is an exception raised: before and afterwards it would meet code that is not ours. In
    # the background of a shell the signal is ignored, and stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    try:
        os.getcwd()
    except OSError:
        sys.exit(_complain("The working folder has been deleted; change to another one."))
    gc.disable()  # what modules make while they are loaded stays, so that looking for garbage among it is in vain
    try:
        from kg.cli.command_line import commands
    except OSError as error:  # libraries look for their settings in the user's home folder
        sys.exit(_complain(f"{error.filename}: {error.strerror}."))
    gc.freeze()
    gc.enable()
    commands.main(prog_name="seminar-kg")


def _complain(sentence: str) -> int:
    """Print what is wrong, where that can be done, and return the exit code."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(f"seminar-kg: {sentence}\n")
    return 2


def _end(number: int, frame: object) -> None:
    """End at once, without a word; the exit code is 128 + SIGINT, as shells have it."""
    os._exit(130)
