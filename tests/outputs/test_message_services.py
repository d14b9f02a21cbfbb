"""Tests of leadingest.outputs.message_services."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from time import monotonic

import pytest

from leadingest.errors import ConfigurationError
from leadingest.outputs.message_services import MessageServices
from tests.http_endpoint import HttpEndpoint, http_endpoint


@pytest.fixture(name="endpoint")
def _endpoint() -> Iterator[HttpEndpoint]:
    with http_endpoint() as endpoint:
        yield endpoint


def test_every_service_gets_the_message(endpoint: HttpEndpoint) -> None:
    services = MessageServices([f"json://127.0.0.1:{endpoint.port}/{name}" for name in "ab"])
    assert services.send("late", "iowa <b>: 7 days\nutah") == []
    assert sorted(endpoint.paths) == ["/a", "/b"]
    assert [(each["title"], each["message"]) for each in endpoint.received] == [
        ("late", "iowa <b>: 7 days\nutah")
    ] * 2


def test_a_service_that_refuses_is_named_without_its_url(
    endpoint: HttpEndpoint, caplog: pytest.LogCaptureFixture
) -> None:
    endpoint.status = 500
    services = MessageServices([f"json://ann:S3cret@127.0.0.1:{endpoint.port}"])
    with caplog.at_level(logging.DEBUG):
        faults = services.send("t", "b")
    assert faults == ["the message for service 1 of LEADINGEST_NOTIFY (JSON) could not be sent"]
    assert "S3cret" not in caplog.text


def test_a_service_that_hangs_is_not_waited_for(endpoint: HttpEndpoint) -> None:
    endpoint.answering.clear()
    begun = monotonic()
    urls = [f"json://127.0.0.1:{endpoint.port}?rto=30" for _ in range(3)]
    assert len(MessageServices(urls).send("t", "b", longest=0.3)) == 3
    assert monotonic() - begun < 5


@pytest.mark.parametrize("url", ["hook.example/S3cret", "nosuch://S3cret", "slack://S3cret"])
def test_a_url_that_is_wrong_is_told_at_once_and_not_shown(url: str) -> None:
    with pytest.raises(
        ConfigurationError, match="URL 2 is not one of a service that apprise knows"
    ) as caught:
        MessageServices(["json://127.0.0.1", url])
    assert "S3cret" not in f"{caught.value} {caught.value.hint}"


def test_without_the_library_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert not MessageServices([])
    with pytest.raises(ConfigurationError, match="LEADINGEST_NOTIFY needs apprise") as caught:
        MessageServices(["json://127.0.0.1"])
    assert caught.value.hint == "pip install 'leadingest[notify]'"
