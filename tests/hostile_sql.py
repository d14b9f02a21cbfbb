"""Expressions that try to read, to connect, to stop or to fill the machine. `{path}` is a FIFO, `{url}` a listener."""

from __future__ import annotations

_READERS = ("read_csv", "read_parquet", "read_ipc", "read_json", "read_ndjson", "scan_csv", "scan_parquet", "read_delta",
            "scan_iceberg", "READ_CSV", "Read_Csv")  # fmt: skip
_SHAPES = (
    "(SELECT a FROM {read})",
    "a IN (SELECT a FROM {read})",
    "EXISTS (SELECT 1 FROM {read})",
    "COALESCE(a, (SELECT MAX(a) FROM {read}))",
    "(FROM {read})",
    "(WITH x AS (SELECT * FROM {read}) SELECT a FROM x)",
    "(TABLE {read})",
    "a = ANY (SELECT a FROM {read})",
    "{read}",
    "UPPER({read})",
    "CASE WHEN a IN (SELECT a FROM {read}) THEN 1 END",
    "a /* ' */ IN (SELECT a FROM {read}) --'",
)
_PLACES = ("{path}", "{url}/x.csv", "file://{path}")
#: How a quote may be closed for one reader and not for another.
_QUOTES = (
    "'\\' || (SELECT a FROM {read}) || '",
    "$$'$$ || (SELECT a FROM {read}) || $$'$$",
    "$x$'$x$ || (SELECT a FROM {read})",
    "`'` || (SELECT a FROM {read}) || `'`",
    "E'\\'' || (SELECT a FROM {read}) || ''",
    "q'[']' || (SELECT a FROM {read}) || q'[']'",
    "N'' || (SELECT a FROM {read})",
    "U&'\\0027' || (SELECT a FROM {read})",
    "r'\\' || (SELECT a FROM {read})",
    "x'27' || (SELECT a FROM {read})",
    "'a' -- '\n || (SELECT a FROM {read})",
    '"a\\" || (SELECT a FROM {read}) || "b"',
    "'a'/*'*/|| (SELECT a FROM {read})/*'*/",
    "a#' || (SELECT a FROM {read}) || '",
    "[a'] || (SELECT a FROM {read}) || [']",
)
_OTHERS = (
    "SELECT 1", "a; COPY a TO '{path}'", "a; INSTALL httpfs", "LOAD '{path}'", "CREATE TABLE x AS SELECT 1",
    "MAX(a)", "COUNT(*)", "COUNT(DISTINCT a)", "SUM(a) OVER ()", "ROW_NUMBER() OVER (ORDER BY a)", "FIRST(a)",
    "MEDIAN(a)", "QUANTILE_CONT(a, 0.5)", "CORR(a, a)", "STRING_AGG(a, ',')", "ARRAY_AGG(a)", "UNNEST(a)", "COLUMNS('.*')",
    "COLUMNS(*)", "*", "a.*", "\"*\"", "\"^.*$\"", "a > ALL (a)", "GROUPING(a)", "LAG(a)", "NTILE(4)", "CURRENT_DATE", "NOW()",
    "RANDOM()", "UUID()", "GENERATE_SERIES(1, 1000000000)", "LPAD(a, 2000000000, 'x')", "RPAD(a, 2000000000)",
    "REGEXP_LIKE(a, a)", "REGEXP_LIKE(a, '((((a{{1000}}){{1000}}){{1000}}){{1000}})')", "a ~ '(a{{999}}){{999}}'",
    "REPLACE(a, '', 'xxxxxxxxxxxx')", "CAST(a AS INT)", "a::INT", "DATE(a)", "STRPTIME(a, a)", "NOT a", "GREATEST()",
    "ROUND(1.5, 99999999999999999999)", "INTERVAL 'x y z'", "a + INTERVAL '-1 day'", "99999999999999999999999",
    "TRY_CAST(a AS DECIMAL(99, 98))", "TRY_CAST(a AS STRUCT(a INT))", "TRY_CAST(a AS JSON)", "a -> 'x'", "a #>> 'x'",
    "a[1:2]", "{{'a': 1}}", "STRUCT(1)", "MAP {{1: 2}}", "ARRAY[1]", "a AT TIME ZONE 'UTC'", "a COLLATE x", "a AS b", "a b",
    "(" * 10_000 + "a" + ")" * 10_000, "UPPER(" * 5_000 + "a" + ")" * 5_000, "NOT " * 10_000 + "TRUE", "- " * 10_000 + "1",
    " OR ".join(["a = 'x'"] * 3_000), "CASE " + "WHEN a = 'x' THEN 1 " * 3_000 + "END", "'" * 9_999, "a" * 100_000, "\0",
    "a \0 b", "\ufeffa = 1", "", " ", ",", ")", "(",
)  # fmt: skip


def hostile_expressions(path: str, url: str) -> list[str]:
    """All of them, over a file that must never be opened and an address that must never be called."""
    reads = [f"{reader}('{place}')" for reader in _READERS[:2] for place in _PLACES[:2]]
    written = [shape.replace("{read}", read) for shape in _SHAPES for read in reads]
    written += [f"(SELECT a FROM {reader}('{{path}}'))" for reader in _READERS]
    written += [quote.replace("{read}", "read_csv('{path}')") for quote in _QUOTES]  # noqa: RUF027  # filled in below
    written += _OTHERS
    return [
        text.replace("{path}", path).replace("{url}", url).replace("{{", "{").replace("}}", "}")
        for text in written
    ]
