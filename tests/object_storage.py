"""Object storage for the tests: a server of S3 on this machine, one for each process of tests, and stores in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from leadingest.stores.folder import FolderStore
from leadingest.stores.location import ObjectUrl
from leadingest.stores.objects import ObjectStore
from leadingest.stores.store import Store

_VERSIONED = (
    b'<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
    b"<Status>Enabled</Status></VersioningConfiguration>"
)


@contextmanager
def s3_server(*, port: int = 0) -> Iterator[str]:
    """The address of a server that lasts as long as the block; what it keeps lasts as long as this process."""
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


class Bucket:
    """A bucket of the server, which is made."""

    def __init__(self, server: str, name: str, *, versions: bool = False) -> None:
        self.server, self.name = server, name
        self.url = ObjectUrl("s3", name)
        self._send("PUT", "", b"")
        if versions:
            self._send("PUT", "?versioning", _VERSIONED)

    def put(self, key: str, content: bytes = b"", *, tags: str = "") -> ObjectUrl:
        """Put an object, be it one that stands for a folder; its tags are `name=value`."""
        self._send("PUT", f"/{quote(key, safe='/')}", content, **({"x-amz-tagging": tags} if tags else {}))
        return self.url / key

    def delete(self, key: str) -> None:
        """Delete an object."""
        self._send("DELETE", f"/{quote(key, safe='/')}", b"")

    def tags(self, key: str) -> bytes:
        """What the bucket says of the tags of an object."""
        return self._send("GET", f"/{quote(key, safe='/')}?tagging", b"")

    def fill(self, folder: Path, *, prefix: str) -> None:
        """Put the files of the folder."""
        for path in folder.rglob("*"):
            if path.is_file():
                self.put(f"{prefix}/{path.relative_to(folder).as_posix()}", path.read_bytes())

    def keys(self) -> list[str]:
        """The keys of all objects, sorted."""
        return sorted(each.key for each in ObjectStore(self.url).listed())

    def content(self, key: str) -> bytes:
        """The content of an object."""
        return ObjectStore(self.url).read(key).content

    def _send(self, method: str, path: str, content: bytes, **more: str) -> bytes:
        # The server looks at who asks and for what, and not at the signature.
        asking = "AWS4-HMAC-SHA256 Credential=made-up/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
        request = Request(
            f"{self.server}/{self.name}{path}",
            data=content,
            method=method,
            headers={"Authorization": asking, "Content-Type": "application/octet-stream", **more},
        )
        with urlopen(request) as answer:
            return bytes(answer.read())


def store_in(kind: str, folder: Path) -> Store:
    """An empty store: a `folder`, or `objects` in memory, of a whole bucket or below a `prefix`."""
    if kind == "folder":
        return FolderStore(folder)
    from obstore.store import MemoryStore

    return ObjectStore(ObjectUrl("s3", "bucket", "below/it" if kind == "prefix" else ""), MemoryStore())
