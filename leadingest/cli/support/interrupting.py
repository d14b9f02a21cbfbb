"""Ctrl-C ends a command soon, whatever it does."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

EXIT_INTERRUPTED: Final = 130
INTERRUPTED: Final = "Interrupted. The unfinished load was not published."

#: Seconds that a command has to end in order: to undo its load, and to say what has become of it.
_IN_ORDER: Final = 0.7


@contextmanager
def ending_soon() -> Iterator[None]:
    """Within it, Ctrl-C ends the process in less than a second.

    Python raises KeyboardInterrupt in the main thread, and only between two of its own steps: a library that computes,
    or threads that are waited for, can put that off for long. So a thread is told of the signal as well. If the
    command has not ended in order by then, it ends the process: as after a kill, the database drops what was not
    committed, and the next run clears up the rest. Does nothing where it is not called in the main thread, which alone
    may say who is told.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    receiver, sender = socket.socketpair()
    sender.setblocking(False)
    before = signal.set_wakeup_fd(sender.fileno(), warn_on_full_buffer=False)
    ended = threading.Event()
    watcher = threading.Thread(
        target=_watch, args=(receiver, ended), name="leadingest-interrupt", daemon=True
    )
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        signal.set_wakeup_fd(before)
        # The watcher reads that there is no more to come.
        sender.close()
        watcher.join()
        receiver.close()


def _watch(receiver: socket.socket, ended: threading.Event) -> None:
    while signals := receiver.recv(1):
        if signals[0] == signal.SIGINT and not ended.wait(_IN_ORDER):
            # A display of progress has hidden the cursor.
            shown = "\x1b[?25h" if os.isatty(2) else ""
            os.write(2, f"{shown}\n{INTERRUPTED}\n".encode())
            os._exit(EXIT_INTERRUPTED)
