"""Tests of leadingest.stores.object_errors: a server that refuses, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import MappingProxyType

import obstore
import pytest

from leadingest.deliveries.inboxes.open_inbox import opened_file
from leadingest.errors import StoreBusyError, StoreError, StoreSetupError
from leadingest.stores import objects
from leadingest.stores.location import ObjectUrl
from leadingest.stores.objects import ObjectStore

SECRETS = ("MADEUPKEYID", "made-up-secret", "made-up-token")


class Refusing(ThreadingHTTPServer):
    """Refuses every request in the same way, as S3 does; but for objects where it has a `content`."""

    daemon_threads = True
    status, code = 200, ""
    requests = 0
    #: What there is under every key. The connection breaks off in the middle of it where `replaced` is the rest that
    #: is sent to whoever asks for the rest.
    content, replaced = b"", b""
    headers: Mapping[str, str] = MappingProxyType({})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Refusing

    def do_GET(self) -> None:
        self.server.requests += 1
        self.server.headers = dict(self.headers)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.content and "list-type" not in self.path:
            self.give_content()
            return
        body = f"<Error><Code>{self.server.code}</Code><AWSAccessKeyId>{SECRETS[0]}</AWSAccessKeyId></Error>".encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def give_content(self) -> None:
        whole, rest = self.server.content, self.server.replaced
        half = len(whole) // 2
        if asks_on := "Range" in self.headers:
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {half}-{len(whole) - 1}/{len(whole)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(half if asks_on else len(whole)))
        self.send_header("ETag", '"new"' if asks_on and rest != whole[half:] else '"old"')
        self.send_header("Last-Modified", "Mon, 30 Nov 2026 05:05:42 GMT")
        self.end_headers()
        self.wfile.write(rest if asks_on else whole[:half] if rest else whole)
        self.close_connection = bool(rest)

    do_HEAD = do_PUT = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Refusing]:
    with Refusing(("127.0.0.1", 0), _Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", SECRETS[0])
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRETS[1])
        monkeypatch.setenv("AWS_SESSION_TOKEN", SECRETS[2])
        monkeypatch.setitem(objects._RETRY, "max_retries", 2)
        yield server
        server.shutdown()


ACTS: dict[str, Callable[[ObjectStore], object]] = {
    "list": lambda store: store.listed(),
    "read": lambda store: store.read("a.csv"),
    "look": lambda store: store.newest("a.csv"),
    "write": lambda store: store.put("a.csv", b"Oak"),
}


def refusal(server: Refusing, status: int, code: str, *, act: str = "read") -> StoreError:
    """What is said where a server refuses like that; nothing that is secret is in it."""
    server.status, server.code = status, code
    with pytest.raises(StoreError) as caught:
        ACTS[act](ObjectStore(ObjectUrl("s3", "leads", "in")))
    text = str(caught.value)
    assert not [secret for secret in SECRETS if secret in text]
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    assert text.startswith("s3://leads/in") and len(caught.value.message.splitlines()) == 1
    return caught.value


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("status", "code", "message"),
    [
        (404, "NoSuchBucket", "there is no such bucket"),
        (400, "ExpiredToken", "the credentials have expired"),
        (403, "InvalidAccessKeyId", "there is no such access key"),
        (403, "SignatureDoesNotMatch", "the secret does not belong to the access key"),
        (403, "RequestTimeTooSkewed", "the clock of this machine is wrong"),
        (301, "PermanentRedirect", "the bucket is in another region"),
        (400, "AuthorizationHeaderMalformed", "the bucket is in another region"),
    ],
)
def test_what_is_set_up_wrong_is_told_with_what_to_do(
    server: Refusing, act: str, status: int, code: str, message: str
) -> None:
    error = refusal(server, status, code, act=act)
    assert isinstance(error, StoreSetupError) and error.exit_code == 2
    assert message in error.message and error.hint


@pytest.mark.parametrize(
    ("act", "right"),
    [
        ("list", "s3:ListBucket; without it, name a file: --file"),
        ("read", "s3:GetObject"),
        ("look", "s3:GetObject"),
        ("write", "s3:PutObject"),
    ],
)
def test_a_right_that_is_missing_is_named(server: Refusing, act: str, right: str) -> None:
    error = refusal(server, 403, "AccessDenied", act=act)
    assert f"no permission to {act.replace('look', 'read')} it" in error.message and right in error.hint


@pytest.mark.parametrize("act", ACTS)
def test_a_busy_store_is_asked_again_and_then_told_as_busy(server: Refusing, act: str) -> None:
    error = refusal(server, 503, "SlowDown", act=act)
    assert isinstance(error, StoreBusyError)
    # The answer to a look has no body, which would have the code.
    assert f"object storage is busy ({'503' if act == 'look' else 'SlowDown'})" in error.message
    assert server.requests == 3


def test_a_store_that_cannot_be_reached_is_worth_a_retry(server: Refusing) -> None:
    server.shutdown()
    server.server_close()
    error = refusal(server, 0, "")
    assert isinstance(error, StoreBusyError) and "cannot be reached" in error.message


def test_a_refusal_that_is_not_known_is_told_by_its_code(server: Refusing) -> None:
    assert (
        "refused to read it (KMS.DisabledException)" in refusal(server, 400, "KMS.DisabledException").message
    )


def test_whoever_pays_for_requests_and_encryption_are_as_the_environment_says(
    server: Refusing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_REQUEST_PAYER", "requester")
    monkeypatch.setenv("AWS_SERVER_SIDE_ENCRYPTION", "aws:kms")
    monkeypatch.setenv("AWS_SSE_KMS_KEY_ID", "made-up-key")

    def sent() -> dict[str, str]:
        return {name.lower(): value for name, value in server.headers.items() if name.startswith("x-amz-")}

    for act in ("list", "read", "look", "write"):
        refusal(server, 400, "InvalidRequest", act=act)
        assert sent()["x-amz-request-payer"] == "requester"
    encryption = {
        "x-amz-server-side-encryption": "aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id": "made-up-key",
    }
    assert encryption.items() <= sent().items()
    with pytest.raises(Exception, match="InvalidRequest"):
        obstore.copy(ObjectStore(ObjectUrl("s3", "leads"))._copying, "a.csv", "b.csv")
    assert (encryption | {"x-amz-request-payer": "requester"}).items() <= sent().items()


def test_without_the_right_to_list_an_object_is_read_by_its_name(server: Refusing) -> None:
    server.content = b"Name,Phone"
    assert "no permission to list it" in refusal(server, 403, "AccessDenied", act="list").message
    with opened_file(ObjectUrl("s3", "leads", "in/a.csv")) as delivery:
        assert delivery.path.read_bytes() == b"Name,Phone"


def test_a_connection_that_breaks_off_is_taken_up_where_it_was(server: Refusing) -> None:
    server.content, server.replaced = b"NamePhone!", b"hone!"
    with ObjectStore(ObjectUrl("s3", "leads", "in")).fetched("a.csv") as path:
        assert path.read_bytes() == b"NamePhone!"


def test_two_versions_of_an_object_are_never_put_together(server: Refusing) -> None:
    server.content, server.replaced = b"NamePhone!", b"Email"
    store = ObjectStore(ObjectUrl("s3", "leads", "in"))
    with (
        pytest.raises(StoreBusyError, match="the connection was lost while it was read"),
        store.fetched("a.csv"),
    ):
        pass
