"""Read a line whose quotes are not as they should be, where only one reading gives it the cells of the header."""

from __future__ import annotations

from typing import Final

from leadingest.deliveries.readers.record_shape import RecordShape

#: A line with more of them has too many readings to go through.
_MOST_QUOTES: Final = 16
_MOST_PIECES: Final = 500


def lenient_cells(line: str, shape: RecordShape) -> list[str] | None:
    """The cells of the line; None where no reading has as many as the header, or where several have.

    In a reading each delimiter parts two cells or stands within one, and a cell that holds a delimiter begins and ends
    with a quote. All other quotes are text.
    """
    quote, delimiter = shape.dialect.quote, shape.dialect.delimiter
    if quote is None or shape.dialect.escape or not 0 < line.count(quote) <= _MOST_QUOTES:
        return None
    line = line.rstrip("\r\n")
    pieces = line.split(delimiter)
    if not shape.cells <= len(pieces) <= _MOST_PIECES or _lacks_delimiter(
        line, shape.cells, delimiter, quote
    ):
        return None
    ways = _ways(pieces, quote)
    if ways[0].get(shape.cells) != 1:
        return None
    cells, at = list[str](), 0
    while at < len(pieces):
        left = shape.cells - len(cells)
        behind = next(end for end in _ends(at, pieces, quote) if ways[end].get(left - 1))
        cells.append(_unquoted(delimiter.join(pieces[at:behind]), quote))
        at = behind
    return cells


def _lacks_delimiter(line: str, cells: int, delimiter: str, quote: str) -> bool:
    """Whether the line has the cells, too, if a delimiter is missing before a quoted cell that holds one."""
    found = line.find(quote, 1)
    while found > 0:
        pieces = line[found:].split(delimiter)
        behind = [
            end
            for end in _ends(0, pieces, quote)[1:]
            if line[found - 1] != delimiter and quote not in _unquoted_text(pieces[:end], delimiter, quote)
        ]
        if behind:
            before = _ways(line[:found].split(delimiter), quote)[0]
            after = _ways(pieces, quote)
            if any(cells - 1 - count in before for end in behind for count in after[end]):
                return True
        found = line.find(quote, found + 1)
    return False


def _unquoted_text(pieces: list[str], delimiter: str, quote: str) -> str:
    """What stands between the outer quotes, without doubled ones: a fault comes seldom with another."""
    return delimiter.join(pieces)[1:-1].replace(quote * 2, "")


def _ways(pieces: list[str], quote: str) -> list[dict[int, int]]:
    """In how many ways so many cells can be made of the pieces from each place on: one, or several."""
    ways: list[dict[int, int]] = [*({} for _ in pieces), {0: 1}]
    for at in range(len(pieces) - 1, -1, -1):
        for end in _ends(at, pieces, quote):
            for cells, count in ways[end].items():
                ways[at][cells + 1] = min(ways[at].get(cells + 1, 0) + count, 2)
    return ways


def _ends(at: int, pieces: list[str], quote: str) -> list[int]:
    """Where a cell may end that begins with this piece: behind it, or behind a later one with a quote at its end."""
    if not pieces[at].startswith(quote):
        return [at + 1]
    return [at + 1, *(end + 1 for end in range(at + 1, len(pieces)) if pieces[end].endswith(quote))]


def _unquoted(cell: str, quote: str) -> str:
    if len(cell) > 1 and cell.startswith(quote) and cell.endswith(quote):
        return cell[1:-1].replace(quote * 2, quote)
    return cell
