"""What was found out about a text file that its mapping does not say, in words for the summary of a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.deliveries.readers.dialect import CsvDialect

_CALLED: Final = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "pipes"}


def found_out(
    usual: CsvDialect, used: CsvDialect, *, encodings: tuple[str, ...], encoding: str
) -> Iterator[str]:
    """A line for each thing that is not as usual; `encodings` are those that the mapping names, if it does."""
    if len(encodings) > 1 and encoding not in ("utf-8", encodings[0]):
        yield f"it was read as {encoding}, because it is not {encodings[0]}"
    if used.delimiter != usual.delimiter:
        yield f"it has {_CALLED[used.delimiter]} between cells"
    if used.quote != usual.quote:
        yield f"it has {used.quote} around cells"
    if used.escape != usual.escape:
        yield f"it has {used.escape} before quotes or delimiters inside cells"
