"""The functions of SQL expressions: everything that may be called, and why the rest may not.

A function stands here if polars computes it element by element: what it gives for a record depends on that record
alone, in whatever order and batches records come, and it never stops at a bad value. The table is what the parser
allows, what the reference lists and what an editor offers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

#: What an argument must be. `value` is any expression, `count` a whole number that is written out (it decides how
#: long a text becomes), `text` a text in quotes, `pattern` such a text that is a regular expression, `flags` letters
#: that change what it matches, `part` the name of a part of a date, `format` a text with % directives.
Argument = Literal["value", "count", "text", "pattern", "flags", "part", "format"]

#: The largest `count`: no text of a lead is longer.
MOST_CHARACTERS: Final = 1000
#: Of any whole number of arguments, the most.
MOST_ARGUMENTS: Final = 100


@dataclass(frozen=True)
class Function:
    """A function: how it is called, what it takes and gives, and an example that is a test, too."""

    name: str
    #: How the call is shown: `LEFT(text, n)`.
    call: str
    about: str
    #: An expression without names, and what it gives as a text; None for no value.
    example: str
    gives: str | None
    #: What the arguments must be, in order.
    arguments: tuple[Argument, ...] = ("value",)
    #: How many of them may be left out, at the end.
    optional: int = 0
    #: Whether the last one may come again and again.
    variadic: bool = False
    #: How polars is asked, where its own function of this name gives something else: `{0}` is the first argument.
    rendered: str = ""
    #: Whether it gives true or false.
    condition: bool = False
    #: Whether it gives one of its arguments.
    chooses: bool = False
    #: Whether polars gives a number of few bits, which is made wide before anything is calculated with it.
    narrow: bool = False
    #: Whether it is not called like others: `CAST(x AS type)`. The parser knows these by name.
    special: bool = False


@dataclass(frozen=True)
class Group:
    """Functions that belong together in the reference."""

    title: str
    functions: tuple[Function, ...]


def _number(name: str, about: str, example: str, gives: str | None) -> Function:
    return Function(name, f"{name}(number)", about, f"{name}({example})", gives)


def _date_part(name: str, about: str, gives: str) -> Function:
    return Function(name, f"{name}(date)", about, f"{name}(DATE '2026-03-01')", gives, narrow=True)


#: Of whole numbers, polars' own stops at a negative exponent.
_POWER: Final = "POW(({0}) * TRY_CAST(1 AS DOUBLE), {1})"
_TWO: Final[tuple[Argument, ...]] = ("value", "value")

_TEXTS: Final = (
    Function("UPPER", "UPPER(text)", "In uppercase.", "UPPER('Reno')", "RENO"),
    Function("LOWER", "LOWER(text)", "In lowercase.", "LOWER('Reno')", "reno"),
    Function(
        "INITCAP",
        "INITCAP(text)",
        "Each word capitalized; the word `case` does it more carefully.",
        "INITCAP('las vegas')",
        "Las Vegas",
    ),
    Function(
        "TRIM",
        "TRIM([LEADING | TRAILING | BOTH] ['x' FROM] text)",
        "Without white space, or the given characters, at both ends.",
        "TRIM(LEADING '0' FROM '007')",
        "7",
        special=True,
    ),
    Function(
        "LTRIM",
        "LTRIM(text, 'x')",
        "Without white space, or the given characters, at the start.",
        "LTRIM('007', '0')",
        "7",
        ("value", "text"),
        1,
    ),
    Function(
        "RTRIM",
        "RTRIM(text, 'x')",
        "Without white space, or the given characters, at the end.",
        "RTRIM('7 **', '* ')",
        "7",
        ("value", "text"),
        1,
    ),
    Function("LEFT", "LEFT(text, n)", "The first n characters.", "LEFT('89501-1234', 5)", "89501", _TWO),
    Function(
        "RIGHT",
        "RIGHT(text, n)",
        "The last n characters; n must be a literal number.",
        "RIGHT('12', 4)",
        "12",
        ("value", "count"),
        rendered="REGEXP_REPLACE({0}, '(?s)^.*?(.{{0,{1}}})$', '\\1')",
    ),
    Function(
        "SUBSTRING",
        "SUBSTRING(text FROM start FOR n)",
        "n characters from a position, counted from 1; also with commas.",
        "SUBSTRING('NV-1234' FROM 4 FOR 2)",
        "12",
        special=True,
    ),
    Function(
        "SUBSTR",
        "SUBSTR(text, start, n)",
        "The same with commas.",
        "SUBSTR('NV-1234', 4)",
        "1234",
        ("value", "value", "value"),
        1,
    ),
    Function(
        "SPLIT_PART",
        "SPLIT_PART(text, separator, n)",
        "The n-th piece, counted from 1.",
        "SPLIT_PART('Reno, NV', ', ', 2)",
        "NV",
        ("value", "value", "value"),
    ),
    Function(
        "REPLACE",
        "REPLACE(text, 'old', 'new')",
        "With one text replaced by another.",
        "REPLACE('1,200', ',', '')",
        "1200",
        ("value", "text", "text"),
    ),
    Function(
        "REGEXP_REPLACE",
        "REGEXP_REPLACE(text, 'pattern', 'new')",
        "With the first match of a regular expression replaced; `\\1` is what its first group matched.",
        "REGEXP_REPLACE('Suite 12', '[0-9]+', '#')",
        "Suite #",
        ("value", "pattern", "text"),
    ),
    Function(
        "CONCAT",
        "CONCAT(a, b, ...)",
        "Concatenated; parts without a value are skipped.",
        "CONCAT('A', NULL, 1)",
        "A1",
        variadic=True,
    ),
    Function(
        "CONCAT_WS",
        "CONCAT_WS('separator', a, b, ...)",
        "The same with a separator between them.",
        "CONCAT_WS('-', '702', NULL, '555')",
        "702-555",
        ("text", "value"),
        variadic=True,
    ),
    Function("REVERSE", "REVERSE(text)", "Backwards.", "REVERSE('abc')", "cba"),
    Function(
        "LPAD",
        "LPAD(text, n, 'x')",
        "Padded at the start to n characters, or cut to n.",
        "LPAD('7', 3, '0')",
        "007",
        ("value", "count", "text"),
        1,
    ),
    Function(
        "RPAD",
        "RPAD(text, n, 'x')",
        "Padded at the end to n characters, or cut to n.",
        "RPAD('7', 3, '*')",
        "7**",
        ("value", "count", "text"),
        1,
    ),
    Function(
        "NORMALIZE",
        "NORMALIZE(text, form)",
        "In a Unicode form: NFC, NFD, NFKC or NFKD.",
        "NORMALIZE('ﬁ', NFKC)",
        "fi",
        special=True,
    ),
    Function("LENGTH", "LENGTH(text)", "Number of characters.", "LENGTH('Reno')", "4", narrow=True),
    Function("CHAR_LENGTH", "CHAR_LENGTH(text)", "The same.", "CHAR_LENGTH('Reno')", "4", narrow=True),
    Function(
        "CHARACTER_LENGTH",
        "CHARACTER_LENGTH(text)",
        "The same.",
        "CHARACTER_LENGTH('Reno')",
        "4",
        narrow=True,
    ),
    Function(
        "OCTET_LENGTH",
        "OCTET_LENGTH(text)",
        "Number of bytes in UTF-8.",
        "OCTET_LENGTH('é')",
        "2",
        narrow=True,
    ),
    Function(
        "BIT_LENGTH",
        "BIT_LENGTH(text)",
        "Number of bits in UTF-8.",
        "BIT_LENGTH('é')",
        "16",
        narrow=True,
    ),
    Function(
        "STRPOS",
        "STRPOS(text, part)",
        "Position of the part, counted from 1; 0 if it does not occur.",
        "STRPOS('Reno, NV', ',')",
        "5",
        _TWO,
        narrow=True,
    ),
    Function(
        "POSITION",
        "POSITION(part IN text)",
        "The same.",
        "POSITION(',' IN 'Reno, NV')",
        "5",
        special=True,
        narrow=True,
    ),
    Function(
        "STARTS_WITH",
        "STARTS_WITH(text, part)",
        "Whether it starts with the part.",
        "STARTS_WITH('NV-12', 'NV')",
        "true",
        _TWO,
        condition=True,
    ),
    Function(
        "ENDS_WITH",
        "ENDS_WITH(text, part)",
        "Whether it ends with the part.",
        "ENDS_WITH('NV-12', 'NV')",
        "false",
        _TWO,
        condition=True,
    ),
    Function(
        "REGEXP_LIKE",
        "REGEXP_LIKE(text, 'pattern', 'flags')",
        "Whether a regular expression matches; flag `i` ignores case.",
        "REGEXP_LIKE('Nv-12', '^nv', 'i')",
        "true",
        ("value", "pattern", "flags"),
        1,
        condition=True,
    ),
)

_CHOICES: Final = (
    Function(
        "COALESCE",
        "COALESCE(a, b, ...)",
        "The first argument that has a value.",
        "COALESCE(NULL, 'b')",
        "b",
        variadic=True,
        chooses=True,
    ),
    Function("IFNULL", "IFNULL(a, b)", "The same of two.", "IFNULL(NULL, 'b')", "b", _TWO, chooses=True),
    Function(
        "NULLIF",
        "NULLIF(a, b)",
        "The first argument; no value if both are equal.",
        "NULLIF('none', 'none')",
        None,
        _TWO,
        chooses=True,
    ),
    Function(
        "IF",
        "IF(condition, a, b)",
        "One of two.",
        "IF(2 > 1, 'yes', 'no')",
        "yes",
        ("value", "value", "value"),
        chooses=True,
    ),
    Function(
        "GREATEST",
        "GREATEST(a, b, ...)",
        "The largest.",
        "GREATEST(1, 3, 2)",
        "3",
        variadic=True,
        chooses=True,
    ),
    Function(
        "LEAST", "LEAST(a, b, ...)", "The smallest.", "LEAST(2, 1, 3)", "1", variadic=True, chooses=True
    ),
    Function(
        "TRY_CAST",
        "TRY_CAST(value AS type)",
        "Converted to another type; no value if that is not possible.",
        "TRY_CAST('12' AS INT)",
        "12",
        special=True,
    ),
    Function(
        "SAFE_CAST",
        "SAFE_CAST(value AS type)",
        "The same.",
        "SAFE_CAST('a dozen' AS INT)",
        None,
        special=True,
    ),
)

_NUMBERS: Final = (
    _number("ABS", "Absolute value.", "-7", "7"),
    _number("SIGN", "-1, 0 or 1.", "-7", "-1"),
    _number("CEIL", "Rounded up.", "1.2", "2.0"),
    _number("CEILING", "The same.", "1.2", "2.0"),
    _number("FLOOR", "Rounded down.", "1.8", "1.0"),
    Function(
        "ROUND",
        "ROUND(number, digits)",
        "Rounded to this number of decimal places, 0 by default; a half to the even digit.",
        "ROUND(EXP(1.0), 2)",
        "2.72",
        ("value", "count"),
        1,
    ),
    Function(
        "TRUNC",
        "TRUNC(number, digits)",
        "Truncated to this number of decimal places.",
        "TRUNC(EXP(1.0), 1)",
        "2.7",
        ("value", "count"),
        1,
    ),
    Function(
        "TRUNCATE",
        "TRUNCATE(number, digits)",
        "The same.",
        "TRUNCATE(EXP(1.0))",
        "2.0",
        ("value", "count"),
        1,
    ),
    Function(
        "DIV",
        "DIV(a, b)",
        "Integer quotient.",
        "DIV(-7, 2)",
        "-3",
        _TWO,
        # polars' own stops where one of the two is a float and the other is 0.
        rendered="TRY_CAST(TRUNC(({0}) / ({1})) AS BIGINT)",
    ),
    Function("MOD", "MOD(a, b)", "Remainder.", "MOD(7, 2)", "1", _TWO),
    Function("POW", "POW(a, b)", "a to the power of b.", "POW(2, -1)", "0.5", _TWO, rendered=_POWER),
    Function("POWER", "POWER(a, b)", "The same.", "POWER(2, 3)", "8.0", _TWO, rendered=_POWER),
    _number("SQRT", "Square root.", "9.0", "3.0"),
    _number("CBRT", "Cube root.", "27.0", "3.0"),
    _number("EXP", "e to the power of the number.", "0.0", "1.0"),
    _number("LN", "Natural logarithm.", "1.0", "0.0"),
    Function("LOG", "LOG(number, base)", "Logarithm.", "LOG(8.0, 2.0)", "3.0", _TWO),
    _number("LOG10", "Base-10 logarithm.", "100.0", "2.0"),
    _number("LOG2", "Base-2 logarithm.", "8.0", "3.0"),
    _number("LOG1P", "Natural logarithm of the number plus one.", "0.0", "0.0"),
    Function("PI", "PI()", "3.14159...", "ROUND(PI(), 2)", "3.14", ()),
    _number("SIN", "Sine of an angle in radians.", "0.0", "0.0"),
    _number("COS", "Cosine of an angle in radians.", "0.0", "1.0"),
    _number("TAN", "Tangent of an angle in radians.", "0.0", "0.0"),
    Function("COT", "COT(number)", "Cotangent of an angle in radians.", "ROUND(COT(1.0), 3)", "0.642"),
    _number("ASIN", "Arc sine, in radians.", "0.0", "0.0"),
    _number("ACOS", "Arc cosine, in radians.", "1.0", "0.0"),
    _number("ATAN", "Arc tangent, in radians.", "0.0", "0.0"),
    Function("ATAN2", "ATAN2(y, x)", "Angle of a point, in radians.", "ATAN2(0.0, 1.0)", "0.0", _TWO),
    _number("SIND", "Sine of an angle in degrees.", "0.0", "0.0"),
    _number("COSD", "Cosine of an angle in degrees.", "0.0", "1.0"),
    _number("TAND", "Tangent of an angle in degrees.", "0.0", "0.0"),
    Function("COTD", "COTD(number)", "Cotangent of an angle in degrees.", "ROUND(COTD(45.0), 3)", "1.0"),
    _number("ASIND", "Arc sine, in degrees.", "0.0", "0.0"),
    _number("ACOSD", "Arc cosine, in degrees.", "1.0", "0.0"),
    _number("ATAND", "Arc tangent, in degrees.", "0.0", "0.0"),
    Function("ATAN2D", "ATAN2D(y, x)", "Angle of a point, in degrees.", "ATAN2D(0.0, 1.0)", "0.0", _TWO),
    _number("DEGREES", "Radians to degrees.", "PI()", "180.0"),
    _number("RADIANS", "Degrees to radians.", "0.0", "0.0"),
    Function("BIT_AND", "BIT_AND(a, b)", "Bitwise AND.", "BIT_AND(6, 3)", "2", _TWO),
    Function("BIT_OR", "BIT_OR(a, b)", "Bitwise OR.", "BIT_OR(6, 3)", "7", _TWO),
    Function("BIT_XOR", "BIT_XOR(a, b)", "Bitwise XOR.", "BIT_XOR(6, 3)", "5", _TWO),
    _number("BIT_NOT", "Bitwise NOT.", "0", "-1"),
    _number("BIT_COUNT", "Number of set bits.", "7", "3"),
)

_DATES: Final = (
    Function(
        "EXTRACT",
        "EXTRACT(part FROM date)",
        "A part as a number: YEAR, QUARTER, MONTH, WEEK, DAY, DOY, DOW (0: Sunday), ISODOW, ISOYEAR, DECADE, CENTURY, "
        "HOUR, MINUTE, SECOND.",
        "EXTRACT(YEAR FROM DATE '2026-03-01')",
        "2026",
        special=True,
        narrow=True,
    ),
    Function(
        "DATE_PART",
        "DATE_PART('part', date)",
        "The same.",
        "DATE_PART('dow', DATE '2026-03-01')",
        "0",
        ("part", "value"),
        narrow=True,
    ),
    _date_part("YEAR", "The year.", "2026"),
    _date_part("QUARTER", "The quarter, 1 to 4.", "1"),
    _date_part("MONTH", "The month, 1 to 12.", "3"),
    _date_part("WEEK", "The ISO week, 1 to 53.", "9"),
    _date_part("DAY", "The day of the month.", "1"),
    _date_part("DAYOFMONTH", "The same.", "1"),
    _date_part("DAYOFWEEK", "The day of the week, 0 (Sunday) to 6.", "0"),
    _date_part("DAYOFYEAR", "The day of the year.", "60"),
    Function("HOUR", "HOUR(time)", "The hour.", "HOUR(TIMESTAMP '2026-03-01 10:20:30')", "10", narrow=True),
    Function(
        "MINUTE", "MINUTE(time)", "The minute.", "MINUTE(TIMESTAMP '2026-03-01 10:20:30')", "20", narrow=True
    ),
    Function(
        "SECOND", "SECOND(time)", "The second.", "SECOND(TIMESTAMP '2026-03-01 10:20:30')", "30", narrow=True
    ),
    Function(
        "STRFTIME",
        "STRFTIME(date, 'format')",
        "A date as text, formatted with %Y %m %d and so on.",
        "STRFTIME(DATE '2026-03-01', '%m/%d/%Y')",
        "03/01/2026",
        ("value", "format"),
    ),
)

_LISTS: Final = (
    Function(
        "STRING_TO_ARRAY",
        "STRING_TO_ARRAY(text, separator)",
        "A list of the pieces, for the functions below.",
        "ARRAY_LENGTH(STRING_TO_ARRAY('a,b', ','))",
        "2",
        _TWO,
    ),
    Function(
        "ARRAY_LENGTH",
        "ARRAY_LENGTH(list)",
        "Number of elements.",
        "ARRAY_LENGTH(STRING_TO_ARRAY('a', ','))",
        "1",
        narrow=True,
    ),
    Function(
        "ARRAY_GET",
        "ARRAY_GET(list, n)",
        "The n-th element, counted from 1.",
        "ARRAY_GET(STRING_TO_ARRAY('a,b', ','), 2)",
        "b",
        _TWO,
    ),
    Function(
        "ARRAY_CONTAINS",
        "ARRAY_CONTAINS(list, value)",
        "Whether the list contains the value.",
        "ARRAY_CONTAINS(STRING_TO_ARRAY('a,b', ','), 'b')",
        "true",
        _TWO,
        condition=True,
    ),
    Function(
        "ARRAY_REVERSE",
        "ARRAY_REVERSE(list)",
        "Reversed.",
        "ARRAY_GET(ARRAY_REVERSE(STRING_TO_ARRAY('a,b', ',')), 1)",
        "b",
    ),
    Function(
        "ARRAY_UNIQUE",
        "ARRAY_UNIQUE(list)",
        "Without duplicates.",
        "ARRAY_LENGTH(ARRAY_UNIQUE(STRING_TO_ARRAY('a,b,a', ',')))",
        "2",
    ),
    Function(
        "ARRAY_TO_STRING",
        "ARRAY_TO_STRING(list, 'separator')",
        "Joined into one text.",
        "ARRAY_TO_STRING(STRING_TO_ARRAY('a,b', ','), ' and ')",
        "a and b",
        ("value", "text"),
    ),
)

GROUPS: Final = (
    Group("Texts", _TEXTS),
    Group("One of several", _CHOICES),
    Group("Numbers", _NUMBERS),
    Group("Dates", _DATES),
    Group("Lists", _LISTS),
)

#: The names of those that calculate.
NUMBERS: Final = frozenset(function.name for function in _NUMBERS)
#: Every function by its name, in capitals.
FUNCTIONS: Final = {function.name: function for group in GROUPS for function in group.functions}
