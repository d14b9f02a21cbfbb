"""The formats in which drift is told. `FORMATS` registers them: each is a file and a function of its name."""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from leadingest.drift.source_drift import SourceDrift

FORMATS: Final = ("text", "json", "markdown", "html", "github", "junit")


def drift_report(drifts: Sequence[SourceDrift], name: str, *, width: int | None = None) -> str:
    """The drift of the sources in the format, in lines of at most `width` cells where that matters."""
    write = getattr(import_module(f"{__name__}.{name}"), name)
    return str(write(drifts, width=width))
