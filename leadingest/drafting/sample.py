"""What a recognizer is given: a sample of a delivery, of each column what it looks like, and the load table to fill."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain, count
from typing import Final

import polars as pl

from leadingest.deliveries.delivery import Delivery
from leadingest.deliveries.open_records import open_records
from leadingest.drafting.country import Country, country_of
from leadingest.drafting.header_match import MeaningMatch, match_headers
from leadingest.drafting.legend import Legend
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types import LOOKS
from leadingest.tables.types.base import ColumnType, Evidence

#: Signs and words by which lists say that there is nothing to say. None of them is a name or a code of its own;
#: `NA` may be one, and is only taken for nothing beside other values that are longer.
_NOTHING: Final = (
    "N/A",
    "n/a",
    "#N/A",
    "N/a",
    "NA",
    "NULL",
    "Null",
    "null",
    "nan",
    "NaN",
    "-",
    "--",
    "---",
    ".",
    "Unavailable",
    "UNAVAILABLE",
    "Not Available",
    "NOT AVAILABLE",
    "not available",
    "(   )   -",
    "(   )    -",
    "\\N",
    "(null)",
    "(NULL)",
    "_",
    "None",
    "NONE",
    "none",
    "NO DATA",
    "No Data",
    "No data",
    "no data",
    "Not Provided",
    "Not Applicable",
    "-999",
    "-9999",
    "#REF!",
    "#VALUE!",
    "TBD",
)
_CODES: Final = 3
#: An age with its unit.
AGE: Final = r"[0-9.]+ *(?:d|days?|w|wks?|weeks?|m|mos?|mths?|months?|y|yrs?|years?)"

#: Looks of types that are surely what they look like: no plain text is written so.
SURE: Final = tuple(
    kind for kind, look in LOOKS.items() if look.tells is Evidence.NO_TEXT and not look.roughly
)

SHAPES: Final = {
    **{kind: look.roughly or look.pattern for kind, look in LOOKS.items()},
    "digits": r"^[0-9]+$",
    # Days since 1899, from 1927 to 2064.
    "day_number": r"^[1-5][0-9]{4}(?:\.[0-9]+)?$",
    "flag": r"^(?i:y|n|yes|no|true|false|t|f|x)$",
    "one_line_address": r"(?s)^.*[0-9A-Za-z].*[\s,][A-Za-z]{2}\.?,? +[0-9]{5}(?:-[0-9]{4})?(?:,? +(?:USA?|United States))?$",
    "letters": r"^[^0-9]*\pL{2}[^0-9]*$",
    "a_letter": r"\pL",
    "has_letters": r"\pL{2}",
    "last_first": r"^[\pL'.\- ]{2,}, *[\pL'.\-&, ]{2,}$",
    "two_lines": r"^[^\n]+\n[\s\S]+$",
    "capitals": r"^[^\p{Ll}]*\p{Lu}{2}[^\p{Ll}]*$",
    "type_and_number": r"^\D{4,}? - [A-Za-z]{0,4}[0-9][0-9A-Za-z\-]*$",
    "trade_name": r"(?i)[ ,(](?:d[./]?b[./]?a|t/a|trading as|doing business as)[./]?:? ",
    "age_range": rf"(?i)^{AGE}\.? *(?:to|-|–) *{AGE}\.?$",
    "age_range_inside": rf"(?i)\bages? {AGE} *(?:to|-|–) *{AGE}\b",
    "age_word": r"(?i)\b(?:infants?|toddlers?|pre-?school(?:ers?)?|school[- ]?age)\b",
    "of_county": r"(?i) county$",
    "date_inside": r"^\D+[0-9]{4}-[0-9]{2}-[0-9]{2}\D*$",
}


def filled_cells(cells: pl.Series, nulls: Sequence[str]) -> pl.Series:
    """The cells without white space at their ends, and without those that mean "no value"."""
    stripped = cells.str.strip_chars()
    return stripped.filter(~stripped.is_in(["", *nulls]))


def share(mask: pl.Series) -> float:
    """How much of the series is true, from 0 to 1; nothing of an empty one."""
    return int(mask.sum()) / mask.len() if mask.len() else 0.0


@dataclass(frozen=True, eq=False)
class SampleColumn:
    """What is known of a column. `shapes` are shares of its different values, from 0 to 1."""

    position: int
    #: As the file has it; may be blank or stand twice.
    header: str
    #: A name that no other column has.
    label: str
    #: In how many records it has a value.
    filled: int
    #: How many different values it has.
    distinct: int
    #: The different values, those that stand most often first; white space at their ends is cut.
    values: pl.Series
    #: How often each of them stands there.
    times: pl.Series
    shapes: dict[str, float]
    #: What the header may mean.
    meanings: dict[str, MeaningMatch]

    def looks(self, *shapes: str, least: float = 0.8) -> bool:
        """Whether most of its values have one of the shapes."""
        return self.distinct > 0 and max(self.shapes[shape] for shape in shapes) >= least

    def sure(self, meaning: str) -> float:
        """How sure the header has this meaning, up to 1; 0 where it has not."""
        match = self.meanings.get(meaning)
        return match.score if match else 0.0


#: A column with more different values than this is no value map.
MOST_MAPPED: Final = 60


@dataclass(frozen=True)
class Sample:
    """Some records of a delivery, and how the whole of it is read."""

    delivery: Delivery
    fmt: DeliveryFormat
    columns: tuple[SampleColumn, ...]
    records: int
    #: Whether these are all the records that there are.
    whole: bool
    #: The line on which the first record starts, counted from 1.
    first_line: int
    #: The positions of the columns that have a value in the first record.
    filled_first: frozenset[int] = frozenset()

    def ranked(self, meaning: str) -> list[SampleColumn]:
        """The filled columns whose headers may have this meaning, the surest first."""
        found = [column for column in self._by_meaning.get(meaning, ()) if column.distinct]
        return sorted(found, key=lambda column: -column.sure(meaning))

    def empty(self, meaning: str) -> list[SampleColumn]:
        """The columns without any value whose headers are known to have this meaning."""
        return [
            column
            for column in self._by_meaning.get(meaning, ())
            if not column.distinct and column.meanings[meaning].exact
        ]

    def likeliest(self, meaning: str, *, least: float = 0.7) -> SampleColumn | None:
        """The surest of them, where it is sure enough."""
        return next((column for column in self.ranked(meaning) if column.sure(meaning) >= least), None)

    @cached_property
    def _by_meaning(self) -> dict[str, list[SampleColumn]]:
        found: dict[str, list[SampleColumn]] = {}
        for column in self.columns:
            for meaning in column.meanings:
                found.setdefault(meaning, []).append(column)
        return found

    def every_value(self, column: SampleColumn) -> list[str]:
        """Every different value of the column in the whole delivery, those of the sample first.

        Raises DeliveryError where the delivery cannot be read to its end.
        """
        values: list[str] = column.values.to_list()
        return (
            values if self.whole else list(dict.fromkeys([*values, *self._in_all_records[column.position]]))
        )

    @cached_property
    def _in_all_records(self) -> dict[int, list[str]]:
        """The values of all columns that may become value maps: the delivery is gone through once, when first asked."""
        seen: dict[int, set[str]] = {
            column.position: set() for column in self.columns if 0 < column.distinct <= MOST_MAPPED
        }
        with open_records(self.delivery, self.fmt) as records:
            for batch in records.batches():
                for position, values in seen.items():
                    values.update(filled_cells(batch.frame[str(position)], self.fmt.nulls).unique().to_list())
        return {position: sorted(values) for position, values in seen.items()}


#: So sure is a header that names a phone.
_NAMED: Final = 0.7


@dataclass(frozen=True)
class Task:
    """A sample of a delivery, and the load table that its mapping is to fill."""

    sample: Sample
    table: LoadTable
    #: The day of the draft, by which two-digit years are placed.
    today: date
    #: What the file says of its codes.
    legend: Legend = field(default_factory=dict)

    def share_read(self, column: SampleColumn, as_type: ColumnType) -> float:
        """The share of the column's cells that can be read as the type, of those whose values are looked at."""
        if column.values.is_empty():
            return 0.0
        cells = pl.DataFrame({"value": column.values, "times": column.times})
        read = as_type.parse(pl.col("value"), today=self.today).is_not_null()
        return float(cells.select(pl.col("times").filter(read).sum() / pl.col("times").sum()).item())

    @cached_property
    def country(self) -> Country:
        """The country that the list is of."""
        columns = self.sample.columns
        phones = [
            column.values for column in columns if max(column.sure("phone"), column.sure("phone2")) > _NAMED
        ]
        headers = [column.header for column in columns]
        return country_of(headers, [column.values for column in columns], phones=phones, today=self.today)

    def has(self, *fields: str) -> bool:
        """Whether the load table has all of these fields."""
        return all(field in self.table.columns for field in fields)


def null_tokens(values: pl.DataFrame) -> list[str]:
    """The cells that mean nothing among `column`, `value` and `times`, in a fixed order."""
    return [*(known := _known_tokens(values)), *sorted(_words_among_shapes(values) - {*known, "NA"})]


#: Of the different values of a column: where so many are phones, days, numbers and the like, a word is none.
_SHAPED: Final = 0.6
_OFTEN: Final = 3
_LONGEST: Final = 24
#: A letter or two may be a code among numbers: unit A, building NW.
_SHORTEST: Final = 3


def _words_among_shapes(values: pl.DataFrame) -> set[str]:
    """Words that stand again and again where all else are phones, days, numbers and the like, and in no other column."""
    shapes = [SHAPES[kind] for kind in (*SURE, "phone", "us_zip", "digits")]
    shaped = values.lazy().with_columns(
        pl.any_horizontal(pl.col("value").str.contains(shape) for shape in shapes).alias("shaped")
    )
    columns = shaped.group_by("column").agg((pl.col("shaped").mean() >= _SHAPED).alias("of shapes"))
    is_word = ~pl.col("shaped") & pl.col("value").str.contains(_WORDS) & (pl.col("times") >= _OFTEN)
    is_token = (is_word & pl.col("of shapes")).any() & pl.col("of shapes").all()
    found = shaped.join(columns, on="column").group_by("value").agg(is_token.alias("token")).filter("token")
    return {value for value in found.collect()["value"].to_list() if _SHORTEST <= len(value) <= _LONGEST}


_WORDS: Final = r"^\P{N}+$"


def _known_tokens(values: pl.DataFrame) -> list[str]:
    found = values.filter(pl.col("value").is_in(_NOTHING))
    if found.is_empty():
        return []
    lengths = values.group_by("column").agg(pl.col("value").str.len_chars().max().alias("longest"))
    sure = found.join(lengths, on="column").filter((pl.col("value") != "NA") | (pl.col("longest") > _CODES))
    there = set(sure["value"].to_list())
    return [token for token in _NOTHING if token in there]


#: So many records are looked at; fewer where a file is so wide that they would be more cells than this.
_MOST_RECORDS: Final = 10_000
_MOST_CELLS: Final = 1_000_000
_LEAST_RECORDS: Final = 100
#: So many different values of a column are looked at, those that stand most often first.
_MOST_VALUES: Final = 500
#: Bytes read at a time: a sample does not need large blocks.
_BLOCK: Final = 1 << 18


def read_sample(delivery: Delivery, fmt: DeliveryFormat, meanings: Collection[str]) -> Sample:
    """The sample, with the cells that mean "no value" found out and added to the format.

    Raises DeliveryError where the delivery cannot be read.
    """
    with open_records(delivery, fmt, block_size=_BLOCK) as records:
        headers = records.headers
        wanted = max(_LEAST_RECORDS, min(_MOST_RECORDS, _MOST_CELLS // max(len(headers), 1)))
        frames: list[pl.DataFrame] = []
        first_line, whole = 0, True
        for batch in records.batches():
            first_line = first_line or next(iter(batch.lines), 0)
            if sum(frame.height for frame in frames) >= wanted:
                whole = False
                break
            if batch.frame.height:
                frames.append(batch.frame)
    if not frames:
        raise DeliveryError(
            f"{delivery.name}: there are no records, only a header, so no mapping can be drafted",
            hint="write the mapping by hand, or ask for the list again",
        )
    frame = pl.concat(frames)
    whole, frame = whole and frame.height <= wanted, frame.head(wanted)
    values = _different_values(frame)
    tokens = null_tokens(values)
    fmt = fmt.model_copy(update={"nulls": ("", *tokens)})
    columns = _columns(headers, values.filter(~pl.col("value").is_in(tokens)), meanings)
    filled_first = frozenset(position for position, cell in enumerate(frame.row(0)) if cell.strip())
    return Sample(delivery, fmt, columns, frame.height, whole, first_line, filled_first)


def _different_values(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each `column` and `value`, with how often it stands there: blank cells are left out."""
    cells = (
        frame.lazy().select(pl.all().str.strip_chars()).unpivot(variable_name="column", value_name="value")
    )
    return cells.filter(pl.col("value") != "").group_by("column", "value").len("times").collect()


def _columns(
    headers: Sequence[str], values: pl.DataFrame, meanings: Collection[str]
) -> tuple[SampleColumn, ...]:
    found = (
        values.lazy()
        .group_by("column")
        .agg(pl.col("times").sum().alias("filled"), pl.len().alias("distinct"))
    )
    looked_at = (
        values.lazy()
        .sort(pl.col("times"), pl.col("value"), descending=[True, False])
        .group_by("column", maintain_order=True)
        .head(_MOST_VALUES)
        .with_columns(pl.col("value").str.contains(pattern).alias(shape) for shape, pattern in SHAPES.items())
        .group_by("column", maintain_order=True)
        .agg(pl.col("value"), pl.col("times"), *(pl.col(shape).mean() for shape in SHAPES))
    )
    seen = {row["column"]: row for row in found.join(looked_at, on="column").collect().iter_rows(named=True)}
    matches = match_headers(headers, meanings)
    columns = []
    for position, (header, label) in enumerate(zip(headers, labels(headers), strict=True)):
        row = seen.get(str(position), {"filled": 0, "distinct": 0, "value": [], "times": []})
        column = SampleColumn(
            position,
            header,
            label,
            filled=row["filled"],
            distinct=row["distinct"],
            values=pl.Series(row["value"], dtype=pl.String),
            times=pl.Series(row["times"], dtype=pl.Int64),
            shapes={shape: row.get(shape, 0.0) for shape in SHAPES},
            meanings=matches[position],
        )
        columns.append(column if header else replace(column, meanings={}))
    return tuple(columns)


def labels(headers: Sequence[str]) -> list[str]:
    """A name for each column that no other one has: `County`, `County 2`; `column 5` where it has none."""
    taken = {header for header in headers if header}
    names: list[str] = []
    for position, header in enumerate(headers, start=1):
        label = header
        if not header or header in names:
            name = header or f"column {position}"
            numbered = chain([name], (f"{name} {number}" for number in count(2)))
            label = next(each for each in numbered if each not in taken)
        taken.add(label)
        names.append(label)
    return names
