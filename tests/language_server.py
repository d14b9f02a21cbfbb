"""The language server that editors run for YAML, driven over the Language Server Protocol."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

#: Where `.ci/language-server` installs it.
SERVER = Path(__file__).parents[1] / ".venv/language-server/node_modules/.bin/yaml-language-server"
#: Seconds after which a server that does not answer is ended.
PATIENCE = 120

_CLIENT = {
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": True}},
    }
}


def missing() -> str:
    """What this machine lacks to run the server; nothing where it has all."""
    if not SERVER.exists():
        return "the YAML language server is not installed; `make test` installs it where there is npm"
    return "" if shutil.which("node") else "there is no node"


@dataclass
class LanguageServer:
    """A running server that knows the documents of one folder. Lines and columns count from 1."""

    process: subprocess.Popen[bytes]
    folder: Path
    _asked: int = 0
    _diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def open(self, name: str, text: str) -> str:
        """Open a document as an editor does: its URI."""
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def complaints(self, uri: str) -> list[str]:
        """`line:column: message` of each thing that is marked in the document, in the order of the file."""
        while uri not in self._diagnostics:
            self._take(self._receive())
        found = [(each["range"]["start"], each["message"]) for each in self._diagnostics.pop(uri)]
        places = sorted((start["line"] + 1, start["character"] + 1, complaint) for start, complaint in found)
        return [f"{line}:{column}: {complaint}" for line, column, complaint in places]

    def completions(self, uri: str, line: int, column: int) -> list[str]:
        """What is offered at a place."""
        found = self.ask("textDocument/completion", _place(uri, line, column))
        return [item["label"] for item in found["items"]]

    def hover(self, uri: str, line: int, column: int) -> str:
        """What is shown of the thing at a place, as Markdown."""
        found = self.ask("textDocument/hover", _place(uri, line, column))
        return str(found["contents"]["value"]) if found else ""

    def ask(self, method: str, params: Any) -> Any:
        """The server's answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._take(message)

    def tell(self, method: str, params: Any) -> None:
        """Something that has no answer."""
        self._send({"method": method, "params": params})

    def _take(self, message: dict[str, Any]) -> None:
        """Keep diagnostics. What the server asks of its editor is answered with nothing: the defaults hold."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            items = message["params"].get("items") if isinstance(message.get("params"), dict) else None
            self._send({"id": message["id"], "result": [None] * len(items) if items else None})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while header := self.process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has gone away"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message


def _place(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}


@contextmanager
def language_server(folder: Path) -> Iterator[LanguageServer]:
    """A server for the documents of a folder, for as long as the block lasts."""
    command = [str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        watchdog = Timer(PATIENCE, process.kill)
        watchdog.start()
        try:
            server = LanguageServer(process, folder)
            server.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": _CLIENT})
            server.tell("initialized", {})
            yield server
            server.ask("shutdown", None)
            server.tell("exit", None)
        finally:
            watchdog.cancel()
            process.kill()
