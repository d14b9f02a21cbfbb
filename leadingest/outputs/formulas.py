"""Texts that a program which shows a table would act on instead of showing them.

A spreadsheet program runs formulas (signs after OWASP, "CSV Injection"), a terminal obeys control characters.
"""

from __future__ import annotations

import polars as pl

#: What a program may take for the start of a formula, also where blanks stand before it; the last four are the
#: same signs at full width, as they are typed in East Asia.
_BEGINS_ONE = r"^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])"

#: The same where a cell begins for a program that takes another sign than the comma for what stands between cells, as
#: spreadsheet programs do in half of the world. Quotes do not help there: it takes them for a part of the text.
_BEGINS_ONE_WITHIN = r"([;|\t\r\n][\s\"']*)([=+\-@＝＋－＠])"

#: What begins with such a sign and can run nothing: a telephone number in its stored form, a number.
_HARMLESS = r"^(?:\+[0-9]{6,15}(?: x[0-9]{1,20})?|-[0-9]+(?:\.[0-9]+)?)$"

#: Control characters but tab and line breaks.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"

#: Before a text, it makes spreadsheet programs take it for a text.
MARK = "'"


def is_formula(text: pl.Expr) -> pl.Expr:
    """Whether a text would be run as a formula; null for null.

    A telephone number such as `+17025550143 x12` is none, and stays as it can be dialled: the most that becomes of
    it is a number without its `+`.
    """
    return text.str.contains(_BEGINS_ONE) & ~text.str.contains(_HARMLESS)


def harmless(table: pl.DataFrame) -> pl.DataFrame:
    """The table as CSV may have it: an apostrophe before all that would be run, blanks for control characters.

    Names of columns are texts as well.
    """
    names = (
        pl.DataFrame({"name": table.columns}, schema={"name": pl.String})
        .select(_harmless("name", first=True))
        .to_series()
    )
    texts = [name for name, kind in table.schema.items() if kind == pl.String()]
    # The first column begins a line, whatever stands between cells: so no sign is harmless there.
    cells = [_harmless(name, first=name == table.columns[0]) for name in texts]
    return table.with_columns(cells).rename(dict(zip(table.columns, names, strict=True)))


def _harmless(name: str, *, first: bool) -> pl.Expr:
    plain = (
        pl.col(name).str.replace_all(_CONTROL, " ").str.replace_all(_BEGINS_ONE_WITHIN, f"${{1}}{MARK}${{2}}")
    )
    # A sign behind a control character begins a formula once a blank stands there.
    begins = is_formula(pl.col(name)) | is_formula(plain)
    if first:
        begins |= plain.str.contains(_BEGINS_ONE)
    return pl.when(begins).then(MARK + plain).otherwise(plain).alias(name)
