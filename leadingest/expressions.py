"""What the packages above ask of polars again and again: expressions, and patterns that are checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final

import polars as pl
from pydantic import AfterValidator

from leadingest.errors import FaultError


def let(value: pl.Expr, body: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """`body(value)`, with `value` evaluated once however often the body names it.

    polars 2.1 evaluates an expression that stands twice inside another one twice, functions above all.
    A field of a struct is evaluated once. The body may use nothing but what it is given, and literals.
    """
    bound = pl.struct(value.alias("value"))
    return bound.struct.with_fields(body(pl.field("value")).alias("result")).struct.field("result")


def with_own_texts(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows, to be held for long: what is taken from texts keeps all of them in memory, where it is not copied."""
    return rows.with_columns(pl.col(pl.String) + "")


#: To optimize a small plan takes longer than to compute it as it is written.
_AS_WRITTEN: Final = pl.QueryOptFlags.none()


def collected(*plans: pl.LazyFrame) -> list[pl.DataFrame]:
    """What small plans come to, which are written as they are best computed: no column too many, nothing twice."""
    return pl.collect_all(plans, engine="in-memory", optimizations=_AS_WRITTEN)


_TEXT = pl.String()


def usually(
    value: pl.Expr,
    quick: Callable[[pl.Expr], pl.Expr],
    thorough: Callable[[pl.Expr], pl.Expr],
    dtype: pl.DataType = _TEXT,
) -> pl.Expr:
    """`quick(value)`; where that is null, `thorough(value)`, which is worked out for those values alone.

    It is what `pl.coalesce` gives, at less cost: polars computes every part of an expression for every value,
    and nearly all values of a list are written in one usual way. Both functions are elementwise, give values
    of the type `dtype`, and may use nothing but what they are given, and literals; null stays null. They are called
    when there are values for them: a mapping is compiled faster than all that its values might need is built.
    """

    def work_out(values: pl.Series) -> pl.Series:
        frame = values.alias("given").to_frame().with_columns_seq(_found(quick))
        found = frame.to_series(1)
        # To count the nulls takes no time, and nearly always shows that nothing is left.
        if found.null_count() == values.null_count():
            return found
        rows = frame.select_seq(_LEFT).to_series()
        return _scattered(found, rows, frame[rows].select_seq(_found(thorough)).to_series())

    return value.map_batches(work_out, return_dtype=dtype, is_elementwise=True)


_LEFT: Final = pl.arg_where(pl.col("given").is_not_null() & pl.col("found").is_null())


@lru_cache(maxsize=1024)
def _found(function: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """What the function makes of a column; a function, or a method of a table's type, is asked once for all mappings."""
    return function(pl.col("given")).alias("found")


def _scattered(values: pl.Series, rows: pl.Series, others: pl.Series) -> pl.Series:
    """The values, with the others in place of those in these rows."""
    if not values.dtype.is_nested():
        return values.scatter(rows, others)
    # polars 2.1 scatters no structs; to gather all of them costs more.
    each = pl.int_range(len(values), dtype=pl.UInt32, eager=True)
    places = each.scatter(rows, pl.int_range(len(rows), dtype=pl.UInt32, eager=True) + len(values))
    return values.append(others).gather(places)


_DISTINCT_TEXT = pl.String()
#: Characters. A name, an address or a phone number is shorter; what libraries take to read a text may grow with the
#: square of its length.
LONGEST: Final = 1000
#: Values that Python itself sorts out: to ask polars for it has its price, which is that of a few thousand values.
_SHORT: Final = 2_000


def on_distinct(
    value: pl.Expr,
    function: Callable[[str], object],
    dtype: pl.DataType = _DISTINCT_TEXT,
    *,
    longest: int | None = LONGEST,
) -> pl.Expr:
    """What the function makes of each value, as `dtype`; it is called once for each distinct one, never for null.

    A text of more than `longest` characters is not given to it, and becomes null; None is no limit, for functions
    that take a time in proportion to the text.
    """

    def made_of(texts: Iterable[str | None]) -> list[object]:
        return [
            None if text is None or (longest is not None and len(text) > longest) else function(text)
            for text in texts
        ]

    def mapped(column: pl.Series) -> pl.Series:
        if len(column) <= _SHORT:
            texts = column.to_list()
            once = dict.fromkeys(texts)
            made = dict(zip(once, made_of(once), strict=True))
            return pl.Series(column.name, [made[text] for text in texts], dtype=dtype)
        distinct = column.unique().drop_nulls()
        places = pl.int_range(distinct.len(), dtype=pl.UInt32, eager=True)
        by_place = pl.Series(made_of(distinct.to_list()), dtype=dtype)
        return by_place.gather(column.replace_strict(distinct, places, default=None))

    return value.map_batches(mapped, return_dtype=dtype, is_elementwise=True)


#: What is never seen, wherever it stands: soft hyphens, zero-width characters, marks of the direction of writing.
UNSEEN: Final = (
    "\xad\u061c\u180e\u2060\ufeff"
    + "".join(map(chr, range(0x200B, 0x2010)))
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2066, 0x206A)))
)

#: Taken off both ends of every value: white space of all kinds, control characters, and what is never seen.
BLANKS: Final = (
    "".join(map(chr, range(0x21)))
    + "\x7f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + UNSEEN
)


def _any_of(signs: Iterable[str]) -> str:
    """A class of these characters, as a regular expression."""
    return "[" + "".join(f"\\x{{{ord(sign):x}}}" for sign in signs) + "]"


_TO_TAKE_OUT: Final = _any_of(UNSEEN)
_RUN: Final = _any_of(sign for sign in BLANKS if sign not in UNSEEN) + "+"
#: Finds what `squeezed` may have to do something about; nearly every text is without it.
UNUSUAL: Final = "[^!-~ ]|  "


def trimmed(text: pl.Expr) -> pl.Expr:
    """The text without blanks at its ends; "" where nothing else is in it."""
    return text.str.strip_chars(BLANKS)


def squeezed(text: pl.Expr) -> pl.Expr:
    """The text with one blank for each run of blanks, none at its ends, and without what is never seen."""
    return text.map_batches(_squeezed, return_dtype=pl.String(), is_elementwise=True)


def _squeezed(texts: pl.Series) -> pl.Series:
    # Nearly all stay as they are, and are not copied.
    unusual = texts.str.contains(UNUSUAL)
    if not unusual.any():
        return texts
    rows = unusual.arg_true()
    squeezing = texts[rows].str.replace_all(_TO_TAKE_OUT, "").str.replace_all(_RUN, " ")
    return texts.clone().scatter(rows, squeezing.str.strip_chars(BLANKS))


#: Characters of a shape that are kept.
LONGEST_SHAPE: Final = 40


def shape(text: pl.Expr) -> pl.Expr:
    """The shape of each text: a 9 for every digit, an a for every word, other signs as they are."""
    written = text.str.replace_all(r"\p{Nd}", "9").str.replace_all(r"\p{L}[\p{L}\p{M}]*", "a")
    return written.str.replace(rf"(?s)^(.{{{LONGEST_SHAPE}}}).+$", "${1}…")


#: Characters of a value that are shown.
_MOST_SHOWN: Final = 40
#: What may be somebody's wherever it stands: an address for mail, or as many digits as a number to call.
_SOMEBODYS: Final = re.compile(r"@|[0-9](?:\D{0,2}[0-9]){6}")


def may_be_somebodys(value: str) -> bool:
    """Whether the value looks like an address for mail or a number to call, wherever it stands."""
    return bool(_SOMEBODYS.search(value))


def shown_value(value: str, *, times: int, personal: bool = False) -> str:
    """The value in quotes, cut where it is long; only its shape where it is, or may be, somebody's.

    `times` is how often it stands there: what is written in several words only once is a name or a street as soon as
    one of a vocabulary.
    """
    if personal or may_be_somebodys(value) or (times == 1 and len(value.split()) > 1):
        return f"something like {pl.select(shape(pl.lit(value))).item()!r}"
    return repr(value if len(value) <= _MOST_SHOWN else f"{value[: _MOST_SHOWN - 1]}…")


#: A reference in a new text. Source: documentation of the Rust crate `regex`, "Replacement string syntax".
_REFERENCE: Final = re.compile(r"\$(?:\$|\{(?P<braced>[^}]*+)\}|(?P<bare>[0-9A-Za-z_]++))")
_NAME: Final = re.compile(r"\(\?P?<([A-Za-z_][A-Za-z0-9_.\[\]]*+)>")


#: What the parser finds wrong, by a part of its own words. Source: `ErrorKind` of the Rust crate `regex-syntax`.
_REASONS: Final = {
    "unclosed group": "a ( is not closed",
    "unopened group": "a ) closes nothing",
    "unclosed character class": "a [ is not closed",
    "unclosed capture group name": "the name of a group is not closed with >",
    "unclosed counted repetition": "a { is not closed; \\{ is the sign itself",
    "repetition operator missing": "there is nothing to repeat; \\*, \\+ and \\? are the signs themselves",
    "repetition count range": "the first number in { } is larger than the second",
    "repetition quantifier": "there is no number in { }; \\{ is the sign itself",
    "hexadecimal": "a character is not written as \\x7F or \\x{10FFFF}",
    "decimal": "there is no number in { }; \\{ is the sign itself",
    "class range": "the start of a range in [ ] is after its end; \\- is the sign itself",
    "range boundary": "a range in [ ] needs a character at both ends; \\- is the sign itself",
    "look-around": "there is no look-ahead and no look-behind",
    "backreferences": "there are no back-references",
    "incomplete escape": "a \\ ends it; \\\\ is the sign itself",
    "escape sequence": "a \\ precedes a character that it cannot escape",
    "Unicode property": "there is no Unicode property of this name",
    "Unicode character class": "there is no Unicode property of this name",
    "duplicate capture group": "two groups have the same name",
    "capture group": "the name of a group must be made of letters, digits and _",
    "flag": "a flag after (? must be one of i m s U u x, with - before those to turn off",
    "word boundary": "\\b{ must be followed by start, end, start-half or end-half",
    "invalid UTF-8": "it may match a part of a character",
    "Unicode not allowed": "it may match a part of a character",
    "nested": "its parts are nested too deep",
    "capturing groups": "it has too many groups",
}


@lru_cache(maxsize=4096)
def checked_pattern(pattern: str) -> str:
    """The pattern, if it compiles. Raises FaultError."""
    try:
        pl.select(pl.lit("").str.contains(pattern))
    except pl.exceptions.PolarsError as error:
        raise FaultError("bad_pattern", f"must be a regular expression: {_reason(error)}") from error
    return pattern


#: A pattern that compiles.
Pattern = Annotated[str, AfterValidator(checked_pattern)]


@lru_cache(maxsize=4096)
def groups(pattern: str) -> int:
    """How many capturing groups the pattern has."""
    captures = pl.select(pl.lit("").str.extract_groups(pattern).alias("groups")).schema["groups"]
    return len(captures.fields) if isinstance(captures, pl.Struct) else 0


def refuse_missing_groups(pattern: str, new: str) -> None:
    """Raise FaultError if the new text names a group that the pattern does not have: nothing would be put there."""
    for name in _missing(pattern, new):
        digits = re.match(r"[0-9]+(?=.)", name)
        hint = f"; the group {digits[0]} is written ${{{digits[0]}}}" if digits else ""
        message = (
            f"names a group {name!r} that the pattern does not have: it would be replaced by nothing{hint}"
        )
        raise FaultError("missing_group", message)


def _missing(pattern: str, new: str) -> Iterator[str]:
    number, names = groups(pattern), set(_NAME.findall(pattern))
    for found in _REFERENCE.finditer(new):
        name = found["braced"] or found["bare"]
        if name and not (name in names or (name.isascii() and name.isdigit() and int(name) <= number)):
            yield name


def _reason(error: Exception) -> str:
    """What is wrong with the pattern, in our words, and at which of its characters."""
    text = str(error)
    if "exceeds size limit" in text:
        return "it is too large: use fewer or smaller repetitions"
    lines = text.splitlines()
    found = next((line.removeprefix("error: ") for line in lines if line.startswith("error: ")), "")
    reason = next(
        (explanation for fragment, explanation in _REASONS.items() if fragment in found), "it cannot be read"
    )
    # Of a pattern of one line its drawing is the third line, which four blanks move to the right.
    place = lines[2].find("^") - 4 if len(lines) > 2 and not lines[2].strip(" ^") else -1
    return f"at character {place + 1}, {reason}" if place >= 0 else reason


#: ECMA-376, 18.17.3 (error constants) and 18.18.11; the later ones as in Microsoft's "XlCVError enumeration".
#: LibreOffice shows a number for what has no name ("Error Codes in LibreOffice Calc": 501 to 540).
ERRORS: Final = (
    *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"),
    *(
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#BLOCKED!",
        "#UNKNOWN!",
        "#CONNECT!",
        "#BUSY!",
        "#EXTERNAL!",
        "#PYTHON!",
    ),
    *(f"Err:{number}" for number in range(501, 541)),
)
#: What stands for an error that is none of these.
UNKNOWN_ERROR: Final = "#UNKNOWN!"

#: How a program writes a number with fewer digits than it has: `1.23457E+11`, `1,23457E+11`, `1e+05`.
_SHORTENED: Final = r"^\s*[+-]?[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{2,3}\s*$"
#: The shortest of them.
_SHORTEST: Final = len("1E+05")


@dataclass(frozen=True)
class Damage:
    """What a spreadsheet program may have made of a cell, so that no value can be made of it any more."""

    rule: str
    #: Ends the sentence "Phone ...".
    problem: str
    #: Whether the cell, as it came, is that and nothing else.
    found: Callable[[pl.Expr], pl.Expr]


DAMAGES: Final = (
    Damage("error_cell", "is an error of a spreadsheet program", lambda cell: cell.is_in(ERRORS)),
    Damage(
        "damaged_number",
        "is a number that a spreadsheet program has shortened: its other digits are lost",
        lambda cell: cell.str.contains(_SHORTENED),
    ),
)


def damage_of(cell: pl.Expr) -> pl.Expr:
    """Which of `DAMAGES` the cell is, counted from 1; 0 where it is none."""
    number: pl.Expr = pl.lit(0, pl.UInt8)
    for at, damage in enumerate(DAMAGES, start=1):
        number = pl.when(damage.found(cell)).then(pl.lit(at, pl.UInt8)).otherwise(number)
    return number


def holds_damage(column: pl.Expr) -> pl.Expr:
    """Whether some cell of the column is one of `DAMAGES`."""
    # Most cells begin with a letter or are short: to see that costs a fraction of the pattern.
    likely = column.filter((column < ":") & (column.str.len_bytes() >= _SHORTEST))
    return column.is_in(ERRORS).any() | likely.str.contains(_SHORTENED).any()


#: What says yes, and what says no, in lowercase.
YES: Final = ("y", "yes", "true", "t", "1")
NO: Final = ("n", "no", "false", "f", "0")
