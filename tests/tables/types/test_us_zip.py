from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from leadingest.tables.types.us_zip import UsZip


def read(text: str, *, restore_zeros: bool) -> object:
    return pl.select(UsZip(restore_zeros=restore_zeros).parse(pl.lit(text), today=date(2026, 6, 30))).item()


@pytest.mark.parametrize(
    ("text", "as_it_is", "restored"),
    [
        ("89103", "89103", "89103"),
        ("89103-1234", "89103-1234", "89103-1234"),
        ("89103 - 1234", "89103-1234", "89103-1234"),
        ("891031234", "89103-1234", "89103-1234"),
        ("89103-", "89103", "89103"),
        ("501", None, "00501"),
        ("2134", None, "02134"),
        ("2134-1234", None, "02134-1234"),
        ("21341234", None, "02134-1234"),
        ("5011234", None, "00501-1234"),
        ("12", None, None),
        ("891031", None, None),
        ("89103-12", None, None),
        ("0", None, None),
        ("00000", None, None),
        ("8910a", None, None),
    ],
)
def test_a_zip_is_read_and_zeros_are_restored_only_on_request(
    text: str, as_it_is: str | None, restored: str | None
) -> None:
    assert read(text, restore_zeros=False) == as_it_is
    assert read(text, restore_zeros=True) == restored
