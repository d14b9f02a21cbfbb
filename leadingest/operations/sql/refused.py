"""Words of other SQL that are not here, each with the reason and, where there is one, what to write instead."""

from __future__ import annotations

from typing import Final

_SEVERAL: Final = "looks at several records, and an expression sees one"
_READS: Final = "reads from outside of the record, and an expression sees the record only"
_CHANGES: Final = "is not the same at all times, and a record must always give the same lead"
_STOPS: Final = "stops at the first text that is none; a `let` value with `type: date` reads dates"
_MANY: Final = "makes several values of one, and an entry has one"


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
        "CURDATE CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP GETDATE LOCALTIME LOCALTIMESTAMP NOW RAND RANDOM TODAY "
        "UUID",
        _CHANGES,
    ),
    **_each("DATE DATETIME STRPTIME TIME TIMESTAMP TO_DATE TO_TIMESTAMP", _STOPS),
    **_each("COLUMNS EXPLODE GENERATE_SERIES UNNEST", _MANY),
    "CAST": "stops at the first value that cannot be cast; write TRY_CAST",
    "CONVERT": "is not here; write TRY_CAST(value AS type)",
    "CHARINDEX": "is not here; write STRPOS(text, part)",
    "CONTAINS": "is not here; write STRPOS(text, part) > 0",
    "DATEDIFF": "is not here; subtract one date from the other, and compare with INTERVAL '30 days'",
    "IIF": "is not here; write IF(condition, a, b)",
    "INSTR": "is not here; write STRPOS(text, part)",
    "ISNULL": "is not here; write IS NULL, or COALESCE(a, b)",
    "LCASE": "is not here; write LOWER(text)",
    "LEN": "is not here; write LENGTH(text)",
    "LOCATE": "is not here; write STRPOS(text, part)",
    "MID": "is not here; write SUBSTR(text, start, n)",
    "NVL": "is not here; write COALESCE(a, b)",
    "REGEXP_EXTRACT": "is not here; the word `extract` does it",
    "REGEXP_SUBSTR": "is not here; the word `extract` does it",
    "TO_CHAR": "is not here; write STRFTIME(date, '%Y-%m-%d')",
    "TO_NUMBER": "is not here; write TRY_CAST(text AS INT)",
    "UCASE": "is not here; write UPPER(text)",
    "COLLATE": "is not here; write UPPER on both sides",
    "ESCAPE": "is not here; a regular expression says it: text ~ '50%'",
    "SIMILAR": "is not here; a regular expression says it: text ~ '^a|b$'",
}
