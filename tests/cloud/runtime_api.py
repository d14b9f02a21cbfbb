"""The service that Lambda's runtime asks for events and tells what came of them, in this process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

#: Seconds for an answer: the runtime imports the program first.
PATIENCE = 90


class RuntimeApi:
    """Hands out events one by one; answers come back in their order."""

    def __init__(self) -> None:
        self._events: Queue[tuple[str, object, float]] = Queue()
        self._begun: Queue[str] = Queue()
        self.answers: Queue[tuple[str, Any]] = Queue()
        self._number = 0
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                request, event, seconds = api._events.get()
                body = json.dumps(event).encode()
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", request)
                self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + seconds) * 1000)))
                self.send_header(
                    "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:1:function:leads"
                )
                # Without it the client of the runtime dies.
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                api._begun.put(request)

            def do_POST(self) -> None:
                request_body = self.rfile.read(int(self.headers["Content-Length"]))
                api.answers.put((self.path.rpartition("/")[2], json.loads(request_body)))
                self.send_response(202)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is to be printed."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def call(self, event: object, *, seconds: float = 600) -> tuple[str, Any]:
        """What the function gives for the event, in so many seconds: `response` or `error`, and what it is."""
        self.begin(event, seconds=seconds)
        return self.answers.get(timeout=PATIENCE)

    def begin(self, event: object, *, seconds: float = 600) -> None:
        """Hand the event out, and do not wait for the answer."""
        self._number += 1
        self._events.put((f"call-{self._number}", event, seconds))
        self._begun.get(timeout=PATIENCE)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Within it, it can be asked."""
        Thread(target=self._server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            self._server.shutdown()
            self._server.server_close()


@contextmanager
def runtime(handler: str, folder: Path, variables: Mapping[str, str]) -> Iterator[RuntimeApi]:
    """The runtime of Lambda with the handler, in a process of its own that is killed at the end of the block."""
    api = RuntimeApi()
    words: Sequence[str] = [sys.executable, "-m", "awslambdaric", handler]
    settings = {"AWS_LAMBDA_RUNTIME_API": api.address, "AWS_LAMBDA_FUNCTION_NAME": "leads"}
    with api.serving():
        program = subprocess.Popen(
            words,
            cwd=folder,
            env={**os.environ, **variables, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield api
        finally:
            program.kill()
            program.wait()
