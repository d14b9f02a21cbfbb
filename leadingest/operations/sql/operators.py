"""The operators, types, parts of dates and other words of SQL expressions, and the words of other SQL that are refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Operator:
    """An operator between two values. The larger `power`, the closer it binds; of one power, from the left.

    The powers are those of sqlparser, which polars reads SQL with: `Dialect::prec_value`.
    """

    sign: str
    power: int
    about: str
    #: Whether what stands behind it must be a text in quotes.
    pattern: bool = False
    #: Whether it gives true or false.
    condition: bool = True


#: How close the words bind that stand between values, and signs before one.
OR, AND, NOT, IS, LIKE, BETWEEN, SIGN = 5, 10, 15, 17, 19, 20, 40

#: Between two values, signs and the words AND, OR, XOR.
OPERATORS: Final = {
    operator.sign: operator
    for operator in (
        Operator("||", 40, "concatenation; no value if one of them has none", condition=False),
        Operator("+", 30, "sum; a date and an INTERVAL", condition=False),
        Operator("-", 30, "difference; a date and an INTERVAL", condition=False),
        Operator("*", 40, "product", condition=False),
        Operator("/", 40, "quotient, with decimals", condition=False),
        Operator("%", 40, "remainder", condition=False),
        Operator("=", 20, "equal"),
        Operator("==", 20, "the same"),
        Operator("<>", 20, "not equal"),
        Operator("!=", 20, "the same"),
        Operator("<", 20, "less, or before"),
        Operator("<=", 20, "less or equal"),
        Operator(">", 20, "more, or after"),
        Operator(">=", 20, "more or equal"),
        Operator("<=>", 20, "equal, or both without a value"),
        Operator("~", 20, "matches a regular expression", pattern=True),
        Operator("!~", 20, "does not match it", pattern=True),
        Operator("~*", 20, "matches it, ignoring case", pattern=True),
        Operator("!~*", 20, "does not match it, ignoring case", pattern=True),
        Operator("~~", 20, "LIKE", pattern=True),
        Operator("!~~", 20, "NOT LIKE", pattern=True),
        Operator("~~*", 20, "ILIKE", pattern=True),
        Operator("!~~*", 20, "NOT ILIKE", pattern=True),
        Operator("^@", 50, "begins with"),
        Operator("&", 23, "bitwise AND, or both conditions", condition=False),
        Operator("|", 21, "bitwise OR, or either condition", condition=False),
        Operator("XOR", 24, "bitwise XOR, or exactly one condition", condition=False),
        Operator("AND", AND, "both are true"),
        Operator("OR", OR, "at least one is true"),
    )
}

#: Those that calculate: what they give is checked.
CALCULATIONS: Final = frozenset("+-*/%")

#: What else stands in an expression: how it is written, and what it means.
FORMS: Final = {
    "NOT condition": "is false",
    "a IS NULL, a IS NOT NULL": "whether there is a value",
    "a IS TRUE, IS NOT TRUE, IS FALSE, IS NOT FALSE": "of a condition",
    "a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b": "not equal, equal; two missing values count as equal",
    "a IN (b, c, ...), a NOT IN (b, c, ...)": "one of them",
    "a BETWEEN b AND c, a NOT BETWEEN b AND c": "from b to c, both included",
    "a LIKE 'x%', a NOT LIKE 'x%'": "`%` stands for any characters, `_` for one",
    "a ILIKE 'x%', a NOT ILIKE 'x%'": "the same, ignoring case",
    "a RLIKE 'x', a REGEXP 'x'": "matches a regular expression",
    "CASE WHEN condition THEN a ELSE b END": "the first branch whose condition is true",
    "CASE a WHEN b THEN c ELSE d END": "the branch whose value is equal",
    "today": "the day of the load, in UTC: it is kept with the load, and replays use it; in `export --where` the day of the export",
    "'text', 12, 1.5, TRUE, FALSE, NULL": "values; a quote in a text is doubled",
    "DATE '2026-03-01', TIMESTAMP '2026-03-01 10:20:30', TIME '10:20'": "dates and times",
    "INTERVAL '30 days'": "a time span, after + or -, or in a comparison",
}

#: What TRY_CAST may name, and how polars is told.
TYPES: Final = {
    "TEXT": "TEXT",
    "VARCHAR": "TEXT",
    "CHAR": "TEXT",
    "STRING": "TEXT",
    "INT": "INT",
    "INTEGER": "INT",
    "SMALLINT": "SMALLINT",
    "TINYINT": "TINYINT",
    "BIGINT": "BIGINT",
    "FLOAT": "DOUBLE",
    "DOUBLE": "DOUBLE",
    "REAL": "DOUBLE",
    "DECIMAL": "DECIMAL",
    "NUMERIC": "DECIMAL",
    "BOOLEAN": "BOOLEAN",
    "BOOL": "BOOLEAN",
    "DATE": "DATE",
    "TIME": "TIME",
    "TIMESTAMP": "TIMESTAMP",
    "DATETIME": "TIMESTAMP",
}

#: The parts that EXTRACT and DATE_PART take out of a date.
DATE_PARTS: Final = (
    *("CENTURY", "DECADE", "ISOYEAR", "YEAR", "QUARTER", "MONTH", "WEEK"),
    *("DAY", "DOY", "DOW", "ISODOW", "HOUR", "MINUTE", "SECOND"),
)

#: The units of an INTERVAL, in the singular.
UNITS: Final = ("year", "month", "week", "day", "hour", "minute", "second")

#: What STRFTIME may write.
DIRECTIVES: Final = frozenset("YymdbBaAjHIMSpeuVG%")

#: Unicode forms that NORMALIZE knows.
UNICODE_FORMS: Final = ("NFC", "NFD", "NFKC", "NFKD")

#: Words that are part of the grammar: a header of that name stands in double quotes.
RESERVED: Final = frozenset(
    [
        "AND",
        "AS",
        "BETWEEN",
        "CASE",
        "DISTINCT",
        "ELSE",
        "END",
        "FALSE",
        "FOR",
        "FROM",
        "ILIKE",
        "IN",
        "IS",
        "LIKE",
        "NOT",
        "NULL",
        "OR",
        "REGEXP",
        "RLIKE",
        "SELECT",
        "THEN",
        "TODAY",
        "TRUE",
        "WHEN",
        "WHERE",
        "WITH",
        "XOR",
        "UNION",
        "EXISTS",
        "CURRENT_DATE",
        "CURRENT_TIME",
        "CURRENT_TIMESTAMP",
        "LOCALTIME",
        "LOCALTIMESTAMP",
    ]
)


_SEVERAL: Final = "needs several records, but an expression sees only one"
_READS: Final = "reads data outside the record, but an expression sees only the record"
_CHANGES: Final = "is not deterministic, but a record must always give the same lead"
_STOPS: Final = "fails at the first text that is not a date; use a `let` value with `type: date`"
_MANY: Final = "produces several values, but an entry has one"


def _each(names: str, reason: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), reason)


#: The words, in capitals: each begins a sentence that its reason ends.
REFUSED: Final = {
    **_each(
        "ALL ANY APPROX_QUANTILE ARRAY_AGG AVG CORR COUNT COVAR COVAR_POP COVAR_SAMP CUME_DIST DENSE_RANK DISTINCT "
        "FILTER FIRST FIRST_VALUE GROUP GROUPING GROUP_CONCAT HAVING LAG LAST LAST_VALUE LEAD LISTAGG MAX MEDIAN MIN "
        "NTH_VALUE NTILE ORDER OVER PARTITION PERCENT_RANK QUANTILE_CONT QUANTILE_DISC RANK ROW_NUMBER SOME STDDEV "
        "STDDEV_SAMP STDEV STDEV_SAMP STRING_AGG SUM TOTAL VAR VARIANCE VAR_SAMP WINDOW WITHIN",
        _SEVERAL,
    ),
    **_each(
        "DESCRIBE EXCEPT EXISTS EXPLAIN FROM INTERSECT JOIN LATERAL READ_CSV READ_DELTA READ_ICEBERG READ_IPC READ_JSON "
        "READ_NDJSON READ_PARQUET SCAN_CSV SCAN_DELTA SCAN_ICEBERG SCAN_IPC SCAN_NDJSON SCAN_PARQUET SELECT SHOW TABLE "
        "UNION VALUES WHERE WITH",
        _READS,
    ),
    **_each(
        "CURRENT_TIME CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP NOW RAND RANDOM UUID",
        _CHANGES,
    ),
    **_each("CURDATE CURRENT_DATE GETDATE", "is not supported; use today, the day of the load"),
    **_each("DATE DATETIME STRPTIME TIME TIMESTAMP TO_DATE TO_TIMESTAMP", _STOPS),
    **_each("COLUMNS EXPLODE GENERATE_SERIES UNNEST", _MANY),
    "CAST": "fails at the first value that cannot be cast; use TRY_CAST",
    "CONVERT": "is not supported; use TRY_CAST(value AS type)",
    "CHARINDEX": "is not supported; use STRPOS(text, part)",
    "CONTAINS": "is not supported; use STRPOS(text, part) > 0",
    "DATEDIFF": "is not supported; subtract one date from the other and compare with INTERVAL '30 days'",
    "IIF": "is not supported; use IF(condition, a, b)",
    "INSTR": "is not supported; use STRPOS(text, part)",
    "ISNULL": "is not supported; use IS NULL, or COALESCE(a, b)",
    "LCASE": "is not supported; use LOWER(text)",
    "LEN": "is not supported; use LENGTH(text)",
    "LOCATE": "is not supported; use STRPOS(text, part)",
    "MID": "is not supported; use SUBSTR(text, start, n)",
    "NVL": "is not supported; use COALESCE(a, b)",
    "REGEXP_EXTRACT": "is not here; the word `extract` does it",
    "REGEXP_SUBSTR": "is not here; the word `extract` does it",
    "TO_CHAR": "is not supported; use STRFTIME(date, '%Y-%m-%d')",
    "TO_NUMBER": "is not supported; use TRY_CAST(text AS INT)",
    "UCASE": "is not supported; use UPPER(text)",
    "COLLATE": "is not supported; use UPPER on both sides",
    "ESCAPE": "is not here; a regular expression says it: text ~ '50%'",
    "SIMILAR": "is not here; a regular expression says it: text ~ '^a|b$'",
}
