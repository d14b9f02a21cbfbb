"""Functions of dates."""

from __future__ import annotations

from typing import Final

from leadingest.operations.sql.functions.function import Function, Group


def _date_part(name: str, about: str, gives: str) -> Function:
    return Function(name, f"{name}(date)", about, f"{name}(DATE '2026-03-01')", gives, narrow=True)


DATES: Final = Group(
    "Dates",
    (
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
        Function(
            "HOUR", "HOUR(time)", "The hour.", "HOUR(TIMESTAMP '2026-03-01 10:20:30')", "10", narrow=True
        ),
        Function(
            "MINUTE",
            "MINUTE(time)",
            "The minute.",
            "MINUTE(TIMESTAMP '2026-03-01 10:20:30')",
            "20",
            narrow=True,
        ),
        Function(
            "SECOND",
            "SECOND(time)",
            "The second.",
            "SECOND(TIMESTAMP '2026-03-01 10:20:30')",
            "30",
            narrow=True,
        ),
        Function(
            "STRFTIME",
            "STRFTIME(date, 'format')",
            "A date as text, formatted with %Y %m %d and so on.",
            "STRFTIME(DATE '2026-03-01', '%m/%d/%Y')",
            "03/01/2026",
            ("value", "format"),
        ),
    ),
)
