"""Tests of leadingest.cli.support.progress."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from leadingest.cli.support.progress import ProgressListener
from leadingest.deliveries.delivery import Delivery
from leadingest.ingest.result import SourceResult

DELIVERY = Delivery(Path("a.csv"), "a.csv", 1, "00", datetime(2026, 8, 1, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _able_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich draws nothing that moves where TERM says that the terminal cannot."""
    monkeypatch.setenv("TERM", "xterm-256color")


def seen(sources: int) -> str:
    """What a terminal gets while the first source is read."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80, no_color=True)
    with ProgressListener(console, sources=sources) as progress:
        progress.started("nev[bold]ada\x1b", DELIVERY)
        progress.progress("nev[bold]ada\x1b", 120_000)
        progress.ended("nev[bold]ada\x1b")
        progress.finished(SourceResult("nev[bold]ada\x1b", "loaded"))
    return screen.getvalue()


def test_the_source_at_work_is_shown_with_its_records() -> None:
    assert "120,000 records" in seen(1)
    assert r"nev[bold]ada\x1b " in seen(1)


def test_of_several_sources_it_is_shown_how_many_are_done() -> None:
    assert "0 of 2 sources" in seen(2)
    assert "1 of 2 sources" in seen(2)


def test_a_source_alone_needs_no_count_of_sources() -> None:
    assert "of 1 sources" not in seen(1)
