"""Workbooks other than xlsx (xls, xlsb, ods), read by python-calamine in a process of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final, cast

import polars as pl

from leadingest.deliveries.byte_streams import Readable
from leadingest.deliveries.workbook import old_workbook_program
from leadingest.deliveries.workbook.book import Book, Sheet
from leadingest.deliveries.workbook.merged_cells import MOST_RANGES
from leadingest.deliveries.workbook.numbers import number_texts
from leadingest.deliveries.workbook.package import copy_to
from leadingest.errors import DeliveryError

#: Bytes of a workbook, unpacked.
MOST_BYTES: Final = 128 << 20
#: Bytes of memory that reading one may take, and seconds of computing time, to open it and in all.
_MOST_MEMORY: Final = 1 << 30
_SECONDS_TO_OPEN = 30
_MOST_SECONDS: Final = 300
#: Seconds.
_PATIENCE: Final = 2
#: Bytes of the lines about the sheets and the merged ranges.
_MOST_LINE: Final = 32 << 20
_CELL: Final = {"row": pl.Int64, "column": pl.Int64, "number": pl.Boolean, "text": pl.String}


class OldWorkbook:
    """A workbook whose sheets are known, and of which one can be gone through once."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        self._process = process
        self._into = cast("IO[bytes]", process.stdin)
        self._out = cast("IO[bytes]", process.stdout)
        self._name = name
        self.book = Book(
            sheets=tuple(Sheet(sheet, "", hidden) for sheet, hidden in self._answer()),
            styles="",
            shared_strings="",
            from_1904=False,
            uncomputed=False,
        )

    def rows(self, sheet: Sheet, *, size: int) -> OldRows:
        """The rows of a sheet, of which about `size` bytes are taken at a time."""
        self._into.write(json.dumps(sheet.name).encode() + b"\n")
        with suppress(BrokenPipeError):  # what it died of is told when it is listened to
            self._into.flush()
        ranges = self._answer()
        if len(ranges) > MOST_RANGES:
            raise self.damaged()
        merged = [(top + 1, bottom + 1, left + 1) for top, left, bottom in ranges if bottom > top]
        frame = pl.DataFrame(
            merged, schema=dict.fromkeys(("row", "last_row", "column"), pl.Int64), orient="row"
        )
        return OldRows(frame, self._pieces(size), self.damaged)

    def _answer(self) -> list[Any]:
        line = self._out.readline(_MOST_LINE)
        if not line.endswith(b"\n"):
            raise self.damaged()
        answer: list[Any] = json.loads(line)
        return answer

    def _pieces(self, size: int) -> Iterator[pl.DataFrame]:
        """Cells by whole rows, as SheetRows gives them."""
        left = pl.DataFrame(schema=_CELL)
        while lines := self._out.read(size) + self._out.readline():
            cells = pl.concat([left, pl.read_ndjson(io.BytesIO(lines), schema=_CELL)])
            last = pl.col("row") == cells["row"][-1]
            whole, left = cells.filter(~last), cells.filter(last)
            if whole.height:
                yield _as_texts(whole)
        if self._process.wait():
            raise self.damaged()
        if left.height:
            yield _as_texts(left)

    def damaged(self) -> DeliveryError:
        """What to say of a workbook that cannot be read."""
        try:
            # What says no more is about to end, and by what it ends with it says why.
            ended_with = self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            ended_with = self._process.wait()
        if ended_with == old_workbook_program.PROTECTED:
            return DeliveryError(
                f"{self._name}: this is a password-protected workbook",
                hint="ask for a copy without a password, or open it and save it without one",
            )
        return DeliveryError(
            f"{self._name}: the workbook is damaged, or takes too much to read: "
            f"more than {_MOST_MEMORY >> 30} GiB of memory, or {_SECONDS_TO_OPEN} seconds to open",
            hint="open it in a spreadsheet program and save it again as xlsx",
        )


class OldRows:
    """The rows of a sheet, from the first to the last; python-calamine does not tell which are hidden."""

    def __init__(
        self, merged: pl.DataFrame, pieces: Iterator[pl.DataFrame], damaged: Callable[[], DeliveryError]
    ) -> None:
        #: What is merged over several rows, as merged_ranges tells it.
        self.merged = merged
        self.remarks: tuple[str, ...] = (
            "errors and formulas without a value are blank: this file format does not distinguish them",
        )
        self.damaged = damaged
        self._pieces = pieces

    def hidden_after(self, row: int) -> int:
        """None is known."""
        return 0

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Cells by whole rows: `row` and `column` from 1, `text`, and `uncomputed`, which none is known to be."""
        return self._pieces


@contextmanager
def open_old_workbook(stream: Readable, name: str) -> Iterator[OldWorkbook]:
    """The workbook in the stream; raises DeliveryError where it cannot be read, or python-calamine is not installed."""
    if not _installed():
        raise DeliveryError(
            f"{name}: reading this kind of workbook requires python-calamine, which is not installed",
            hint="pip install 'leadingest[excel]', or save the workbook as xlsx",
        )
    with NamedTemporaryFile(suffix=".workbook") as file:
        copy_to(file, stream, name, most=MOST_BYTES)
        file.flush()
        # -P: the folder of the program, with modules of ours in it, is no place to look for modules.
        program = [sys.executable, "-P", str(Path(old_workbook_program.__file__))]
        limits = [str(limit) for limit in (_MOST_MEMORY, _SECONDS_TO_OPEN, _MOST_SECONDS)]
        with subprocess.Popen(  # noqa: S603 - a program of ours, and no shell
            [*program, file.name, *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                yield OldWorkbook(process, name)
            finally:
                process.kill()


def _installed() -> bool:
    try:
        return find_spec("python_calamine") is not None
    except ValueError:  # it is kept from being imported
        return False


def _as_texts(cells: pl.DataFrame) -> pl.DataFrame:
    numbers = cells["number"].arg_true()
    texts = cells["text"].scatter(numbers, number_texts(cells["text"].gather(numbers)))
    filled = cells.select("row", "column", text=texts, uncomputed=pl.lit(value=False))
    return filled.filter(pl.col("text") != "")
