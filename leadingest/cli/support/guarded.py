"""How a command ends when something goes wrong: a message and an exit code."""

from __future__ import annotations

import atexit
import errno
import gc
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from leadingest.cli.support.output import safe_streams, text_width
from leadingest.errors import LeadingestError, in_words

EXIT_INTERRUPTED: Final = 130
INTERRUPTED: Final = "Interrupted. The unfinished load was not published."

#: Seconds that a command has to end in order: to undo its load, and to say what has become of it.
_IN_ORDER: Final = 0.7

#: So many new objects start a collection of garbage, and not 700. What is imported stays, and to look through it again
#: and again was a fifth of the time that a short command took.
_OBJECTS_BETWEEN_COLLECTIONS: Final = 200_000


class GuardedGroup(click.Group):
    """Runs its commands so that every error ends in lines on standard error and the exit code it asks for."""

    def main(self, *args: Any, **options: Any) -> Any:
        """As click's, in any locale and whatever becomes of the output."""
        # It would look for them in everything that is installed.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
        # Nor is it looked through when the interpreter ends: the system takes the memory back in one piece.
        atexit.register(gc.freeze)
        with safe_streams():
            return super().main(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exceptions become an exit code."""
        try:
            with ending_soon():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo(f"\n{INTERRUPTED}", err=True)
            raise click.exceptions.Exit(EXIT_INTERRUPTED) from None
        except BaseException as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            message = in_words(error)
            _tell(message)
            raise click.exceptions.Exit(message.exit_code) from error


def _tell(error: LeadingestError) -> None:
    from leadingest.reports.problem import problem
    from leadingest.reports.render.text import blocks_text

    blocks = problem(error.message, hint=error.hint)
    click.echo(blocks_text(blocks, width=text_width()), err=True, nl=False)


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
