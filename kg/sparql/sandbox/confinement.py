"""What a child process takes from itself before it runs queries from outside: the network, and memory.

Linux only. Elsewhere there is the lexer's check for SERVICE and the deadline; macOS does not enforce
RLIMIT_AS.
"""

import ctypes
import os
import platform
import signal
import socket
import struct
import sys
import threading
import time
from contextlib import suppress
from typing import Final

# socket, socketpair, connect, bind, listen, accept, accept4; io_uring_setup, which could do the same unseen;
# execve, execveat, ptrace: from the kernel's tables of system calls, with the AUDIT_ARCH of each machine.
_DENIED: Final[dict[str, tuple[int, tuple[int, ...]]]] = {
    "x86_64": (0xC000003E, (41, 53, 42, 49, 50, 43, 288, 425, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 199, 203, 200, 201, 202, 242, 425, 221, 281, 117)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ARCHITECTURE, _NUMBER = 4, 0  # offsets in struct seccomp_data
_ALLOW, _KILL, _EPERM = 0x7FFF0000, 0x80000000, 0x00050000 | 1
_X32: Final = 0x40000000  # the same system calls again, for the x32 ABI
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _MODE_FILTER = 1, 38, 22, 2


class _Program(ctypes.Structure):
    """`struct sock_fprog`: the length of a filter and its instructions."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def deny_network() -> bool:
    """Make this process unable to open or accept connections and to start programs, for good.

    The connections it has stay open. Call it before any thread starts: a filter covers the thread that
    installs it and those that come after. See seccomp(2) and prctl(2).

    Returns:
        Whether it holds: False where there is no seccomp, or a machine whose system calls are not listed.
    """
    known = _DENIED.get(platform.machine())
    if sys.platform != "linux" or known is None or sys.maxsize < 2**32:
        return False
    code = _filter(*known)
    program = _Program(len(code) // 8, code)
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = (ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong)
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, None, 0, 0) != 0:
        return False
    return bool(prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(program), 0, 0) == 0)


def limit_memory(headroom: int) -> bool:
    """Limit the address space to what is in use now and `headroom` bytes more; beyond it the process aborts.

    Core dumps are switched off too, so that a crash leaves no file behind.

    Returns:
        Whether it holds: False where there is no RLIMIT_AS that is enforced.
    """
    if sys.platform == "win32":
        return False
    import resource  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return False
    with open("/proc/self/statm", encoding="ascii") as statm:
        used = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + headroom, used + headroom))
    return True


def peak_memory() -> int:
    """Return the most bytes of memory that this process has had at a time; 0 where the system does not tell.

    On Linux a program that a larger one started, rather than forked, is told the peak of that one.
    """
    if sys.platform == "win32":
        return 0
    import resource  # there is none on Windows

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def volunteer() -> None:
    """Let Linux end this process rather than another where the whole machine runs out of memory (proc(5))."""
    if sys.platform == "linux":
        with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
            score.write("1000")


def give_memory_back() -> None:
    """Let the GNU C library return to the system what is freed, and threads share what they free (mallopt(3)).

    With an arena for each thread, what one of them frees no other can use; and by itself the library soon keeps
    every block of up to 32 MB that was ever freed.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            for setting, value in ((_M_ARENA_MAX, 2), (_M_MMAP_THRESHOLD, 1 << 17), (_M_TRIM_THRESHOLD, 1 << 17)):
                library.mallopt(setting, value)


def trim_memory() -> None:
    """Let the GNU C library return to the system what has been freed so far (malloc_trim(3))."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def end_with_parent(parent: int) -> None:
    """Let Linux end this process with the one that forked it, whatever it does then (prctl(2)).

    What counts is the end of the *thread* that forked, so that must be one which lasts as long as its process.

    Args:
        parent: the process id of the parent, which may have ended before.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)


def end_with_connection(connection: int) -> None:
    """End this process, whatever it does then, when the other end of a connection is closed: its owner has ended.

    A thread sees to it. For systems and processes that `end_with_parent` is not for.

    Args:
        connection: the file descriptor, or on Windows the handle, of a stream socket.
    """

    def watch() -> None:
        end = socket.socket(fileno=connection)
        with suppress(OSError):
            while end.recv(1, socket.MSG_PEEK):  # b"" is the end; anything else is for another thread to read
                time.sleep(0.5)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def ignore_terminal() -> None:
    """Leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _filter(architecture: int, denied: tuple[int, ...]) -> bytes:
    """Return a classic BPF program: kill another architecture, answer EPERM to the denied calls."""
    checks = [(_AT_LEAST, _X32), *((_EQUAL, number) for number in denied)]
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        *((code, len(checks) - place, 0, value) for place, (code, value) in enumerate(checks)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _EPERM),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)
