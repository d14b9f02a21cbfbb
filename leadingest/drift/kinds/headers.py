"""Kinds of drift DR106 to DR111 and DR304: the header itself, and the names in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadingest.deliveries.header_names import clean_names
from leadingest.documents.nearest import listed
from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import text_yaml
from leadingest.drift.kind import DriftDetail, kind
from leadingest.drift.profiles.key_sketch import name_hashes

#: Places that are named.
_MOST_PLACES = 5


@kind("DR106", "headers")
def duplicate_header(comparison: Comparison) -> Iterator[DriftDetail]:
    """A header occurs more than once in the delivery.

    Breaking if the mapping reads it, because the column is ambiguous; safe otherwise. Not reported if it
    occurred as often in the published load.
    """
    places: dict[str, list[str]] = {}
    for at, header in enumerate(comparison.delivered.headers, 1):
        places.setdefault(header, []).append(str(at))
    for header, where in places.items():
        times = len(where)
        read = comparison.reads(header)
        already = (
            f"{header} ({times})" in comparison.before and f"{header} ({times + 1})" not in comparison.before
        )
        if not header or times == 1 or (already and not read):
            continue
        shown = [*where[:_MOST_PLACES], *(["more"] if times > _MOST_PLACES else [])]
        yield DriftDetail(
            kind_class="breaking" if read else "safe",
            header=header,
            expected="one column of this name",
            found=f"{times} of them: columns {listed(shown, last='and')}",
            advice=f"name the columns: {comparison.mapping.delivery.naming_columns}" if read else "nothing",
        )


@kind("DR107", "headers")
def blank_header(comparison: Comparison) -> Iterator[DriftDetail]:
    """A column has no header.

    Safe: a mapping cannot read it. Not reported if the published load had the same column without a header.
    """
    without = sum(not header for header in comparison.delivered.headers)
    blank_before = sum(header == f"column {column.position}" for header, column in comparison.before.items())
    if without <= blank_before:
        return
    for column, header in zip(
        comparison.delivered.profile.columns, comparison.delivered.headers, strict=True
    ):
        if not header:
            filled = "empty" if not column.filled else f"{column.filled:,} cells filled"
            advice = (
                "nothing" if not column.filled else "ask the source; or name it with `names` under `delivery`"
            )
            yield DriftDetail("safe", column.header, "a header", f"no header, and {filled}", advice)


@kind("DR108", "headers")
def header_respelled(comparison: Comparison) -> Iterator[DriftDetail]:
    """A header is one of the `aliases` of the name in the mapping, or differs from it only in capitalization or invisible characters.

    Safe: it is read anyway, unless another header has that name too.
    """
    for name, written in comparison.delivered.respelled.items():
        yield DriftDetail("safe", name, repr(name), repr(written), "nothing: it is read", settled=True)


#: Columns that are named.
_MOST_NAMED = 5


@kind("DR109", "names")
def names_moved(comparison: Comparison) -> Iterator[DriftDetail]:
    """The mapping names the columns by position, but the file has a header and it has changed.

    It differs from that of the published load, or has the same names in a different order than `names`.
    Breaking: columns are read as other columns; the load is held, unless `on_drift: {names: note}` says otherwise.
    """
    now, names = comparison.delivered.profile.replaced, clean_names(comparison.mapping.delivery.names or ())
    before = comparison.published.replaced if comparison.published else ()
    if before and now and before != now:
        yield _told_of_places(_places(before, now), names, "the header of the published load")
    elif now and sorted(now) == sorted(hashes := name_hashes(names)) and now != hashes:
        yield _told_of_places(_places(hashes, now), names, "the header in the order of `names`")


def _places(then: Sequence[int], now: Sequence[int]) -> list[int]:
    """Columns, counted from 0, whose names differ."""
    longest = max(len(then), len(now))
    return [at for at in range(longest) if tuple(then[at : at + 1]) != tuple(now[at : at + 1])]


def _told_of_places(places: Sequence[int], names: Sequence[str], expected: str) -> DriftDetail:
    shown = [f"column {at + 1} ({names[at]!r})" if at < len(names) else f"column {at + 1}" for at in places]
    more = [f"{len(shown) - _MOST_NAMED} more"] if len(shown) > _MOST_NAMED else []
    return DriftDetail(
        kind_class="breaking",
        header=names[places[0]] if places[0] < len(names) else "",
        expected=expected,
        found=f"different headers for {listed([*shown[:_MOST_NAMED], *more], last='and')}",
        advice="check the header of the file and put `names` in its order; or better, use the headers of the file",
    )


#: Names that are written out.
_MOST_WRITTEN = 40


@kind("DR110", "missing")
def header_missing(comparison: Comparison) -> Iterator[DriftDetail]:
    """The file has no header: its header line looks like a record.

    Its cells look like those of the columns below (dates, phone numbers, numbers), and few of the headers that
    the mapping reads exist. Only this is reported, without the cells. Breaking: the load fails.
    """
    if not comparison.delivered.headless:
        return
    row = comparison.delivered.profile.header_row or 1
    then = list(comparison.before)
    of_load = " of the published load" if then else " below"
    fits = len(then) == len(comparison.delivered.headers)
    names = ", ".join(text_yaml(name) for name in then[:_MOST_WRITTEN]) if fits else "..."
    yield DriftDetail(
        kind_class="breaking",
        header="",
        expected="a header",
        found=f"line {row} looks like a record: its cells have the shapes of the columns{of_load}",
        advice=f"ask for the header, or write: delivery: {{header: none, names: [{names}]}}",
    )


_NAME_BY_HEADER = (
    "write `header: 1` in place of `header: none`; the names in the file are then compared with `names`"
)


@kind("DR111", "names")
def header_among_records(comparison: Comparison) -> Iterator[DriftDetail]:
    """The file has a header, but the mapping says `header: none`.

    Breaking if it differs from `names`: it is read as a record, and the columns may be in a different order. Only this
    is reported, and the load is held, unless `on_drift: {names: note}` says otherwise. Safe if it equals `names`: it is
    left out.
    """
    if headed := comparison.delivered.headed:
        yield DriftDetail(
            kind_class="safe" if headed == "left out" else "breaking",
            header="",
            expected="no header: the mapping names the columns",
            found=f"the first record looks like a header, and is {headed}",
            advice=_NAME_BY_HEADER,
            settled=headed == "left out",
        )


@kind("DR304", "file")
def header_row_moved(comparison: Comparison) -> Iterator[DriftDetail]:
    """The header is in a different line than in the published load.

    Safe, because it was found; lossy if there is no longer a header and the mapping names the columns.
    """
    now, before = comparison.delivered.profile, comparison.published
    if before is None or not before.format or now.header_row == before.header_row:
        return
    yield DriftDetail(
        kind_class="safe",
        header="",
        expected=_line_of_header(before.header_row),
        found=_line_of_header(now.header_row),
        advice="nothing, if the columns are correct",
    )


def _line_of_header(row: int | None) -> str:
    return f"a header in line {row}" if row else "no header: the mapping names the columns"
