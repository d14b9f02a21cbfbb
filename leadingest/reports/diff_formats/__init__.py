"""The formats in which two loads are told beside each other. `FORMATS` registers them: each is a file with a `write`."""

from importlib import import_module
from typing import BinaryIO, Final

from leadingest.comparing.compare_loads import Comparison

FORMATS: Final = ("text", "csv", "json", "xlsx", "html")

#: Those that are no text: for a file, not for a terminal.
BINARY: Final = frozenset({"xlsx"})


def write_diff(comparison: Comparison, name: str, file: BinaryIO) -> None:
    """Write the comparison in the format, a batch of leads at a time."""
    import_module(f"{__name__}.{name}").write(comparison, file)
