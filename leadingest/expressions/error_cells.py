"""Cells in which a spreadsheet program shows an error, in workbooks and in what was exported from one as text."""

from __future__ import annotations

from typing import Final

import polars as pl

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
#: The rule of values that are made of such a cell, and what ends the sentence "Phone ...".
RULE: Final = "error_cell"
PROBLEM: Final = "is an error of a spreadsheet program"


def is_error(cell: pl.Expr) -> pl.Expr:
    """Whether the cell, as it came, is an error and nothing else."""
    return cell.is_in(ERRORS)
