"""A proxy between a program and a server, for what happens to connections on their way through a network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

#: Bytes that are passed on at once.
_PIECE = 1 << 16


class _Line:
    """One connection: what comes from either side is passed on to the other."""

    def __init__(self, near: socket.socket, far: socket.socket, slow: float) -> None:
        self.near, self.far = near, far
        self._passes, self._ended, self._slow = Event(), Event(), slow
        self._passes.set()
        self._threads = [
            Thread(target=self._pass_on, args=ends, daemon=True) for ends in ((near, far), (far, near))
        ]
        for thread in self._threads:
            thread.start()

    def stall(self) -> None:
        """Pass nothing on any more; what is sent is taken, and neither side is told."""
        self._passes.clear()

    def drop(self, side: socket.socket) -> None:
        """Close the line to one side, and let the other one know nothing of it."""
        self.stall()
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """Close both sides."""
        self._ended.set()
        self._passes.set()
        for side in (self.near, self.far):
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for side in (self.near, self.far):
            side.close()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                # An end of the line is waited for, which does not come before: so this is how long a piece takes.
                self._ended.wait(self._slow)
                self._passes.wait()
                target.sendall(piece)
        self._passes.wait()
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


class Proxy:
    """Listens on a port of this machine, and connects who comes with what `connect` gives; `slow` in seconds."""

    def __init__(self, connect: Callable[[], socket.socket], *, slow: float = 0) -> None:
        self._connect, self._slow = connect, slow
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._lines: list[_Line] = []
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()

    def drop_near(self) -> None:
        """Close the lines that there are to those who came, and not to the server."""
        for line in self._lines:
            line.drop(line.near)

    def drop_far(self) -> None:
        """Close the lines that there are to the server, and not to those who came."""
        for line in self._lines:
            line.drop(line.far)

    def stall(self) -> None:
        """Pass nothing on any more through the lines that there are."""
        for line in self._lines:
            line.stall()

    def end(self) -> None:
        """Close everything."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()
        for line in self._lines:
            line.end()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self._lines.append(_Line(near, self._connect(), self._slow))


@contextmanager
def proxy(connect: Callable[[], socket.socket], *, slow: float = 0) -> Iterator[Proxy]:
    """A proxy for as long as the block lasts."""
    between = Proxy(connect, slow=slow)
    try:
        yield between
    finally:
        between.end()
