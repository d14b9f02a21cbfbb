"""An HTTP server on this machine that keeps what is sent to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class HttpEndpoint:
    """What was sent to the server, as JSON; `status` is what it answers, and it is silent until `answering` is set."""

    port: int
    status: int = 200
    received: list[Any] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answering: Event = field(default_factory=Event)


@contextmanager
def http_endpoint() -> Iterator[HttpEndpoint]:
    """A server that is there within the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.received.append(content)
            endpoint.paths.append(self.path)
            endpoint.headers.append(dict(self.headers))
            endpoint.answering.wait(30)
            try:
                self.send_response(endpoint.status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                # Nobody waits for it any more.
                return

        def log_message(self, format: str, *_args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    endpoint = HttpEndpoint(server.server_port)
    endpoint.answering.set()
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        endpoint.answering.set()
        server.shutdown()
        server.server_close()
        thread.join()
