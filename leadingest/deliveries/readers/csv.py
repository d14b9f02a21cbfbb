"""Open a file of delimited text: its encoding, its dialect, its header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from leadingest.deliveries.byte_streams import HeadedStream
from leadingest.deliveries.compression import open_unpacked
from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.encoding import as_utf8
from leadingest.deliveries.fitting_encoding import OtherEncoding, fitting_encoding
from leadingest.deliveries.footer import held_back
from leadingest.deliveries.foreign_file import refuse_foreign
from leadingest.deliveries.header_names import clean_names
from leadingest.deliveries.noticed import Noticed
from leadingest.deliveries.readers.dialect import CsvDialect, RecordShape, found_out
from leadingest.deliveries.readers.find_dialect import find_dialect
from leadingest.deliveries.readers.text_header import TextHeader
from leadingest.deliveries.readers.text_records import TextRecords
from leadingest.deliveries.readers.window import LINE_END, Window
from leadingest.deliveries.records import PREAMBLE_CHARACTERS, PREAMBLE_LINES, Layout, Records, batch_records
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, FooterMatch

#: The header must end within so many bytes.
_HEAD_SIZE: Final = 4 << 20
#: What kind of file it is is told from so many bytes.
_LOOKED_AT: Final = 1 << 16


@contextmanager
def read_csv(
    delivery: Delivery, fmt: DeliveryFormat, /, *, format_name: str, block_size: int
) -> Iterator[Records]:
    """The records of a csv or tsv file (they differ in the default delimiter only)."""
    name = delivery.name
    declared, other = fitting_encoding(delivery, fmt)
    noticed = Noticed()
    with open_unpacked(delivery, fmt) as plain:
        headed = HeadedStream(plain, _LOOKED_AT)
        refuse_foreign(headed, name)
        text, encoding = as_utf8(headed, declared, name, noticed=noticed)
        if other:
            text = OtherEncoding(text, other, noticed)
        stream = HeadedStream(text, _HEAD_SIZE)
        usual = CsvDialect.of(fmt, default_delimiter="\t" if format_name == "tsv" else ",")
        dialect, header = find_dialect(stream.head, fmt, usual, encoding=encoding, name=name)
        if header.offset == len(stream.head) and not stream.whole:
            raise DeliveryError(
                f"{name}: the header does not end within the first {_HEAD_SIZE >> 20} MiB",
                hint="check `delimiter`, `quote` and `header` of the mapping",
            )
        stream.skip(header.offset)
        shape = RecordShape(
            dialect,
            len(header.names),
            fmt.record_bytes,
            fmt.record_lines,
            fmt.quotes == "lenient",
            fmt.broken_lines == "join",
        )
        yield TextRecords(
            name=name,
            headers=header.names,
            header_rows=(*header.upper, header.cells),
            fill_down=fmt.fill_down,
            format=format_name,
            encoding=encoding,
            layout=_layout(stream.head, header, dialect),
            noticed=noticed,
            window=Window(
                stream,
                held=held_back(fmt.footer),
                searched=isinstance(fmt.footer, FooterMatch),
                hollow=shape.hollow.encode(),
            ),
            shape=shape,
            first_line=header.line,
            footer=fmt.footer,
            block_size=block_size,
            most_records=batch_records(header.names, name),
            found_out=tuple(found_out(usual, dialect, encodings=fmt.encoding, encoding=encoding)),
        )


def _layout(head: bytes, header: TextHeader, dialect: CsvDialect) -> Layout:
    preamble = _preamble(head, header.first_line)
    replaced = header.replaced
    if header.row is None and preamble:
        # The last line that is passed over may be the header that the names of the mapping stand for.
        replaced = _cells(preamble[-1], dialect)
    fits = len(replaced) == len(header.names)
    quote = dialect.quote or ""
    return Layout(header.row, dialect.delimiter, quote, preamble, replaced if fits else ())


def _cells(line: str, dialect: CsvDialect) -> tuple[str, ...]:
    try:
        return clean_names(next(csv.reader([line], **dialect.csv_options), []))
    except csv.Error:
        return ()


def _preamble(head: bytes, end: int) -> tuple[str, ...]:
    """The lines before line `end`, counted from 1; how many are kept, and how long, is that of the layout."""
    wanted = min(end - 1, PREAMBLE_LINES)
    lines = LINE_END.split(head, wanted)[:wanted]
    # A byte that is not UTF-8 is not there to be told a date by.
    return tuple(
        line[: 4 * PREAMBLE_CHARACTERS].decode("utf-8", "replace")[:PREAMBLE_CHARACTERS] for line in lines
    )
