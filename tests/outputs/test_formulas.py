"""Tests of leadingest.outputs.formulas."""

from __future__ import annotations

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.outputs.formulas import harmless, is_formula


def formula(text: str) -> bool:
    return bool(pl.DataFrame({"text": [text]}).select(is_formula(pl.col("text"))).item())


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tplain",
        "  =HYPERLINK(1)",
        "\u00a0=1",
        "＝1",
        "+17025550143 x12 =1",
        "+1702555\n=1",
        "-",
        "+1702 555 0143",
        "-5 Elm St",
    ],
)
def test_what_a_spreadsheet_program_might_run_is_a_formula(text: str) -> None:
    assert formula(text)


@pytest.mark.parametrize(
    "text", ["", "Elm", "a=1", "+17025550143", "+17025550143 x12", "-5", "-7.50", "'=1", "12 - 14 Elm", "#1"]
)
def test_a_text_a_stored_phone_and_a_number_are_none(text: str) -> None:
    assert not formula(text)


def test_what_a_terminal_would_obey_becomes_a_blank() -> None:
    table = pl.DataFrame({"a": ["\x1b[31mred\x9b1m", "two\nlines\tand", "\x00=1"]})
    assert harmless(table)["a"].to_list() == [" [31mred 1m", "two\nlines\tand", "' =1"]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@given(st.lists(st.text(st.sampled_from("=+-@a1;|\t\"' ,"), max_size=8), min_size=2, max_size=3))
def test_no_cell_begins_a_formula_whatever_a_program_takes_for_what_stands_between_cells(
    sign: str, cells: list[str]
) -> None:
    table = pl.DataFrame({f"c{at}": [cell] for at, cell in enumerate(cells)})
    text = harmless(table).write_csv()
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_in_the_first_column_no_sign_is_harmless() -> None:
    table = pl.DataFrame({"phone": ["+17025550143"], "fax": ["+17025550144"]})
    assert harmless(table).row(0) == ("'+17025550143", "+17025550144")


def test_texts_and_names_get_an_apostrophe_and_numbers_do_not() -> None:
    table = pl.DataFrame({"=name": ["=1", "Elm", None], "n": [-1, 2, None]})
    assert harmless(table).to_dict(as_series=False) == {"'=name": ["'=1", "Elm", None], "n": [-1, 2, None]}
    assert harmless(table.clear()).columns == ["'=name", "n"]
