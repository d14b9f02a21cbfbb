"""Where the output of a command goes and how wide it may be."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from leadingest import FixedText
    from leadingest.reports.report import Report
    from leadingest.stores.location import Location


def show(report: Report, name: str = "text", *, output: Location | None = None) -> None:
    """Print the report in the format of this name, or write it to a file.

    Raises UsageError as `refuse_to_print` does, LeadingestError where the file cannot be written.
    """
    from leadingest.reports.render import rendered
    from leadingest.reports.render.text import blocks_text
    from leadingest.stores.open_store import output_to

    refuse_to_print(name, output)
    if output:
        with output_to(output) as file:
            file.writelines(rendered(report, name))
    elif name == "text":
        click.echo(blocks_text(report.body(), width=text_width()), nl=False)
        click.echo(blocks_text(report.errors(), width=text_width()), nl=False, err=True)
    else:
        for piece in rendered(report, name):
            click.echo(for_stdout(piece), nl=False)


def refuse_to_print(name: str, output: Location | None) -> None:
    """Raise UsageError for a format that is no text where no file is named for it."""
    from leadingest.errors import UsageError
    from leadingest.reports.render import FORMATS

    if FORMATS[name].binary and not output:
        raise UsageError(
            f"{name} is a binary format: name an output file", hint=f"for example --output report.{name}"
        )


def show_patch(changes: Iterable[FixedText]) -> None:
    """Print what --fix would change; exit code 1 where there is something."""
    from leadingest.errors import EXIT_FINDINGS
    from leadingest.reports.patch import patch

    text = patch(changes)
    click.echo(text, nl=False)
    if text:
        raise SystemExit(EXIT_FINDINGS)
    click.echo("--fix would change nothing", err=True)


def text_width() -> int | None:
    """Cells that a line of standard output may have; None where there is no terminal and no COLUMNS."""
    if not (sys.stdout.isatty() or os.environ.get("COLUMNS")):
        return None
    return shutil.get_terminal_size().columns


def for_stdout(content: bytes, encoding: str = "utf-8") -> bytes | str:
    """A file that is printed: as it is; to a terminal as text, with visible control characters."""
    if not sys.stdout.isatty():
        return content
    from leadingest.reports.printable import controls_visible

    return controls_visible(content.decode(encoding, "replace").replace("\r\n", "\n"))


@contextmanager
def safe_streams() -> Iterator[None]:
    r"""Within it a command may print whatever it likes, wherever that goes.

    Characters that the locale cannot show are printed as `\u2026`, and where a stream was closed beforehand nothing is
    printed. What a full disk did not take is dropped at the end, for Python would try once more when it ends, and complain.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the process ends
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
